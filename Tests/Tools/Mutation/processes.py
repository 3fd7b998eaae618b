"""Runs a command with a bound for its time, and ends it with all that it began."""

import os
import signal
import subprocess
from pathlib import Path


def session(process):
    """The numbers of a process and of what is in its session: a child may have made a group of its own."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == process.pid:
                yield int(folder.name)
        except (OSError, ValueError, IndexError):
            continue


def waits(process):
    """Whether nothing of its session wants a processor or a disk: what is starved of either does not wait."""
    return all(state not in "RD" for number in session(process) for state in thread_states(number))


def thread_states(number):
    """The states of a process' threads; processes and threads may end meanwhile."""
    try:
        threads = os.listdir(f"/proc/{number}/task")
    except OSError:
        return
    for thread in threads:
        try:
            yield Path(f"/proc/{number}/task/{thread}/stat").read_text().rpartition(")")[2].split()[0]
        except (OSError, IndexError):
            continue


def end(process):
    """Ends what runs of a process and its session."""
    process.poll()
    for number in session(process):
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
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
