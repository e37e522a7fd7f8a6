"""Which edition of this program it is: what one edition has worked out, another works out anew."""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

import incident_tui

_RULES = ("domain", "service/catalogue", "store/index")
"""Folders whose sources decide what an index holds."""


@cache
def edition() -> str:
    """A name for this program and the rules in it: changed rules are another edition.

    The sources are told by their sizes and times: a release changes the version, but whoever
    develops the program, or puts another one in its place, may not.
    """
    import sqlite3

    parts = [incident_tui.__version__, sqlite3.sqlite_version]
    top = Path(incident_tui.__file__).parent
    for folder, _, files in (each for rules in _RULES for each in os.walk(top / rules)):
        for name in files:
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                status = os.stat(path)
                parts.append(f"{path} {status.st_size} {status.st_mtime_ns}")
    parts.sort()
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
