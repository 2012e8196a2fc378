"""What compute-vacate and compute-return do with the instances of their node, through Nova's API."""

import json
import pathlib
import sys
import time

from keystoneauth1 import adapter, loading
from oslo_config import cfg

CONFIGURATION = "/etc/minke/nova.conf"
# Exists from when the node begins to be vacated until it has taken back what it suspended.
VACATED = pathlib.Path("/var/lib/nova/vacated.json")
VERSION = "2.88"
REASON = "its pod is being made anew"


def say(text):
    print(f"{pathlib.Path(sys.argv[0]).name}: {text}", file=sys.stderr, flush=True)


def wait(look, seconds, what):
    """Looks again and again until there is something."""
    deadline = time.monotonic() + seconds
    while not (found := look()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come to its end in {seconds} s")
        time.sleep(0.3)
    return found


def note(notes):
    """Keeps what has to be undone, whatever happens next."""
    new = VACATED.with_suffix(".new")
    new.write_text(json.dumps(notes))
    new.replace(VACATED)


def noted():
    try:
        return json.loads(VACATED.read_text())
    except FileNotFoundError:
        return None


class Node:
    def __init__(self):
        configuration = cfg.ConfigOpts()
        configuration.register_opts([cfg.StrOpt("host")])
        configuration.register_opts([cfg.StrOpt("region_name")], "glance")
        for register in loading.register_auth_conf_options, loading.register_session_conf_options:
            register(configuration, "service_user")
        configuration([], default_config_files=[CONFIGURATION])
        loading.load_auth_from_conf_options(configuration, "service_user")      # registers what its type has
        auth = loading.load_auth_from_conf_options(configuration, "service_user")
        session = loading.load_session_from_conf_options(configuration, "service_user", auth=auth)
        self.name = configuration.host
        self.nova = adapter.Adapter(
            session, service_type="compute", interface="internal", region_name=configuration.glance.region_name,
            default_microversion=VERSION, connect_retries=3, status_code_retries=3)

    def services(self):
        return self.nova.get("/os-services?binary=nova-compute").json()["services"]

    def service(self):
        return next(service for service in self.services() if service["host"] == self.name)

    def take_instances(self, takes):
        """Whether the scheduler puts instances here."""
        body = {"status": "enabled"} if takes else {"status": "disabled", "disabled_reason": REASON}
        self.nova.put(f"/os-services/{self.service()['id']}", json=body)

    def others(self):
        return [
            service["host"] for service in self.services()
            if service["host"] != self.name and service["state"] == "up" and service["status"] == "enabled"]

    def instances(self):
        return self.nova.get(f"/servers/detail?all_tenants=true&host={self.name}").json()["servers"]

    def instance(self, instance):
        return self.nova.get(f"/servers/{instance}").json()["server"]

    def act(self, instance, action, details=None):
        self.nova.post(f"/servers/{instance}/action", json={action: details})

    def settled(self, instance, seconds):
        """The instance when nothing is being done with it."""
        def look():
            found = self.instance(instance)
            return found if found["OS-EXT-STS:task_state"] is None else None
        return wait(look, seconds, f"what is being done with the instance {instance}")
