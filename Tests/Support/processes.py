"""Commands of the tests: waited for by what they do, not by the clock, and ended with all that they started.

A script finds this module by `sys.path.insert(0, str(REPOSITORY / "Tests/Support"))`.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

# Seconds until something that never happens is given up: a machine that is ten times as busy must not decide a test.
PATIENCE = 900


def until(condition):
    """Waits until a condition holds, as long as patience lasts; returns what it was last."""
    end = time.monotonic() + PATIENCE
    while not (holds := condition()) and time.monotonic() < end:
        time.sleep(0.02)
    return holds


def heeding_signals():
    # Where a shell started the tests in the background, they ignore SIGINT, and what they start would, too.
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def start(words, **options):
    """Starts a command that heeds signals, in a session of its own: `os.killpg` reaches it as a terminal's Ctrl-C does."""
    return subprocess.Popen([str(word) for word in words], start_new_session=True, preexec_fn=heeding_signals,
                            **options)


def end(process):
    """Ends a command that `start` or `run` started, with its children."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass


def outcome(process, text=None):
    """What a started command prints until it ends by itself, as a pair; one that does not end is ended."""
    try:
        return process.communicate(text, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        end(process)
        return process.communicate()


# What BuildKit says when a client took longer than a few seconds to answer, as on a busy machine.
TROUBLES = ("failed to solve: DeadlineExceeded",)


def run(words, *, again=TROUBLES, **options):
    """Runs a command to its end and returns its result with all that it printed; its children do not outlive patience.

    One that fails and says one of `again` is run again, twice at most, and what it said of errors is printed.
    """
    for remaining in (2, 1, 0):
        result = run_once(words, **options)
        said = f"{result.stdout}{result.stderr}"
        trouble = next((text for text in again if text in said), None)
        if result.returncode == 0 or not remaining or not trouble:
            return result
        errors = [line for line in said.splitlines() if "error" in line.lower()][-3:]
        print(f"again, since it said `{trouble}`: {' '.join(map(str, words))}", *errors, sep="\n        ", flush=True)


def run_once(words, *, input=None, text=True, **options):
    for stream in ("stdout", "stderr"):
        options.setdefault(stream, subprocess.PIPE)
    options.setdefault("stdin", None if input is None else subprocess.PIPE)
    with subprocess.Popen([str(word) for word in words], start_new_session=True, text=text, **options) as process:
        try:
            out, err = process.communicate(input, timeout=PATIENCE)
        except BaseException:
            end(process)
            raise
    return subprocess.CompletedProcess(words, process.returncode, out, err)


def read(path):
    """The text of a file, or of a process below /proc that may end meanwhile."""
    try:
        return Path(path).read_text(errors="replace")
    except OSError:
        return ""


def state(process):
    """The fields of a process from its state on; nothing once it has ended."""
    fields = read(f"/proc/{process}/stat").rsplit(")", 1)[-1].split()
    return fields if fields and fields[0] != "Z" else []


def alive(process):
    return bool(state(process))


def in_session(session):
    """The command lines of the living processes of a session."""
    found = [name for name in os.listdir("/proc") if name.isdigit() and state(name)[3:4] == [str(session)]]
    return [read(f"/proc/{name}/cmdline") for name in found]


def running(part):
    """The processes whose command line holds a text; words are divided by NUL."""
    return [name for name in os.listdir("/proc") if name.isdigit() and part in read(f"/proc/{name}/cmdline")]
