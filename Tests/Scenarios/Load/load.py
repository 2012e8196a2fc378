"""Requests at fixed times, whatever becomes of those before: python3 load.py SETTINGS.json

A request that fails is lost: nothing is sent twice. It ends at SIGINT, when all that was sent is answered or lost, and
prints what became of the requests as JSON.
"""
import collections
import http.client
import json
import os
import queue
import select
import signal
import ssl
import sys
import threading
import time
import urllib.parse

with open(sys.argv[1]) as file:
    settings = json.load(file)
url = urllib.parse.urlsplit(settings["url"])
path = url.path + (f"?{url.query}" if url.query else "")
trust = ssl.create_default_context(cafile=settings["authority"]) if url.scheme == "https" else None
body = settings["body"].encode() if settings["body"] else None
# Waited for rather than handled: a handler would run amid other code of this thread, which may hold a lock. The other
# threads block it as well.
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])

start = time.monotonic()
moment = time.time()
due = queue.SimpleQueue()
lock = threading.Lock()
idle = collections.deque()
begun = []
answered = 0
opened = 0
slowest = 0.0
lost = []


def connect():
    global opened
    with lock:
        opened += 1
    if trust:
        return http.client.HTTPSConnection(url.hostname, url.port, timeout=60, context=trust)
    return http.client.HTTPConnection(url.hostname, url.port, timeout=60)


def take():
    """A connection that waits for a request. One that the server has closed by now is none."""
    while settings["keeps"]:
        with lock:
            if not idle:
                break
            connection = idle.popleft()
        if not select.select([connection.sock], [], [], 0)[0]:
            return connection
        connection.close()
    return connect()


def ask():
    global answered, slowest
    began = time.monotonic()
    with lock:
        begun.append(began - start)
    connection = None
    try:
        connection = take()
        connection.request(settings["method"], path, body, settings["headers"])
        answer = connection.getresponse()
        text = answer.read()
        if not 200 <= answer.status < 300:
            raise ConnectionError(f"{answer.status} {text[:300]!r}")
        with lock:
            answered += 1
            slowest = max(slowest, time.monotonic() - began)
            if settings["keeps"] and not answer.will_close:
                idle.append(connection)
                connection = None
    except Exception as error:
        with lock:
            lost.append({"at": began - start, "why": f"{type(error).__name__}: {error}"})
    finally:
        if connection:
            connection.close()


def work():
    while due.get():
        ask()


workers = [threading.Thread(target=work, daemon=True) for _ in range(100)]
for worker in workers:
    worker.start()
with open(settings["begun"] + ".new", "w") as file:
    file.write(str(os.getpid()))
os.rename(settings["begun"] + ".new", settings["begun"])
sent = 0
while signal.sigtimedwait([signal.SIGINT], max(0.0, start + sent / settings["per_second"] - time.monotonic())) is None:
    due.put(True)
    sent += 1
seconds = time.monotonic() - start
for _ in workers:
    due.put(False)
for worker in workers:
    worker.join()

# The fewest requests that were begun within five whole seconds in a row.
each = collections.Counter(int(moment) for moment in begun)
windows = [sum(each[second + more] for more in range(5)) for second in range(int(seconds) - 4)]
json.dump({
    "start": moment, "seconds": seconds, "sent": sent, "answered": answered, "opened": opened, "slowest": slowest,
    "quietest": min(windows, default=0) / 5, "lost": sorted(lost, key=lambda loss: loss["at"]),
}, sys.stdout)
