# shellcheck shell=bash
# Certificates for recipes' tests, as Minke makes them for members. Sourced after test.sh.
#
#     certificate FOLDER FILE NAME...     makes FILE in FOLDER, which has key and certificate for DNS names and addresses,
#                                         of which the first is the subject's; by the authority of FOLDER, ca.pem, which
#                                         is made as well where there is none

certificate() {
    local names=() name
    for name in "${@:3}"; do
        if [[ $name =~ ^[0-9.]+$ ]]; then names+=("IP:$name"); else names+=("DNS:$name"); fi
    done
    mkdir -p "$1"
    # shellcheck disable=SC2016
    tar --create --directory "$1" . | once "${IMAGE:?}" bash -euc '
        cd "$(mktemp -d)"
        tar --extract
        kind="-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
        {
            [[ -e ca.key ]] || openssl req -x509 $kind -days 2 -subj /CN=authority \
                -addext keyUsage=critical,keyCertSign -keyout ca.key -out ca.pem
            openssl req $kind -subj "/CN=$2" -keyout own.key -out own.request
            printf "%s\n" "subjectAltName=$3" authorityKeyIdentifier=keyid extendedKeyUsage=serverAuth,clientAuth \
                >extensions
            openssl x509 -req -in own.request -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile extensions \
                -out own.pem
        } >said 2>&1 || { cat said >&2; exit 1; }
        cat own.key own.pem >"$1"
        tar --create "$1" ca.pem ca.key' - "$2" "$3" "$(IFS=,; echo "${names[*]}")" | tar --extract --directory "$1"
}
