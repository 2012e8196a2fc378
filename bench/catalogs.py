"""Generated catalogues and environments for Minke."""

import json
import shutil

from contenders import COMMAND

RELEASE = {
    "summary": "what the bench builds and runs", "default": True, "debian": "trixie", "openstack": "2025.1",
    "sources": [],
}
KEYS = 20  # of the configuration file of each member of a plan


def write(path, content):
    """Writes a document; JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n")


def begin(folder):
    """An empty catalogue: a release and a root recipe."""
    shutil.rmtree(folder, ignore_errors=True)
    write(folder / "releases/bench.yaml", RELEASE)
    add_recipe(folder, "root", {"summary": "the root of the bench", "image": {"root": {}}})


def add_recipe(folder, name, recipe):
    """A recipe whose image only has its name in it."""
    write(folder / f"recipes/{name}/recipe.yaml", recipe)
    if "parent" in recipe["image"]:
        (folder / f"recipes/{name}/Dockerfile").write_text("ARG PARENT\nFROM ${PARENT}\nCOPY content /content/\n")
        (folder / f"recipes/{name}/content").mkdir()
        (folder / f"recipes/{name}/content/{name}").write_text(f"{name}\n")


def trivial_service(number):
    """A service that only sleeps, with a setting that is in its container's environment."""
    return {
        "summary": f"container {number} of the bench",
        "image": {"parent": "root"},
        "service": {
            "command": COMMAND,
            "environment": {"GENERATION": "{{ settings.generation }}"},
            "settings": {"generation": {"type": "integer", "default": 1, "help": "changed to have a new container"}},
        },
    }


def environment(name, network, services):
    """An environment on a network of its own, with images that the engine has."""
    return {
        "name": name,
        "images": {"prefix": "minke-bench", "release": "bench", "root": {"pull": "minke-bench/root:latest"}},
        "network": {"subnet": network},
        "services": services,
    }


def configured_service(name, needs):
    """A service whose members each have a configuration file of their own, and one that they share."""
    sections = {}
    for key in range(KEYS):
        section = sections.setdefault(f"section{key % 4}", {})
        section[f"key_{key}"] = f"value {key} of {name}"
    sections["section0"]["host"] = "{{ member.name }}.{{ environment.domain }}"
    sections["section0"]["my_ip"] = "{{ member.address }}"
    sections["section1"]["debug"] = "{{ settings.debug }}"
    sections["section2"]["workers"] = "{{ settings.workers }}"
    service = {
        "command": COMMAND,
        "listeners": {"api": {"port": 8000, "protocol": "http"}},
        "settings": {
            "debug": {"type": "boolean", "default": False, "help": "more in the log"},
            "workers": {"type": "integer", "default": 2, "help": "processes"},
        },
        "files": {
            "service.conf": {"on-change": "restart", "ini": sections},
            "script": {"on-change": "restart", "template": "script.j2"},
        },
    }
    if needs:
        sections["section3"]["server"] = "{{ requires.core.address }}:{{ requires.core.ports.api }}"
        service["requires"] = {"core": {"service": needs}}
    return {"summary": f"service {name} of the bench", "image": {"parent": "root"}, "service": service}


def add_configured(folder, name, needs):
    """The recipe of `configured_service` with its template."""
    add_recipe(folder, name, configured_service(name, needs))
    template = folder / f"recipes/{name}/templates/script.j2"
    template.parent.mkdir()
    template.write_text(
        "{% for other in service.members[:3] %}\npeer {{ other.name }} {{ other.address }}\n{% endfor %}\n"
        "{% if settings.debug %}\nverbose\n{% endif %}\nworkers {{ settings.workers }}\n"
    )
