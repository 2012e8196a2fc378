# shellcheck shell=bash
# Lists of the options that programs know, catalog/options/RELEASE/NAME.ini, made from what an image says of itself. A
# list's head names the recipe of the image, and the namespaces of oslo.config that it is made of.

# option_head LIST WORD: what a list's head says under WORD, in a line.
option_head() {
    sed -n "s/^# $2: //p" "$1" | paste -sd ' ' -
}

# option_list LIST IMAGE: the list as it is made from the image.
option_list() {
    local namespaces
    read -ra namespaces <<<"$(option_head "$1" namespaces)"
    sed -n '/^#/!q;p' "$1"
    docker run --rm --interactive --label "${LABEL:-io.minke.options}" --network none --entrypoint python3 "$2" \
        -W ignore - "${namespaces[@]}" <"${BASH_SOURCE[0]%.sh}.py"
}

# expect_options NAME: for recipes' tests; the image knows the options of the list NAME of its release, and no others.
expect_options() {
    local list answer
    list=$(docker image inspect --format '{{index .Config.Labels "io.minke.release"}}' "${IMAGE:?}")
    list=${CATALOG:?}/options/$list/$1.ini
    [[ -e $list ]] || return 0
    answer=$(option_list "$list" "$IMAGE" 2>&1 | diff "$list" -) ||
        fail "the image knows other options than $list has, which \`make options\` makes: $answer"
}
