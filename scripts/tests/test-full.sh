#!/usr/bin/env bash
# What scripts/test-full runs and what it does not run again, with parts that are stand-ins.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/tree/scripts" "$work/parts"
cp scripts/test-full scripts/common.bash "$work/tree/scripts/"
cd "$work/tree"
git init --quiet
git -c user.name=t -c user.email=t@example.com commit --quiet --allow-empty --message first
printf '/build/\n' >.gitignore
export MINKE_FULL_PARTS=$work/parts

# part NAME COMMAND...: a part that notes that it ran.
part() {
    printf '#!/bin/sh\n# the part %s\necho %s >>%s\n%s\n' "$1" "$1" "$work/ran" "${*:2}" >"$work/parts/$1"
    chmod +x "$work/parts/$1"
}
# full STATUS RAN WORD...: runs it and compares its status, and which parts ran.
full() {
    local status=0 wanted=$1 expected=$2
    shift 2
    : >"$work/ran"
    scripts/test-full "$@" >"$work/said" 2>&1 || status=$?
    if [ "$status" != "$wanted" ] || [ "$(paste -sd ' ' "$work/ran")" != "$expected" ]; then
        printf 'test-full %s: status %s, not %s; ran: %s; expected: %s\n' "$*" "$status" "$wanted" \
            "$(paste -sd ' ' "$work/ran")" "$expected" >&2
        cat "$work/said" >&2
        exit 1
    fi
}
# said EXPRESSION: requires that the last run said it.
said() {
    grep -qE -- "$1" "$work/said" || {
        printf 'not said: %s\n' "$1" >&2
        cat "$work/said" >&2
        exit 1
    }
}

part 10-one echo one of them
part 20-two 'echo why >&2; exit 3'
part 30-three true
touch "$work/parts/README"
full 1 "10-one 20-two 30-three"
said '^failed +0:0[0-9] +20-two +build/full/20-two/log$'
said '^passed +0:0[0-9] +10-one '
said '^   why$'
said '^3 parts, 1 failed, 0:0[0-9]$'
[ "$(cat build/full/10-one/log)" = "one of them" ]

# Only what failed is run again.
full 1 "20-two"
said '^before .* 10-one '
part 20-two true
full 0 "20-two"
full 0 ""
full 0 "10-one 20-two 30-three" --again
full 0 "30-three" --again three
full 0 "10-one 20-two" --again 10 20-two
full 1 "" four
said 'there is no part four'
full 0 "" --list
said '^10-one +the part 10-one$'
full 2 "" --unknown

# Every input counts: a file that git does not know yet, a change, a commit, a variable, a part of its own.
echo new >file
full 0 "10-one 20-two 30-three"
git add file
git -c user.name=t -c user.email=t@example.com commit --quiet --all --message second
full 0 "10-one 20-two 30-three"
echo changed >file
full 0 "10-one 20-two 30-three"
full 0 ""
MINKE_TEST_THOROUGH=1 full 0 "10-one 20-two 30-three"
full 0 "10-one 20-two 30-three"
part 10-one echo other
full 0 "10-one"

# A result that is damaged is none.
: >build/full/20-two/passed
full 0 "20-two"

# Ctrl-C ends a part with what it started, and the next run goes on there.
part 20-two "sleep 1003 & echo \$! >$work/left; wait"
: >"$work/ran"
set -m
scripts/test-full >"$work/said" 2>&1 &
whole=$!
set +m
for _ in $(seq 100); do
    [ -s "$work/left" ] && break
    sleep 0.1
done
kill -INT "$whole"
status=0
wait "$whole" || status=$?
[ "$status" = 130 ] || { echo "stopped with $status" >&2; exit 1; }
said '^stopped +0:0[0-9] +20-two '
if kill -0 "$(cat "$work/left")" 2>/dev/null; then
    echo "a part outlived Ctrl-C" >&2
    exit 1
fi
part 20-two true
full 0 "20-two"
