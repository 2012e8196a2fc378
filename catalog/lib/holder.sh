# shellcheck shell=bash
# For the tests of pods' holders, whose image is IMAGE. After lib/test.sh:
#
#     check_holder    the holder runs for an agent without capabilities what filters allow, and nothing else; what was
#                     started so outlives the agent

: "${IMAGE:?}" "${NAME_PREFIX:?}" "${LABEL:?}"

# run_agent POD STATE: a container as an agent's, with the volumes.
run_agent() {
    docker run --detach --name "$NAME_PREFIX-agent" --label "$LABEL" --user neutron --cap-drop ALL \
        --network "container:$NAME_PREFIX-holder" --pid "container:$NAME_PREFIX-holder" \
        --volume "$1:/run/pod" --volume "$2:/var/lib/neutron" "$IMAGE" sleep infinity >/dev/null
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
    local pod state
    pod=$(volume pod)
    state=$(volume state)
    start holder --cap-add NET_ADMIN --cap-add NET_RAW --cap-add SYS_ADMIN --cap-add SYS_PTRACE \
        --cap-add DAC_READ_SEARCH --security-opt systempaths=unconfined --security-opt seccomp=unconfined \
        --security-opt apparmor=unconfined --tmpfs /run/netns --volume "$pod:/run/pod" \
        --volume "$state:/var/lib/neutron" "$IMAGE"
    wait_for 60 inside holder pod-run ip netns list

    run_agent "$pod" "$state"
    expect own 'a privileged helper makes a namespace' privileged '
ip_lib.create_netns("own")
print(*ip_lib.list_netns())'
    expect $'one\n3' 'input, output and status of a command pass' privileged '
print(utils.execute_process(["cat"], b"one", None)[0])
print(utils.execute_process(["sh", "-c", "exit 3"], None, None)[2])'
    expect lo 'a command sees the namespace' inside agent sh -c \
        "pod-run ip -netns own -oneline link show dev lo | sed 's/^[0-9]*: //; s/:.*//'"
    refuses 'a command that no filter allows' inside agent pod-run cat /etc/shadow
    refuses 'a command in a namespace that no filter allows' inside agent pod-run ip netns exec own cat /etc/shadow
    refuses 'another user' docker exec --user nobody "$NAME_PREFIX-agent" pod-run ip netns list

    inside agent pod-run ip netns exec own env PROCESS_TAG=dnsmasq-own dnsmasq --no-hosts --no-resolv --port=5353 \
        --pid-file=/var/lib/neutron/own.pid
    discard agent
    run_agent "$pod" "$state"
    # shellcheck disable=SC2016 # expanded in the container
    expect dnsmasq 'what an agent started is seen by the next one' inside agent sh -c \
        'tr "\0" "\n" <"/proc/$(cat /var/lib/neutron/own.pid)/cmdline" | sed "s|.*/||; q"'
    expect own 'namespaces are there after the agent is gone' inside agent pod-run ip netns list
}
