#!/usr/bin/env python3
"""Measures how long after a manifest is saved `compile --watch` says what is wrong with it.

usage: watching.py MANIFEST [EDITS]

The manifest is one that `Tests/Benchmarks`' workload writes; a copy of its folder is watched. Each edit misspells a key
somewhere in the file, saves as editors do, by renaming, and waits for the finding; then it is taken back. `BAYPLAN`
names the program; the release build is the default.
"""

import os
import random
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BAYPLAN = os.environ.get("BAYPLAN", ROOT / ".build/release/bayplan")


class Watch:
    """A watching run whose messages are waited for."""

    def __init__(self, manifest):
        self.manifest = manifest
        self.process = subprocess.Popen(
            [BAYPLAN, "compile", "--watch", manifest], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.said = b""

    def wait(self, words):
        """The time at which these words have been said since the last wait."""
        end = time.monotonic() + 30
        while words not in self.said:
            if not select.select([self.process.stderr], [], [], max(0, end - time.monotonic()))[0]:
                sys.exit("watching: %r was never said, but: %s" % (words, self.said.decode()))
            self.said += os.read(self.process.stderr.fileno(), 65536)
        moment = time.monotonic()
        self.said = b""
        return moment

    def save(self, text):
        """Puts a text in the manifest's place and returns the time at which it stood there."""
        new = self.manifest.with_name("strategy.yaml.new")
        new.write_bytes(text)
        os.rename(new, self.manifest)
        return time.monotonic()


def main(source, edits=20):
    with tempfile.TemporaryDirectory() as folder:
        space = Path(folder) / "space"
        shutil.copytree(Path(source).parent, space)
        watch = Watch(space / "strategy.yaml")
        try:
            watch.wait(b"watching")
            text = watch.manifest.read_bytes()
            places = [index for index in range(len(text)) if text.startswith(b"restart:", index)]
            chance = random.Random(1)
            delays = []
            for _ in range(edits):
                at = chance.choice(places)
                # So that saving falls anywhere between two looks.
                time.sleep(0.5 + chance.random() / 20)
                saved = watch.save(text[:at] + b"restrat:" + text[at + 8:])
                delays.append((watch.wait(b"`restrat`") - saved) * 1000)
                time.sleep(0.5)
                watch.save(text)
                watch.wait(b"all right again")
        finally:
            watch.process.kill()
    print("%d bytes, %d edits" % (len(text), edits))
    print("the finding after the manifest is saved: median %.1f ms, least %.1f, most %.1f" % (
        statistics.median(delays), min(delays), max(delays)))


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(sys.argv[1], *map(int, sys.argv[2:]))
