"""Keystone for uWSGI, with its policies loaded before the first request.

Threads that ask at the same time would otherwise find them half loaded, and be refused what is allowed.
"""

from keystone.common.rbac_enforcer import enforcer
from keystone.server.wsgi import initialize_public_application

application = initialize_public_application()
enforcer.RBACEnforcer()._enforcer.load_rules()
