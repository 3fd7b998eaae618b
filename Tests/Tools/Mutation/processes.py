"""Runs a command with a bound for its time, and ends it with all that it began."""

import os
import signal
import subprocess
from pathlib import Path


def end(process):
    """Ends what runs of a process and its session: a child may have made a group of its own."""
    process.poll()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == process.pid:
                os.kill(int(folder.name), signal.SIGKILL)
        except (OSError, ValueError, IndexError):
            continue
    process.wait()


def run(command, limit, **options):
    """Status, or None past the limit, and what it printed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
                               start_new_session=True, **options)
    try:
        said, _ = process.communicate(timeout=limit)
        return process.returncode, said
    except subprocess.TimeoutExpired:
        return None, ""
    finally:
        end(process)
