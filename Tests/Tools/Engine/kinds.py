#!/usr/bin/env python3
"""Every script with every kind of engine that the page Engines.md speaks of: it works, or says that it does not before it did
half of it. The table of that page is what this prints.

usage: kinds.py [--folder FOLDER] [--only TEXT] [PATH OF bayplan]

Debian's releases are unpacked by debootstrap into the folder (by default one in the user's cache, which is kept: 2 GB), and
each engine runs in one of them, in namespaces of its own, with a registry beside it. That takes minutes and a mirror of
Debian: it is run by hand, as root. Exit status: 0 if the page says what was seen.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "Support"))

import processes

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = REPOSITORY / "Sources/bayplan/bayplan.docc/Engines.md"
PODMAN = ["podman", "podman-compose", "crun", "runc", "netavark", "aardvark-dns", "nftables", "iptables", "ca-certificates"]
DOCKER = ["docker.io", "docker-cli", "docker-compose", "docker-buildx", "containerd"]
# What a release of Debian has of these: Debian 12 has no Docker whose Compose and Buildx are plugins.
RELEASES = {"bookworm": PODMAN, "trixie": PODMAN + DOCKER, "sid": PODMAN + DOCKER}
# The columns: what it is called, the release, and how it is started.
KINDS = [("Docker 26, Compose 2.26", "trixie", "docker"), ("Docker 28, Compose 2.40", "sid", "docker"),
         ("Docker's command, Podman 4.3's socket", "bookworm", "socket"), ("Docker's command, Podman 5.4's socket", "trixie", "socket"),
         ("Podman 4.3, podman-compose 1.0", "bookworm", "podman"), ("Podman 5.4, podman-compose 1.3", "trixie", "podman"),
         ("Podman 5.8, podman-compose 1.6", "sid", "podman")]
SCRIPTS = ["build.sh", "build.sh --changed", "verify.sh", "up.sh", "status.sh", "status.sh --plan", "down.sh", "refresh.sh", "release.sh", "pin.sh",
           "clean.sh"]
# How a script says that it does not work.
SAYS = re.compile(r"does not work with Podman|cannot be told with podman-compose|is too old; install|which is not there")

ENTER = r"""
root=$1
mount --make-rprivate / && mount --bind "$root" "$root"
mount -t proc proc "$root/proc" && mount -t sysfs sysfs "$root/sys" && mount --rbind /sys/fs/cgroup "$root/sys/fs/cgroup"
mount --rbind /dev "$root/dev" && mount -t tmpfs tmpfs "$root/run" && mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/old" && cd "$root" && pivot_root . old
exec chroot . /bin/sh -c 'umount -l /old; export HOME=/root PATH=/tests/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; exec sh'
"""

BEGIN = {
    "docker": """mkdir -p /run/docker-test && ip link set lo up
printf '{"features": {"containerd-snapshotter": true}}' >/run/docker-test/daemon.json
dockerd --config-file /run/docker-test/daemon.json --host unix:///run/docker.sock --data-root /tests/data --exec-root /run/docker-test/exec \\
  --pidfile /run/docker-test/pid --bridge=none --iptables=false --ip6tables=false --ip-masq=false --ip-forward=false >/tests/log 2>&1 &
export DOCKER=docker DOCKER_HOST=unix:///run/docker.sock""",
    "podman": """export DOCKER=podman PODMAN_COMPOSE_PROVIDER=/usr/bin/podman-compose PODMAN_IGNORE_CGROUPSV1_WARNING=1""",
    "socket": """export PODMAN_IGNORE_CGROUPSV1_WARNING=1
podman system service --time=0 unix:///run/podman.sock >/tests/log 2>&1 &
export DOCKER=docker DOCKER_HOST=unix:///run/podman.sock""",
}


def unpacked(folder):
    """Debian's releases, each in a folder of its own; what is there already stays."""
    for release, packages in RELEASES.items():
        root = folder / release
        if not (root / "complete").exists():
            print(f"unpacking {release}", file=sys.stderr, flush=True)
            shutil.rmtree(root, ignore_errors=True)
            mirror = next(line.split()[2] for line in apt(folder, release) if line.startswith("deb "))
            subprocess.run(["debootstrap", "--variant=minbase", "--include=" + ",".join(packages + ["iproute2"]), release, root, mirror],
                           check=True, stdout=subprocess.DEVNULL)
            (root / "complete").touch()
    for package in ["docker-cli", "docker-compose", "docker-buildx", "docker-registry", "busybox-static"]:
        for release in ["bookworm", "trixie", "sid"]:
            has = package in ("docker-registry", "busybox-static") or release == "bookworm"
            if has and not (folder / release / f"has-{package}").exists():
                # The programs are static or ask little of the C library.
                source = "bookworm" if package in ("docker-registry", "busybox-static") else "trixie"
                with tempfile.TemporaryDirectory() as scratch:
                    subprocess.run([REPOSITORY / ".ci/apt", folder / f"apt-{source}", "deb", source, "download", package], cwd=scratch, check=True)
                    # /bin is a link there, and has to stay one.
                    subprocess.run(["bash", "-o", "pipefail", "-c", 'dpkg-deb --fsys-tarfile "$1" | tar -x --keep-directory-symlink -C "$2"', "bash",
                                    next(Path(scratch).glob("*.deb")), folder / release], check=True)
                (folder / release / f"has-{package}").touch()


def apt(folder, release):
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run([REPOSITORY / ".ci/apt", folder / f"apt-{release}", "deb", release, "download", "hello"], cwd=scratch, check=True)
    return (folder / f"apt-{release}/sources.list").read_text().splitlines()


class Root:
    """A shell in a release, with an engine."""

    def __init__(self, root, kind, bayplan):
        tests = root / "tests"
        shutil.rmtree(tests, ignore_errors=True)
        for left in ("etc/containers/networks", "etc/cni/net.d", "var/lib/cni", "run", "tmp"):
            shutil.rmtree(root / left, ignore_errors=True)
        (root / "run").mkdir()
        (root / "tmp").mkdir()
        (tests / "bin").mkdir(parents=True)
        (tests / "lib").mkdir()
        # The program, with the libraries of this machine.
        shutil.copy(bayplan, tests / "lib/bayplan")
        for library in re.findall(r"(/\S+) \(0x", processes.run(["ldd", bayplan]).stdout):
            shutil.copy(library, tests / "lib")
        loader = next((p.name for p in (tests / "lib").glob("ld-*")), None)
        start = f"/tests/lib/{loader} --library-path /tests/lib " if loader else ""
        (tests / "bin/bayplan").write_text(f'#!/bin/sh\nexec {start}/tests/lib/bayplan "$@"\n')
        (tests / "bin/bayplan").chmod(0o755)
        (root / "etc/containers").mkdir(exist_ok=True)
        (root / "etc/containers/storage.conf").write_text('[storage]\ndriver="overlay"\nrunroot="/run/storage"\ngraphroot="/tests/storage"\n')
        (root / "etc/containers/containers.conf").write_text(
            '[containers]\nlog_driver="k8s-file"\n[engine]\ncgroup_manager="cgroupfs"\nevents_logger="file"\nruntime="runc"\n')
        (root / "etc/containers/registries.conf").write_text('[[registry]]\nlocation="localhost:5000"\ninsecure=true\n')
        (tests / "registry.yml").write_text('version: 0.1\nstorage: {filesystem: {rootdirectory: /tests/registry}}\nhttp: {addr: "localhost:5000"}\n')
        words = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "bash", "-c", ENTER, "bash", str(root)]
        self.shell = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.run("ip link set lo up; docker-registry serve /tests/registry.yml >/tests/registry.log 2>&1 &")
        self.run(BEGIN[kind])
        self.run("for i in $(seq 300); do $DOCKER version >/dev/null 2>&1 && break; sleep 0.2; done")

    def run(self, command):
        """The exit status of a command and all that it prints."""
        self.shell.stdin.write(command + "\necho; echo @@$?\n" if command.endswith("&") else f"{command}\nstatus=$?; echo; echo @@$status\n")
        self.shell.stdin.flush()
        lines = []
        for line in self.shell.stdout:
            if line.startswith("@@"):
                return int(line[2:]), "".join(lines)
            lines.append(line)
        return 255, "".join(lines)

    def script(self, words):
        return self.run(f"(cd /tests/w && timeout -k 5 300 sh scripts/{words} </dev/null)")

    def containers(self):
        return self.run("$DOCKER ps --all --no-trunc --format '{{.ID}} {{.Names}}' | sort")[1]

    def runs(self):
        return sorted(self.run("$DOCKER ps --format '{{.Names}}'")[1].split())

    def image_of(self, container):
        return self.run(f"$DOCKER inspect --type container --format '{{{{.Image}}}}' {container}")[1].strip().removeprefix("sha256:")

    def identity(self, reference):
        return self.run(f"$DOCKER image inspect --format '{{{{.Id}}}}' {reference}")[1].strip().removeprefix("sha256:")

    def end(self):
        self.shell.stdin.close()
        self.shell.kill()
        self.shell.wait()


def workspace(root, bayplan):
    folder = root / "tests/w"
    for path in ("data/base", "data/store", "shop/api"):
        (folder / path).mkdir(parents=True)
        (folder / path / "text").write_text("one\n")
    shutil.copy(root / "bin/busybox", folder / "data/base/busybox")
    (folder / "data/base/Dockerfile").write_text('FROM scratch\nCOPY busybox /bin/busybox\nCMD ["/bin/busybox", "sleep", "100000"]\n')
    for path in ("data/store", "shop/api"):
        (folder / path / "Dockerfile").write_text("FROM base\nCOPY text /text\n")
    network = "network_mode: none"
    (folder / "strategy.yaml").write_text(f"""version: 1
name: kinds
defaults: {{service: {{stop_signal: SIGKILL}}}}
images:
  base: {{owner: data, build: ./base}}
  store: {{owner: data, build: ./store, needs: [base]}}
  api: {{owner: shop, build: ./api, needs: [base]}}
  other: {{pull: "localhost:5000/other:1"}}
projects:
  data: {{path: data, volumes: {{kept: {{}}}}, services: {{base: {{profiles: [build], {network}}}, store: {{volumes: ["kept:/kept"], {network}}}}}}}
  shop: {{path: shop, after: [data], services: {{api: {{{network}}}, other: {{profiles: [other], {network}}}}}}}
environments:
  live: {{registry: "localhost:5000/shop", tag: "1.0"}}
""")
    out = processes.run([bayplan, "compile", "-q", "--root", folder, folder / "strategy.yaml"])
    if out.returncode != 0:
        raise RuntimeError(out.stderr)


def tried(root):
    """What each script did: works, says or fails, with what it printed."""
    results = {}

    def note(script, words, holds=lambda out: True):
        before = root.containers()
        status, out = root.script(words)
        if status == 0 and holds(out):
            results[script] = ("works", out)
        elif status == 1 and SAYS.search(out) and root.containers() == before:
            results[script] = ("says", out)
        else:
            results[script] = ("FAILS", f"{words}: {status}\n{out}")

    def edit(text):
        root.run(f"echo {text} >/tests/w/shop/api/text")

    note("build.sh", "build.sh", lambda out: {"base:latest", "store:latest", "api:latest"} <= set(out.split()))
    root.run("$DOCKER tag base:latest localhost:5000/other:1; $DOCKER push localhost:5000/other:1")
    note("build.sh --changed", "build.sh --changed", lambda out: "nothing to build" in out)
    note("verify.sh", "verify.sh", lambda out: "missing: 0" in out)
    if results["build.sh"][0] != "works":
        # Then it has to tell what is missing.
        status, out = root.script("verify.sh")
        results["verify.sh"] = ("works" if status == 1 and "api:latest is missing. shop builds it" in out else "FAILS", out)
    note("up.sh", "up.sh shop", lambda out: root.runs() == ["data-store", "shop-api"])
    if results["up.sh"][0] == "works":
        note("status.sh --plan", "status.sh --plan shop", lambda out: "would: create 1, keep 1" in out)
        edit("two")
        root.script("build.sh api")
        note("status.sh", "status.sh", lambda out: "shop-api runs an older image" in out and "stale: 1" in out)
        note("up.sh", "up.sh shop", lambda out: root.image_of("shop-api") == root.identity("api:latest") and root.runs() == ["data-store", "shop-api"])
        edit("three")
        note("refresh.sh", "refresh.sh api", lambda out: root.image_of("shop-api") == root.identity("api:latest") and "recreated shop-api" in out)
    else:
        note("status.sh", "status.sh", lambda out: "running containers: 0" in out)
        note("status.sh --plan", "status.sh --plan shop")
        note("refresh.sh", "refresh.sh api")
    note("release.sh", "release.sh --version 1.0", lambda out: len(set(re.findall(r"sha256:[0-9a-f]{64}", out))) >= 3 and root.script("release.sh --version 1.0")[0] == 0)
    note("pin.sh", "pin.sh", lambda out: re.search(r"^other localhost:5000/other:1 sha256:", out, re.M))
    note("down.sh", "down.sh --all --volumes --yes", lambda out: root.containers().strip() == "")
    note("clean.sh", "clean.sh --all --yes", lambda out: root.identity("api:latest") == "" or "no such" in root.identity("api:latest").lower())
    return results


def table(columns):
    """The table as it stands on the page: a row a script, a column a kind."""
    rows = [["", *columns], *[[f"`{s}`", *[columns[c][s][0] for c in columns]] for s in SCRIPTS]]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in rows]
    return [lines[0], "| " + " | ".join("-" * width for width in widths) + " |", *lines[1:]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bayplan-kinds")
    parser.add_argument("--only", default="", help="the kinds whose names hold this text; then the page is not compared")
    parser.add_argument("bayplan", nargs="?", type=Path, default=REPOSITORY / ".build/debug/bayplan")
    options = parser.parse_args()
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("SKIPPED: only root, with debootstrap, can unpack Debian's releases", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    options.folder.mkdir(parents=True, exist_ok=True)
    unpacked(options.folder)
    columns, failed = {}, False
    for name, release, kind in KINDS:
        if options.only not in name:
            continue
        root = Root(options.folder / release, kind, options.bayplan.resolve())
        try:
            workspace(options.folder / release, options.bayplan.resolve())
            columns[name] = tried(root)
        finally:
            root.end()
        for script, (verdict, out) in columns[name].items():
            said = next((line.strip() for line in out.splitlines() if SAYS.search(line)), "") if verdict == "says" else ""
            print(f"{name}: {script}: {verdict} {said}", flush=True)
            if verdict == "FAILS":
                failed = True
                print(out, flush=True)
    lines = table(columns)
    print("\n".join(lines))
    if not options.only and "\n".join(lines) not in PAGE.read_text():
        print(f"the table of {PAGE.name} says something else")
        failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
