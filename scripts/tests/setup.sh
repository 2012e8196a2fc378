#!/usr/bin/env bash
# What setup says to a user who may change nothing: exactly what is missing, and that is all it does.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/bin" "$work/scripts"
cp scripts/setup scripts/common.bash "$work/scripts/"
as_nobody=()
if ((EUID == 0)); then as_nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups); fi

# A PATH with everything but what a case leaves out. What is not installed here is stood in for.
for tool in bash cat curl dirname dockerd grep head ip iptables ld mktemp mmdebstrap pgrep pkg-config sed shellcheck stat \
    umount; do
    ln -s "$(type -P "$tool" || type -P true)" "$work/bin/$tool"
done
swift_is() {
    printf '#!/bin/sh\necho "Swift version %s (swift-%s-RELEASE)"\n' "$1" "$1" >"$work/bin/swiftc"
    chmod 755 "$work/bin/swiftc"
}
setup() { "${as_nobody[@]}" env -i "PATH=$work/bin" "$work/bin/bash" "$work/scripts/setup" --no-engine 2>&1; }

# expect STATUS TEXT: runs setup and compares.
expect() {
    local status=0 said
    said=$(setup) || status=$?
    if [ "$status" != "$1" ] || [ "$said" != "$2" ]; then
        printf 'found (%s):\n%s\nexpected (%s):\n%s\n' "$status" "$said" "$1" "$2" >&2
        exit 1
    fi
}

swift_is 6.0.3
expect 0 "ready"

rm "$work/bin/mmdebstrap"
expect 1 "setup: not root, so nothing was changed
  missing: mmdebstrap (package mmdebstrap)
  on Debian: apt-get install --no-install-recommends mmdebstrap"

ln -s "$(type -P true)" "$work/bin/mmdebstrap"
swift_is 5.10.1
said=$(setup) && status=0 || status=$?
if [[ $status != 1 || $said != "setup: Swift 5.10.1 is too old: "*"install Swift 6.0 or newer and put it in PATH" ]]; then
    printf 'found (%s): %s\n' "$status" "$said" >&2
    exit 1
fi
