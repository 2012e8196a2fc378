"""Runs a command and says what it took; keeps what was measured."""

import pathlib
import subprocess
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """One run of a command."""

    turn: tuple  # samples of two tools in the same turn are compared with each other
    seconds: float
    peak: int  # bytes of the largest process
    processor: float  # seconds, of the command and the children it waited for


class Failed(Exception):
    """A measured command failed."""


class Bench:
    """Where commands run and what they took."""

    def __init__(self, work, timed):
        self.work = pathlib.Path(work)
        self.timed = timed
        self.samples = {}  # (case, operation, tool) -> [Sample]
        self.usage = None  # of a cloud's members, see openstack.py
        self.problems = []  # what could not be measured, and why

    def run(self, command, environment, limit=300, directory=None, accept=(0,)):
        """Runs a command to its end: (seconds, peak, processor seconds)."""
        log = self.work / "output"
        answer = subprocess.run(
            [self.timed, str(limit), str(log), *map(str, command)],
            env=environment, cwd=directory, stdout=subprocess.PIPE, text=True, check=True,
        ).stdout.split()
        nanoseconds, peak, processor, status = map(int, answer)
        if status not in accept:
            lines = log.read_text(errors="replace").splitlines()[-15:]
            reason = f"was ended after {limit} s" if status == 137 else f"failed with {status}"
            name = pathlib.Path(command[0]).name
            raise Failed("\n".join([f"{name} {reason}", " ".join(map(str, command)), *lines]))
        return nanoseconds / 1e9, peak, processor / 1e9

    def measure(self, key, turn, command, environment, **options):
        """Runs a command and keeps what it took under `key`; options are those of `run`."""
        seconds, peak, processor = self.run(command, environment, **options)
        self.samples.setdefault(key, []).append(Sample(turn, seconds, peak, processor))
        return seconds


def in_turn(contenders, number):
    """The contenders of a turn: every other turn backwards, since who comes after another may have it easier."""
    return list(contenders)[:: 1 if number % 2 == 0 else -1]


class Budget:
    """A limit of time that a part keeps by not beginning what would exceed it."""

    def __init__(self, seconds, whole=None):
        self.end = time.monotonic() + seconds
        if whole:
            self.end = min(self.end, whole.end)

    def left(self):
        """Seconds left, perhaps negative."""
        return self.end - time.monotonic()

    def allows(self, seconds):
        """Whether something that takes so long can begin."""
        return self.left() >= seconds


def say(text):
    """Tells the user what goes on."""
    print(text, flush=True)
