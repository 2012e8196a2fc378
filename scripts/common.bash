# Functions that several scripts share: messages, waiting, and asking an engine whether it answers.
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# have PROGRAM: whether PATH has the program; commands built into the shell do not count.
have() { type -P "$1" >/dev/null; }

# wait_until SECONDS COMMAND...: repeats the command until it succeeds; fails when the time has passed.
wait_until() {
    local deadline=$((SECONDS + $1)) pause=0.1
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep "$pause"
    done
}

# engine_answers ADDRESS: whether an engine answers at unix://PATH or tcp://HOST:PORT, with DOCKER_TLS_VERIFY and
# DOCKER_CERT_PATH as for the docker client.
engine_answers() {
    local -a options=(--silent --fail --max-time 5 --output /dev/null)
    case $1 in
    unix://*)
        [ -S "${1#unix://}" ] && curl "${options[@]}" --unix-socket "${1#unix://}" http://localhost/_ping
        ;;
    tcp://*)
        if [ -n "${DOCKER_TLS_VERIFY:-}" ]; then
            local keys=${DOCKER_CERT_PATH:-$HOME/.docker}
            curl "${options[@]}" --cacert "$keys/ca.pem" --cert "$keys/cert.pem" --key "$keys/key.pem" \
                "https://${1#tcp://}/_ping"
        else
            curl "${options[@]}" --noproxy '*' "http://${1#tcp://}/_ping"
        fi
        ;;
    *) return 1 ;;
    esac
}

# collect_rarely: has programs that are started hereafter and are written in Go collect garbage when their memory has
# grown by 400 percent. The tests run some of them thousands of times: the engine its own program three times for each
# container on a network, which takes 40 ms of processor time so, and 55 with 100 percent, which is Go's choice; recipes'
# tests the docker client, which takes a seventh less.
collect_rarely() { export GOGC=400; }

# socket_listens PATH: whether a process listens on the socket, whatever its protocol.
socket_listens() {
    local status=0
    [ -S "$1" ] || return
    curl --silent --max-time 2 --output /dev/null --unix-socket "$1" http://localhost/ || status=$?
    ((status != 7)) # 7: refused
}

# process_runs PID WORD: whether the process is alive and its command line contains the word. The number in a file of an
# earlier run may be another process's by now.
process_runs() {
    { tr '\0' ' ' <"/proc/${1:-none}/cmdline" | grep -F -- "$2" >/dev/null; } 2>/dev/null
}

# pid_in FILE: the number in a pid file, or nothing.
pid_in() {
    local pid=
    if [ -r "$1" ]; then read -r pid <"$1" || true; fi
    [[ $pid =~ ^[0-9]+$ ]] && printf '%s' "$pid"
    return 0
}

# copy_sources FOLDER: copies the repository as it is here, committed or not, without its builds and measurements.
copy_sources() {
    tar --create --directory "$(dirname "${BASH_SOURCE[0]}")/.." --exclude=./.git --exclude=./.build --exclude=./build \
        --exclude=./bench/work . | tar --extract --directory "$1"
}

# debian_mirror: the mirror that this machine's apt uses, or Debian's own.
debian_mirror() {
    local found
    found=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
        sed -nE '/^(deb|URIs:) /s|^[^#]*(https?://[^ ]*/debian)/?( .*)?$|\1|p' | sed -n 1p)
    printf '%s\n' "${found:-http://deb.debian.org/debian}"
}

# inside_root ROOT COMMAND...: runs a command in the folder /minke of a root file system, with mounts and processes that
# end with it.
inside_root() {
    # shellcheck disable=SC2016 # expanded by the inner shell
    unshare --mount --pid --fork --kill-child --propagation private bash -c '
        mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && mount --rbind /sys "$0/sys" &&
            mount -t tmpfs run "$0/run" && mkdir "$0/run/lock" &&
            exec chroot "$0" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
                ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
                sh -c "cd /minke && exec \"\$@\"" sh "$@"' "$@"
}
