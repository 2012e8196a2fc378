#!/usr/bin/python3
"""Compares scripts/programs with the programs that are called by name: what is installed is what is used.

Shell scripts are read as a shell reads them, Swift and Python by the forms in which they start a program. Programs of
packages that Debian requires are on every machine and need not be listed; swift is checked by setup itself.

With --installed, all but what only benchmarks need must be on this machine as well, where setup --tests has run.
"""

import pathlib
import re
import shutil
import subprocess
import sys

from shell import Shell, functions

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Not for setup to install: Swift's, the program itself, and what is asked only where systemd runs.
OWN = {"swift", "swiftc", "minke", "systemctl"}
# Called by swift, and in a loop over names.
INDIRECT = {"ld", "iptables-save", "ip6tables-save"}


def files(*patterns):
    """Files of the repository, not what is built or downloaded in it."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not path.is_relative_to(ROOT / "bench/work"))


def is_shell(path):
    """Whether a file is a shell script, by its name or its first line."""
    with open(path, "rb") as file:
        first = file.readline()
    return path.suffix in (".sh", ".bash") or bool(re.match(rb"#!.*\b(ba)?sh\b", first))


def called_by_shell():
    """The commands of scripts, of the libraries of recipes' tests and of the tests, by file."""
    paths = files(".ci/*", "scripts/*", "scripts/tests/*", "bench/run", "catalog/lib/test.sh", "catalog/lib/*.sh")
    paths += files("catalog/recipes/*/test/run")
    texts = {path: path.read_text() for path in paths if is_shell(path)}
    defined = set().union(*map(functions, texts.values()))
    for path, text in texts.items():
        for name in Shell(text).commands() - defined:
            yield name, path


def called_by_make():
    """The commands of the Makefile."""
    path = ROOT / "Makefile"
    text = path.read_text().replace("\\\n", " ")
    lines = [line.lstrip("\t@-") for line in text.splitlines() if line.startswith("\t")]
    lines += re.findall(r"\$\(shell ([^)]*)", text)
    for line in lines:
        line = line.replace("$(MAKE)", "make").replace("$$", "$").replace("$(call", "$(")
        # What is left in parentheses are make's own variables and functions.
        while (plain := re.sub(r"\$\((?!swift)[^()]*\)", "$X", line)) != line:
            line = plain
        for name in Shell(line).commands():
            yield name, path


def called_by_swift():
    """What Swift starts by a literal name, and what it gives to a shell as a literal."""
    literal = r'"((?:[^"\\\n]|\\.)*)"'
    for path in files("Sources/**/*.swift", "Tests/**/*.swift"):
        text = path.read_text()
        starters = set(re.findall(r"func (\w+)\(\s*_ (?:program|shell): String", text))
        starters |= {"Subprocess", "withChild"}
        if path.is_relative_to(ROOT / "Sources"):
            starters |= {"findProgram", "HostProgram"}
        for name in re.findall(rf"\b(?:{'|'.join(starters)})\(\s*{literal}", text):
            if "no-such" not in name:
                yield name, path
        for script in re.findall(rf'"-c",\s*{literal}', text) + re.findall(rf"let (?:command|create) = {literal}", text):
            script = re.sub(r"\\\([^()]*\)", "X", script).replace('\\"', '"')
            if not script.startswith("import "):
                for name in Shell(script).commands() - {"X"}:
                    yield name, path


def called_by_python():
    """What the benchmarks start: run("name"), and lists of words that are returned, alone or in pairs."""
    for path in files("bench/*.py"):
        for name in re.findall(r'\brun\(\s*"([^"]+)"|(?:return |\("\w+", )\["([\w.-]+)", "-', path.read_text()):
            yield name[0] or name[1], path


def is_required(program):
    """Whether a package that Debian requires, or apt, has the program."""
    for folder in ("/usr/bin", "/bin", "/usr/sbin", "/sbin"):
        owner = subprocess.run(["dpkg", "--search", f"{folder}/{program}"], capture_output=True, text=True)
        for package in re.findall(r"^(?!diversion)([\w.+-]+)[:,]", owner.stdout, re.MULTILINE):
            query = ["dpkg-query", "--show", "--showformat=${Essential} ${Priority}", package]
            if re.search("yes|required", subprocess.check_output(query, text=True)) or package == "apt":
                return True
    # awk is an alternative of what mawk and gawk bring, one of which is required.
    return program == "awk"


def main():
    listed = {}
    for line in (ROOT / "scripts/programs").read_text().splitlines():
        if line and not line.startswith("#"):
            name, purpose, *packages = line.split()
            assert purpose in ("run", "test", "bench") and packages, line
            listed[name] = purpose
    called = {}
    for source in (called_by_shell, called_by_make, called_by_swift, called_by_python):
        found = {}
        for name, path in source():
            # A path that is no fixed one is a program of this repository.
            if re.fullmatch(r"(/[\w./+-]+|[\w.+][\w.+-]*)", name):
                found.setdefault(name, path)
        # A reader that no longer understands what it reads finds nothing.
        assert found, f"{source.__name__} finds nothing"
        called = found | called
    wrong = [
        f"{path.relative_to(ROOT)} calls {name}, which scripts/programs does not have"
        for name, path in sorted(called.items())
        if name not in listed and name not in OWN and not is_required(name.rsplit("/", 1)[-1])
    ]
    idle = listed.keys() - called.keys() - INDIRECT
    wrong += [f"scripts/programs has {name}, which nothing calls" for name in sorted(idle)]
    if "--installed" in sys.argv:
        wanted = {name for name in called.keys() | listed.keys() if listed.get(name) != "bench"} - OWN
        wrong += [f"this machine has no {name}" for name in sorted(wanted) if not shutil.which(name)]
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(bool(wrong))


main()
