# shellcheck shell=bash
# For recipes' tests, test/run, which begin with
#
#     set -euo pipefail
#     . "${CATALOG:?}/lib/test.sh"
#
# `minke test` gives them IMAGE, NETWORK, NAME_PREFIX, LABEL and FIXTURES, and, of what they and the files that they
# source name, IMAGE_<recipe> of other recipes and the files of the catalogue in CATALOG. Containers and volumes have
# short names here, before which NAME_PREFIX is put; containers know each other by the short names.

: "${IMAGE:?run tests with minke test}" "${NETWORK:?}" "${NAME_PREFIX:?}" "${LABEL:?}" "${FIXTURES:?}"

# fail REASON...: ends the test. Of a long reason, the first line says what failed, and the last ones why.
fail() {
    local lines
    mapfile -t lines <<<"failed: $*"
    [[ ${#lines[@]} -le 30 ]] || lines=("${lines[0]}" ... "${lines[@]: -28}")
    printf '%s\n' "${lines[@]}" >&2
    exit 1
}

# volume NAME: makes a volume and prints its full name, for --volume.
volume() {
    docker volume create --label "$LABEL" "$NAME_PREFIX-$1" >/dev/null
    printf '%s\n' "$NAME_PREFIX-$1"
}

# launch NAME [OPTION...] IMAGE [COMMAND...]: runs a container with the configuration that `configure` made for NAME.
launch() {
    local files=()
    give "$1"
    if [[ -e $collected/$1.image ]]; then files=(--volume "$NAME_PREFIX-$1-files:/etc/minke"); fi
    docker run --detach --init --name "$NAME_PREFIX-$1" --label "$LABEL" "${files[@]}" "${@:2}" >/dev/null
}

# start NAME [OPTION...] IMAGE [COMMAND...]: as `launch`, on the test's network.
start() {
    launch "$1" --hostname "$1" --network "$NETWORK" --network-alias "$1" "${@:2}"
}

# configure NAME FILE [MODE]: what is on the standard input becomes /etc/minke/FILE of the container NAME, owned by the
# image's user. Files are collected until something needs them; later ones are there at once.
configure() {
    local file=$collected/$1/$2 is_given=false
    if [[ -e $collected/$1.image && ! -d $collected/$1 ]]; then is_given=true; fi
    mkdir -p "${file%/*}"
    cat >"$file"
    chmod "${3:-600}" "$file"
    printf '%s\n' "$IMAGE" >"$collected/$1.image"
    if $is_given; then give "$1"; fi
}
collected=$(mktemp -d)

# give NAME: puts what `configure` has collected for NAME into the volume NAME-files.
give() {
    if [[ ! -d $collected/$1 ]]; then return 0; fi
    local image user container
    image=$(<"$collected/$1.image")
    container=$(docker create --label "$LABEL" --network none --volume "$(volume "$1-files"):/etc/minke" "$image")
    # The number of the image's user, which is looked up once.
    user=$collected/${image//[\/:]/+}.user
    [[ -e $user ]] || user_number "$image" "$container" >"$user"
    (cd "$collected/$1" && find . -mindepth 1 -printf '%P\0') |
        tar --create --directory "$collected/$1" --owner "$(<"$user")" --numeric-owner --null --no-recursion \
            --files-from - |
        docker cp - "$container:/etc/minke"
    docker rm "$container" >/dev/null
    rm -r "${collected:?}/$1"
}

# user_number IMAGE CONTAINER: prints the number of an image's user, whose name a container of it knows.
user_number() {
    local user
    user=$(IMAGE=$1 image_user)
    [[ $user =~ ^[0-9]+$ ]] || user=$(docker cp "$2:/etc/passwd" - | tar --extract --to-stdout |
        awk -F : -v name="$user" '$1 == name { print $3 }')
    printf '%s\n' "${user:?}"
}

# files NAME: prints the full name of the volume with what `configure` made for NAME, for --volume.
files() {
    give "$1"
    printf '%s\n' "$NAME_PREFIX-$1-files"
}

# image_user: the user whom the image's command runs as.
image_user() {
    local user
    user=$(docker image inspect --format '{{.Config.User}}' "$IMAGE")
    printf '%s\n' "${user:-root}"
}

# inside NAME COMMAND...: runs a command in a running container, with the standard input.
inside() {
    docker exec --interactive "$NAME_PREFIX-$1" "${@:2}"
}

# address NAME: prints a container's address on the test's network.
address() {
    docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$NAME_PREFIX-$1"
}

# place_of NUMBER: prints the address with that number on the test's network, a /24.
place_of() {
    local subnet
    subnet=$(subnet)
    printf '%s\n' "${subnet%.*}.$1"
}

# subnet: prints that network's subnet.
subnet() {
    docker network inspect --format '{{(index .IPAM.Config 0).Subnet}}' "$NETWORK"
}

# runs NAME: whether a container is running.
runs() {
    [[ $(docker inspect --format '{{.State.Running}}' "$NAME_PREFIX-$1") == true ]]
}

# once IMAGE COMMAND...: runs a command in a container of its own on the network, with the standard input.
once() {
    docker run --rm --interactive --init --user 0 --label "$LABEL" --network "$(place)" "$@"
}

# place: the network for a container that only calls others. Where the test has a container that stays, as start_database
# of lib/identity.sh names one, it is that one's, which the engine has made already.
place() {
    printf '%s\n' "${stays:+container:$NAME_PREFIX-}${stays:-$NETWORK}"
}
stays=

# answers NAME: how many answers a container got, which prints a line for each of its requests, and ends at one that
# fails.
answers() {
    docker logs "$NAME_PREFIX-$1" 2>/dev/null | wc -l
}

# asks NAME SINCE: whether such a container runs, and got at least three answers more than SINCE.
asks() {
    runs "$1" && [[ $(answers "$1") -ge $(($2 + 3)) ]]
}

# job FILES COMMAND...: runs a command of the image to its end, with the configuration that `configure` made for FILES,
# and prints all that it says.
job() {
    give "$1"
    docker run --rm --init --label "$LABEL" --network "$(place)" --volume "$NAME_PREFIX-$1-files:/etc/minke" \
        "$IMAGE" "${@:2}" 2>&1
}

# work FILES COMMAND...: runs a command as `job` does, and ends the test with what it says where it fails.
work() {
    local answer
    answer=$(job "$@") || fail "${*:2}: $answer"
}

# fixture NAME IMAGE...: prints the path of a file that tests keep for each other, of what takes long to make from images.
# It is there where a test has made it from the same images by the same file of functions; a test that does not find it
# makes it, and gives it with `keep PATH`.
fixture() {
    local hash
    hash=$({
        docker image inspect --format '{{.Id}}' "${@:2}"
        cat "${BASH_SOURCE[1]}"
    } | sha256sum)
    printf '%s\n' "$FIXTURES/$1-${hash:0:32}"
}

# keep PATH: what is on the standard input becomes a fixture. Old ones go.
keep() {
    local file
    file=$(mktemp "$FIXTURES/.new-XXXXXX")
    cat >"$file"
    mv "$file" "$1"
    find "$FIXTURES" -type f -mtime +60 -delete
}

# Tests can share containers of what they use and do not try, such as a database, where they run one after another:
# SURROUNDINGS is a label for these, KEY=NAME, and before their names comes NAME while no test uses them.
#
#     borrow NAME IMAGE   takes the container NAME over from an earlier test; fails where there is none
#     lend NAME COMMAND   runs a command that starts it; it is left to later tests
#     own NAME            the container is to be this test's own: said before it is started by a test that replaces it,
#                         since what another test started has other keys and volumes than this one would give it
#
# At the end of the test, the function empty_NAME removes from the container what the test has brought into it.

# Where the borrowed containers are brought back to, by their names.
declare -A borrowed=()
# Names of containers that are this test's own, and of those that another test may have started.
declare -A owned=() shared=()

borrow() {
    [[ -z ${owned[$1]:-} ]] || return 1
    shared[$1]=yes
    [[ -n ${SURROUNDINGS:-} ]] || return 1
    local image
    image=$(docker image inspect --format '{{.Id}}' "$2") || return 1
    borrowed[$1]=${SURROUNDINGS#*=}-$1-${image:7:12}
    docker rename "${borrowed[$1]}" "$NAME_PREFIX-$1" 2>/dev/null || return 1
    if runs "$1" && docker network connect --alias "$1" "$NETWORK" "$NAME_PREFIX-$1"; then return 0; fi
    docker rm --force --volumes "$NAME_PREFIX-$1" >/dev/null
    return 1
}

lend() {
    local LABEL=$LABEL
    if [[ -n ${borrowed[$1]:-} ]]; then LABEL=$SURROUNDINGS; fi
    "${@:2}"
}

own() {
    [[ -z ${shared[$1]:-} ]] || fail "own $1 comes too late: $1 has been started"
    owned[$1]=yes
}

# bring_back: borrowed containers are for other tests again; one that does not run, or cannot be emptied, goes. All are
# emptied before the first leaves the network, since connections between them would hang on it.
bring_back() {
    local name container
    for name in "${!borrowed[@]}"; do
        if ! declare -F "empty_$name" >/dev/null || "empty_$name"; then continue; fi
        docker rm --force --volumes "$NAME_PREFIX-$name" >/dev/null
        unset "borrowed[$name]"
    done
    for name in "${!borrowed[@]}"; do
        container=$NAME_PREFIX-$name
        if ! runs "$name" || ! docker network disconnect --force "$NETWORK" "$container" ||
            ! docker rename "$container" "${borrowed[$name]}"; then docker rm --force --volumes "$container" >/dev/null; fi
    done
}

# discard NAME: stops a container as an upgrade does, and removes it; volumes with a name stay.
discard() {
    [[ -z ${shared[$1]:-} ]] || fail "$1 may be another test's: say own $1 before it is started"
    docker stop --time 60 "$NAME_PREFIX-$1" >/dev/null
    docker rm --volumes "$NAME_PREFIX-$1" >/dev/null
}

# needs IMAGE RECIPE: ends the test where the image of another recipe is not there.
needs() {
    docker image inspect "$1" >/dev/null 2>&1 || fail "$1 is missing: minke build $2"
}

# wait_for SECONDS COMMAND...: repeats a command until it succeeds, or the container that it is to succeed inside ends.
wait_for() {
    local deadline=$((SECONDS + $1)) answer began
    shift
    while
        began=${EPOCHREALTIME//[!0-9]/}
        ! answer=$(one_try "$deadline" "$@" 2>&1)
    do
        [[ $1 != inside ]] || runs "$2" || fail "$2 has ended, and this did not succeed: ${*:3}"
        [[ $SECONDS -lt $deadline ]] || fail "in time, this did not succeed: $*: $answer"
        pause "$began"
    done
}

# one_try DEADLINE COMMAND...: runs a command of `wait_for`. Inside a container it is repeated there, since a call of the
# engine takes ten times the processor time of most probes.
one_try() {
    if [[ $2 != inside ]]; then
        "${@:2}"
        return
    fi
    # shellcheck disable=SC2016 # for the shell inside
    inside "$3" bash -c '
        until answer=$("$@" 2>&1); do
            if ((SECONDS >= $0)); then
                printf "%s\n" "$answer"
                exit 1
            fi
            sleep 0.25
        done' "$(($1 > SECONDS ? $1 - SECONDS : 0))" "${@:4}" </dev/null
}

# pause BEGAN: waits twice as long as a try took that began at BEGAN, in microseconds since 1970, at least 0.3 and at most
# 2 s: on a busy machine, tries would slow down the start that they wait for.
pause() {
    local pause=$((2 * (${EPOCHREALTIME//[!0-9]/} - $1)))
    pause=$((pause < 300000 ? 300000 : pause > 2000000 ? 2000000 : pause))
    printf -v pause '%d.%06d' $((pause / 1000000)) $((pause % 1000000))
    sleep "$pause"
}

# expect WANTED WORDS COMMAND...: the command's output is WANTED.
expect() {
    local answer
    answer=$("${@:3}" 2>&1) || fail "$2: $answer"
    [[ $answer == "$1" ]] || fail "$2: expected '$1', found '$answer'"
}

# misses FILE: without configuration, the image's command does not start its service, but names FILE of /etc/minke.
misses() {
    local answer
    answer=$(timeout 20 docker run --rm --init --label "$LABEL" --network none "$IMAGE" 2>&1) || true
    [[ $answer == *"/etc/minke/$1 is missing"* ]] || fail "without its files it does not say that $1 is missing: $answer"
}

# refuses WORDS COMMAND...: the command fails.
refuses() {
    local answer
    if answer=$("${@:2}" 2>&1); then
        fail "$1: expected a refusal, found '$answer'"
    fi
}

# test_ends: shows logs of what failed, on the standard output, since what `minke test` prints ends with the errors, and
# gives back what was borrowed. Volumes, images, networks, and what a test that was killed leaves, `minke test` removes.
test_ends() {
    local status=$? items name
    rm -rf "$collected"
    for name in "${!borrowed[@]}"; do
        if [[ $status -ne 0 ]]; then
            echo "--- $name"
            docker logs --tail 15 "$NAME_PREFIX-$name" 2>&1 || true
        fi
    done
    mapfile -t items < <(docker ps --all --quiet --filter "label=$LABEL")
    for item in "${items[@]}"; do
        if [[ $status -ne 0 ]]; then
            docker inspect --format '--- {{.Name}}, {{.State.Status}}' "$item" || true
            docker logs --tail 15 "$item" 2>&1 || true
        fi
        docker rm --force --volumes "$item" >/dev/null || true
    done
    # Now nobody asks them any more.
    bring_back >/dev/null 2>&1 || true
}
trap test_ends EXIT
trap 'exit 130' INT TERM
