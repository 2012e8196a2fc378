"""Who brings containers up: each writes its inputs and says which commands it is measured by.

An operation is `up`, `noop`, `changed` (the first container's environment differs) or `down`.
"""

import json

IMAGE = "minke-bench/root:latest"
COMMAND = ["sleep", "2147483647"]
PARALLEL = 4  # what the floor uses; more gains nothing

GENERATIONS = {"before": 1, "after": 2}  # the first container's GENERATION, before and after the change


class Contender:
    """One tool with one set of containers."""

    name = ""
    third_octet = 0  # each has a network of its own in 198.18.0.0/16

    def __init__(self, tools, engine, folder, count):
        self.tools, self.engine, self.count = tools, engine, count
        self.folder = folder / f"{self.name}-{count}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.project = f"bench-{self.name}-{count}"
        self.prefix = f"198.18.{self.third_octet}"
        self.network = self.project
        self.environment = engine.environment

    def write(self):
        """Writes the inputs of all operations."""

    def command(self, operation):
        """The command of an operation."""
        raise NotImplementedError

    def parts(self, operation):
        """What an operation cannot take less time than, measured just before it: (name, command, exit codes)."""
        return []

    def address(self, number):
        """The fixed address of a container, numbered from 1."""
        return f"{self.prefix}.{number + 1}"


class Floor(Contender):
    """The engine calls alone."""

    name, third_octet = "floor", 64

    def command(self, operation):
        return [
            self.tools.floor, self.engine.socket, operation, self.project, self.count, PARALLEL, IMAGE, self.prefix,
        ]


class Compose(Contender):
    """Docker Compose's own program, without the `docker` client in between."""

    name, third_octet = "compose", 65

    def write(self):
        for name, changed in GENERATIONS.items():
            services = {
                f"c{number}": {
                    "image": IMAGE,
                    "command": COMMAND,
                    "environment": {"GENERATION": str(changed if number == 1 else 1)},
                    "networks": {"net": {"ipv4_address": self.address(number)}},
                }
                for number in range(1, self.count + 1)
            }
            network = {
                "name": self.network,
                "labels": {"io.minke.bench": "1"},
                "ipam": {"config": [{"subnet": f"{self.prefix}.0/24", "gateway": f"{self.prefix}.1"}]},
            }
            content = {"name": self.project, "services": services, "networks": {"net": network}}
            # JSON is YAML.
            (self.folder / f"{name}.yaml").write_text(json.dumps(content, indent=1))

    def command(self, operation):
        file = self.folder / ("after.yaml" if operation in ("changed", "down") else "before.yaml")
        action = ["down"] if operation == "down" else ["up", "--detach"]
        return [self.tools.compose, "--file", file, "--progress", "quiet", *action]


class Ansible(Contender):
    """community.docker's modules in a playbook: a network and a loop over the containers."""

    name, third_octet = "ansible", 66

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.environment.update(
            ANSIBLE_HOME=str(self.folder / "home"), ANSIBLE_PIPELINING="1", ANSIBLE_NOCOLOR="1",
            ANSIBLE_LOCALHOST_WARNING="0",
        )

    def write(self):
        network = {
            "name": self.network,
            "labels": {"io.minke.bench": "1"},
            "ipam_config": [{"subnet": f"{self.prefix}.0/24", "gateway": f"{self.prefix}.1"}],
        }
        container = {
            "name": self.project + "-{{ item }}",
            "image": IMAGE,
            "command": COMMAND,
            "env": {"GENERATION": "{{ (changed | default(1) if item == 1 else 1) | string }}"},
            "networks": [{"name": self.network, "ipv4_address": self.prefix + ".{{ item + 1 }}"}],
            "labels": {"io.minke.bench.ansible": self.project},
        }
        loop = list(range(1, self.count + 1))
        removal = {"name": self.project + "-{{ item }}", "state": "absent"}
        self.playbook("up.yaml", {"docker_network": network}, {"docker_container": container, "loop": loop})
        self.playbook(
            "down.yaml",
            {"docker_container": removal, "loop": loop},
            {"docker_network": {"name": self.network, "state": "absent"}},
        )

    def playbook(self, name, *tasks):
        """Writes a playbook of tasks with short module names."""
        tasks = [
            {key if key == "loop" else f"community.docker.{key}": value for key, value in task.items()} for task in tasks
        ]
        play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}
        play["vars"] = {"ansible_python_interpreter": str(self.tools.ansible.parent / "python3")}
        (self.folder / name).write_text(json.dumps([play], indent=1))

    def command(self, operation):
        command = [self.tools.ansible, "--inventory", "localhost,"]
        if operation == "changed":
            command += ["--extra-vars", '{"changed": 2}']
        return command + [self.folder / ("down.yaml" if operation == "down" else "up.yaml")]
