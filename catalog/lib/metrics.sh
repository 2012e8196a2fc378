# shellcheck shell=bash
# For tests of exporters, and of what tells its metrics itself. After lib/test.sh and lib/certificates.sh:
#
#     prepare_metrics NAME...          an authority that knows these containers, and `asker`, which reads pages
#     certify NAME                     the container NAME has the authority's certificate, as member.pem
#     exporter_files NAME              the same, and exporters.yaml from the standard input
#     start_exporter NAME [OPTION...]  the image as NAME, an exporter with such files
#     read_page NAME PORT PATH         prints a page that NAME answers to whoever has a certificate; with AS=FILE, to one
#                                      with foreign.pem, of another authority, and with AS= to one without any
#     metric METRIC NAME PORT PATH     prints the lines of a metric on such a page
#     expect_closed NAME PORT PATH     nobody reads the page without a certificate of the authority

: "${IMAGE:?}"

# It goes at the end of the test.
certified=${collected:?}/.certificates

prepare_metrics() {
    certificate "$certified" member.pem asker 127.0.0.1 "$@"
    certificate "$certified/foreign" member.pem asker
    certify asker
    configure asker foreign.pem 644 <"$certified/foreign/member.pem"
    rm -r "$certified/foreign"
    start asker "$IMAGE" sleep infinity
}

certify() {
    configure "$1" member.pem <"$certified/member.pem"
    configure "$1" ca.pem <"$certified/ca.pem"
}

exporter_files() {
    certify "$1"
    configure "$1" exporters.yaml
}

start_exporter() {
    start "$@" "$IMAGE"
    wait_for 30 inside "$1" metrics-probe 9998 /metrics
}

read_page() {
    # shellcheck disable=SC2016
    docker exec --env AS="${AS-member.pem}" "${NAME_PREFIX:?}-asker" bash -c '
        shows=()
        if [[ -n $AS ]]; then shows=(-cert "/etc/minke/$AS" -key "/etc/minke/$AS"); fi
        answer=$(printf "GET %s HTTP/1.0\r\n\r\n" "$3" |
            timeout 60 openssl s_client -quiet -verify_quiet -connect "$1:$2" -verify_return_error \
                -verify_hostname "$1" -CAfile /etc/minke/ca.pem "${shows[@]}" 2>/tmp/said) || true
        if [[ $answer != HTTP/1.?" 200 "* ]]; then
            printf "%s\n" "$1 answers:" "${answer:0:400}" "$(tail -n 3 /tmp/said)" >&2
            exit 1
        fi
        printf "%s\n" "${answer#*$'\''\r\n\r\n'\''}"' - "$@"
}

metric() {
    read_page "${@:2}" | sed -n "/^$1[{ ]/p"
}

expect_closed() {
    AS=foreign.pem refuses "$1 asked with a certificate of another authority" read_page "$@"
    AS='' refuses "$1 asked without a certificate" read_page "$@"
    refuses "$1 asked without TLS" inside asker env MINKE_PROBE_HOST="$1" minke-probe http "$2" "$3" 200
}
