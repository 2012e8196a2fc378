"""Minke as a contender: for containers, for builds and for plans."""

import shutil

import catalogs
from contenders import GENERATIONS, IMAGE, Contender
from images import PARALLEL, Builder, recipes

VERSION = "bench-latest"  # release and version in images' tags
SERVICES = 20  # of a plan


class Minke(Contender):
    """`minke up`, each container a service with a recipe of its own."""

    name, third_octet = "minke", 67

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.network = f"minke-{self.project}"

    def write(self):
        catalog = self.folder / "catalog"
        shutil.rmtree(self.folder / "state", ignore_errors=True)
        catalogs.begin(catalog)
        names = [f"c{number}" for number in range(1, self.count + 1)]
        for number, name in enumerate(names, 1):
            catalogs.add_recipe(catalog, name, catalogs.trivial_service(number))
            self.engine.provide(IMAGE, name, VERSION)
        for file, changed in GENERATIONS.items():
            services = {
                name: {"members": {name: {"address": self.address(number)}}, "settings": {"generation": 1}}
                for number, name in enumerate(names, 1)
            }
            services["c1"]["settings"]["generation"] = changed
            catalogs.write(
                self.folder / f"{file}.yaml", catalogs.environment(self.project, f"{self.prefix}.0/24", services)
            )

    def command(self, operation):
        return self.call("down" if operation == "down" else "up", operation)

    def call(self, command, operation):
        file = self.folder / ("after.yaml" if operation in ("changed", "down") else "before.yaml")
        return [
            getattr(self.tools, self.name), command, "-e", file,
            "--catalog", self.folder / "catalog", "--state", self.folder / "state", "--yes",
        ]

    def parts(self, operation):
        """Doing nothing takes one list by libcurl, as the program of that library does it; a change takes its plan."""
        if operation == "noop":
            url = "http://engine/v1.41/containers/json?all=true"
            return [("curl", ["curl", "-sSf", "-o", "/dev/null", "--unix-socket", self.engine.socket, url], (0,))]
        return [("plan", self.call("plan", operation), (3,))] if operation == "changed" else []


class Before(Minke):
    """Another release build of Minke."""

    name, third_octet = "before", 69

    def parts(self, operation):
        return []


class MinkeBuild(Builder):
    """`minke build`."""

    name = "minke"

    def write(self, nonce):
        catalog = self.folder / "catalog"
        catalogs.begin(catalog)
        for name, parent in recipes(self.count):
            if parent:  # the root is made of the same image as make's, by Minke's own means
                catalogs.add_recipe(catalog, name, {"summary": f"image {name}", "image": {"parent": parent}})
                (catalog / f"recipes/{name}/content/{name}").write_text(f"{name} {self.name} {nonce}\n")
        catalogs.write(self.folder / "environment.yaml", catalogs.environment("bench-build", "198.18.68.0/24", {}))

    def command(self):
        return [
            getattr(self.tools, self.name), "build", "-e", self.folder / "environment.yaml",
            "--catalog", self.folder / "catalog", "--state", self.folder / "state", "--jobs", str(PARALLEL),
        ]


class BuildBefore(MinkeBuild):
    """`minke build` of another release build."""

    name = "before"


def plan_command(program, engine, folder, count):
    """Writes an environment of `count` members and gives the command that plans it, on an engine that has nothing."""
    catalog = folder / "catalog"
    catalogs.begin(catalog)
    services = {}
    for number in range(SERVICES):
        name = "core" if number == 0 else f"service-{chr(ord('a') + number)}"
        catalogs.add_configured(catalog, name, "core" if number > 0 else None)
        engine.provide(IMAGE, name, VERSION)
        others = count - 3
        services[name] = 3 if number == 0 else others // (SERVICES - 1) + (number <= others % (SERVICES - 1))
    catalogs.write(folder / "environment.yaml", catalogs.environment(f"bench-{count}", "198.19.0.0/18", services))
    return [
        program, "plan", "-e", folder / "environment.yaml", "--catalog", catalog, "--state", folder / "state",
    ]
