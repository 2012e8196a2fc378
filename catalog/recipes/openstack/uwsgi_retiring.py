"""Lets a worker of uWSGI go for good, where `uwsgi-reload` says so: the master starts no other in its place.

uWSGI's own commands take away whichever worker is idle, and wait for threads that nobody woke.
"""

import os

import uwsgi

FOLDER = "/run/uwsgi"
GO_CHEAP = 15   # UWSGI_GO_CHEAP_CODE, which the master takes for a worker's wish not to be started again


def end():
    mark = f"{FOLDER}/retiring.{os.getpid()}"
    if os.path.exists(mark):
        os.unlink(mark)
        os._exit(GO_CHEAP)


uwsgi.atexit = end
