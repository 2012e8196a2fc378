"""OpenStack's core: from empty volumes to APIs and agents that answer, and to an instance."""

import json
import os
import pathlib
import re
import time

from engine import labelled
from measuring import Failed, Sample, say

CASE = "OpenStack"
ENVIRONMENT = "bench-openstack"
NOOPS = 5
STEPS_OF_AN_INSTANCE = re.compile(r"^(instance [^ ]+( becomes ACTIVE)?$|the guest says)")


class Cloud:
    """environments/openstack.yaml, under a name and on networks of the bench's own."""

    def __init__(self, bench, engine, tools):
        self.bench, self.engine, self.tools = bench, engine, tools
        self.catalog = pathlib.Path(__file__).resolve().parent.parent / "catalog"
        self.environment = engine.environment
        self.folder = bench.work / "openstack"
        self.folder.mkdir(exist_ok=True)
        text = (self.catalog.parent / "environments/openstack.yaml").read_text()
        text = re.sub(r"^name: .*$", f"name: {ENVIRONMENT}", text, flags=re.MULTILINE)
        for old, new in (("198.18.32.", "198.18.76."), ("198.18.36.", "198.18.77."), ("198.18.37.", "198.18.78.")):
            if old not in text:
                raise Failed(f"environments/openstack.yaml has no network {old}0/24 any more")
            text = text.replace(old, new)
        (self.folder / "before.yaml").write_text(text)
        changed = re.sub(r"^  nova-api: 1$", "  nova-api: {settings: {quota-instances: 20}}", text, flags=re.MULTILINE)
        if changed == text:
            raise Failed("environments/openstack.yaml has no line `nova-api: 1` any more")
        (self.folder / "after.yaml").write_text(changed)

    def command(self, words, file="before"):
        """A command on the cloud."""
        return [
            self.tools.minke, *words, "-e", self.folder / f"{file}.yaml", "--catalog", self.catalog,
            "--state", self.folder / "state",
        ]

    def run(self, words, limit=900):
        """A command that is not measured; what it printed."""
        self.bench.run(self.command(words), self.environment, limit=limit)
        return (self.bench.work / "output").read_text(errors="replace")

    def measure(self, operation, turn, words, file="before"):
        """A command that is."""
        return self.bench.measure(
            (CASE, operation, "minke"), turn, self.command(words, file), self.environment, limit=600)

    def usage(self):
        """Of each member: processor seconds since it was made, and bytes of memory, the greatest first."""
        label = f"io.minke.environment={ENVIRONMENT}"
        found = []
        for each in self.engine.call("GET", "/containers/json?filters=" + labelled(label)):
            stats = self.engine.call("GET", f"/containers/{each['Id']}/stats?stream=false&one-shot=true")
            memory = stats["memory_stats"]
            cache = memory.get("stats", {}).get("total_inactive_file", memory.get("stats", {}).get("inactive_file", 0))
            name = each["Labels"].get("io.minke.member", each["Names"][0])
            found.append((name, stats["cpu_stats"]["cpu_usage"]["total_usage"] / 1e9, memory["usage"] - cache))
        return sorted(found, key=lambda entry: -entry[1])


def machine_seconds():
    """Processor seconds that the whole machine has used."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, softirq = map(int, file.readline().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def instance_seconds(output):
    """From the request for an instance to the guest's word that it is ready, of `demo --json`."""
    report = json.loads(output[output.index("{"):])
    steps = [each for each in report["steps"] if STEPS_OF_AN_INSTANCE.match(each["title"])]
    if len(steps) < 3:
        raise Failed(f"the demo's steps are not known: {[each['title'] for each in report['steps']]}")
    return sum(each["seconds"] for each in steps)


def measure(bench, engine, tools, turns, budget):
    """Turns of a cloud's life; its images are built before, which is not measured."""
    cloud = Cloud(bench, engine, tools)
    say("OpenStack: images")
    cloud.run(["build"], limit=3600)
    taken = 0
    try:
        for turn in range(turns):
            if turn > 0 and not budget.allows(taken):
                break
            cloud.run(["down", "--volumes", "--yes"])
            say(f"OpenStack, turn {turn + 1}")
            begin = time.monotonic()
            before = machine_seconds()
            seconds = cloud.measure("up", turn, ["up", "--yes"])
            bench.usage = {
                "members": cloud.usage(), "machine_seconds": machine_seconds() - before, "wall": seconds,
                "cores": os.cpu_count(),
            }
            for repeat in range(NOOPS):
                cloud.measure("noop", (turn, repeat), ["up", "--yes"])
            cloud.measure("changed", turn, ["up", "--yes"], "after")
            output = cloud.run(["demo", "--json"])
            bench.samples.setdefault((CASE, "instance", "minke"), []).append(
                Sample(turn, instance_seconds(output), 0, 0))
            cloud.run(["demo", "--clean", "--yes"])
            cloud.measure("down", turn, ["down", "--yes"])
            taken = time.monotonic() - begin
    except Failed as reason:
        bench.problems.append(f"{CASE}: {reason}")
    try:
        cloud.run(["down", "--volumes", "--yes"])
    except Failed as reason:
        bench.problems.append(f"{CASE}: its cloud is still there: {reason}")
