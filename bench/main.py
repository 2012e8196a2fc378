"""Measures Minke, its peers and the floor in one run; see README.md."""

import argparse
import fcntl
import pathlib
import signal
import sys
import time

import aims
import containers
import contenders
import images
import machine
import minke
import openstack
import plans
import report
import startup
from engine import Engine
from measuring import Bench, Budget, say
from tools import Tools

FOLDER = pathlib.Path(__file__).resolve().parent
PARTS = ("startup", "plans", "containers", "images", "openstack")


def options():
    """The command line."""
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="3 minutes instead of 15; results stay in bench/work")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; can be repeated")
    parser.add_argument("--minke", help="the program; without it, the release build of this tree")
    parser.add_argument("--before", help="another release build, measured beside it in the same turns")
    parser.add_argument("--date", default="", help="the date that the results shall bear")
    parser.add_argument("--without-ansible", action="store_true")
    parser.add_argument(
        "--check", action="store_true", help="results stay in bench/work; exit with 1 where an aim is missed")
    return parser.parse_args()


def main():
    """Runs the parts and writes the results."""
    asked = options()
    work = FOLDER / "work"
    work.mkdir(exist_ok=True)
    lock = (work / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit("bench: another run is under way") from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was made is removed
    tools = Tools(FOLDER, work, asked.minke or FOLDER.parent / "build/bin/minke", asked.before)
    with_ansible = not asked.without_ansible and tools.prepare_ansible()
    engine = Engine()
    bench = Bench(work, tools.timed)
    parts = asked.part or PARTS
    kinds = [contenders.Floor, contenders.Compose]
    builders = [images.Make]
    if tools.minke:
        kinds.append(minke.Minke)
        builders.append(minke.MinkeBuild)
    else:
        bench.problems.append("Minke: the program is not built")
    if tools.before:
        kinds.append(minke.Before)
        builders.append(minke.BuildBefore)
    elif asked.before:
        raise SystemExit(f"bench: {asked.before} is no program")
    loads = [machine.load()]
    begin = time.monotonic()
    # Another build takes about as long as each of the others.
    share = 1.4 if tools.before else 1
    whole = Budget(share * (150 if asked.quick else 840))

    engine.clear()
    engine.remove_images()
    engine.build(contenders.IMAGE, tools.root_context())
    try:
        if "startup" in parts:
            commands = {"floor": [tools.floor, "-", "start", *"-----"], "compose": [tools.compose, "version"]}
            commands |= {name: [program, "--help"] for name, program in tools.programs().items()}
            if with_ansible:
                commands["ansible"] = [tools.ansible, "--version"]
            startup.measure(bench, commands, 5 if asked.quick else 21)
        if "plans" in parts:
            counts, turns, seconds = ([100, 1000], 2, 30) if asked.quick else ([100, 1000, 10000], 3, 90)
            plans.measure(bench, engine, tools, counts, turns, Budget(share * seconds, whole))
        if "images" in parts:
            count, turns, seconds = (20, 1, 30) if asked.quick else (100, 3, 200)
            images.measure(bench, engine, tools, builders, count, turns, 3, Budget(share * seconds, whole))
        if "containers" in parts:
            estimate = 60
            for count, turns, seconds in [(25, 2, 60)] if asked.quick else [(25, 5, 120), (100, 3, 220)]:
                containers.measure(bench, engine, tools, kinds, count, turns, Budget(share * seconds, whole))
                if with_ansible:
                    taken = containers.measure_ansible(bench, engine, tools, count, whole, estimate)
                    estimate = 4.5 * (taken or estimate)
        if "openstack" in parts and tools.minke:
            openstack.measure(bench, engine, tools, 1 if asked.quick else 3, Budget(600))
    finally:
        engine.clear()
        engine.remove_images()

    loads.append(machine.load())
    facts = {
        "date": asked.date, "quick": asked.quick, "machine": machine.description(), "engine": engine.description(),
        "versions": tools.versions(), "load": loads, "seconds": round(time.monotonic() - begin),
    }
    folder = work if asked.quick or asked.part or asked.check else FOLDER / "results"
    compared = aims.check(bench.samples, bench.usage)
    report.write(folder, "results", bench.samples, facts, compared, bench.problems, bench.usage)
    say(f"{folder.relative_to(FOLDER.parent)}/results.md, {facts['seconds']} s")
    if asked.check:
        for aim, found, met in compared:
            say(f"{'met   ' if met else 'missed'} {aim}: {found}")
        for problem in bench.problems:
            say(f"problem: {problem}")
        if bench.problems or not compared or not all(met for _, _, met in compared):
            sys.exit(1)


if __name__ == "__main__":
    main()
