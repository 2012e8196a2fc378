"""Prints the options that programs of an image know, as catalog/options has them.

Runs in the image, with oslo.config's namespaces as arguments; those of `any:NAMESPACE` can stand in sections of any
name, and are printed under [*]; `option:SECTION.NAME` is an option that no namespace has. docs/reference/options.ini
says what a list is.
"""

import sys
from importlib.metadata import entry_points

from keystoneauth1 import loading
from oslo_config import types


def bounds(kind, low, high):
    # What processors cannot count to is no bound that anybody reaches.
    if high is not None and high >= sys.maxsize:
        high = None
    if low is None and high is None:
        return kind
    return f"{kind} {'' if low is None else low}..{'' if high is None else high}"


def versioned(kind, address):
    version = {"_check_ipv4": " 4", "_check_ipv6": " 6"}.get(address.version_checker.__name__, "")
    return kind + version


def type_text(kind):
    """What is known of a type; what cannot be said of it takes any text."""
    if isinstance(kind, types.Boolean):
        return "boolean"
    choices = list(getattr(kind, "choices", None) or [])
    if isinstance(kind, types.Integer):
        if choices:
            return "integer " + "|".join(str(choice) for choice in choices)
        if isinstance(kind, types.Port) and (kind.min, kind.max) == (0, 65535):
            return "port"
        # Some give bounds as floating point numbers.
        return bounds("integer", *(bound and int(bound) for bound in (kind.min, kind.max)))
    if isinstance(kind, types.Float):
        return bounds("float", kind.min, kind.max)
    if isinstance(kind, types.String) and choices and all(isinstance(choice, str) for choice in choices):
        if kind.quotes or any(set(choice) & set("|,$'\"\n") or choice != choice.strip() for choice in choices):
            return "text"
        return ("word " if kind.ignore_case else "choice ") + "|".join(choices)
    if isinstance(kind, types.IPAddress):
        return versioned("address", kind)
    if isinstance(kind, types.HostAddress):
        # A domain is a host that may have a `_`, and only newer releases know it.
        return versioned("domain" if type(kind).__name__ == "HostDomain" else "host", kind.ip_address)
    if isinstance(kind, types.URI):
        return " ".join(["uri", "|".join(scheme.lower() for scheme in kind.schemes or [])]).strip()
    if isinstance(kind, types.List) and not kind.bounds:
        item = type_text(kind.item_type)
        return "list" if item == "text" else f"list of {item}"
    return "text"


def collect(namespaces):
    """Sections of options and their types, with the names that options had before."""
    current, former = {}, {}

    def add(found, section, name, text):
        # What two programs of an image read differently is left to them.
        known = found.setdefault(section, {}).setdefault(name, text)
        if known != text:
            found[section][name] = "text"

    def add_option(section, option):
        text = type_text(option.type)
        if option.multi:
            text = f"repeated {text}"
        add(current, section, option.dest, text)
        for old in option.deprecated_opts:
            if "-" not in (old.name or ""):
                add(former, old.group or section, old.name or option.dest, text)

    for word in namespaces:
        if word.startswith("option:"):
            section, name = word.removeprefix("option:").split(".")
            add(current, section, name, "text")
            continue
        anywhere, namespace = word.startswith("any:"), word.removeprefix("any:")
        (entry,) = set(entry_points(group="oslo.config.opts", name=namespace))
        for group, options in entry.load()():
            section = getattr(group, "name", group) or "DEFAULT"
            for option in options:
                for place in [section, "*"] if anywhere else [section]:
                    add_option(place, option)
    # Where a program logs in to Keystone, the plug-in that it logs in with has options of its own.
    plugins = [option for name in sorted(loading.get_available_plugin_names())
               for option in loading.get_auth_plugin_conf_options(name)]
    for section in [name for name, options in current.items() if "auth_type" in options]:
        for option in plugins:
            if option.dest not in current[section]:
                add_option(section, option)
    for section, options in former.items():
        for name, text in options.items():
            current.setdefault(section, {}).setdefault(name, text)
    return current


def main():
    found = collect(sys.argv[1:])
    for section in sorted(found):
        print(f"\n[{section}]")
        for name, text in sorted(found[section].items()):
            print(f"{name} = {text}")


main()
