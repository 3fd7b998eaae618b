"""Children that strangers' files drive: each with a limit of time, memory and output, and nothing of it left behind."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes

MEMORY = 2 << 30
OUTPUT = 64 << 20


class Done:
    """How a child ended: `status`, `output`, `errors`, and the `seconds` it took."""

    def __init__(self, status, output, errors, seconds):
        self.status, self.output, self.errors, self.seconds = status, output, errors, seconds

    @property
    def complaint(self):
        """The line that says why it failed."""
        lines = [line for line in self.errors.splitlines() if line.strip() and "level=warning" not in line]
        return lines[-1].strip()[:300] if lines else f"status {self.status}"


def run(command, folder, variables=None, seconds=60):
    """Runs a child and the children that it starts."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "DOCKER_CONFIG") if name in os.environ}
    environment.update(variables or {})

    def bound():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
        # What is written to, not what is reserved: programs in Go reserve far more than they use.
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.monotonic()
        child = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=errors,
            start_new_session=True, preexec_fn=bound)
        try:
            status = child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            status = None
        took = time.monotonic() - start
        processes.end(child)
        child.wait()
        if status is None:
            return Done(-1, "", f"no end after {seconds} seconds", took)
        if status < 0:
            return Done(status, text(output), f"{text(errors)}\nended by {signal.Signals(-status).name}", took)
        return Done(status, text(output), text(errors), took)


def text(file):
    file.seek(0)
    return file.read(OUTPUT).decode(errors="replace")
