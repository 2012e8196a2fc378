"""Renders templates with Jinja itself: a JSON list of cases on standard input, a JSON list of results on output."""

import json
import sys

try:
    import jinja2
except ImportError:
    sys.exit("Python's jinja2 is missing; install Debian's package python3-jinja2 or run pip install jinja2")

environment = jinja2.Environment(
    undefined=jinja2.StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
)
request = json.load(sys.stdin)
results = []
for source in request["templates"]:
    try:
        results.append({"text": environment.from_string(source).render(**request["context"])})
    except Exception as error:
        results.append({"error": f"{type(error).__name__}: {error}"})
json.dump(results, sys.stdout)
