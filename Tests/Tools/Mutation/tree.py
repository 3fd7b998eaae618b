"""A copy of the repository that is built once with every mutant in it."""

import collections
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import mutants
from processes import run

HEADER = """#include <stdbool.h>
/// Whether the mutant with this number is the one that the variable MUTANT names; notes that it was asked.
bool mutant_on(int number);
/// Whether what the mutant would do is to be known: it is active, or what tests reach is learnt.
bool mutant_asks(int number);
/// What a comparison says, or what it says with the other bound; notes that they differ.
bool mutant_bound(int number, bool is, bool other);
static inline bool mutant_not(int number, bool value) { return mutant_on(number) ? !value : value; }
"""
SOURCE = """#include "CMutants.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
static int active = -1;
/// A byte for each mutant, in a file that all processes of a test share; null unless something is to be learnt.
static unsigned char *reached;
__attribute__((constructor)) static void begin(void) {
    const char *number = getenv("MUTANT"), *path = getenv("MUTANTS_REACHED");
    if (number) active = atoi(number);
    if (!path) return;
    int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0) return;
    void *bytes = mmap(0, MUTANTS, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (bytes != MAP_FAILED) reached = bytes;
    close(file);
}
bool mutant_on(int number) {
    if (reached) reached[number] = 1;
    return number == active;
}
bool mutant_asks(int number) { return reached || number == active; }
bool mutant_bound(int number, bool is, bool other) {
    if (reached && is != other) reached[number] = 1;
    return number == active ? other : is;
}
"""
OPTIONAL = """@_exported import CMutants

/// An optional, or nil if the mutant is active.
public func mutant_nil<Value>(_ number: Int32, _ value: Value?) -> Value? {
    value != nil && mutant_on(number) ? nil : value
}
"""
# The modules that are added: written anew, they would make all others be built anew.
OWN = ("CMutants", "Mutants")


class Tree:
    def __init__(self, repository, folder, modules):
        self.repository, self.folder, self.modules = repository, folder, modules
        self.root = folder / "tree"
        self.digest = ""

    def copy(self):
        """Brings the files in; what was built stays, so that a second run builds little."""
        self.root.mkdir(parents=True, exist_ok=True)
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=self.repository, capture_output=True, check=True).stdout.decode()
        names = set(filter(None, listed.split("\0")))
        for folder in "Sources", "Tests":
            for path in (self.root / folder).rglob("*"):
                if not path.is_dir() and str(path.relative_to(self.root)) not in names and path.parts[len(self.root.parts) + 1] not in OWN:
                    path.unlink()
        state = hashlib.sha256()
        for name in sorted(names):
            source, target = self.repository / name, self.root / name
            if source.is_symlink():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.unlink(missing_ok=True)
                target.symlink_to(os.readlink(source))
                continue
            if not source.exists():
                continue
            data = source.read_bytes()
            if name.startswith(("Sources/", "Tests/Unit/", "Tests/Support/", "Tests/Fixtures/", "Tests/Tools/Mutation/mutants.py",
                                "Tests/Tools/Mutation/tree.py", "Package.swift")):
                state.update(name.encode() + b"\0" + hashlib.sha256(data).digest())
            if not (name.startswith("Sources/") and self.module(name) in self.modules and name.endswith(".swift")):
                self.put(target, data, source.stat().st_mode)
        self.digest = state.hexdigest()
        for name in "python", "yaml-test-suite":
            source, link = (self.repository / ".build" / name).resolve(), self.root / ".build" / name
            link.parent.mkdir(exist_ok=True)
            if not source.exists():
                continue
            if name == "python":
                # The link of an earlier run may lead to a checkout that is gone.
                link.unlink(missing_ok=True)
                link.symlink_to(source)
            elif not link.is_dir():
                shutil.copytree(source, link)
        package = (self.repository / "Package.swift").read_text()
        package = package.replace("        name: name, dependencies: dependencies,", "        name: name, dependencies: dependencies + [\"Mutants\"],")
        package = package.replace("    targets: [\n", "    targets: [\n        .target(name: \"CMutants\"),\n"
                                  "        .target(name: \"Mutants\", dependencies: [\"CMutants\"]),\n", 1)
        self.put(self.root / "Package.swift", package.encode())
        self.put(self.root / "Sources/CMutants/include/CMutants.h", HEADER.encode())
        self.put(self.root / "Sources/CMutants/CMutants.c", SOURCE.replace("MUTANTS,", f"{1 << 16},").encode())
        self.put(self.root / "Sources/Mutants/Mutants.swift", OPTIONAL.encode())

    @staticmethod
    def module(name):
        return name.split("/")[1]

    @staticmethod
    def put(path, data, mode=0o644):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
            path.chmod(mode & 0o777)

    def find(self):
        found, sources = [], {}
        for module in self.modules:
            for path in sorted((self.repository / "Sources" / module).rglob("*.swift")):
                name = str(path.relative_to(self.repository))
                sources[name] = path.read_text()
                found += mutants.Finder(name, sources[name]).mutants()
        return found, sources

    def write(self, found, sources, left_out):
        by_file = collections.defaultdict(list)
        for number, mutant in enumerate(found):
            if number not in left_out:
                by_file[mutant.file].append((number, mutant))
        for name, source in sources.items():
            text = mutants.written(source, by_file[name])
            # The import stands on a line that is there, so that none moves.
            text = re.sub(r"^(import \w+)", r"\1; import Mutants", text, count=1, flags=re.MULTILINE) \
                if re.search(r"^import \w+", text, re.MULTILINE) else "import Mutants; " + text
            self.put(self.root / name, text.encode())

    def built_state(self):
        return f"{self.digest} {','.join(self.modules)}"

    def build(self, found, sources, keys):
        """Builds with every mutant that compiles: those on a line that the compiler refuses are left out.

        Not optimized. On two cores, beside other work, that is done in 4 minutes where an optimized copy took 50, and its tests
        take only half as long again: 338 seconds to learn 177 of them by, for 228. What reads behind an array is noticed, too.
        """
        remembered, built = self.folder / "refused.json", self.folder / "built"
        refused = set(json.loads(remembered.read_text())) if remembered.exists() else set()
        left_out = {number for number, key in enumerate(keys) if key in refused}
        # A build of what is built makes the tests of the program anew, which takes minutes.
        if built.exists() and built.read_text() == self.built_state():
            return left_out
        built.unlink(missing_ok=True)
        while True:
            self.write(found, sources, left_out)
            status, said = run(["swift", "build", "--build-tests"], 3600, cwd=self.root)
            if status == 0:
                built.write_text(self.built_state())
                return left_out
            lines = set(re.findall(re.escape(str(self.root)) + r"/(\S+?\.swift):(\d+):\d+: error:", said))
            more = {n for n, m in enumerate(found) if n not in left_out
                    and any((m.file, str(m.line + below)) in lines
                            for below in range(sources[m.file].count("\n", m.start, m.end) + 1))}
            if not more:
                sys.exit("mutate: the copy does not build:\n" + "\n".join(said.splitlines()[-40:]))
            left_out |= more
            # A run that is cut short leaves the next one less to build twice.
            remembered.write_text(json.dumps(sorted(keys[number] for number in left_out)))
            for number in sorted(more):
                print(f"mutate: does not compile: {keys[number]}", flush=True)
