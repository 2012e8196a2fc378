"""Heat's API in CloudFormation's form for uWSGI, with its policies loaded before the first request.

Threads that ask at the same time would otherwise find them half loaded, and be refused what is allowed.
"""

import gc

# Nothing is left to be collected while modules load, and looking for it is a seventh of the time that takes.
gc.disable()

from heat.common import policy as heat_policy
from heat.wsgi.cfn import application
from oslo_policy import policy

heat_policy.get_enforcer()
for enforcer in [known for known in gc.get_objects() if isinstance(known, policy.Enforcer)]:
    enforcer.load_rules()

gc.freeze()
gc.enable()
