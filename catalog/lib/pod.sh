# shellcheck shell=bash
# For tests of what runs in pods. After lib/test.sh:
#
#     join POD NAME [OPTION...] IMAGE [COMMAND...]   as `start`, in the network namespace of the container POD
#     start_holder NAME IMAGE [OPTION...]            a pod's holder, with the volumes NAME-pod and NAME-state
#     visit POD NAME [OPTION...] IMAGE [COMMAND...]  as `join`, with the holder's processes and its volume NAME-pod
#     start_switch POD    Open vSwitch for the pod, as POD-database and POD-switch; the volumes POD-openvswitch and
#                         POD-data are its own. The pod's interface becomes part of br-phy, which has its address then

: "${NAME_PREFIX:?}" "${LABEL:?}" "${IMAGE_openvswitch_db:?}" "${IMAGE_openvswitch_switch:?}"

join() {
    launch "$2" --network "container:$NAME_PREFIX-$1" "${@:3}"
}

start_holder() {
    start "$1" --cap-add NET_ADMIN --cap-add NET_RAW --cap-add SYS_ADMIN --cap-add SYS_PTRACE \
        --cap-add DAC_READ_SEARCH --cap-add SYS_NICE --security-opt systempaths=unconfined \
        --security-opt seccomp=unconfined --security-opt apparmor=unconfined --device /dev/net/tun \
        --tmpfs /run/netns --volume "$(volume "$1-pod"):/run/pod" --volume "$(volume "$1-state"):/var/lib/neutron" \
        "${@:3}" "$2"
    wait_for 60 inside "$1" pod-run ip netns list
}

visit() {
    join "$1" "$2" --pid "container:$NAME_PREFIX-$1" --volume "$NAME_PREFIX-$1-pod:/run/pod" "${@:3}"
}

start_database_of_switch() {
    join "$1" "$1-database" --volume "$(volume "$1-data"):/var/lib/openvswitch" \
        --volume "$(volume "$1-openvswitch"):/run/openvswitch" "$IMAGE_openvswitch_db"
    wait_for 30 inside "$1-database" ovsdb-client --timeout=4 list-dbs unix:/run/openvswitch/db.sock
}

start_switch_alone() {
    IMAGE=$IMAGE_openvswitch_switch configure "$1-switch" switch.conf <<<"TUNNEL=$(address "$1")"
    join "$1" "$1-switch" --cap-add NET_ADMIN --cap-add NET_RAW --device /dev/net/tun \
        --volume "$(volume "$1-openvswitch"):/run/openvswitch" "$IMAGE_openvswitch_switch"
    wait_for 60 inside "$1-switch" switch-probe
}

start_switch() {
    needs "$IMAGE_openvswitch_db" openvswitch-db
    needs "$IMAGE_openvswitch_switch" openvswitch-switch
    start_database_of_switch "$1"
    start_switch_alone "$1"
}
