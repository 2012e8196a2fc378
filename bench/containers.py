"""Containers on a bridge: first up, nothing to do, one changed, down."""

import time

from contenders import Ansible
from measuring import Budget, Failed, say

NOOPS = 5  # in each turn


class Wrong(Exception):
    """A tool said that it succeeded, and the engine shows something else."""


def check(contender, operation, before, after):
    """Compares what runs with what the operation should have done."""
    count = 0 if operation == "down" else contender.count
    running = [id for id, state in after.values() if state == "running"]
    kept = {id for id, _ in before.values()} & set(running)
    expected = {"up": 0, "noop": contender.count, "changed": contender.count - 1, "down": 0}[operation]
    if len(running) != count or len(after) != count or len(kept) != expected:
        raise Wrong(
            f"{contender.name}, {operation} of {contender.count}: {len(running)} of {len(after)} containers run, "
            f"{len(kept)} of them from before; {count} should run, {expected} from before"
        )


def turn(bench, engine, contender, number):
    """The whole life of one contender's containers; the seconds it took."""
    begin = time.monotonic()
    state = {}
    for repeat, operation in enumerate(["up"] + ["noop"] * NOOPS + ["changed", "down"]):
        bench.measure(
            (f"{contender.count} containers", operation, contender.name), (number, repeat),
            contender.command(operation), contender.environment, directory=contender.folder,
        )
        now = engine.containers()
        check(contender, operation, state, now)
        state = now
    return time.monotonic() - begin


def measure(bench, engine, tools, kinds, count, turns, seconds, with_ansible):
    """Turns of all contenders, one after the other in each, until the number of turns or the time is reached."""
    budget = Budget(seconds)
    folder = bench.work / "containers"
    contenders = [kind(tools, engine, folder, count) for kind in kinds]
    if with_ansible:
        contenders.append(Ansible(tools, engine, folder, count))
    engine.clear([each.network for each in contenders])
    for each in contenders:
        each.write()
    taken = 0
    for number in range(turns):
        if number > 0 and not budget.allows(taken):
            break
        taken = 0
        for contender in list(contenders):
            say(f"{count} containers, turn {number + 1}: {contender.name}")
            try:
                seconds = turn(bench, engine, contender, number)
            except (Failed, Wrong) as problem:
                say(f"{problem}\nwithout {contender.name} for the rest of {count} containers")
                bench.problems.append(str(problem).splitlines()[0])
                contenders.remove(contender)
                engine.clear([contender.network])
                continue
            if isinstance(contender, Ansible):
                contenders.remove(contender)  # one turn only: it takes more time than all others together
            else:
                taken += seconds
