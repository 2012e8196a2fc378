# Functions that scripts/test-engine and scripts/second-engine share: starting an engine of the tests, ending its
# processes, and removing what these leave. A script that has set the variables below sources it after common.bash.
# shellcheck shell=bash

# The engine's folders, the file of its network namespace, and the control group of its containers.
: "${run:?}" "${data:?}" "${namespace:?}" "${cgroup:?}"

# Processes are found by their whole command lines, which no other process has: a pid file may be lost, or its number
# reused.
engine_processes() { pgrep -f -- "^dockerd --host [^ ]+ --containerd $run/containerd.sock" || true; }
containerd_processes() { pgrep -f -- "^containerd --config $run/containerd.toml" || true; }
shims() { pgrep -f -- "^[^ ]*containerd-shim[^ ]* .*-address $run/containerd.sock" || true; }

# container_processes: the processes in the engine's containers.
container_processes() {
    find /sys/fs/cgroup -path "*$cgroup/*" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -un
}

gone() { [ -z "$("$@")" ]; }

# end_processes SIGNAL COMMAND...: ends the processes that the command prints; those that outlive the signal are killed.
end_processes() {
    local signal=$1 pids
    shift
    pids=$("$@")
    [ -n "$pids" ] || return 0
    # shellcheck disable=SC2086 # a list of numbers
    kill -s "$signal" $pids 2>/dev/null || true
    wait_until 10 gone "$@" && return
    # shellcheck disable=SC2046
    kill -s KILL $("$@") 2>/dev/null || true
    wait_until 5 gone "$@" || say "still there: $("$@" | tr '\n' ' ')" >&2
}

# end_all_processes: ends the engine, its containers and containerd.
end_all_processes() {
    end_processes TERM engine_processes
    end_processes KILL container_processes
    end_processes KILL shims
    end_processes TERM containerd_processes
}

# set_apart PROGRAM ARGUMENT...: starts a program in the namespace, with a log of its name. It outlives the script, and
# does not have its lock.
set_apart() {
    (collect_rarely && exec nsenter --net="$namespace" setsid "$@") >>"$data/$1.log" 2>&1 </dev/null 9>&- &
}

# start_containerd: starts the engine's own containerd, since the engine would use the machine's where that runs. Fails
# where it does not answer in time.
start_containerd() {
    cat >"$run/containerd.toml" <<END
version = 2
root = "$data/containerd"
state = "$run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
address = "$run/containerd.sock"
[plugins."io.containerd.internal.v1.opt"]
path = "$data/containerd/opt"
END
    set_apart containerd --config "$run/containerd.toml"
    wait_until 30 socket_listens "$run/containerd.sock"
}

# start_dockerd ADDRESS OPTION...: starts the engine, which shares the host's mounts; `launched` becomes its process id.
start_dockerd() {
    set_apart dockerd --host "$1" --containerd "$run/containerd.sock" --data-root "$data/docker" \
        --exec-root "$run/docker" --pidfile "$run/docker.pid" --config-file "$run/no-daemon.json" \
        --cgroup-parent "$cgroup" --exec-opt native.cgroupdriver=cgroupfs "${@:2}"
    # shellcheck disable=SC2034 # for the script that sources this
    launched=$!
}

# unmount PATTERN: unmounts everything whose path matches, innermost first.
unmount() {
    local mount
    while read -r mount; do
        umount --lazy "$mount" 2>/dev/null || true
    done < <(cut -d' ' -f5 /proc/self/mountinfo | grep -E "^($1)" | sort -r)
}

# remove_cgroups: removes the control groups of containers that are gone.
remove_cgroups() {
    local group
    while read -r group; do rmdir "$group" 2>/dev/null || true; done \
        < <(find /sys/fs/cgroup -depth -type d \( -path "*$cgroup" -o -path "*$cgroup/*" \) 2>/dev/null)
}
