#!/usr/bin/env bash
# The tests' engine comes back after an unclean end, and leaves nothing behind when it is stopped.
set -euo pipefail
cd "$(dirname "$0")/../.."

# Instance 9 is this test's; two runs of it, of different checkouts, take turns.
[ "${1:-}" = alone ] || exec flock --close /run/lock/minke-test-9.test "$0" alone
export MINKE_TEST_INSTANCE=9
run=/run/minke-test-9
stop() { scripts/test-engine stop >/dev/null; }
trap 'stop; rm -rf /var/lib/minke-test-9' EXIT

# traces: what there is of this engine on the machine.
traces() {
    ip -o link show | grep -o 'minke-test9' || true
    ip rule | grep -E '^3211[89]:' || true
    iptables -S | grep -- 'minke-test-9' || true
    iptables -t nat -S | grep -- 'minke-test-9' || true
    grep -o "${run}[^ ]*" /proc/self/mountinfo || true
    find /sys/fs/cgroup -type d -name minke-test-9
    find "$run" 2>/dev/null || true
    pgrep -f -- "$run/" || true
}
engine() { pgrep -f "^dockerd --host unix://$run/"; }
say_traces() { traces | tr '\n' ' '; }

stop
[ -z "$(traces)" ] || { echo "not clean before: $(say_traces)" >&2; exit 1; }

scripts/test-engine start
first=$(engine)
kill -KILL "$first"
scripts/test-engine start
second=$(engine)
[ "$first" != "$second" ] || { echo "the engine was not ended" >&2; exit 1; }

# The loss of power tore what the engine writes about networks, and then about volumes.
data=/var/lib/minke-test-9/docker
for file in "$data/network/files/local-kv.db" "$data/volumes/metadata.db"; do
    [ -s "$file" ] || { echo "$file is not where the engine keeps it" >&2; exit 1; }
    kill -KILL "$(engine)"
    printf 'torn' >"$file"
    scripts/test-engine start
done

# Not even its run directory is there any more, while its processes and network are.
umount "$run/network"
rm -rf "$run" 2>/dev/null || true
scripts/test-engine start
scripts/test-engine exec curl --silent --fail --unix-socket "$run/docker.sock" http://localhost/_ping >/dev/null
[ "$(scripts/test-engine exec printenv DOCKER_HOST)" = "unix://$run/docker.sock" ] ||
    { echo "DOCKER_HOST is not the tests' engine" >&2; exit 1; }

# The first of two engines leaves forwarding to the second. (An engine of these tests' own run stands for it, or none.)
other=
for folder in /run/minke-test /run/minke-test-[1-8]; do
    if [ -z "$other" ] && [ -e "$folder/mtu" ]; then other=$folder; fi
done
if [ -n "$other" ] && [ ! -e "$other/forwarding-was-off" ]; then
    : >"$run/forwarding-was-off"
    stop
    [ "$(cat /proc/sys/net/ipv4/ip_forward)" = 1 ] || { echo "forwarding was taken from $other" >&2; exit 1; }
    rm "$other/forwarding-was-off" || { echo "$other does not know that it turns forwarding off" >&2; exit 1; }
fi

stop
[ -z "$(traces)" ] || { echo "left behind: $(say_traces)" >&2; exit 1; }
