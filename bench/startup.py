"""Start-up: a program that only says something about itself."""

import os

from measuring import in_turn


def measure(bench, commands, turns):
    """`turns` runs of each command, one after the other in each turn."""
    for number in range(turns):
        for name in in_turn(commands, number):
            bench.measure(("start-up", "start", name), (number,), commands[name], dict(os.environ), limit=30)
