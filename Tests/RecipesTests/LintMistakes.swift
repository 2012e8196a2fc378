extension LintRuleTests {
    static let mistakes: [Mistake] = dockerfileMistakes + recipeMistakes + secretMistakes + scriptMistakes

    private static let dockerfileMistakes = [
        Mistake(
            "dockerfile", "Dockerfile", "EXPOSE 9292", "EXPOSE 9292\nWROKDIR /",
            "Dockerfile:10:1: unknown instruction WROKDIR; did you mean WORKDIR?"),
        Mistake(
            "dockerfile", "Dockerfile", "USER x", "RUN <<EOF\nUSER x",
            "Dockerfile:7:1: not every builder reads here documents; join the commands with && and \\"),
        Mistake(
            "dockerfile-parent", "Dockerfile", "${PARENT}", "os-base-image",
            "Dockerfile:2:1: the image is built on os-base-image, expected ${PARENT}; "
                + "the parent and its version come from recipe.yaml and the build"),
        Mistake(
            "dockerfile-parent", "Dockerfile", "ARG PARENT\n", "",
            """
            Dockerfile:1:1: the Dockerfile does not begin with `ARG PARENT`
            Dockerfile:1:1: nothing gives PARENT a value; declare it with ARG or ENV [script-variables]
            """),
        Mistake(
            "dockerfile-parent", "Dockerfile", "COPY x-start", "COPY --from=tools:latest /a /b\nCOPY x-start",
            "Dockerfile:4:1: files are copied from tools:latest, which is no stage of this Dockerfile"),
        Mistake(
            "dockerfile-volume", "Dockerfile", "VOLUME /var/lib/x", "VOLUME /var/lib/x /lib/modules:/lib/modules:ro",
            "Dockerfile:8:1: VOLUME /lib/modules:/lib/modules:ro names a path of the host, which an image cannot do; "
                + "name the path in the container, and its volume under `volumes:`"),
        Mistake(
            "dockerfile-volume", "Dockerfile", "VOLUME /var/lib/x", "VOLUME [\"/var/lib/mysql]",
            "Dockerfile:8:1: VOLUME [\"/var/lib/mysql] is neither a JSON list nor a path; write `VOLUME /path`"),
        Mistake(
            "dockerfile-volume", "Dockerfile", "VOLUME /var/lib/x", "VOLUME [\"/var/lib/x\", \"/pxe\", \"a\"]",
            """
            Dockerfile:8:1: VOLUME /pxe is none of the recipe's volumes, so its data is lost; name it under `volumes:`, or remove the line
            Dockerfile:8:1: VOLUME a is no path from the root
            """),
        Mistake(
            "dockerfile-add", "Dockerfile", "COPY x-start", "ADD https://example.org/a.tar.gz /a\nCOPY x-start",
            "Dockerfile:4:1: ADD downloads https://example.org/a.tar.gz, which may be another file the next time; "
                + "use a package of the release, or COPY a file of the recipe"),
        Mistake(
            "dockerfile-download", "Dockerfile", "    && ln",
            "    && git clone --depth 1 u && pip3 install x \\\n        wget && ln",
            """
            Dockerfile:6:8: `git clone` downloads whatever version is current; use a package of the release, or COPY a file of the recipe
            Dockerfile:6:33: `pip3 install` downloads whatever version is current; use a package of the release, or COPY a file of the recipe
            """),
        Mistake(
            "dockerfile-packages", "Dockerfile", "    && ln", "    && apt-get update && apt-get install -y a && ln",
            """
            Dockerfile:6:8: the lists of packages stay in the image; use minke-install, or remove /var/lib/apt/lists/* in the same RUN
            Dockerfile:6:26: packages are installed with those that they only recommend; use minke-install, or add --no-install-recommends
            """),
        Mistake(
            "dockerfile-packages", "x-start", "exec", "apt-get -q install a\nexec",
            "x-start:3:1: packages are installed with those that they only recommend; "
                + "use minke-install, or add --no-install-recommends"),
        Mistake(
            "image-command", "Dockerfile", "CMD [\"x-start\"]", "CMD x-start",
            "Dockerfile:10:1: CMD has no JSON form, so a shell is the container's first process; "
                + "write CMD [\"program\", \"argument\"]"),
        Mistake(
            "image-command", "Dockerfile", "CMD [\"x-start\"]", "",
            "recipe.yaml:4:3: neither recipe.yaml nor a Dockerfile says what runs; "
                + "write `command:`, or CMD in the Dockerfile"),
        Mistake(
            "image-user", "Dockerfile", "USER x", "USER nobody",
            "Dockerfile:7:1: the image runs as nobody, and the service as x; say the same in both"),
        Mistake(
            "image-user", "Dockerfile", "USER x\n", "",
            "recipe.yaml:4:9: the image runs as root, and the service as x; say the same in both"),
        Mistake(
            "image-content", "Dockerfile", "COPY x-start", "COPY x-strat",
            """
            Dockerfile:4:1: there is no x-strat in the recipe's folder; did you mean x-start?
            x-start:1:1: x-start is in the recipe's folder, and nothing copies it; COPY it, or remove it
            """),
        Mistake(
            "image-content", "Dockerfile", "COPY x-start", "COPY x-start test/run",
            "Dockerfile:4:1: test/run brings test/run, which is no part of an image; name what the image needs"),
        Mistake(
            "ports-exposed", "Dockerfile", "EXPOSE 9292", "EXPOSE 9191 69/udp",
            """
            Dockerfile:9:1: EXPOSE 69/udp, and no listener of the recipe has the port; name it under `listeners:`, or remove the line
            Dockerfile:9:1: EXPOSE 9191, and no listener of the recipe has the port; name it under `listeners:`, or remove the line
            recipe.yaml:5:27: listener api has port 9292, which the Dockerfile does not expose; write `EXPOSE 9292`
            """),
    ]

    private static let recipeMistakes = [
        Mistake(
            "job-scope", "recipe.yaml", "  volumes: {data: {path: /var/lib/x, scope: service}}",
            """
              replicas: {maximum: 3}
              volumes: {data: {path: /var/lib/x}}
              jobs: {make: {command: [make], stored-in: data}, own: {command: [own], stored-in: data, scope: member}}
            """,
            "recipe.yaml:9:45: job make runs once, with the volume data of the first member, and each member has one; "
                + "write `scope: member`, or allow one member with `replicas: {default: 1, maximum: 1}`"),
        Mistake(
            "secret-in-arguments", "recipe.yaml", "  secrets: {database: {}",
            "  jobs: {make: {command: [make, \"{{ secrets.database }}\"]}}\n  secrets: {database: {}",
            "recipe.yaml:9:26: the command has a secret in its arguments; let the program read it from a file"),
        Mistake(
            "replicas", "recipe.yaml", "scope: service", "scope: member",
            "recipe.yaml:7:13: each member has a volume data of its own, and any number of members is taken; "
                + "add `replicas: {default: 1, maximum: 1}`, or more where they know of each other"),
        Mistake(
            "ports-served", "recipe.yaml", "bind_port: 9292, ", "",
            "recipe.yaml:5:27: nothing in the recipe makes the service listen on port 9292; "
                + "state the port in a file or in the command"),
        Mistake(
            "ports-declared", "recipe.yaml", "bind_port: 9292,", "bind_port: 9292, osapi_listen_port: 8774,",
            "recipe.yaml:13:55: osapi_listen_port binds port 8774, and no listener of the recipe has it; "
                + "name it under `listeners:`"),
        Mistake(
            "files-used", "x-start", "/etc/minke/y.conf", "/etc/y.conf",
            "recipe.yaml:15:5: nothing in the image or the commands reads /etc/minke/y.conf; "
                + "link it in the Dockerfile to where the program looks"),
        Mistake(
            "files-options", "recipe.yaml", "      ini:\n", "      options: shpo\n      ini:\n",
            "recipe.yaml:12:16: no release has a list of options shpo; did you mean shop?"),
        Mistake(
            "files-rendered", "x-start", "exec", "cat /etc/minke/x.cnf\nexec",
            "x-start:3:5: /etc/minke/x.cnf is named, and the recipe renders no such file; did you mean x.conf?"),
        Mistake(
            "files-rendered", "Dockerfile", "[\"x-start\"]", "[\"minke-need\", \"x.conf\", \"z\", \"--\", \"x-start\"]",
            "Dockerfile:10:1: /etc/minke/z is named, and the recipe renders no such file; add it under `files:`"),
        Mistake(
            "files-rendered", "recipe.yaml", "  secrets: {",
            "  sidecars: {s: {command: [run, /etc/minke/x.cnf]}}\n  secrets: {",
            "recipe.yaml:9:27: /etc/minke/x.cnf is named, and the recipe renders no such file; did you mean x.conf?"),
        Mistake(
            "template-unused", "recipe.yaml", "{template: y.j2}", "{content: a}",
            "templates/y.j2:1:1: nothing in recipe.yaml names templates/y.j2; name it under `files:`, or remove it"),
        Mistake(
            "names-used", "recipe.yaml", "settings: {", "settings: {idle-time: {type: integer, default: 1, help: h}, ",
            "recipe.yaml:8:14: nothing reads settings.idle-time; write it into a file, or remove it"),
        Mistake(
            "names-used", "recipe.yaml", "secrets: {", "secrets: {spare: {}, ",
            "recipe.yaml:9:13: nothing reads secrets.spare; write it into a file, or remove it"),
        Mistake(
            "test", "test/run", "#!/bin/bash\n", "",
            "test/run:1:1: test/run cannot be run; begin it with #! and chmod +x it"),
        Mistake(
            "broken-images", "test/broken.yaml", LintSample.broken, "[]\n",
            "test/broken.yaml:1:1: there is no broken image; describe one: bug, told, dockerfile"),
        Mistake(
            "broken-images", "test/broken.yaml", "told: t, dockerfile: USER 0", "tolt: t",
            """
            test/broken.yaml:1:3: the key "dockerfile" is missing
            test/broken.yaml:1:3: the key "told" is missing
            test/broken.yaml:1:12: unknown key "tolt"; did you mean told?
            """),
        Mistake(
            "template-url", "recipe.yaml", "secrets.database | urlpart }}@host", "secrets.database }}@host",
            "recipe.yaml:14:43: {{ secrets.database }} stands in a URL's user or password as it is; "
                + "write {{ secrets.database | urlpart }}"),
        Mistake(
            "template-url", "recipe.yaml", "secrets.database | urlpart }}@host", "secrets.database | urlencode }}@host",
            "recipe.yaml:14:43: {{ secrets.database | urlencode }} stands in a URL's user or password as it is; "
                + "write {{ secrets.database | urlpart }}"),
        Mistake(
            "template-url", "recipe.yaml", "mysql://x:", "mysql://{{ settings.name }}:",
            "recipe.yaml:14:41: {{ settings.name }} stands in a URL's user or password as it is; "
                + "write {{ settings.name | urlpart }}"),
        Mistake(
            "template-port", "recipe.yaml", "bind_port: 9292,",
            "bind_port: 9292, url: \"http://{{ endpoints.e.host }}:9160\",",
            "recipe.yaml:13:52: port 9160 of another service is a literal; write {{ endpoints.e.port }}"),
        Mistake(
            "template-value", "recipe.yaml", "bind_port: 9292,", "bind_port: 9292, path: \"= /var\",",
            "recipe.yaml:13:43: the value of path begins with ="),
        Mistake(
            "template-sql", "recipe.yaml", "y.conf: {template: y.j2}",
            "y.conf: {template: y.j2}\n    z.sql: {content: \"USE {{ settings.name }}; {{ settings.name | lower }} /etc/minke/z.sql\"}",
            """
            recipe.yaml:16:5: nothing in the image or the commands reads /etc/minke/z.sql; link it in the Dockerfile to where the program looks [files-used]
            recipe.yaml:16:27: {{ settings.name }} stands in SQL as it is; quote it with `replace` in a macro
            """),
        Mistake(
            "template-sql", "recipe.yaml", "y.conf: {template: y.j2}",
            "y.conf: {template: y.j2}\n    z.sql: {content: \"SET PASSWORD = '{{ secrets.database }}' /etc/minke/z.sql\"}",
            """
            recipe.yaml:16:5: nothing in the image or the commands reads /etc/minke/z.sql; link it in the Dockerfile to where the program looks [files-used]
            recipe.yaml:16:39: {{ secrets.database }} stands in SQL as it is; quote it with `replace` in a macro
            """),
        Mistake(
            "template-json", "recipe.yaml", "y.conf: {template: y.j2}",
            "y.conf: {template: y.j2}\n    z.json: {content: \"{{ settings.name }} {{ settings.name | tojson }}\"}",
            """
            recipe.yaml:16:5: nothing in the image or the commands reads /etc/minke/z.json; link it in the Dockerfile to where the program looks [files-used]
            recipe.yaml:16:24: {{ settings.name }} stands in JSON as it is; write it with `| tojson`
            """),
        Mistake(
            "template-shell", "templates/y.j2", "name = ", "#!/bin/sh\nname=",
            "templates/y.j2:2:6: {{ settings.name }} stands in a shell script as it is; let the script read it from a file"
        ),
    ]

    private static let secretMistakes = [
        Mistake(
            "secret-literal", "recipe.yaml", "bind_port: 9292,", "bind_port: 9292, admin_token: contrail123,",
            "recipe.yaml:13:49: admin_token has a literal value; "
                + "name it under `secrets:` and write {{ secrets.NAME }}"),
        Mistake(
            "secret-literal", "recipe.yaml", "x:{{ secrets.database | urlpart }}@",
            "x:{{ secrets.database | urlpart }}@h/a,mysql://y:guest@",
            "recipe.yaml:14:90: a URL has a literal password; name it under `secrets:` and write {{ secrets.NAME }}"),
        Mistake(
            "secret-literal", "templates/y.j2", "name = ", "  rabbit_password: qweqwe\nname = ",
            "templates/y.j2:1:3: rabbit_password has a literal value; name it under `secrets:`"),
        Mistake(
            "secret-literal", "x-start", "exec", "# token=example\nexport TOKEN=abc\nexec",
            "x-start:4:8: TOKEN has a literal value; name it under `secrets:`"),
        Mistake(
            "secret-in-environment", "Dockerfile", "USER x", "ENV ADMIN_PASSWORD=x A=1\nARG TOKEN\nUSER x",
            """
            Dockerfile:7:1: ENV ADMIN_PASSWORD puts a secret into the image; name it under `secrets:` and render it into a file
            Dockerfile:8:1: ARG TOKEN puts a secret into the image; name it under `secrets:` and render it into a file
            """),
        Mistake(
            "secret-in-environment", "recipe.yaml", "  listeners",
            "  environment: {A: \"{{ secrets.key }}\"}\n  listeners",
            "recipe.yaml:5:20: A puts a secret into the container's environment; "
                + "render it into a file; minke-env gives a file's lines to a program"),
        Mistake(
            "secret-in-arguments", "x-start", "exec x",
            "mysql -u root -p\"${HOME}\"\nexec x --admin-password \"$HOME\"",
            """
            x-start:3:14: `-p"${HOME` puts a secret into a command line; let the program read it from a file
            x-start:4:8: `--admin-password "$HOME` puts a secret into a command line; let the program read it from a file
            """),
        Mistake(
            "secret-in-arguments", "recipe.yaml", "  listeners",
            "  jobs: {a: {command: [x, --password=\"y\"]}}\n  listeners",
            "recipe.yaml:5:23: the command has a secret in its arguments; let the program read it from a file"),
        Mistake(
            "secret-in-key", "recipe.yaml", "bind_port: 9292,",
            "bind_port: 9292, admin_tenant_name: \"{{ secrets.database }}\",",
            "recipe.yaml:13:56: admin_tenant_name is given a secret, and its name says that it takes none"),
        Mistake(
            "secret-as-setting", "recipe.yaml", "{name: {type: string, default: a, help: h}}",
            "{name: {type: string, default: a, help: h}, admin-password: {type: string, default: a, help: h}}\n"
                + "  environment: {A: \"{{ settings.admin_password }}\"}",
            "recipe.yaml:8:57: setting admin-password is a secret by its name; name it under `secrets:`"),
    ]

    private static let scriptMistakes = [
        Mistake(
            "script-mode", "x-start", "set -euo pipefail\n", "set -e\n",
            "x-start:1:1: x-start goes on after a failure: it does not set -u, -o pipefail; "
                + "begin it with `set -euo pipefail`"),
        Mistake(
            "script-variables", "x-start", "exec x",
            "for a in 1; do read -r b <<<\"$a\"; done\n"
                + "exec x \"$b\" \"${c:-1}\" '$d' \"\\$e\" \"${F}\" $myip # $g\ncat <<'END' <<END2\n$h\nEND\n$i\nEND2\n",
            """
            x-start:4:35: nothing gives F a value; write ${F:-default}, or ${F:?} where it must be given
            x-start:4:41: nothing gives myip a value; write ${myip:-default}, or ${myip:?} where it must be given
            x-start:8:1: nothing gives i a value; write ${i:-default}, or ${i:?} where it must be given
            """),
        Mistake(
            "script-variables", "Dockerfile", "    && ln", "    && A=1 && echo \"$A $SUITE\" && ln",
            "Dockerfile:6:24: nothing gives SUITE a value; declare it with ARG or ENV"),
        Mistake(
            "script-pipe", "x-start", "exec",
            "x | grep -iq a\nx |\n    head -n 1\nx | grep -A 2 -m 1 a\n"
                + "x | grep a >/dev/null\ngrep -q a <<<b\nx || head a\nexec",
            """
            x-start:3:5: `grep -iq` ends while the command before it still writes: with pipefail, that is a failure; \
            take `grep ... >/dev/null`
            x-start:5:5: `head` ends while the command before it still writes: with pipefail, that is a failure; \
            take `sed -n 1p`
            x-start:6:5: `grep -A 2 -m` ends while the command before it still writes: with pipefail, that is a \
            failure; take `sed -n 1p` after it
            """),
        Mistake(
            "script-sed", "x-start", "exec", "sed -i 's/a/b/' \"$HOME\"\nsed -i \"s/%A%/${HOME}/g\" /etc/x\nexec",
            "x-start:4:15: sed -i gets the value of HOME, in which &, \\ and the delimiter do harm; "
                + "render the file with Minke"),
        Mistake(
            "script-substitution", "x-start", "exec", "if [[ $(x list >/dev/null) ]]; then x; fi\nexec",
            "x-start:3:4: the output of $(...) goes to /dev/null, so the test never sees any; "
                + "test the status: `if command`"),
        Mistake(
            "script-services", "x-start", "exec", "service dnsmasq restart\nexec",
            "x-start:3:1: `service dnsmasq restart` manages a service in the container; "
                + "run it in the foreground, in a container of its own"),
        Mistake(
            "script-sleep", "x-start", "exec", "sleep 0.5\nsleep 30\nexec",
            "x-start:4:1: `sleep 30` waits whether it is needed or not; look again at short intervals, with a limit"),
    ]
}
