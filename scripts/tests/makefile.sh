#!/usr/bin/env bash
# What the Makefile asks of the program, and what it installs and removes. The program is a stand-in.
set -euo pipefail
cd "$(dirname "$0")/../.."

# In a tree with little in it, so that nothing is built and build/ here is left alone.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
minke=$work/minke
cat >"$minke" <<'END'
#!/bin/sh
echo "minke $*"
END
chmod +x "$minke"
mkdir -p "$work/tree/Sources" "$work/tree/catalog/recipes/nova" "$work/tree/environments"
cp Makefile LICENSE Package.swift "$work/tree/"
touch "$work/tree/catalog/recipes/nova/recipe.yaml" "$work/tree/environments/identity.yaml"
touch "$minke"
cd "$work/tree"
# Nothing of the run that this is a part of.
unset MAKEFLAGS MAKELEVEL MFLAGS BUILD_VERSION PREFIX DESTDIR SWIFT_FLAGS FILTER BASE FULL

# same WHAT FOUND EXPECTED
same() {
    if [ "$2" != "$3" ]; then
        printf '%s\nfound:    %s\nexpected: %s\n' "$1" "$2" "$3" >&2
        exit 1
    fi
}
run() { make --no-print-directory "minke=$minke" "$@"; }

same "all" "$(run all -j5 BUILD_VERSION=1.0)" "minke build --result-lines --version 1.0 -j 5"
same "build" "$(run build)" "minke build --result-lines --version latest -j 1"
same "one image" "$(run build-keystone -j2)" "minke build --result-lines --version latest -j 2 keystone"
same "clean" "$(run clean BUILD_VERSION=1.0)" "minke clean --result-lines --version 1.0 -j 1"
same "clean one" "$(run clean-glance-api)" "minke clean --result-lines --version latest -j 1 glance-api"
same "test one" "$(run test-nova)" "minke test --result-lines --version latest -j 1 nova"
same "rebuild one" "$(run rebuild-nova)" "minke clean --result-lines --version latest -j 1 nova
minke build --result-lines --version latest -j 1 nova"

# What the tests' targets ask of the scripts.
mkdir -p "$work/bin" scripts
for script in scripts/setup scripts/run-tests scripts/test-full "$work/bin/swift"; do
    printf '#!/bin/sh\necho "%s $*"\n' "${script##*/}" >"$script"
    chmod +x "$script"
done
tests() { PATH=$work/bin:$PATH run --silent "$@"; }
prepared="setup --tests --no-engine
swift build --build-tests"
same "test" "$(tests test)" "$prepared
run-tests "
same "some tests" "$(tests test FILTER="nova IdentityTests")" "$prepared
run-tests nova IdentityTests"
same "what has changed" "$(tests test-changed)" "$prepared
run-tests --changed"
same "what has changed since" "$(tests test-changed BASE=HEAD~3)" "$prepared
run-tests --changed --base HEAD~3"
same "with the compiler's flags" "$(SWIFT_FLAGS="-Xswiftc -g" tests test | sed -n 2p)" \
    "swift build --build-tests -Xswiftc -g"
same "everything" "$(tests test-full FULL="--again demo")" "test-full --again demo"

run install "DESTDIR=$work/root" PREFIX=/usr >/dev/null
installed=$(cd "$work/root" && find . -type f ! -path './usr/share/minke/*' | sort)
same "installed" "$installed" "./usr/bin/minke
./usr/share/bash-completion/completions/minke
./usr/share/doc/minke/copyright
./usr/share/fish/vendor_completions.d/minke.fish
./usr/share/man/man1/minke.1
./usr/share/zsh/site-functions/_minke"
same "completion" "$(cat "$work/root/usr/share/fish/vendor_completions.d/minke.fish")" "minke completion fish"
diff -r catalog "$work/root/usr/share/minke/catalog"
diff -r environments "$work/root/usr/share/minke/environments"
run install "DESTDIR=$work/root" PREFIX=/usr >/dev/null
same "installed twice" "$(cd "$work/root" && find . -type f ! -path './usr/share/minke/*' | sort)" "$installed"
run uninstall "DESTDIR=$work/root" PREFIX=/usr >/dev/null
same "left after uninstall" "$(find "$work/root" ! -type d)" ""
