# shellcheck shell=bash
# For tests of services that keep their tables in their image, see schema-load in the recipe openstack. After lib/test.sh
# and start_database of lib/identity.sh:
#
#     fill_tables FILES SECTION:DATABASE... -- COMMAND...
#                               the tables of the image are loaded, as before a service's first start
#     expect_tables FILES FILE SECTION:DATABASE... -- COMMAND...
#                               with the configuration that `configure` made for FILES, the tables of the image are those
#                               that COMMAND makes, with as many rows; what an interrupted run left does not hinder.
#                               COMMAND made them last. It takes long, so it comes last: a broken image fails before it
#                               where it can.

: "${IMAGE:?}"

fill_tables() {
    work "$1" schema-load "${@:2}"
}

expect_tables() {
    local files=$1 databases=() arguments=("${@:2}") word
    for word in "${arguments[@]:1}"; do
        [[ $word != -- ]] || break
        databases+=("${word##*:}")
    done
    local command=("${arguments[@]:${#databases[@]}+2}")
    structure() {
        # Indexes come in an order that no run shares with the one before; the last of a table has no comma.
        inside database mariadb-dump --no-data --skip-comments --databases "${databases[@]}" |
            sed 's/ AUTO_INCREMENT=[0-9]*//; s/,$//' | awk '/^CREATE/ { table = $0 } { print table ": " $0 }' | sort
    }

    # How many rows each table has: those that COMMAND writes may have identifiers and times of their own.
    rows() {
        local names
        printf -v names "'%s'," "${databases[@]}"
        inside database mariadb --batch --skip-column-names --execute "
            SELECT concat('SELECT \"', table_schema, '.', table_name, '\", count(*) FROM ', table_schema, '.', table_name, ';')
            FROM information_schema.tables WHERE table_schema IN (${names%,}) ORDER BY 1" |
            inside database mariadb --batch --skip-column-names
    }

    empty() {
        for word in "${databases[@]}"; do
            inside database mariadb --execute "
                DROP DATABASE $word;
                CREATE DATABASE $word CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci"
        done
    }

    empty
    inside database mariadb "${databases[0]}" --execute '
        CREATE TABLE schema_load (id INTEGER);
        CREATE TABLE half (id INTEGER PRIMARY KEY);
        CREATE TABLE alembic_version (half INTEGER, FOREIGN KEY (half) REFERENCES half (id))'
    local answer loaded filled
    answer=$(job "$files" schema-load "${arguments[@]}") || fail "schema-load: $answer"
    for word in "${databases[@]}"; do
        [[ $answer == *"schema-load: filled $word"* ]] || fail "the tables of the image were not taken: $answer"
    done
    loaded=$(structure)
    [[ $loaded == *alembic_version* ]] || fail "the image's tables: $loaded"
    filled=$(rows)
    empty
    work "$files" "${command[@]}"
    word=$(diff <(printf '%s\n' "$loaded") <(structure)) ||
        fail "the tables of the image are not those that ${command[*]} makes: $word"
    word=$(diff <(printf '%s\n' "$filled") <(rows)) ||
        fail "the tables of the image have other numbers of rows than ${command[*]} writes: $word"
    # Tables that are there are the command's business.
    answer=$(job "$files" schema-load "${arguments[@]}") || fail "schema-load: $answer"
    [[ $answer != *filled* ]] || fail "tables that were there were filled: $answer"
}
