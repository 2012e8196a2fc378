"""Neutron's API for uWSGI, with its policies loaded before the first request."""

import gc

# Nothing is left to be collected while modules load, and looking for it is a seventh of the time that takes.
gc.disable()

from neutron import policy
from neutron.cmd.server import main_api_uwsgi

application = main_api_uwsgi()
policy.init()

gc.freeze()
gc.enable()
