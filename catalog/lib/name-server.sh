# shellcheck shell=bash
# For tests of name servers that Designate has. After lib/test.sh:
#
#     secret_of KEY                 prints the secret of a key
#     key_file MEMBER FILE KEY      the key in MEMBER's FILE, as BIND and rndc read it
#     start_server MEMBER NUMBER    BIND as MEMBER at that address, which keeps its zones when it is discarded
#     ask MEMBER WORDS...           prints, in short, what the BIND of MEMBER answers to dig
#     answers_with MEMBER ANSWER WORDS...
#                                   whether it answers so

: "${IMAGE_bind9:?}"

secret_of() {
    printf '%s' "$1" | sha256sum | cut -c 1-64
}

key_file() {
    printf 'key "%s" { algorithm hmac-sha256; secret "%s"; };\n' "$3" "$(secret_of "$3")" | configure "$1" "$2"
}

server_files() {
    local IMAGE=$IMAGE_bind9 subnet
    subnet=$(subnet)
    key_file "$1" rndc.key designate-rndc
    key_file "$1" tsig.key designate-tsig
    configure "$1" named.conf <<END
include "/etc/minke/rndc.key";
include "/etc/minke/tsig.key";
options {
    directory "/var/cache/bind";
    listen-on port 53 { any; };
    listen-on-v6 { none; };
    pid-file none;
    session-keyfile none;
    allow-new-zones yes;
    allow-query { any; };
    allow-transfer { none; };
    recursion no;
    version none;
    hostname none;
    minimal-responses yes;
    minimal-any yes;
    allow-notify { !$(place_of 1); $subnet; };
    notify no;
    request-ixfr no;
    dnssec-validation no;
    empty-zones-enable no;
    max-cache-size 2m;
};
controls {
    inet * port 953 allow { 127.0.0.1; $subnet; } keys { "designate-rndc"; };
};
server $subnet { keys { "designate-tsig"; }; };
zone "probe.invalid" { type primary; file "/usr/share/bind/probe.zone"; };
END
}

declare -A disks=()
start_server() {
    needs "$IMAGE_bind9" bind9
    if [[ -z ${disks[$1]:-} ]]; then
        server_files "$1"
        disks[$1]=$(volume "$1-zones")
    fi
    start "$1" --ip "$(place_of "$2")" --volume "${disks[$1]}:/var/cache/bind" "$IMAGE_bind9"
    wait_for 60 inside "$1" minke-probe tcp 53 \
        '\0\x1fmk\0\0\0\x01\0\0\0\0\0\0\x05probe\x07invalid\0\0\x01\0\x01' '\0\x04\x7f\0\0\x01'
}

ask() {
    inside "$1" dig +short +tries=1 +time=3 @127.0.0.1 "${@:2}"
}

answers_with() {
    [[ $(ask "$1" "${@:3}") == "$2" ]]
}
