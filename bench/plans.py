"""Resolving, rendering and planning of many members: `minke plan` on an engine that has none of them.

No peer does the same; Compose's `config` reads and checks a file of as many services and says it again.
"""

import json
import shutil

from measuring import Failed, in_turn, say
from contenders import COMMAND, IMAGE
from minke import plan_command

LIMIT = 60  # seconds for one run
CHANGES = 3  # the exit status of a plan that has steps


def compose_command(tools, folder, count):
    """Writes a compose file of `count` services with as many keys as Minke renders, and gives the command."""
    services = {
        f"c{number}": {
            "image": IMAGE, "command": COMMAND, "environment": {f"KEY_{key}": f"value {key}" for key in range(20)},
        }
        for number in range(1, count + 1)
    }
    (folder / "compose.yaml").write_text(json.dumps({"name": "bench", "services": services}, indent=1))
    return [tools.compose, "--file", folder / "compose.yaml", "config", "--quiet"]


def measure(bench, engine, tools, counts, turns, budget):
    """`turns` runs for each count; the secrets and addresses of a first run are kept by the ones after it."""
    for count in counts:
        folder = bench.work / "plans" / str(count)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        commands = {"compose": compose_command(tools, folder, count)}
        for name, program in tools.programs().items():
            commands[name] = plan_command(program, engine, folder / name, count)
        for number in range(turns):
            for name in in_turn(commands, number):
                if not budget.allows(0):
                    return
                say(f"{count} members, turn {number + 1}: {name}")
                try:
                    bench.measure(
                        (f"{count} members", "plan", name), (number,), commands[name], engine.environment,
                        limit=LIMIT, accept=(0, CHANGES),
                    )
                except Failed as problem:
                    say(f"{problem}\nwithout {name}")
                    bench.problems.append(f"{count} members, {name}: " + str(problem).splitlines()[0])
                    del commands[name]
