"""Designate's API for uWSGI, with its policies loaded before the first request.

Threads that ask at the same time would otherwise find them half loaded, and be refused what is allowed.
"""

import gc

# Nothing is left to be collected while modules load, and looking for it is a seventh of the time that takes.
gc.disable()

from designate.api.wsgi import init_application
from oslo_policy import policy

application = init_application()
for enforcer in [known for known in gc.get_objects() if isinstance(known, policy.Enforcer)]:
    enforcer.load_rules()

gc.freeze()
gc.enable()
