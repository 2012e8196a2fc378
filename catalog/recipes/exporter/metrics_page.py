"""A page of metrics at 127.0.0.1, in Prometheus' text form, which exporter_exporter shows to others.

    serve(PORT, COLLECT)    calls COLLECT(metrics) for each request; what it raises is an answer of 503, and logged
    metrics.add(NAME, KIND, WORDS, VALUE, LABEL=TEXT...)
"""

import http.server
import sys


class Metrics:
    """Metrics by their names, each with its lines."""

    def __init__(self):
        self._families = {}

    def add(self, name, kind, words, value, **labels):
        lines = self._families.setdefault(name, [f"# HELP {name} {words}", f"# TYPE {name} {kind}"])
        texts = (f'{label}="{_escaped(text)}"' for label, text in sorted(labels.items()))
        lines.append(f"{name}{{{','.join(texts)}}} {value}")

    def __str__(self):
        return "".join(f"{line}\n" for lines in self._families.values() for line in lines)


def _escaped(text):
    return str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def serve(port, collect):
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            metrics = Metrics()
            try:
                collect(metrics)
            except Exception as error:
                reason = f"{type(error).__name__}: {error}"
                print(f"metrics cannot be told: {reason}", file=sys.stderr, flush=True)
                self.send_error(503, explain=reason)
                return
            body = str(metrics).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Requests are not logged."""

    http.server.ThreadingHTTPServer(("127.0.0.1", port), Page).serve_forever()
