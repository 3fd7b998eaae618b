"""Lets the tools of this folder find the Python packages that `.ci/install` put into .build/python, whichever python3 runs them."""

import sys
from pathlib import Path

for folder in sorted((Path(__file__).resolve().parent.parent / ".build/python/lib").glob("python3*/site-packages")):
    sys.path.append(str(folder))
