"""Collects the command lines of all processes, containers' included, until SIGINT: python3 command_lines.py BEGUN

When it looks for the first time it makes the file BEGUN; in the end it prints all that it saw, as JSON.
"""
import json
import os
import signal
import sys

# Waited for rather than handled: a handler would run amid other code of this thread, which may hold a lock.
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
seen = set()
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(os.getpid()))
os.rename(sys.argv[1] + ".new", sys.argv[1])
# Processes may change their command lines, and those of a container's start replace each other: all are read again and
# again.
while signal.sigtimedwait([signal.SIGINT], 0.02) is None:
    for process in os.listdir("/proc"):
        if process.isdecimal():
            try:
                with open(f"/proc/{process}/cmdline", "rb") as file:
                    seen.add(file.read())
            except OSError:
                pass    # it has ended
print(json.dumps(sorted(line.replace(b"\0", b" ").decode(errors="replace") for line in seen)))
