"""Debian's `openstack` for many commands: python3 openstack-commands.py REQUESTS

Its modules, which take seconds of processor time to load, are loaded once; each command runs in a process forked from
this one. REQUESTS is a named pipe of JSON lines, `null` being the last one. A line has the words of a command, further
environment variables, and the named pipe that its exit status and output are written to.
"""

import json
import os
import signal
import sys
import tempfile
import traceback

import openstackclient.shell


def run(words, variables, output, errors):
    os.dup2(output.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    os.environ.update(variables)
    status = 1
    try:
        status = openstackclient.shell.main(words) or 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def answer(request):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        child = os.fork()
        if child == 0:
            run(request["words"], request["variables"], output, errors)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        texts = []
        for file in (output, errors):
            file.seek(0)
            texts.append(file.read().decode(errors="replace"))
    with open(request["answer"], "w") as pipe:
        json.dump({"status": status, "output": texts[0], "errors": texts[1]}, pipe)


def main():
    # Also open for writing, so that it has no end while nobody writes.
    requests = os.fdopen(os.open(sys.argv[1], os.O_RDWR), "rb", buffering=0)
    sys.argv = ["openstack"]
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in requests:
        request = json.loads(line)
        if request is None:
            return
        if os.fork() == 0:
            answer(request)
            os._exit(0)


main()
