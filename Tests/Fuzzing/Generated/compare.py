#!/usr/bin/env python3
"""Compares the oracle with Docker Compose itself on every .yml file of a folder.

compare.py COMMAND ORACLE FOLDER; status 1 when a verdict differs. Neither reads any other file, but those that the files
name.
"""

import concurrent.futures
import pathlib
import subprocess
import sys


def command_accepts(command: str, file: pathlib.Path) -> bool:
    result = subprocess.run(
        [command, "-f", file.name, "--project-name", "p", "--profile", "*", "config", "-q"],
        cwd=file.parent, stdin=subprocess.DEVNULL, capture_output=True, timeout=900,
    )
    return result.returncode == 0


def oracle_accepts(oracle: str, files: list[pathlib.Path]) -> list[bool]:
    stream = b"".join(b"%d %d\n%s" % (index, file.stat().st_size, file.read_bytes()) for index, file in enumerate(files))
    output = subprocess.run([oracle], input=stream, capture_output=True, check=True).stdout.decode()
    verdicts = [line.split(" ", 2) for line in output.splitlines()]
    if [int(verdict[1]) for verdict in verdicts] != list(range(len(files))):
        sys.exit("the oracle did not answer for each file")
    return [verdict[0] == "accepted" for verdict in verdicts]


def main() -> int:
    command, oracle, folder = sys.argv[1:]
    files = sorted(pathlib.Path(folder).glob("*.yml"))
    accepted = oracle_accepts(oracle, files)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        real = list(pool.map(lambda file: command_accepts(command, file), files))
    different = [file.name for file, one, other in zip(files, accepted, real) if one != other]
    print(f"{len(files)} files: {sum(real)} accepted and {len(files) - sum(real)} refused by Docker Compose, "
          f"{len(different)} given another verdict")
    print("\n".join(different[:50]))
    return 1 if different or not files else 0


if __name__ == "__main__":
    sys.exit(main())
