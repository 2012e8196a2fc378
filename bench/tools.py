"""What is measured: fetched from Debian and PyPI, or built here, once, into bench/work."""

import io
import os
import pathlib
import shutil
import subprocess
import tarfile
import zipfile

from measuring import say

COMPOSE_SUITE = "trixie"  # Debian 13
ANSIBLE_CORE = "ansible-core==2.19.*"
ANSIBLE = "ansible==12.*"  # only for its collection community.docker
COLLECTIONS = ("ansible_collections/community/docker/", "ansible_collections/community/library_inventory_filtering_v1/")


def run(*command, **options):
    """Runs a command that must succeed, its output on standard error only when it fails."""
    result = subprocess.run(
        [str(each) for each in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
    )
    if result.returncode != 0:
        raise SystemExit(f"bench: {' '.join(map(str, command))}\n{result.stdout}")
    return result.stdout


class Tools:
    """Paths of the programs."""

    def __init__(self, bench, work, minke, before=None):
        self.work = pathlib.Path(work)
        self.floor = self.compiled(bench / "floor.c", "-pthread")
        self.timed = self.compiled(bench / "timed.c")
        self.minke, self.before = (each if each and os.access(each, os.X_OK) else None for each in (minke, before))
        self.compose = self.work / "debian/usr/libexec/docker/cli-plugins/docker-compose"
        self.busybox = self.work / "debian/usr/bin/busybox"
        if not (self.compose.exists() and self.busybox.exists()):
            self.fetch_packages("docker-compose", "busybox-static")
        self.ansible = self.work / "venv/bin/ansible-playbook"

    def programs(self):
        """Builds of Minke by the names of the contenders that run them."""
        return {name: program for name in ("minke", "before") if (program := getattr(self, name))}

    def compiled(self, source, *options):
        """A C program, built again when its source is newer."""
        program = self.work / source.stem
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            run("cc", "-O2", "-o", program, source, *options)
        return program

    def fetch_packages(self, *names):
        """Unpacks Debian packages without installing them, whatever release this machine runs."""
        say(f"fetching {', '.join(names)} of Debian {COMPOSE_SUITE}")
        folder = self.work / "apt"
        for each in ("lists/partial", "cache/archives/partial", "packages"):
            (folder / each).mkdir(parents=True, exist_ok=True)
        sources = folder / "debian.sources"
        sources.write_text(
            f"Types: deb\nURIs: http://deb.debian.org/debian\nSuites: {COMPOSE_SUITE}\nComponents: main\n"
            "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n"
        )
        options = []
        for option in (
            f"Dir::Etc::sourcelist={sources}", "Dir::Etc::sourceparts=-", f"Dir::State::lists={folder}/lists",
            f"Dir::Cache={folder}/cache", "Dir::State::status=/dev/null", "APT::Sandbox::User=root",
        ):
            options += ["-o", option]
        run("apt-get", *options, "update")
        run("apt-get", *options, "download", *names, cwd=folder / "packages")
        for package in (folder / "packages").glob("*.deb"):
            run("dpkg-deb", "-x", package, self.work / "debian")
        shutil.rmtree(folder)

    def prepare_ansible(self):
        """Installs Ansible into a virtual environment; False where PyPI cannot be reached."""
        done = self.work / "venv/.complete"
        if done.exists():
            return True
        say("installing Ansible from PyPI")
        shutil.rmtree(self.work / "venv", ignore_errors=True)
        wheels = self.work / "wheels"
        try:
            run("/usr/bin/python3", "-m", "venv", self.work / "venv")
            pip = self.work / "venv/bin/pip"
            run(pip, "-q", "install", ANSIBLE_CORE, "requests")
            run(pip, "-q", "download", "--no-deps", "-d", wheels, ANSIBLE)
        except SystemExit as problem:
            say(f"{problem}\nwithout Ansible")
            return False
        packages = next((self.work / "venv/lib").glob("python*/site-packages"))
        with zipfile.ZipFile(next(wheels.glob("ansible-*.whl"))) as wheel:
            wheel.extractall(packages, [name for name in wheel.namelist() if name.startswith(COLLECTIONS)])
        shutil.rmtree(wheels)
        done.touch()
        return True

    def root_context(self):
        """The context of the image that all containers run: busybox alone, ended at once by its stop signal."""
        dockerfile = b"FROM scratch\nADD root /\nLABEL io.minke.bench=1 io.minke.identity=bench\nSTOPSIGNAL SIGKILL\n"
        content = io.BytesIO()
        with tarfile.open(fileobj=content, mode="w") as tar:
            file = tarfile.TarInfo("Dockerfile")
            file.size = len(dockerfile)
            tar.addfile(file, io.BytesIO(dockerfile))
            for name in ("bin", "etc", "dev", "proc", "sys", "tmp", "var"):
                folder = tarfile.TarInfo(f"root/{name}")
                folder.type, folder.mode = tarfile.DIRTYPE, 0o755
                tar.addfile(folder)
            tar.add(self.busybox, "root/bin/busybox")
            for name in ("sh", "sleep", "cat", "true"):
                link = tarfile.TarInfo(f"root/bin/{name}")
                link.type, link.linkname = tarfile.SYMTYPE, "busybox"
                tar.addfile(link)
        return content.getvalue()

    def versions(self):
        """The versions of the tools, for the report."""
        found = {"Docker Compose": run(self.compose, "version", "--short").strip()}
        if (self.work / "venv/.complete").exists():
            first = run(self.ansible, "--version").splitlines()[0]
            found["Ansible"] = first.split("[core ")[-1].rstrip("]")
        if shutil.which("docker"):
            found["docker client"] = run("docker", "--version").split("version ")[-1].split(",")[0]
        if shutil.which("make"):
            found["make"] = run("make", "--version").splitlines()[0].removeprefix("GNU Make ")
        return found
