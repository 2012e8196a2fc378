"""Containers on a bridge: first up, nothing to do, one changed, down."""

import time

from contenders import Ansible
from measuring import Failed, in_turn, say

NOOPS = 5  # in each turn
FAILURES = 2  # after which a contender is left out


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
        for name, command, accept in contender.parts(operation):
            bench.measure(
                (f"{contender.count} containers", operation, name), (number, repeat), command,
                contender.environment, directory=contender.folder, accept=accept,
            )
        bench.measure(
            (f"{contender.count} containers", operation, contender.name), (number, repeat),
            contender.command(operation), contender.environment, directory=contender.folder,
        )
        now = engine.containers()
        check(contender, operation, state, now)
        state = now
    return time.monotonic() - begin


def measure(bench, engine, tools, kinds, count, turns, budget):
    """Turns of all contenders, one after the other in each, until the number of turns or the time is reached."""
    contenders = prepared(bench, engine, tools, kinds, count)
    failures = {}
    taken = 0
    for number in range(turns):
        if number > 0 and not budget.allows(taken):
            break
        taken = 0
        for contender in in_turn(contenders, number):
            if failures.get(contender.name, 0) < FAILURES:
                seconds = attempt(bench, engine, contender, number)
                failures[contender.name] = failures.get(contender.name, 0) + (seconds is None)
                taken += seconds or 0


def measure_ansible(bench, engine, tools, count, budget, estimate):
    """One turn of Ansible, which takes more time than all others together; the seconds it took."""
    if not budget.allows(estimate):
        bench.problems.append(f"{count} containers, ansible: no time was left")
        return None
    [ansible] = prepared(bench, engine, tools, [Ansible], count)
    return attempt(bench, engine, ansible, 0)


def prepared(bench, engine, tools, kinds, count):
    """The contenders with their inputs, on an engine without leftovers of theirs."""
    contenders = [kind(tools, engine, bench.work / "containers", count) for kind in kinds]
    engine.clear()
    for each in contenders:
        each.write()
    return contenders


def attempt(bench, engine, contender, number):
    """One turn, cleaned up after where it failed; the seconds it took, or nothing."""
    say(f"{contender.count} containers, turn {number + 1}: {contender.name}")
    try:
        return turn(bench, engine, contender, number)
    except (Failed, Wrong) as problem:
        say(problem)
        bench.problems.append(
            f"{contender.count} containers, turn {number + 1}, {contender.name}: " + str(problem).splitlines()[0]
        )
        engine.clear()
        return None
