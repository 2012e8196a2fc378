# shellcheck shell=bash
# For tests of services that need Keystone, or are it. After lib/test.sh:
#
#     start_database NAME...    MariaDB as `database`, with a database, a user and a password NAME each
#     prepare_identity          Keystone's tables and administrator (password `administrator`), which are a fixture
#     fill_identity             the same, made by Keystone itself
#     start_identity MEMBER     Keystone as MEMBER, the first of which is `identity`
#     cloud [OPTION...] CODE    runs Python in `identity`, with options of docker exec, and with
#                               `call(method, url, body=None, token=None, status=200)`, which returns the answer's
#                               headers and JSON; `log_in(name, password, project)`, which returns a token; `make(token,
#                               kind, ...)`, which makes a project, user, role or the like and returns its id; and
#                               `grant(token, place, user, role...)`, a place being projects/ID or domains/ID
#     token_settings USER PASSWORD PROJECT    prints the section by which a service looks at tokens, as USER
#     api_settings MEMBER PORT FILE [LINE...]    MEMBER's uwsgi.ini for FILE of /usr/share, with more lines

: "${IMAGE_mariadb:?}" "${IMAGE_keystone:?}" "${NAME_PREFIX:?}"

start_database() {
    needs "$IMAGE_mariadb" mariadb
    borrow database "$IMAGE_mariadb" || lend database make_database
    stays=database
    local name
    for name in "$@"; do
        inside database mariadb --batch <<END
CREATE DATABASE $name CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci;
CREATE USER $name@'%' IDENTIFIED BY '$name';
GRANT ALL ON $name.* TO $name@'%';
END
    done
}

make_database() {
    IMAGE=$IMAGE_mariadb configure database mariadb.cnf <<'END'
[mariadbd]
bind-address=0.0.0.0
datadir=/var/lib/mysql/data
socket=/run/mysqld/mysqld.sock
skip-name-resolve=1
[client]
socket=/run/mysqld/mysqld.sock
END
    start database --volume "$(volume database-data):/var/lib/mysql" "$IMAGE_mariadb"
    wait_for 180 inside database mariadb --execute 'SELECT 1'
}

# Ends what others are at, and removes what is not the server's own. A connection may have ended meanwhile.
empty_database() {
    local statements
    statements=$(inside database mariadb --batch --skip-column-names --execute "
        SELECT concat('KILL ', id, ';') FROM information_schema.processlist
            WHERE id <> connection_id() AND user NOT IN ('system user', 'event_scheduler');
        SELECT concat('DROP DATABASE \`', schema_name, '\`;') FROM information_schema.schemata
            WHERE schema_name NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys');
        SELECT concat('DROP USER ', quote(user), '@', quote(host), ';') FROM mysql.user WHERE host = '%'")
    inside database mariadb --force <<<"$statements"
}

# identity_file FILE: what is on the standard input becomes Keystone's /etc/minke/FILE.
identity_file() {
    configure_identity
    IMAGE=$IMAGE_keystone configure identity "$1"
}

# identity_settings EXPIRATION [LINE...]: keystone.conf, with the seconds that tokens are valid, and with more lines.
identity_settings() {
    # The URL has a % in it, as some given passwords bring one. Connections are not used for long, since those of an
    # earlier test, on a network that is gone, would hang.
    identity_file keystone.conf <<END
[DEFAULT]
use_stderr=true
[database]
connection=mysql+pymysql://keystone:key%73tone@database/keystone
connection_recycle_time=1
[identity]
# With Keystone's 12 rounds, each login takes a quarter of a second of processor time.
password_hash_rounds=4
[token]
expiration=$1
[fernet_tokens]
key_repository=/etc/minke/fernet-keys
[fernet_receipts]
key_repository=/etc/minke/fernet-keys
[credential]
key_repository=/etc/minke/credential-keys
$(printf '%s\n' "${@:2}")
END
}

prepare_identity() {
    local tables
    needs "$IMAGE_keystone" keystone
    tables=$(fixture identity.sql "$IMAGE_keystone" "$IMAGE_mariadb")
    if [[ -e $tables ]]; then
        inside database mariadb keystone <"$tables"
    else
        own identity
        fill_identity
        inside database mariadb-dump keystone | keep "$tables"
    fi
}

# What a test configures before is kept.
configure_identity() {
    if $identity_is_configured; then return 0; fi
    identity_is_configured=true
    identity_settings 3600
    identity_file uwsgi.ini <<'END'
[uwsgi]
ini = /etc/uwsgi/service.ini
http-socket = 0.0.0.0:5000
wsgi-file = /usr/share/keystone/keystone.wsgi
listen = 100
processes = 2
cheaper = 1
cheaper-initial = 1
threads = 2
END
    identity_file bootstrap.env <<'END'
OS_BOOTSTRAP_PASSWORD=administrator
OS_BOOTSTRAP_REGION_ID=RegionOne
OS_BOOTSTRAP_PUBLIC_URL=http://identity:5000/v3
OS_BOOTSTRAP_INTERNAL_URL=http://identity:5000/v3
END
    local file
    for file in fernet-keys/0 fernet-keys/1 credential-keys/0 credential-keys/1; do
        head -c 32 /dev/urandom | base64 | tr '+/' '-_' | identity_file "$file"
    done
}
identity_is_configured=false

fill_identity() {
    identity_job schema-load keystone.conf database:keystone -- keystone-db-sync
    identity_job minke-env /etc/minke/bootstrap.env keystone-bootstrap
}

# identity_job COMMAND...: runs a command with Keystone's configuration.
identity_job() {
    configure_identity
    IMAGE=$IMAGE_keystone work identity "$@"
}

start_identity() {
    if [[ $1 != identity ]] || ! borrow identity "$IMAGE_keystone"; then lend "$1" run_identity "$1"; fi
    wait_for 180 inside "$1" minke-probe http 5000 /v3 200
}

run_identity() {
    configure_identity
    start "$1" --volume "$(files identity):/etc/minke" "$IMAGE_keystone"
}

cloud() {
    docker exec --interactive "${@:1:$#-1}" "$NAME_PREFIX-identity" python3 - <<END
import requests

def call(method, url, body=None, token=None, status=200, **more):
    headers = {"X-Auth-Token": token} if token else {}
    headers.update(more.pop("headers", {}))
    answer = requests.request(method, url, json=body, headers=headers, timeout=60, **more)
    if answer.status_code != status:
        raise SystemExit(f"{method} {url} answered {answer.status_code}, not {status}: {answer.text}")
    kind = answer.headers.get("Content-Type", "")
    return answer.headers, answer.json() if answer.content and "json" in kind else answer.content

def log_in(name, password, project, member="identity", status=201):
    user = {"name": name, "password": password, "domain": {"id": "default"}}
    scope = {"project": {"name": project, "domain": {"id": "default"}}}
    request = {"auth": {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}}
    headers, body = call("POST", f"http://{member}:5000/v3/auth/tokens", request, status=status)
    return headers.get("X-Subject-Token"), body.get("token")

v3 = "http://identity:5000/v3"

def make(token, kind, **what):
    return call("POST", f"{v3}/{kind}s", {kind: what}, token, status=201)[1][kind]["id"]

def grant(token, place, user, *roles):
    for name in roles:
        role = call("GET", f"{v3}/roles?name={name}", token=token)[1]["roles"][0]["id"]
        call("PUT", f"{v3}/{place}/users/{user}/roles/{role}", token=token, status=204)

${!#}
END
}

token_settings() {
    cat <<END
[keystone_authtoken]
www_authenticate_uri=http://identity:5000/v3
auth_url=http://identity:5000/v3
auth_type=password
user_domain_name=Default
project_domain_name=Default
username=$1
password=$2
project_name=$3
END
}

api_settings() {
    configure "$1" uwsgi.ini <<END
[uwsgi]
ini = /etc/uwsgi/service.ini
http-socket = 0.0.0.0:$2
wsgi-file = /usr/share/$3
listen = 100
processes = 2
cheaper = 1
cheaper-initial = 1
threads = 4
$(printf '%s\n' "${@:4}")
END
}
