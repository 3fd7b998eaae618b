"""The program that a test tries. A script finds this module as it finds processes.py."""

import os
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


def named():
    """What the script's first argument names, or else the variable BAYPLAN; by default the debug build."""
    return Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("BAYPLAN", REPOSITORY / ".build/debug/bayplan")).resolve()
