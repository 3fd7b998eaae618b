"""Docker Compose for tests that ask how it reads files. Found as processes.py is."""

import functools
import subprocess

PATH = '{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Path}}{{end}}{{end}}'


@functools.cache
def words():
    """What begins a command of Compose: its plugin by itself, which takes less than half of the processor time.

    Where `docker` does not tell where that is, `docker compose`.
    """
    try:
        told = subprocess.run(["docker", "info", "--format", PATH], capture_output=True, text=True, timeout=600).stdout
    except (OSError, subprocess.TimeoutExpired):
        told = ""
    return [told.strip()] if told.strip() else ["docker", "compose"]
