# shellcheck shell=bash
# For tests of Designate's services. After lib/test.sh, lib/identity.sh, lib/messaging.sh and lib/name-server.sh:
#
#     dns_settings MEMBER           MEMBER's designate.conf
#     prepare_dns DATABASE...       MariaDB and RabbitMQ with all that Designate needs there; of the databases, the first is
#                                   designate
#     start_daemon MEMBER KIND      Designate's central, mdns, worker or producer as MEMBER; mdns at the address 201
#     pools MEMBER...               tells Designate that these are its name servers, which have been started
#     names CODE                    runs Python in `central` that has its RPC as `central`, `context`, `make(zone)`,
#                                   `add(zone, name, kind, *data)`, `zone(name)`, and `until(condition, what)`

: "${IMAGE_designate_central:?}" "${IMAGE_designate_mdns:?}" "${IMAGE_designate_producer:?}" "${IMAGE_designate_worker:?}"

dns_settings() {
    configure "$1" designate.conf <<END
[DEFAULT]
use_stderr=true
transport_url=rabbit://designate:designate@messages:5672/designate
state_path=/var/lib/designate
root_helper=env
$(queue_settings)
[oslo_messaging_notifications]
driver=noop
[oslo_concurrency]
lock_path=/var/lib/designate/tmp
[storage:sqlalchemy]
connection=mysql+pymysql://designate:designate@database/designate
max_pool_size=5
[service:api]
enable_host_header=true
[service:central]
workers=1
[service:producer]
workers=1
[service:worker]
workers=1
poll_delay=1
poll_retry_interval=1
[service:mdns]
workers=1
listen=0.0.0.0:5354
query_enforce_tsig=true
$(token_settings admin administrator admin)
END
    key_file "$1" rndc.key designate-rndc
    configure "$1" known-pools.yaml <<<'[]'
}

prepare_dns() {
    local IMAGE=$IMAGE_designate_central
    needs "$IMAGE" designate-central
    start_database "$@"
    start_messaging designate
    dns_settings tables
    work tables schema-load designate.conf storage:sqlalchemy:designate -- designate-manage database sync
}

start_daemon() {
    local IMAGE=IMAGE_designate_$2
    IMAGE=${!IMAGE}
    needs "$IMAGE" "designate-$2"
    dns_settings "$1"
    if [[ $2 == mdns ]]; then
        start "$1" --ip "$(place_of 201)" "$IMAGE"
        wait_for 180 inside "$1" minke-probe tcp 5354 \
            '\0\x11mk\0\0\0\x01\0\0\0\0\0\0\0\0\x06\0\x03' 'mk\x80\x05'
    else
        start "$1" "$IMAGE"
        wait_for 180 inside "$1" rpc-ready /etc/minke/designate.conf "$2"
    fi
}

pools() {
    local member address servers=() targets=() IMAGE=$IMAGE_designate_worker
    needs "$IMAGE" designate-worker
    for member in "$@"; do
        address=$(address "$member")
        servers+=("{host: $address, port: 53}")
        targets+=("{type: bind9, description: $member, masters: [{host: $(place_of 201), port: 5354}], options: {
            host: $address, port: 53, rndc_host: $address, rndc_port: 953, rndc_key_file: /etc/minke/rndc.key,
            clean_zonefile: true}}")
    done
    dns_settings pools
    configure pools tsig.json <<END
{"name": "designate-tsig", "algorithm": "hmac-sha256", "secret": "$(secret_of designate-tsig)"}
END
    configure pools pools.yaml <<END
- name: default
  id: 794ccc2c-d751-44fe-b57f-8894c9f5c842
  description: name servers
  attributes: {}
  ns_records: [{hostname: ns.example.org., priority: 1}]
  nameservers: [$(IFS=,; echo "${servers[*]}")]
  targets: [$(IFS=,; echo "${targets[*]}")]
END
    work pools designate-pools /etc/minke/pools.yaml /etc/minke/tsig.json
}

names() {
    inside central python3 -W ignore - <<END
import time
from designate import conf, objects, policy, rpc
from designate.central.rpcapi import CentralAPI
from designate.context import DesignateContext

conf.CONF([], project="designate")
rpc.init(conf.CONF)
policy.init()
central = CentralAPI.get_instance()
context = DesignateContext.get_admin_context()
context.all_tenants = True
context.project_id = "own"

def make(name):
    return central.create_zone(context, objects.Zone(name=name, email="hostmaster@example.org", type="PRIMARY"))

def add(zone, name, kind, *data):
    records = objects.RecordList(objects=[objects.Record(data=text) for text in data])
    return central.create_recordset(
        context, zone.id, objects.RecordSet(name=name, type=kind, records=records))

def zone(name):
    return central.find_zones(context, {"name": name})[0]

def until(condition, what):
    deadline = time.monotonic() + 90
    while not condition():
        if time.monotonic() > deadline:
            zones = [(zone.name, zone.status, zone.action) for zone in central.find_zones(context)]
            raise SystemExit(f"in time, this did not happen: {what}; the zones: {zones}")
        time.sleep(0.3)

$1
END
}
