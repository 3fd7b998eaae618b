"""The package on a Debian system in a folder: what a user of it does there."""

import json
import os
import pty
import re
import select
import shutil
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MIRROR = "http://deb.debian.org/debian"

# In a loop over lines, to its end: what bash offers when Tab is pressed behind $line.
PRESS_TAB = """\
    COMP_LINE=$line COMP_POINT=${#line}
    read -ra COMP_WORDS <<<"$line"
    case $line in *' ') COMP_WORDS+=("") ;; esac
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMPREPLY=()
    _bayplan bayplan "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    echo "$line: ${COMPREPLY[*]}"
done
"""

# The system's own completion finds the package's by the name of the command.
COMPLETE = """
. /usr/share/bash-completion/bash_completion
cd /srv/workspace
_completion_loader bayplan || [ $? = 124 ]
while IFS= read -r line; do
""" + PRESS_TAB

# What is typed, and all that bash may offer for it; the manifest is the guide's.
OFFERS = {
    "bayplan comp": "compile",
    "bayplan compile --ch": "--check",
    "bayplan validate --color ": "auto always never",
    "bayplan validate --format s": "sarif",
    "bayplan validate --format = s": "sarif",
    "bayplan help expl": "explain",
    "bayplan validate str": "strategy.yaml",
    "bayplan import t": "trading",
    "bayplan order ": "trading-api arq-worker webhook-receiver pipeline-worker",
    "bayplan fingerprint --manifest strategy.yaml w": "webhook-receiver",
    "bayplan compile --project ": "trading zixly",
    "bayplan map --environment p": "production",
    "bayplan explain container-name-t": "container-name-taken",
    "bayplan compile --root /sr": "/srv",
}


def debootstrap(folder):
    """A minimal Debian, with `man` and the completion that a desktop or server has; the seconds it took."""
    started = time.monotonic()
    subprocess.run(
        ["debootstrap", "--variant=minbase", "--include=man-db,bash-completion", "stable", folder, MIRROR],
        check=True, stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - started


def inside(root, *words):
    """A command line in the system; its /proc is mounted in a namespace that ends with it."""
    script = 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"'
    clean = ["env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm", "LANG=C.UTF-8", "HOME=/root"]
    return ["unshare", "--mount", "--pid", "--fork", *clean, "sh", "-c", script, str(root), *words]


def run(root, *words, text=None):
    result = subprocess.run(inside(root, *words), input=text, capture_output=True, text=True)
    return result.returncode, result.stdout + result.stderr


def typed(root, keys, wanted):
    """What an interactive bash shows once the keys are typed; returns when it shows what is wanted, or in 15 minutes."""
    process, terminal = pty.fork()
    if process == 0:
        words = inside(root, "bash", "--norc", "-i")
        os.execvp(words[0], words)
    os.write(terminal, b"PS1='$ '; . /usr/share/bash-completion/bash_completion; cd /srv/workspace; echo re''ady\n")
    shown, end, is_ready = "", time.monotonic() + 900, False
    while time.monotonic() < end and not (is_ready and wanted in shown):
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 4096).decode(errors="replace")
            except OSError:
                break
        if not is_ready and "ready" in shown:
            is_ready, shown = True, ""
            os.write(terminal, keys.encode())
    os.close(terminal)
    os.waitpid(process, 0)
    return shown


def completion(root, expect):
    (root / "srv/workspace").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "manifests/zixly/strategy.yaml", root / "srv/workspace")
    (root / "srv/workspace/trading").mkdir(exist_ok=True)
    status, text = run(root, "bash", "-c", COMPLETE, text="".join(line + "\n" for line in OFFERS))
    for line, offered in OFFERS.items():
        expect(f"{line}: {offered}\n" in text, f"completion of '{line}' offers '{offered}': {text}")
    shown = typed(root, "bayplan fingerp\tweb\t", "bayplan fingerprint webhook-receiver ")
    expect("bayplan fingerprint webhook-receiver " in shown, f"two times Tab in bash: {shown!r}")
    print(f"deb: {len(OFFERS)} completions in bash, and Tab")


def manual(root, program, expect):
    complaints = run(root, "sh", "-c", "man --warnings bayplan 2>&1 >/dev/null")
    expect(complaints == (0, ""), f"man bayplan: {complaints[1]}")
    status, text = run(root, "sh", "-c", "MANWIDTH=80 man bayplan | cat")
    lines = text.rstrip("\n").split("\n")
    expect(lines[0].startswith("BAYPLAN(1)") and "January" in lines[-1], f"the page's first and last line: {lines}")
    expect(max(map(len, lines)) <= 80, "a line of the page is wider than its 80 columns")
    commands = json.loads(subprocess.run([program, "--dump-options"], capture_output=True).stdout)["commands"]
    sections = [line.strip() for line in lines if re.match(r"(   )?\S", line)][1:-1]
    wanted = ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", *("bayplan " + c["name"] for c in commands)]
    wanted += ["OPTIONS", "ENVIRONMENT", "FILES", "EXIT STATUS", "EXAMPLES"]
    expect(sections == wanted, f"the page's sections: {sections}")
    options = {e["name"] for c in commands for e in c["table"] if e["kind"] != "operand" and not e["hidden"]}
    for name in options:
        expect(f"--{name}" in text, f"the page does not tell of {name}")
    print(f"deb: man bayplan: {len(lines)} lines, {len(commands)} commands, {len(options)} options")


def use(package, root, program, expect):
    """Installs the package with dpkg, uses it, and removes it."""
    shutil.copy(package, root / "bayplan.deb")
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    status, text = run(root, "dpkg", "-i", "/bayplan.deb")
    expect(status == 0 and "Setting up bayplan" in text, f"dpkg -i: {text}")
    status, text = run(root, "bayplan", "--version")
    expect((status, text) == (0, version), f"bayplan --version: {text}")
    manual(root, program, expect)
    completion(root, expect)
    status, text = run(root, "sh", "-c", "cd /srv/workspace && bayplan compile -q && sh scripts/build.sh --list")
    expect(status == 0 and "webhook-receiver" in text, f"a compile there: {text}")
    for words in ("dpkg", "-V", "bayplan"), ("dpkg", "-r", "bayplan"):
        status, text = run(root, *words)
        expect(status == 0, f"{' '.join(words)}: {text}")
    status, text = run(root, "sh", "-c", "find / -xdev -name '*bayplan*' -not -path '/srv/*' -not -path '/var/*'")
    expect(text.split() == ["/bayplan.deb"], f"what is left behind: {text}")
