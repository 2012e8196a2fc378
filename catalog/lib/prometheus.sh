# shellcheck shell=bash
# For tests of Prometheus and of what asks it. After lib/test.sh, lib/certificates.sh and lib/metrics.sh:
#
#     prometheus_files NAME            the files of a Prometheus, with prometheus.yml from the standard input
#     start_prometheus NAME [OPTION...]
#                                      Prometheus as NAME, with such files
#     ask NAME QUERY                   prints the values that the Prometheus NAME finds; the query stands in a URL

: "${IMAGE_prometheus:?}"

prometheus_files() {
    local IMAGE=$IMAGE_prometheus
    needs "$IMAGE" prometheus
    certify "$1"
    configure "$1" prometheus.yml
    configure "$1" web.yml <<'END_OF_FILE'
tls_server_config:
  cert_file: /etc/minke/member.pem
  key_file: /etc/minke/member.pem
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: /etc/minke/ca.pem
END_OF_FILE
    configure "$1" prometheus.options <<'END_OF_FILE'
--config.file=/etc/minke/prometheus.yml
--web.config.file=/etc/minke/web.yml
--web.listen-address=:9090
--web.console.templates=/usr/share/prometheus/consoles
--web.console.libraries=/usr/share/prometheus/console_libraries
--storage.tsdb.path=/var/lib/prometheus
--storage.tsdb.retention.time=2d
--log.level=warn
END_OF_FILE
}

start_prometheus() {
    start "$@" "$IMAGE_prometheus"
    wait_for 60 inside "$1" metrics-probe 9090 /-/ready
}

ask() {
    read_page "$1" 9090 "/api/v1/query?query=$2" | grep --only-matching '"value":\[[^]]*\]' |
        sed 's/.*"\(.*\)"\]$/\1/'
}
