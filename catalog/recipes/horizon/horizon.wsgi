"""The dashboard for uWSGI, with its policies loaded and its login page rendered before the first request.

Threads that ask at the same time would otherwise find policies half loaded, and be shown what is not theirs to do; and
the first user would wait while menus and templates load.
"""

import gc

# Nothing is left to be collected while modules load, and looking for it is a seventh of the time that takes.
gc.disable()

import os
import warnings
import wsgiref.util

os.environ["DJANGO_SETTINGS_MODULE"] = "openstack_dashboard.settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from openstack_auth import policy

# Services' policies warn of what only their authors can change.
warnings.simplefilter("ignore")
policy._get_enforcer()
request = {"PATH_INFO": "/auth/login/", "HTTP_HOST": "127.0.0.1"}
wsgiref.util.setup_testing_defaults(request)
application(request, lambda status, headers: None).close()

gc.freeze()
gc.enable()
