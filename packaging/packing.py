"""What the packaging scripts share: the version, the targets, one date for everything, and files with fixed bytes."""

import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGETS = json.loads((ROOT / "packaging/targets.json").read_text())


def fail(text):
    name = Path(sys.argv[0]).name
    sys.exit(f"{name}: {text}")


def version():
    """The version of the sources: the one place that states it is `bayplanVersion`."""
    found = []
    for source in sorted((ROOT / "Sources").rglob("*.swift")):
        found += re.findall(r'^(?:package |public )?let bayplanVersion = "(\d+\.\d+\.\d+[^"]*)"$', source.read_text(), re.M)
    if len(found) != 1:
        fail(f"{len(found)} places in Sources state bayplanVersion, and there must be one")
    return found[0]


def epoch():
    """The one date of a release, in seconds: SOURCE_DATE_EPOCH, else that of the commit."""
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated:
        return int(stated)
    result = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True)
    if result.returncode != 0:
        fail("there is no git history to take the date from: set SOURCE_DATE_EPOCH")
    return int(result.stdout)


def target(name):
    if name not in TARGETS:
        fail(f"there is no target {name}: there are {', '.join(TARGETS)}")
    return TARGETS[name]


def program(path):
    """The bytes of a program to pack."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        fail(f"there is no program {path} ({error.strerror}); run: make build")


def completions(runnable):
    """The completion scripts by shell, from the program itself: `runnable` runs on this machine."""
    def script(shell):
        return subprocess.run([runnable, "--generate-completion-script", shell], check=True, capture_output=True).stdout
    return {shell: script(shell) for shell in ("bash", "zsh", "fish")}


def digest(data):
    return hashlib.sha256(data).hexdigest()


def tar_gz(files, date):
    """A gzipped archive; `files` are (path, mode, bytes). The same files and date give the same bytes."""
    import gzip
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, mode, data in sorted(files):
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode, entry.mtime = len(data), mode, date
            archive.addfile(entry, io.BytesIO(data))
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=9, mtime=date) as stream:
        stream.write(plain.getvalue())
    return packed.getvalue()


def zipped(files, date):
    """A zip archive; `files` are (path, mode, bytes), in their order. The same files and date give the same bytes."""
    # A date of 1980 is the earliest that the format can say.
    moment = time.gmtime(max(date, 315532800))[:6]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, mode, content in files:
            entry = zipfile.ZipInfo(path, moment)
            entry.create_system, entry.external_attr = 3, (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return packed.getvalue()


def put(folder, name, data):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    print(folder / name)
