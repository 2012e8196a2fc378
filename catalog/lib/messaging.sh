# shellcheck shell=bash
# For tests of services that ask each other through RabbitMQ. After lib/test.sh:
#
#     start_messaging NAME...   RabbitMQ as `messages`, with a virtual host, a user and a password NAME each
#     queue_settings            prints the section by which a service has all messages in quorum queues
#     start_idle NAME [OPTION...]   the image as NAME, which has a connection to RabbitMQ, and answers nobody

: "${IMAGE_rabbitmq:?}"

start_messaging() {
    needs "$IMAGE_rabbitmq" rabbitmq
    borrow messages "$IMAGE_rabbitmq" || lend messages make_messaging
    local name
    for name in "$@"; do
        inside messages rabbitmq-grant <<END
{
    "vhosts": [{"name": "$name"}],
    "users": [{"name": "$name", "password": "$name", "tags": ""}],
    "permissions": [{"user": "$name", "vhost": "$name", "configure": ".*", "write": ".*", "read": ".*"}]
}
END
    done
}

make_messaging() {
    local IMAGE=$IMAGE_rabbitmq
    configure messages rabbitmq.conf <<'END'
listeners.tcp.default = 5672
load_definitions = /usr/share/rabbitmq/definitions.json
loopback_users = none
log.console = true
log.file = false
raft.wal_max_size_bytes = 67108864
END
    configure messages rabbitmq-env.conf <<'END'
NODENAME=rabbit@messages
LOG_BASE=/var/lib/rabbitmq/log
ENABLED_PLUGINS_FILE=/etc/minke/enabled_plugins
SERVER_ADDITIONAL_ERL_ARGS="+S 1:1"
END
    configure messages enabled_plugins <<<'[].'
    configure messages erlang.cookie 400 <<<'0123456789abcdef0123456789abcdef'
    start messages "$IMAGE_rabbitmq"
    wait_for 120 inside messages minke-probe tcp 5672 'AMQP\0\0\x09\x01' RabbitMQ
}

# Removes virtual hosts with their queues, which ends connections to them.
empty_messages() {
    local answer
    answer=$(inside messages erl_call -sname rabbit@messages -timeout 60 -e <<'END'
[ok = rabbit_vhost:delete(Host, <<"test">>) || Host <- rabbit_vhost:list_names(), Host =/= <<"/">>].
END
    ) && [[ $answer == *ok* ]]
}

queue_settings() {
    printf '%s\n' '[oslo_messaging_rabbit]' rabbit_quorum_queue=true rabbit_transient_quorum_queue=true
}

start_idle() {
    start "$@" "${IMAGE:?}" bash -c 'exec 3<>/dev/tcp/messages/5672; exec sleep infinity'
    wait_for 20 runs "$1"
}
