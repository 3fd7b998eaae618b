"""The release executable with its symbols."""

import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


def built(again):
    """The executable with symbols and without the debug information that callgrind cannot read."""
    scratch = os.path.join(ROOT, ".build-profile")
    program = os.path.join(scratch, "bayplan-symbols")
    if again or not os.path.exists(program):
        subprocess.run(
            ["swift", "build", "-c", "release", "--package-path", ROOT, "--scratch-path", scratch, "--product",
             "bayplan"], env=dict(os.environ, BAYPLAN_SYMBOLS="1"), check=True, stdout=sys.stderr)
        subprocess.run(["objcopy", "--strip-debug", scratch + "/release/bayplan", program], check=True)
    build_workload()
    return program


def build_workload():
    """Builds what makes the workspaces."""
    subprocess.run(
        ["swift", "build", "-c", "release", "--package-path", HERE, "--product", "workload"], check=True,
        stdout=subprocess.DEVNULL)
