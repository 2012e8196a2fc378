"""Builds of generated recipes: a root, parents and leaves, each a FROM, a COPY of a small file, and a label."""

import json
import os
import shutil
import time

from contenders import IMAGE
from measuring import Failed, in_turn, say

PARALLEL = 4
CHILDREN = 9  # leaves of each parent


class Wrong(Exception):
    """A tool said that it built, and the engine shows something else."""


def recipes(count):
    """Names of `count` recipes with the names of their parents: one root, then parents, each with its leaves."""
    found = [("root", None)]
    parent = 0
    while len(found) < count:
        parent += 1
        found.append((f"parent{parent}", "root"))
        leaves = min(CHILDREN, count - len(found))
        found += [(f"leaf{parent}-{leaf}", f"parent{parent}") for leaf in range(1, leaves + 1)]
    return found


class Builder:
    """One tool with one set of recipes."""

    name = ""

    def __init__(self, tools, engine, folder, count):
        self.tools, self.engine, self.count = tools, engine, count
        self.folder = folder / self.name
        self.environment = {**engine.environment, "DOCKER_BUILDKIT": "0"}

    def write_recipe(self, folder, nonce, name):
        """A Dockerfile and the small file; `nonce` keeps a build from finding another one's layers."""
        folder.mkdir(parents=True)
        (folder / "Dockerfile").write_text(
            f"ARG PARENT\nFROM ${{PARENT}}\nCOPY content /content/\nLABEL recipe={name}\n"
        )
        (folder / "content").mkdir()
        (folder / "content" / name).write_text(f"{name} {self.name} {nonce}\n")

    def write(self, nonce):
        """Writes the recipes anew, so that nothing of them is in a cache."""

    def command(self):
        """The command that builds them."""
        raise NotImplementedError


class Make(Builder):
    """make with `docker build` for each recipe, classic builder, as projects of this kind have it."""

    name = "make"

    def write(self, nonce):
        shutil.rmtree(self.folder, ignore_errors=True)
        lines = ["build = docker build --quiet --tag minke-bench-make/$@ --build-arg PARENT=$(1) $@", ""]
        all = recipes(self.count)
        lines += ["all: " + " ".join(name for name, _ in all), ".PHONY: all " + " ".join(name for name, _ in all), ""]
        for name, parent in all:
            self.write_recipe(self.folder / name, nonce, name)
            image = f"minke-bench-make/{parent}" if parent else IMAGE
            lines += [f"{name}: {parent or ''}", f"\t$(call build,{image})", ""]
        (self.folder / "Makefile").write_text("\n".join(lines))

    def command(self):
        return ["make", "--silent", f"--jobs={PARALLEL}", "--directory", self.folder]


def measure(bench, engine, tools, kinds, count, turns, noops, budget):
    """Cold builds, each followed by builds with nothing to do; the images are removed after each turn."""
    builders = [kind(tools, engine, bench.work / "images", count) for kind in kinds]
    case = f"{count} recipes"
    longest = 0
    engine.remove_images(keep=[IMAGE])
    for number in range(turns):
        if number > 0 and not budget.allows(longest):
            break
        begin = time.monotonic()
        for builder in in_turn(builders, number):
            say(f"{case}, turn {number + 1}: {builder.name}")
            builder.write(f"{os.getpid()}-{time.time_ns()}")
            try:
                build(bench, engine, builder, case, number, noops)
            except (Failed, Wrong) as problem:
                say(f"{problem}\nwithout {builder.name}")
                bench.problems.append(str(problem).splitlines()[0])
                builders.remove(builder)
                engine.remove_images(keep=[IMAGE])
                continue
            if builder is builders[0]:
                for repeat in range(noops):
                    floor = [tools.floor, engine.socket, "images", "-", 0, 1, "-", "-"]
                    bench.measure((case, "noop", "floor"), (number, repeat), floor, builder.environment)
            engine.remove_images(keep=[IMAGE])
        longest = max(longest, time.monotonic() - begin)


def build(bench, engine, builder, case, number, noops):
    """One cold build and the builds with nothing to do after it."""
    bench.measure((case, "cold", builder.name), (number, 0), builder.command(), builder.environment)
    built = set(engine.images())
    if len(built) != builder.count + 1:
        raise Wrong(f"{builder.name}: {len(built) - 1} images of {builder.count} recipes")
    for repeat in range(noops):
        bench.measure((case, "noop", builder.name), (number, repeat), builder.command(), builder.environment)
        if set(engine.images()) != built:
            raise Wrong(f"{builder.name}: other images after a build with nothing to do")
