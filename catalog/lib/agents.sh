# shellcheck shell=bash
# For the tests of Neutron's agents, whose image is IMAGE. After lib/test.sh, lib/pod.sh and
# lib/messaging.sh:
#
#     prepare_agents    RabbitMQ as `messages`; a server as `server`, which answers agents' calls from answers.json and
#                       prints what was called; a holder as `node`, with a switch
#     answers JSON      method -> answer
#     run_agent AGENT [LINE...]    the agent, with more lines in its neutron.conf, until it has reported
#     called METHOD     whether the server was called so

: "${IMAGE:?}" "${NAME_PREFIX:?}" "${LABEL:?}" "${IMAGE_network:?}"

prepare_agents() {
    needs "$IMAGE_network" network
    start_holder node "$IMAGE_network" --volume "$(volume node-openvswitch):/run/openvswitch"
    start_switch node
    start_messaging neutron
}

answers() {
    start server --volume "$(volume answers):/answers" "$IMAGE_network" sleep infinity
    inside server sh -c 'cat >/answers/answers.json' <<<"$1"
    inside server sh -c 'cat >/answers/server' <<'END'
import json
import time

import oslo_messaging
from oslo_config import cfg

with open("/answers/answers.json") as file:
    answers = json.load(file)


class Anything:
    target = oslo_messaging.Target(version="1.99")

    def __getattr__(self, name):
        def answer(context, **arguments):
            with open("/answers/called", "a") as called:
                print(name, json.dumps(arguments, default=str), file=called)
            return answers.get(name)
        return answer


oslo_messaging.set_transport_defaults("neutron")
transport = oslo_messaging.get_rpc_transport(cfg.CONF, "rabbit://neutron:neutron@messages:5672/neutron")
for topic in "q-plugin", "q-l3-plugin", "q-reports-plugin", "q-server-resource-versions":
    oslo_messaging.get_rpc_server(
        transport, oslo_messaging.Target(topic=topic, server="server"), [Anything()], executor="threading",
        access_policy=oslo_messaging.LegacyRPCAccessPolicy).start()
open("/answers/called", "w").close()
while True:
    time.sleep(60)
END
    docker exec --detach "$NAME_PREFIX-server" python3 -W ignore /answers/server
    wait_for 60 inside server test -e /answers/called
}

run_agent() {
    local agent=$1
    configure agent neutron.conf <<END
[DEFAULT]
host=node
use_stderr=true
transport_url=rabbit://neutron:neutron@messages:5672/neutron
$(printf '%s\n' "${@:2}")
END
    # As in a pod: only the switch's own agent sees the switch's folder.
    local switch=()
    if [[ $agent == neutron-openvswitch-agent ]]; then
        switch=(--volume "$(volume node-openvswitch):/run/openvswitch")
    fi
    visit node agent --cap-drop ALL "${switch[@]}" --volume "$NAME_PREFIX-node-state:/var/lib/neutron" "$IMAGE"
    wait_for 120 inside agent agent-probe
    wait_for 10 inside server grep -q "^report_state.*\"binary\": \"$agent\"" /answers/called
}

called() {
    inside server grep -q "^$1 " /answers/called
}
