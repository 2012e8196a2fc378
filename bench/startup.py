"""Start-up: a program that only says something about itself."""

import os


def measure(bench, commands, turns):
    """`turns` runs of each command, one after the other in each turn."""
    for number in range(turns):
        for name, command in commands.items():
            bench.measure(("start-up", "start", name), (number,), command, dict(os.environ), limit=30)
