# shellcheck shell=bash
# Brings up a cloud on an engine of its own, for the parts of `make test-full` that work on one; sourced by them.

export MINKE_TEST_INSTANCE=${MINKE_CONFORMANCE_INSTANCE:-6}
work=$(mktemp -d)
export MINKE_STATE=$work/state

stop() {
    scripts/test-engine stop
    rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# on COMMAND...: runs a command with the engine's address.
on() { scripts/test-engine exec "$@"; }
minke() { on build/bin/minke "$@"; }

# The images that are built: what tests and the demo need beside the environment's services.
images=(--needed client guest tempest)

# bring_up ENVIRONMENT [PROGRAM...]: starts the engine, builds the images and brings the environment up, with the
# program of this tree or another.
bring_up() {
    local environment=$1
    shift
    local program=("${@:-build/bin/minke}")
    export MINKE_ENVIRONMENT=$environment
    scripts/test-engine start
    on "${program[@]}" build -j 2 "${images[@]}"
    on "${program[@]}" up --yes
}
