#!/usr/bin/env bash
# What setup asks for, installs, starts and refuses, on machines that are made of stand-ins: another system, another user,
# an engine that runs, one that does not, one elsewhere.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/bin" "$work/scripts" "$work/tools"
cp scripts/setup scripts/common.bash scripts/programs "$work/scripts/"
# What setup itself uses, beside what it looks for.
for tool in bash cat dirname env grep head id mktemp rm sed setsid sleep stat tail tr; do
    ln -s "$(type -P "$tool")" "$work/tools/$tool"
done

# stand_in NAME [LINE...]: a program in place of a real one; without lines, one that succeeds.
stand_in() {
    printf '%s\n' '#!/bin/sh' "${@:2}" >"$work/bin/$1"
    chmod 755 "$work/bin/$1"
}

# A machine with all that the list names; a case takes away what it is about.
while read -r program _; do
    case $program in [#]* | "" | /*) ;; *) stand_in "$program" ;; esac
done <scripts/programs
stand_in curl 'exec '"$(type -P curl)"' "$@"'

# The system that setup is told of, in place of /etc/os-release.
system() {
    printf 'ID=%s\nVERSION_ID=%s\n' "$1" "$2" >"$work/os-release"
    sed "s|/etc/os-release|$work/os-release|; s|/etc/ssl/certs/ca-certificates.crt|$work/os-release|
        s|/usr/include/features.h|$work/os-release|; s|/usr/lib/gcc/.*\.a|$work/os-release|
        s|^default_engine=.*|default_engine=unix://$work/engine.sock|; s|^engine_log=.*|engine_log=$work/engine.log|
        s|/var/run/docker|$work/run-docker|; s|/run/containerd/|$work/containerd/|; s|/run/systemd/system|$work/systemd|
        s|/etc/docker/|$work/etc-docker/|" scripts/setup >"$work/scripts/setup"
}
system debian 12

swift_is() { stand_in swiftc "echo 'Swift version $1 (swift-$1-RELEASE)'"; }
swift_is 6.0.3

# as USER SETUP-ARGUMENT...: runs setup on that machine.
as() {
    local -a user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
    if [ "$1" = root ]; then user=(); fi
    "${user[@]}" env -i "PATH=$work/bin:$work/tools" ${HOST:+"DOCKER_HOST=$HOST"} \
        "$work/tools/bash" "$work/scripts/setup" "${@:2}" 2>&1
}

# expect STATUS TEXT COMMAND...: compares the status and the output, which begins with the text.
expect() {
    local status=0 said
    said=$("${@:3}") || status=$?
    if [[ $status != "$1" || $said != "$2"* ]]; then
        printf '%s\nfound (%s):\n%s\nexpected (%s):\n%s\n' "${*:3}" "$status" "$said" "$1" "$2" >&2
        exit 1
    fi
}

((EUID == 0)) || {
    echo 'only root can be another user' >&2
    exit 1
}

expect 0 "ready" as nobody --no-engine
expect 2 "usage: scripts/setup" as nobody --nonsense

rm "$work/bin/mmdebstrap"
expect 1 "setup: not root, so nothing was changed
  missing: mmdebstrap (package mmdebstrap)
  on Debian: apt-get install --no-install-recommends mmdebstrap" as nobody --no-engine
stand_in mmdebstrap

# Each of the list's programs that is missing is asked for, where it is needed.
while read -r program purpose package newer; do
    option=()
    case $program in [#]* | "" | /* | curl | ld | dockerd) continue ;; esac
    rm "$work/bin/$program"
    case $purpose in
    run) ;;
    test) option=(--tests) ;;
    bench) option=(--bench) ;;
    esac
    for version in 12 13; do
        system debian "$version"
        if [ "$version" = 13 ]; then package=${newer:-$package}; fi
        expect 1 "setup: not root, so nothing was changed
  missing: $program (package $package)" as nobody --no-engine "${option[@]}"
        if [ "$purpose" != run ]; then expect 0 "ready" as nobody --no-engine; fi
    done
    stand_in "$program"
done <scripts/programs
system debian 12

swift_is 5.10.1
expect 1 "setup: Swift 5.10.1 is too old: install Swift 6.0 or newer and put it in PATH" as nobody --no-engine
system debian 13
expect 1 "setup: Swift 5.10.1 is too old: apt-get install swiftlang, or install Swift 6.0" as nobody --no-engine
rm "$work/bin/swiftc"
expect 1 "setup: Swift is missing: apt-get install swiftlang" as nobody --no-engine
swift_is 6.0.3

# Another system is told what is missing, and left alone, also by root.
system ubuntu 24.04
rm "$work/bin/ip"
stand_in apt-get "echo installed \"\$@\" >>$work/installed"
expect 1 "setup: this is not Debian 12 or 13 (ubuntu 24.04), so nothing was changed
  missing: ip (package iproute2)" as root --no-engine
stand_in ip
expect 0 "ready" as root --no-engine
[ ! -e "$work/installed" ]

# Root's setup installs what is missing without what is only recommended, and nothing the second time.
system debian 13
rm "$work/bin/ssh" "$work/bin/docker"
stand_in apt-get "echo \"\$@\" >>$work/installed" "for name in ssh docker; do" \
    "printf '#!/bin/sh\n' >$work/bin/\$name; $(type -P chmod) 755 $work/bin/\$name; done"
expect 0 "installing: docker-cli openssh-client
ready" as root --no-engine
expect 0 "ready" as root --no-engine
found=$(cat "$work/installed")
wanted="install --yes --no-install-recommends --no-remove -o Dpkg::Use-Pty=0 docker-cli openssh-client"
[ "$found" = "$wanted" ] || {
    printf 'installed: %s\nexpected: %s\n' "$found" "$wanted" >&2
    exit 1
}

# An engine elsewhere that does not answer is not ours to start.
HOST=tcp://127.0.0.1:9 expect 1 "setup: no engine answers at tcp://127.0.0.1:9, which DOCKER_HOST names: start it" as root

# An engine of this machine is started where none answers: by systemd, or by hand where there is no systemd.
cat >"$work/answering.py" <<'PY'
import http.server, os, socketserver, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"OK")
    def address_string(self):
        return "socket"
    def log_message(self, *_):
        pass
with open(sys.argv[2], "w") as file:
    file.write(str(os.getpid()))
socketserver.UnixStreamServer(sys.argv[1], Handler).serve_forever()
PY
serve="/usr/bin/python3 $work/answering.py $work/engine.sock $work/engine.pid"
mkdir "$work/systemd"
stand_in systemctl "echo \"\$@\" >>$work/systemctl" "$serve >/dev/null 2>&1 </dev/null &"
expect 0 "starting the engine: systemctl start docker
ready: the engine at unix://$work/engine.sock answers" as root
server=$(cat "$work/engine.pid")
[ "$(cat "$work/systemctl")" = "start docker" ]
# One that runs is used as it is, by whom may use it.
expect 0 "ready: the engine at unix://$work/engine.sock answers" as root
[ "$(cat "$work/systemctl")" = "start docker" ]
chmod 600 "$work/engine.sock"
expect 1 "setup: not root, so nothing was changed
  missing: an engine that answers at unix://$work/engine.sock
  missing: the right to use $work/engine.sock (group root)" as nobody

kill "$server"
server=
rm -r "$work/systemd" "$work/engine.sock"
# The words dockerd is started with are seen in the command line of what stands in for it.
stand_in dockerd "echo \"\$@\" >$work/dockerd" "exec $serve dockerd"
expect 0 "starting the engine, log in $work/engine.log
ready: the engine at unix://$work/engine.sock answers" as root
server=$(cat "$work/engine.pid")
[ "$(cat "$work/dockerd")" = "--bip 198.18.255.1/24 --default-address-pool base=198.18.240.0/20,size=24" ]
expect 0 "ready: the engine at unix://$work/engine.sock answers" as root
kill "$server"
server=
rm "$work/engine.sock"

# An engine that does not start is told of with the end of its log.
stand_in dockerd "echo this disk is full" "exit 1"
sed -i 's/wait_until 60 engine_settled/wait_until 1 engine_settled/; s/wait_until 5 process_runs/wait_until 1 process_runs/' \
    "$work/scripts/setup"
expect 1 "starting the engine, log in $work/engine.log
this disk is full" as root
