"""The machine that measured, as far as a reader of the results needs to know it."""

import os
import pathlib
import platform


def field(path, name):
    """The value of the first line `name: value` of a file."""
    for line in pathlib.Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def description():
    """Cores, memory, kernel, distribution; no names."""
    release = dict(
        line.split("=", 1) for line in pathlib.Path("/etc/os-release").read_text().splitlines() if "=" in line
    )
    return {
        "cores": os.cpu_count(),
        "processor": field("/proc/cpuinfo", "model name"),
        "memory_gib": round(int(field("/proc/meminfo", "MemTotal").split()[0]) / 1024 / 1024, 1),
        "kernel": platform.release().split("-")[0],
        "distribution": release.get("PRETTY_NAME", "").strip('"'),
    }


def load():
    """The load average of the last minute: what else the machine did."""
    return os.getloadavg()[0]
