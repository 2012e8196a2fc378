#!/usr/bin/env bash
# Which tests scripts/test-selection and scripts/changed-tests choose, and what scripts/test-report tells. Swift is a
# stand-in that knows a few tests and modules.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
mkdir -p "$work/bin" "$tree/scripts"
cp scripts/common.bash scripts/test-selection scripts/changed-tests scripts/test-report "$tree/scripts/"
cat >"$work/bin/swift" <<'END'
#!/bin/sh
case "$*" in
"test list --skip-build")
    cat <<'LIST'
ModelTests.JSONTests/parses()
PlanningTests.PlannerTests/plans()
RecipesTests.ImageBuilderTests/builds()
RecipesTests.PageTests/aRecipeHasAPage()
ScriptsTests.ScriptsTests/engineOfTheTestsLeavesNothingBehind()
ScriptsTests.ScriptsTests/passes(_:)
Scenarios.IdentityTests/isACloud()
Scenarios.RecipeTestTests/failsWithABrokenImage(mutant:)
Scenarios.RecipeTestTests/failsWithAnotherBrokenImage(mutant:)
Scenarios.RecipeTestTests/passesWithTheRecipesImage(recipe:)
LIST
    ;;
"package describe --type json")
    cat <<'JSON'
{"targets": [
    {"name": "Model", "type": "library"},
    {"name": "Planning", "type": "library", "target_dependencies": ["Model"]},
    {"name": "TestTools", "type": "library"},
    {"name": "ModelTests", "type": "test", "target_dependencies": ["Model"]},
    {"name": "PlanningTests", "type": "test", "target_dependencies": ["Planning", "TestTools"]},
    {"name": "Scenarios", "type": "test", "target_dependencies": ["Model"]}
]}
JSON
    ;;
*) exit 1 ;;
esac
END
chmod +x "$work/bin/swift"
export PATH=$work/bin:$PATH
cd "$tree"

# same WHAT FOUND EXPECTED
same() {
    if [ "$2" != "$3" ]; then
        printf '%s\nfound:\n%s\nexpected:\n%s\n' "$1" "$2" "$3" >&2
        exit 1
    fi
}

# --- Words -------------------------------------------------------------------------------------------------------

mkdir -p catalog/recipes/keystone/test catalog/recipes/glance-api/test catalog/recipes/untested
touch catalog/recipes/{keystone,glance-api}/test/run
selected() { scripts/test-selection "$@" | grep -v '^test ' | paste -sd ' '; }
same "all tests" "$(selected)" "engine yes"
same "all are named" "$(scripts/test-selection | grep -c '^test ')" 10
same "a suite" "$(selected PlannerTests)" "filter --filter filter PlannerTests engine no"
same "a scenario" "$(selected IdentityTests JSON)" \
    "filter --filter filter IdentityTests filter --filter filter JSON engine yes"
same "a suite with a test that needs an engine" "$(selected '^RecipesTests\.')" \
    'filter --filter filter ^RecipesTests\. engine yes'
same "scripts" "$(selected 'ScriptsTests/passes')" 'filter --filter filter ScriptsTests/passes engine no'
same "recipes" "$(selected keystone glance-api)" "recipes keystone glance-api filter --filter filter \
^Scenarios\\.RecipeTestTests/(passesWithTheRecipesImage|failsWith) engine yes"
same "the tests of a recipe" "$(scripts/test-selection keystone | grep '^test ')" \
    "test Scenarios.RecipeTestTests/failsWithABrokenImage(mutant:)
test Scenarios.RecipeTestTests/failsWithAnotherBrokenImage(mutant:)
test Scenarios.RecipeTestTests/passesWithTheRecipesImage(recipe:)"
for wrong in keyston untested '('; do
    said=$(scripts/test-selection JSON "$wrong" 2>&1) && { echo "$wrong was taken" >&2; exit 1; }
    case $said in
    "test-selection: no test and no recipe's test is called $wrong: "* | "test-selection: ( is no regular expression"*) ;;
    *) same "a wrong word" "$said" "a refusal of $wrong" ;;
    esac
done

# --- What has changed --------------------------------------------------------------------------------------------

git() { command git -c user.name=t -c user.email=t@example.com -c init.defaultBranch=main "$@"; }
put() { mkdir -p "$(dirname "$1")" && printf '%s\n' "${2:-text}" >"$1"; }
put Sources/Model/Value.swift
put Sources/Planning/Planner.swift
put Tests/ModelTests/JSONTests.swift '@Suite struct JSONTests {'
put Tests/ModelTests/Sample.swift 'struct Sample {'
put Tests/TestTools/Thrown.swift
put Tests/Scenarios/FirstUp/FirstUpTests.swift 'struct FirstUpTests {'
put Tests/Scenarios/Killed/KilledTests.swift 'struct KilledTests {'
put Tests/Scenarios/Identity/IdentityTests.swift 'struct IdentityTests { // recipes: .project'
put Tests/Scenarios/Identity/Load.swift 'struct Load {'
put docs/demo.md
put docs/recipes/nova.md
put environments/identity.yaml
git init --quiet
git add .
git commit --quiet --message first
# changed PATH...: what is chosen after a change of the files, which are put back.
changed() {
    local path
    for path; do put "$path" "$(cat "$path" 2>/dev/null) changed"; done
    scripts/changed-tests
    git stash --quiet --include-untracked
    git stash drop --quiet
}

same "nothing in the first commit" "$(scripts/changed-tests)" ""
same "a module and what depends on it" "$(changed Sources/Model/Value.swift)" '^ModelTests\.
^PlanningTests\.
^Scenarios\.FirstUpTests/'
same "a module on top" "$(changed Sources/Planning/Planner.swift)" '^PlanningTests\.
^Scenarios\.FirstUpTests/'
same "a suite" "$(changed Tests/ModelTests/JSONTests.swift)" '^ModelTests\.JSONTests/'
same "what a suite has beside it" "$(changed Tests/ModelTests/Sample.swift)" '^ModelTests\.'
same "what all tests share" "$(changed Tests/TestTools/Thrown.swift)" '^PlanningTests\.'
same "a scenario with a cloud" "$(changed Tests/Scenarios/Identity/IdentityTests.swift)" '^Scenarios\.IdentityTests/'
same "what a scenario has beside it" "$(changed Tests/Scenarios/Identity/Load.swift)" '^Scenarios\.IdentityTests/'
same "what scenarios share" "$(changed Tests/Scenarios/Support/Turns.swift)" '^Scenarios\.FirstUpTests/'
same "a new recipe" "$(changed catalog/recipes/new/recipe.yaml)" '^LayoutsTests\.
^PlanningTests\.
^RecipesTests\.
^RenderingTests\.
^Scenarios\.RecipeTestTests/
^TemplatesTests\.CatalogTests/'
same "pages of recipes, and a document" "$(changed docs/recipes/nova.md docs/demo.md)" '^RecipesTests\.'
same "an environment" "$(changed environments/identity.yaml)" '^LayoutsTests\.
^PlanningTests\.
^RecipesTests\.
^RenderingTests\.'
same "a document" "$(changed docs/demo.md)" ""
same "a script" "$(changed scripts/new)" '^ScriptsTests\.'

# A branch counts as a whole, and the last commit of the main branch.
git switch --quiet --create branch
put scripts/new
git add .
git commit --quiet --message second
put docs/recipes/nova.md changed
same "a branch" "$(scripts/changed-tests)" '^RecipesTests\.
^ScriptsTests\.'
same "a commit" "$(scripts/changed-tests HEAD)" '^RecipesTests\.'
git stash --quiet
git switch --quiet main
git merge --quiet branch
same "the last commit" "$(scripts/changed-tests)" '^ScriptsTests\.'
if scripts/changed-tests nowhere 2>/dev/null; then
    echo "an unknown commit was taken" >&2
    exit 1
fi

# --- The report --------------------------------------------------------------------------------------------------

cat >"$work/log" <<'END'
◇ Test mandocFindsNothingToBlame() started.
➜ Test mandocFindsNothingToBlame() skipped.
ESC[90m➜ESC[0m Test opensshReadsTheKey() skipped: "no ssh-keygen"
✔ Test skipped() passed after 0.001 seconds.
END
sed -i 's/ESC/\x1b/g' "$work/log"
printf 'took 12.3 sc-identity\nkept sc-recipe-root-sound\nkept sc-recipe-nova-sound\ntook 3.4 sc-first\n' >"$work/report"
{
    # More than fits into a pipe, so that whoever stops reading it fails the run.
    for number in $(seq 100 4000); do
        echo "<testcase classname=\"ModelTests.JSONTests\" name=\"parses$number()\" time=\"0.$((10000 + number))\" />"
    done
    echo '<testcase classname="Scenarios.IdentityTests" name="isACloud()" time="900.5" />'
    echo '<testcase classname="EngineTests.ImageTests" name="pulls()" time="4.5678" />'
} >"$work/times.xml"
cat >"$work/expected" <<'END'
# reasons
mandocFindsNothingToBlame  mandoc is not there
opensshReadsTheKey         ssh is not there
END
report() { MINKE_EXPECTED_SKIPS=$work/expected scripts/test-report "$work/log" "$work/report" "$work/times.xml"; }
said=$(report)
same "the report's begin" "$(head -n 6 <<<"$said")" \
    "kept: 2 scenarios and tests of recipes passed before and were not run again (--no-cache runs them)
the slowest:
    12.3 s  scenario sc-identity
     4.6 s  EngineTests.ImageTests/pulls()
     3.4 s  scenario sc-first
     0.1 s  ModelTests.JSONTests/parses4000()"
same "twenty at most" "$(grep -c ' s  ' <<<"$said")" 20
same "the report's end" "$(tail -n 3 <<<"$said")" "skipped: 2
  mandocFindsNothingToBlame(): mandoc is not there
  opensshReadsTheKey(): ssh is not there"
sed -i '/^openssh/d' "$work/expected"
if said=$(report); then
    echo "a skip that is not expected does not fail" >&2
    exit 1
fi
same "a skip that is not expected" "$(tail -n 1 <<<"$said")" \
    "  opensshReadsTheKey(): not expected; what it needs is missing here, or scripts/expected-skips lacks it"
cat >"$work/log" <<'END'
✘ Test worksWell() recorded an issue at WorkTests.swift:57:13: Expectation failed: (result.exitCode → 137) == 0
↳ kill 7 in mill1:
scenario sc-work failed; its traces are in build/scenarios/sc-work
=== it begins
$ minke up  -> 0 (0.4 s)
=== none is left
✘ Test worksWell() failed after 335.634 seconds with 1 issue.
=== of another one
✘ Test passes(recipe:) recorded an issue with 1 argument recipe → "switch" at Tests.swift:31:51: Expectation failed
↳ minke test switch exited with 1:
  failed switch
  --- two-switch, running
  failed: a stop loses the flows
✔ Test goesOn() passed after 0.1 seconds.
END
same "what failed" "$(report | sed -n '/^failed/,$p')" "failed:
  ✘ Test worksWell() recorded an issue at WorkTests.swift:57:13: Expectation failed: (result.exitCode → 137) == 0
    ↳ kill 7 in mill1:
    in the step: none is left
  ✘ Test passes(recipe:) recorded an issue with 1 argument recipe → \"switch\" at Tests.swift:31:51: Expectation failed
    ↳ minke test switch exited with 1:
    failed: a stop loses the flows"
: >"$work/log"
: >"$work/report"
: >"$work/times.xml"
same "nothing to say" "$(report)" ""
