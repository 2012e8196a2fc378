# shellcheck shell=bash
# For tests of Nova's services. After lib/test.sh, lib/identity.sh and lib/messaging.sh:
#
#     prepare_compute NAME...     MariaDB with databases NAME, of which nova is one, and Nova's others, up to date; RabbitMQ
#     compute_settings MEMBER     MEMBER's nova.conf; lines on the standard input are added

: "${IMAGE_nova_api:?}"

compute_settings() {
    configure "$1" nova.conf <<END
[DEFAULT]
use_stderr=true
state_path=/var/lib/nova
transport_url=rabbit://nova:nova@messages:5672/nova
[api_database]
connection=mysql+pymysql://nova:nova@database:3306/nova_api
[database]
connection=mysql+pymysql://nova:nova@database:3306/nova
$(queue_settings)
[oslo_concurrency]
lock_path=/var/lib/nova/tmp
$(cat)
END
}

prepare_compute() {
    needs "$IMAGE_nova_api" nova-api
    start_database "$@"
    local name
    for name in nova_api nova_cell0; do
        inside database mariadb --batch <<END
CREATE DATABASE $name CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci;
GRANT ALL ON $name.* TO nova@'%';
END
    done
    start_messaging nova
    IMAGE=$IMAGE_nova_api compute_settings job </dev/null
    compute_job schema-load nova.conf api_database:nova_api database:nova database:nova_cell0 -- nova-databases
}

# compute_job COMMAND...: runs a command with Nova's configuration.
compute_job() {
    IMAGE=$IMAGE_nova_api work job "$@"
}
