"""Glance's API for uWSGI, with its policies loaded before the first request.

Threads that ask at the same time would otherwise find them half loaded, and be refused what is allowed.
"""

import gc

from glance.common.wsgi_app import init_app
from oslo_policy import policy

application = init_app()
for enforcer in [known for known in gc.get_objects() if isinstance(known, policy.Enforcer)]:
    enforcer.load_rules()
