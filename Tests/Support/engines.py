"""Engines of a test's own, in a network of their own: no port, bridge or swarm of theirs meets another test's."""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import processes

STARTER = Path(__file__).resolve().parents[1] / "Tools/Engine/engine"
MARK = "BAYPLAN_TEST_NETWORK"


def in_own_network():
    """Starts this program again in a network namespace of its own, whose loopback is up; there, it returns."""
    if MARK not in os.environ:
        os.environ[MARK] = "own"
        os.execvp("unshare", ["unshare", "--net", "--mount", sys.executable, *sys.argv])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        # SIOCSIFFLAGS: IFF_UP and IFF_RUNNING.
        fcntl.ioctl(s, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))
    # An engine finds its bridge below /sys, which shows the devices of the namespace that it was mounted in.
    with tempfile.TemporaryDirectory() as groups:
        for words in (["--rbind", "/sys/fs/cgroup", groups], ["-t", "sysfs", "sysfs", "/sys"], ["--rbind", groups, "/sys/fs/cgroup"]):
            subprocess.run(["mount", *words], check=True)
        subprocess.run(["umount", "--recursive", "--lazy", groups], check=True)


def lacking():
    """Why no engine can be started here, or None."""
    if os.geteuid() != 0:
        return "only root can run an engine"
    for name in ("unshare", "apt-get", "dpkg-deb"):
        if shutil.which(name) is None:
            return f"there is no {name}"
    return None


class Engine:
    """An engine with nothing on it, and a registry; ended and removed at the end of a `with`."""

    def __init__(self, bridge="none"):
        # A socket's path has at most 107 bytes.
        self.home = tempfile.mkdtemp(prefix="bpe-", dir="/tmp")
        self.settings = {**os.environ, "BAYPLAN_ENGINE_HOME": self.home, "BAYPLAN_ENGINE_BRIDGE": bridge}

    def __enter__(self):
        out = processes.run(["bash", STARTER, "start"], env=self.settings)
        if out.returncode != 0:
            self.__exit__()
            raise RuntimeError(out.stderr)
        told = processes.run(["bash", "-c", out.stdout + "\nenv -0"], env=self.settings).stdout
        self.environment = dict(entry.split("=", 1) for entry in told.split("\0") if "=" in entry)
        self.environment |= {"BUILDX_BUILDER": "default", "BUILDKIT_PROGRESS": "plain"}
        self.registry = self.environment["ENGINE_REGISTRY"]
        return self

    def __exit__(self, *_):
        processes.run(["bash", STARTER, "stop"], env=self.settings)
        # A swarm's networks stay mounted below, in this program's own mounts alone.
        for line in processes.read("/proc/self/mounts").splitlines():
            if line.split()[1].startswith(self.home + "/"):
                subprocess.run(["umount", "--lazy", line.split()[1]], check=False)
        shutil.rmtree(self.home, ignore_errors=True)
        Path(self.home + ".lock").unlink(missing_ok=True)

    def run(self, *words, cwd=None, again=processes.TROUBLES, **more):
        return processes.run(words, cwd=cwd, again=again, env={**self.environment, **more})

    def docker(self, *words, **more):
        return self.run("docker", *words, **more)
