"""Keystone for uWSGI, with its policies loaded before the first request.

Threads that ask at the same time would otherwise find them half loaded, and be refused what is allowed.
"""

import gc

# Nothing is left to be collected while modules load, and looking for it is a seventh of the time that takes.
gc.disable()

from keystone.common.rbac_enforcer import enforcer
from keystone.server.wsgi import initialize_public_application

application = initialize_public_application()
enforcer.RBACEnforcer()._enforcer.load_rules()

gc.freeze()
gc.enable()
