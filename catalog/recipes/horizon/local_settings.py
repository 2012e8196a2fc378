"""The dashboard's settings: those of every cloud, and those that Minke renders into /etc/minke/horizon.ini.

There, the section `settings` has settings, and any other section keys of a setting that is a mapping: [LOGGING.root] has
those of LOGGING["root"]. Values are Python's literals; what is none is a text.
"""

import ast
import configparser

from openstack_dashboard import settings    # as far as they are loaded, with the program's own defaults

# As they were when the package put scripts and styles together.
WEBROOT = "/"
STATIC_ROOT = "/var/lib/openstack-dashboard/static/"
COMPRESS_OFFLINE = True

DEBUG = False
TIME_ZONE = "UTC"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# The front says how it was reached, and by whom.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_PROXY_ADDR_HEADER = "HTTP_X_FORWARDED_FOR"

# A cache that is away logs its users out, and is used again soon after it is back.
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.memcached.PyMemcacheCache",
        "OPTIONS": {"ignore_exc": True, "connect_timeout": 2, "timeout": 5, "dead_timeout": 5},
    }
}

OPENSTACK_ENDPOINT_TYPE = "internalURL"
SECONDARY_ENDPOINT_TYPE = "publicURL"
OPENSTACK_KEYSTONE_DEFAULT_ROLE = "member"
OPENSTACK_NEUTRON_NETWORK = {**settings.OPENSTACK_NEUTRON_NETWORK, "enable_quotas": True}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}


def value(text):
    try:
        return ast.literal_eval(text)
    except (SyntaxError, TypeError, ValueError):
        return text


def joined(mapping, path, items):
    """A mapping with the items at the end of the path."""
    if not path:
        return {**mapping, **items}
    return {**mapping, path[0]: joined(mapping.get(path[0], {}), path[1:], items)}


def read(file, known):
    """What the file has of settings, joined with those that are known."""
    parser = configparser.RawConfigParser(delimiters=["="], strict=False)
    parser.optionxform = str
    parser.read(file)
    for section in parser.sections():
        items = {key: value(text) for key, text in parser.items(section)}
        if section == "settings":
            known.update(items)
        else:
            name, *path = section.split(".")
            known[name] = joined(known.get(name, getattr(settings, name, {})), path, items)


read("/etc/minke/horizon.ini", globals())
