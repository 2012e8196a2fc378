# shellcheck shell=bash
# For tests of Swift's services. After lib/test.sh:
#
#     swift_files MEMBER COPIES ACCOUNTS CONTAINERS OBJECTS
#                                 MEMBER's swift.conf and rings.json, with the names of the servers of each kind, each a
#                                 text with blanks between them
#     storage_files MEMBER KIND   MEMBER's files as a server of KIND: account, container or object
#     start_storage KIND IMAGE MEMBER...    starts servers, which keep their disks when they are discarded
#     await_storage               waits until those that were started answer, and starts their sidecars for rsync
#     discard_storage MEMBER...   stops and removes servers and their sidecars
#     daemon MEMBER NAME          one pass of the daemon swift-NAME beside MEMBER; what it says is shown where it fails
#     swift_python MEMBER CODE    runs Python in MEMBER, with `ask(kind, server, method, *path, status=200,
#                                 body=None, query="", **headers)`, which returns headers and body, `listing(kind,
#                                 server, *path)`, `now()`, a time as Swift's, and `part(kind, *path)`
#     expect_same_rings MEMBER... all have the same rings

swift_files() {
    configure "$1" swift.conf <<'END'
[swift-hash]
swift_hash_path_prefix = before
swift_hash_path_suffix = after
[storage-policy:0]
name = default
default = true
END
    configure "$1" rings.json <<END
{"self": "$1", "part-power": 6, "copies": $2,
"account": {"port": 6202, "servers": [$(swift_servers "$3")]},
"container": {"port": 6201, "servers": [$(swift_servers "$4")]},
"object": {"port": 6200, "servers": [$(swift_servers "$5")]}}
END
}

# swift_servers NAMES: servers as rings.json has them, each on a host of its own.
swift_servers() {
    local name separator=
    for name in $1; do
        printf '%s{"name": "%s", "address": "%s", "host": "%s"}' "$separator" "$name" "$name" "$name"
        separator=', '
    done
}

# storage_ports KIND: the port of the server, and that of rsync.
storage_ports() {
    case $1 in
    account) echo 6202 6212 ;;
    container) echo 6201 6211 ;;
    object) echo 6200 6210 ;;
    esac
}

storage_files() {
    local port rsync common daemons=() name
    read -r port rsync < <(storage_ports "$2")
    common="bind_port = $port
user = swift
devices = /srv/node
mount_check = true
recon_cache_path = /var/cache/swift
log_udp_host = 127.0.0.1"
    configure "$1" "$2-server.conf" <<END
[DEFAULT]
bind_ip = 0.0.0.0
workers = 1
swift_dir = /etc/swift
$common
[pipeline:main]
pipeline = healthcheck recon $2-server
[app:$2-server]
use = egg:swift#$2
[filter:healthcheck]
use = egg:swift#healthcheck
[filter:recon]
use = egg:swift#recon
recon_cache_path = /var/cache/swift
END
    for name in auditor updater reaper; do
        daemons+=("[$2-$name]" "log_name = swift-$2-$name")
    done
    configure "$1" "$2-daemons.conf" <<END
[DEFAULT]
swift_dir = /var/cache/swift/settled
$common
$(printf '%s\n' "${daemons[@]}")
[$2-replicator]
rsync_module = rsync://{replication_ip}:$rsync/$2
[object-expirer]
dequeue_from_legacy = true
internal_client_conf_path = /etc/minke/internal-client.conf
END
    configure "$1" internal-client.conf <<'END'
[DEFAULT]
swift_dir = /etc/swift
log_udp_host = 127.0.0.1
[pipeline:main]
pipeline = catch_errors symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:symlink]
use = egg:swift#symlink
END
    configure "$1" rsyncd.conf <<END
port = $rsync
use chroot = false
reverse lookup = false
max connections = 16
[$2]
path = /srv/node
read only = false
lock file = /run/swift/rsync-$2.lock
[rings]
path = /var/cache/swift
include = *.ring.gz
exclude = *
lock file = /run/swift/rsync-rings.lock
END
}

start_storage() {
    local member
    for member in "${@:3}"; do
        start "$member" --volume "$(volume "$member-disk"):/srv/node/disk" "$2"
        starting+=("$1 $member $2")
    done
}
starting=()

await_storage() {
    local kind member image port rsync one
    for one in "${starting[@]}"; do
        read -r kind member image <<<"$one"
        read -r port rsync < <(storage_ports "$kind")
        wait_for 60 inside "$member" minke-probe http "$port" /healthcheck 200
        launch "$member.rsync" --network "container:$NAME_PREFIX-$member" --volumes-from "$NAME_PREFIX-$member" \
            "$image" swift-rsync
        wait_for 30 inside "$member" minke-probe tcp "$rsync" '' @RSYNCD
    done
    starting=()
}

discard_storage() {
    local member stopping=()
    for member; do
        docker rm --force "$NAME_PREFIX-$member.rsync" >/dev/null
        discard "$member" &
        stopping+=("$!")
    done
    wait "${stopping[@]}"
}

daemon() {
    local answer
    answer=$(inside "$1" "swift-$2" "/etc/minke/${2%%-*}-daemons.conf" --once --verbose 2>&1) || fail "$2: $answer"
}

swift_python() {
    inside "$1" python3 -W ignore - <<END
import http.client, json, os, sys, time
from swift.common.ring import Ring
from swift.common.utils import Timestamp

PORTS = {"account": 6202, "container": 6201, "object": 6200}

def part(kind, *path):
    return Ring("/etc/swift", ring_name=kind).get_part(*path)

def now():
    return Timestamp.now().internal

def ask(kind, server, method, *path, status=200, body=None, query="", **headers):
    """What a server answers as another of Swift's servers asks it: the headers and the body."""
    connection = http.client.HTTPConnection(server, PORTS[kind], timeout=30)
    headers = {name.replace("_", "-"): str(value) for name, value in {"X_Timestamp": now(), **headers}.items()}
    address = "/".join(("", "disk", str(part(kind, *path[:{"account": 1, "container": 2, "object": 3}[kind]])), *path))
    connection.request(method, address + query, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != status:
        raise SystemExit(f"{server}: {method} {address} answered {answer.status}, not {status}: {content[:300]}")
    return answer.headers, content

def listing(kind, server, *path):
    return [entry["name"] for entry in json.loads(ask(kind, server, "GET", *path, query="?format=json")[1])]

$2
END
}

expect_same_rings() {
    local member sums=()
    for member; do
        sums+=("$(inside "$member" sh -c 'cd /var/cache/swift && sha256sum *.ring.gz')")
    done
    [[ $(printf '%s\n' "${sums[@]}" | sort -u | wc -l) -eq 3 ]] || fail "members have other rings: ${sums[*]}"
}
