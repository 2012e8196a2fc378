"""APIs of a cloud that answer as OpenStack's do, to whoever shows a token: apis.py PORT."""

import http.server
import json
import sys
import urllib.parse

SERVERS = [{"id": str(number), "status": "ERROR" if number == 7 else "ACTIVE"} for number in range(600)]
ANSWERS = {
    "/compute/os-services": {"services": [
        {"binary": "nova-compute", "host": "one", "state": "up"},
        {"binary": "nova-compute", "host": "two", "state": "down"},
    ]},
    "/compute/os-hypervisors/detail": {"hypervisors": [{
        "hypervisor_hostname": "one", "vcpus": 8, "vcpus_used": 3, "memory_mb": 1024, "memory_mb_used": 512,
        "running_vms": 2,
    }]},
    "/network/v2.0/agents": {"agents": [{"binary": "neutron-l3-agent", "host": "one", "alive": True}]},
    "/network/v2.0/networks": {"networks": [{"id": "1"}, {"id": "2"}]},
    "/network/v2.0/routers": {"routers": [{"status": "ACTIVE"}]},
    "/network/v2.0/ports": {"ports": [{"status": "ACTIVE"}, {"status": "DOWN"}, {"status": "DOWN"}]},
    "/network/v2.0/floatingips": {"floatingips": []},
}


class API(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if not self.headers.get("X-Auth-Token"):
            self.send_error(401)
        elif url.path == "/compute/servers/detail" and query["all_tenants"] == "1":
            begin = int(query["marker"]) + 1 if "marker" in query else 0
            self.answer({"servers": SERVERS[begin:begin + int(query["limit"])]})
        elif url.path in ANSWERS:
            self.answer(ANSWERS[url.path])
        else:
            self.send_error(404)

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("", int(sys.argv[1])), API).serve_forever()
