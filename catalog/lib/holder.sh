# shellcheck shell=bash
# For the tests of pods' holders, whose image is IMAGE. After lib/test.sh and lib/pod.sh:
#
#     check_holder    the holder runs for an agent without capabilities what filters allow, and nothing else; what was
#                     started so outlives the agent; a visitor's command has the visitor's rights, and ends with it

: "${IMAGE:?}" "${NAME_PREFIX:?}" "${LABEL:?}"

# run_agent: a container as an agent's.
run_agent() {
    visit holder agent --user neutron --cap-drop ALL --volume "$NAME_PREFIX-holder-state:/var/lib/neutron" \
        "$IMAGE" sleep infinity
}

# privileged CODE: calls Neutron's privileged functions, as an agent does.
privileged() {
    inside agent env TMPDIR=/run/pod/tmp python3 -W ignore - <<END
from oslo_privsep import priv_context
from neutron.privileged.agent.linux import ip_lib
from neutron.privileged.agent.linux import utils
priv_context.init(root_helper=["pod-run"])
$1
END
}

check_holder() {
    start_holder holder "$IMAGE"
    run_agent
    expect own 'a privileged helper makes a namespace' privileged '
ip_lib.create_netns("own")
print(*ip_lib.list_netns())'
    expect $'one\n3' 'input, output and status of a command pass' privileged '
print(utils.execute_process(["cat"], b"one", None)[0])
print(utils.execute_process(["sh", "-c", "exit 3"], None, None)[2])'
    local container
    for container in holder agent; do
        docker exec --interactive --user root "$NAME_PREFIX-$container" \
            sh -c 'cat >/usr/lib/python3/dist-packages/neutron/privileged/collecting.py' <<'END'
import gc
from neutron import privileged
@privileged.default.entrypoint
def collects():
    return gc.isenabled()
END
    done
    expect True 'a privileged helper collects garbage' privileged '
from neutron.privileged import collecting
print(collecting.collects())'
    expect lo 'a command sees the namespace' inside agent sh -c \
        "pod-run ip -netns own -oneline link show dev lo | sed 's/^[0-9]*: //; s/:.*//'"
    refuses 'a command that no filter allows' inside agent pod-run cat /etc/shadow
    refuses 'a command in a namespace that no filter allows' inside agent pod-run ip netns exec own cat /etc/shadow
    refuses 'another user' docker exec --user nobody "$NAME_PREFIX-agent" pod-run ip netns list

    inside agent pod-run ip netns exec own env PROCESS_TAG=dnsmasq-own dnsmasq --no-hosts --no-resolv --port=5353 \
        --pid-file=/var/lib/neutron/own.pid
    discard agent
    run_agent
    # shellcheck disable=SC2016 # expanded in the container
    expect dnsmasq 'what an agent started is seen by the next one' inside agent sh -c \
        'tr "\0" "\n" <"/proc/$(cat /var/lib/neutron/own.pid)/cmdline" | sed "s|.*/||; q"'
    expect own 'namespaces are there after the agent is gone' inside agent pod-run ip netns list

    refuses 'a visitor who is not root' inside agent pod-run --here true
    visit holder visitor --cap-drop ALL --cap-add CHOWN --env OWN=seen "$IMAGE" sleep infinity
    inside visitor sh -c 'echo visitor >/own'
    # shellcheck disable=SC2016 # expanded in the container
    expect 'visitor seen' "a visitor's command has its files and environment" inside visitor /run/pod/pod-run --here \
        sh -c 'echo "$(cat /own) $OWN"'
    # shellcheck disable=SC2016 # expanded in the container
    expect 'CapBnd: 0000000000000001' "a visitor's command has no further capabilities" inside visitor \
        pod-run --here sh -c 'echo $(grep CapBnd /proc/self/status)'
    expect 5 "a visitor's command says how it ended" inside visitor sh -c 'pod-run --here sh -c "exit 5"; echo $?'
    docker exec --detach "$NAME_PREFIX-visitor" pod-run --here sh -c 'sleep 1001 & exec sleep 1002'
    wait_for 10 inside holder pgrep -f '^sleep 1002'
    discard visitor
    wait_for 10 inside holder sh -c '! pgrep -f "^sleep 1002"'
    inside holder pgrep -f '^sleep 1001' >/dev/null || fail 'what a visitor started did not outlive it'
}
