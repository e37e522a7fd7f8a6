"""Which playbooks may run commands: those whose exact content somebody has read and trusted.

Trust is kept by the hash of the content, in the user's own state, for this home on this machine.
"""

import hashlib
import os
import stat
from pathlib import Path

from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import not_saved
from incident_tui.store.home import Home

FOLDER = "trust"


def hash_of(content: bytes) -> str:
    """What a playbook's exact content is known by."""
    return hashlib.sha256(content).hexdigest()


def is_trusted(home: Home, content: bytes) -> bool:
    """Whether this content was trusted here."""
    folder = home.state.folder
    if folder is None:
        return False
    try:
        status = (folder / FOLDER / hash_of(content)).lstat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_uid == os.geteuid()


def trust(home: Home, content: bytes) -> Path:
    """Trust this content from now on; returns the mark, which may be deleted. Raises `NotSaved`."""
    try:
        path = home.state.make(FOLDER) / hash_of(content)
        replace_file(path, b"", mode=0o600)
    except OSError as error:
        raise not_saved(home.path, error) from error
    return path
