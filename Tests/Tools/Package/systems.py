"""The wheel on systems of others, in folders: Debian 11 by pip, and one of musl and busybox, as Alpine is, by unpacking.

Each is used as a container whose /proc is mounted, and once more without it.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MIRROR = "http://deb.debian.org/debian"

# A fault, whose place is told, and then a workspace whose scripts run under the system's sh.
USE = """\
set -e
PATH=$1:$PATH
cd /srv
bayplan --version
bayplan validate --no-builds
printf 'version: 1\\nimages: {a: {pull: redis}}\\nprojects: {p: {services: {s: {image: b}}}}\\n' >wrong.yaml
if bayplan validate --no-builds --format concise wrong.yaml; then exit 3; fi
bayplan compile --no-builds --quiet
bayplan compile --no-builds --check
sh scripts/build.sh --list
"""


def debian_11(folder):
    """A minimal Debian 11 with Python's pip, which must be told by root; the seconds that it took."""
    started = time.monotonic()
    subprocess.run(
        ["debootstrap", "--variant=minbase", "--include=python3-venv", "bullseye", folder, MIRROR],
        check=True, stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - started


def musl_and_busybox(folder, cache):
    """What Alpine consists of, from Debian's packages: musl's loader and library, and busybox for every tool."""
    cache.mkdir(parents=True, exist_ok=True)
    if not list(cache.glob("musl_*.deb")):
        words = [ROOT / ".ci/apt", cache / "apt", "deb", "bookworm", "download", "musl", "busybox-static"]
        subprocess.run(words, cwd=cache, check=True)
    for package in "musl", "busybox-static":
        subprocess.run(["dpkg-deb", "-x", next(cache.glob(f"{package}_*.deb")), folder], check=True)
    busybox = folder / "bin/busybox"
    names = subprocess.run([busybox, "--list"], capture_output=True, text=True, check=True).stdout.split()
    for name in names:
        if name != "busybox":
            (folder / "bin" / name).symlink_to("busybox")
    for name in "tmp", "proc", "dev":
        (folder / name).mkdir()


def inside(root, has_proc, *words):
    """What a command prints in a system, and its status; a mount ends with the namespace that it is in."""
    clean = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "HOME=/root"]
    script = ('mount -t proc proc "$0/proc" && ' if has_proc else "") + 'exec chroot "$0" "$@"'
    result = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", *clean, "sh", "-c", script, str(root), *words], capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


def use(name, root, wheel, install, version, expect):
    """Installs the wheel by a command of the system, which is given its path and a folder, and uses the program."""
    shutil.copy(wheel, root)
    for has_proc in True, False:
        what = f"{name}, {'with' if has_proc else 'without'} /proc"
        home = root / "srv"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        shutil.copy(ROOT / "manifests/zixly/strategy.yaml", home)
        place = f"/opt/bayplan-{int(has_proc)}"
        status, text = inside(root, has_proc, "sh", "-c", install, "sh", f"/{wheel.name}", place)
        expect(status == 0, f"{what}: installing the wheel: {text}")
        status, text = inside(root, has_proc, "sh", "-c", USE, "sh", f"{place}/bin")
        expect(status == 0 and text.startswith(version + "\n"), f"{what}: {status} {text}")
        expect("wrong.yaml:3:38: error[BP201]" in text, f"{what}: a fault is not told: {text}")
        expect("arq-worker:latest" in text.split("STAGE")[-1], f"{what}: build.sh --list: {text}")
        expect(not os.path.ismount(root / "proc"), f"{what}: /proc is left mounted")


PIP = 'set -e; python3 -m venv "$2"; "$2/bin/pip" install --quiet --no-index "$1"'
UNZIP = 'set -e; mkdir -p "$2/bin"; cd "$2"; unzip -q "$1"; mv bayplan-*.data/scripts/bayplan bin/; chmod 755 bin/bayplan'
