"""What commands print in the pages that are written by hand: each page is filled anew by running what it shows.

A block follows one of these lines, and what is printed takes its place:

    <!-- output of: COMMAND -->           COMMAND runs in the repository; `$OUT` is a folder for what it writes
    <!-- console in FOLDER -->            each line of the block that begins with `$ ` runs in a copy of FOLDER, and is followed
                                          by what it prints
    <!-- console -->                      the same, in the copy that the page uses already
    <!-- run: COMMAND -->                 no block: COMMAND runs in that copy, as an edit that the text tells of; `run in FOLDER:`
                                          makes the copy

A page has one copy of each folder, from its first block to its last, so that a block stands on what those before it did.
The program is the debug build. A command may end with 0, or with 1, which says findings or drift; anything else is an error
of the page, and so is a `run` that does not end with 0.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOG = Path("Sources/bayplan/bayplan.docc")
# The tutorial begins with this; it is read by its test on an engine, too.
TUTORIAL = "Tests/Fixtures/imports/ten-projects/input"
PART = re.compile(
    r"(?P<run><!-- run(?: in (?P<place>\S+?))?: (?P<edit>.+?) -->\n)"
    r"|(?P<head><!-- (?:output of: (?P<command>.+?)|console(?: in (?P<folder>\S+))?) -->\n```\w*\n)(?P<body>.*?)(?P<tail>```\n)",
    re.DOTALL)


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "BAYPLAN_", "COMPOSE_", "MAKE", "MFLAGS"))}
    return dict(
        kept, PATH=f"{ROOT}/.build/debug:{kept['PATH']}", NO_COLOR="1", LC_ALL="C", COLUMNS="80", BAYPLAN_ROOT="",
        GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_SYSTEM="/dev/null", **more)


def output(command, folder):
    """What a command prints in the repository; `folder` is `$OUT`."""
    run = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, env=environment(OUT=str(folder)), cwd=ROOT, timeout=600)
    return run.stdout + run.stderr


class Page:
    """A page while it is filled: its copies of folders, and which one is in use."""

    def __init__(self, name, scratch):
        self.name = name
        self.scratch = Path(scratch)
        self.copies = {}
        self.copy = None

    def use(self, folder):
        if folder not in self.copies:
            # A reader's folder has the name of what it shows.
            path = self.scratch / str(len(self.copies)) / ("shop" if folder == TUTORIAL else Path(folder).name)
            shutil.copytree(ROOT / folder, path)
            self.copies[folder] = path
        self.copy = self.copies[folder]

    def run(self, command, allowed):
        run = subprocess.run(
            ["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=self.copy,
            env=environment(
                GIT_AUTHOR_NAME="Reader", GIT_AUTHOR_EMAIL="reader@example.com", GIT_COMMITTER_NAME="Reader",
                GIT_COMMITTER_EMAIL="reader@example.com"),
            timeout=600)
        if run.returncode not in allowed:
            sys.exit(f"{self.name}: `{command}` ends with {run.returncode}:\n{run.stdout}")
        return run.stdout

    def part(self, match):
        if match["run"]:
            self.use(match["place"] or next(reversed(self.copies), TUTORIAL))
            self.run(match["edit"], (0,))
            return match[0]
        if match["command"]:
            return match["head"] + output(match["command"], self.scratch) + match["tail"]
        self.use(match["folder"] or next(reversed(self.copies), TUTORIAL))
        commands = [line[2:] for line in match["body"].splitlines() if line.startswith("$ ")]
        shown = "\n".join(f"$ {command}\n{self.run(command, (0, 1))}" for command in commands)
        return match["head"] + shown + match["tail"]


def pages():
    """The pages that show what commands print, each as it is to be."""
    names = ["README.md", "CONTRIBUTING.md", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / CATALOG).glob("*.md"))]
    filled = {}
    for name in names:
        text = (ROOT / name).read_text()
        if PART.search(text):
            with tempfile.TemporaryDirectory() as scratch:
                filled[name] = PART.sub(Page(name, scratch).part, text)
    return filled
