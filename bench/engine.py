"""The engine's API over its socket, for what surrounds a measurement: never measured itself."""

import http.client
import io
import json
import os
import socket
import tarfile
import urllib.parse

LABEL = "io.minke.bench"
NETWORKS = ("bench-", "minke-bench-")  # what the names of all networks of the bench begin with


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__("engine", timeout=120)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class EngineError(Exception):
    """The engine refused a call."""


class Engine:
    """One Docker Engine."""

    def __init__(self):
        address = os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"
        if not address.startswith("unix://"):
            raise EngineError(f"DOCKER_HOST is {address}, but an engine on a Unix socket is measured")
        self.address = address
        self.socket = address.removeprefix("unix://")

    @property
    def environment(self):
        """The environment variables of commands that use this engine."""
        return {**os.environ, "DOCKER_HOST": self.address}

    def call(self, method, path, accept=(), body=None, content_type="application/json"):
        """One call's decoded answer; statuses of 400 and above are errors but for those in `accept`."""
        connection = Connection(self.socket)
        try:
            data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            connection.request(method, "/v1.41" + path, data, {"Content-Type": content_type} if data else {})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status >= 400 and answer.status not in accept:
            raise EngineError(f"{method} {path}: {answer.status} {content.decode(errors='replace').strip()}")
        try:
            return json.loads(content) if content else None
        except ValueError:
            return content.decode(errors="replace")

    def containers(self):
        """Every container made from an image of the bench: name -> (id, state)."""
        found = self.call("GET", "/containers/json?all=true&filters=" + labelled(LABEL))
        return {each["Names"][0].lstrip("/"): (each["Id"], each["State"]) for each in found if each["Names"]}

    def images(self):
        """Every image of the bench: id -> tags."""
        found = self.call("GET", "/images/json?all=false&filters=" + labelled(LABEL))
        return {each["Id"]: each["RepoTags"] or [] for each in found}

    def build(self, tag, context, labels=None):
        """Builds an image of a context, a tar archive with a Dockerfile."""
        asked = {"t": tag, "rm": "true", "forcerm": "true", "labels": json.dumps(labels or {})}
        query = urllib.parse.urlencode(asked)
        output = self.call("POST", f"/build?{query}", body=context, content_type="application/x-tar")
        if '"error"' in str(output):
            raise EngineError(f"building {tag}: {output}")

    def provide(self, image, recipe, version):
        """Makes an image that Minke takes for one of a recipe, as it takes those that have its name and its label."""
        content = io.BytesIO()
        dockerfile = f"FROM {image}\n".encode()
        with tarfile.open(fileobj=content, mode="w") as tar:
            file = tarfile.TarInfo("Dockerfile")
            file.size = len(dockerfile)
            tar.addfile(file, io.BytesIO(dockerfile))
        self.build(f"minke-bench/{recipe}:{version}", content.getvalue(), {"io.minke.recipe": recipe})

    def remove_images(self, keep=()):
        """Removes the bench's images, leaves before their parents."""
        while True:
            images = {id: tags for id, tags in self.images().items() if not set(tags) & set(keep)}
            before = len(images)
            for id, tags in images.items():
                for reference in [tag for tag in tags if tag != "<none>:<none>"] or [id]:
                    self.call("DELETE", f"/images/{urllib.parse.quote(reference)}", accept=(404, 409))
            after = sum(1 for tags in self.images().values() if not set(tags) & set(keep))
            if after == 0 or after == before:
                return

    def clear(self):
        """Removes the bench's containers and networks, whatever state an interrupted run left them in."""
        for id, _ in self.containers().values():
            self.call("DELETE", f"/containers/{id}?force=true&v=true", accept=(404, 409))
        for network in self.call("GET", "/networks"):
            if network["Name"].startswith(NETWORKS):
                self.remove_network(network["Id"])

    def remove_network(self, id):
        """Removes a network, with the endpoints of containers that are gone, which the engine sometimes leaves."""
        network = self.call("GET", f"/networks/{id}", accept=(404,))
        for container in network.get("Containers") or {}:
            body = {"Container": container.removeprefix("ep-"), "Force": True}
            self.call("POST", f"/networks/{id}/disconnect", accept=(403, 404), body=body)
        self.call("DELETE", f"/networks/{id}", accept=(403, 404))

    def description(self):
        """What a reader needs to know of the engine."""
        info = self.call("GET", "/info")
        return {
            "version": info["ServerVersion"],
            "storage": info["Driver"],
            "cgroups": info.get("CgroupVersion", "1"),
        }


def labelled(label):
    """A `filters` parameter that selects by label."""
    return urllib.parse.quote(json.dumps({"label": [label]}))
