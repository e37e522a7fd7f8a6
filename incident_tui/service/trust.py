"""Which playbooks may run commands: those whose exact content somebody has read and trusted.

Trust is kept by the hash of the content, in the home's private folder, for this machine only.
"""

import hashlib
import os
import stat
from pathlib import Path

from incident_tui.store.atomic import write_all
from incident_tui.store.errors import not_saved
from incident_tui.store.home import Home
from incident_tui.store.private import make_private


def hash_of(content: bytes) -> str:
    """What a playbook's exact content is known by."""
    return hashlib.sha256(content).hexdigest()


def is_trusted(home: Home, content: bytes) -> bool:
    """Whether this content was trusted here.

    The mark names its own inode: one that came with a clone of a repository counts for nothing.
    """
    path = _mark(home, content)
    try:
        found = path.lstat()
        said = path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return False
    own = stat.S_ISREG(found.st_mode) and found.st_uid == os.geteuid()
    return own and said[:2] == [str(found.st_dev), str(found.st_ino)]


def trust(home: Home, content: bytes) -> Path:
    """Trust this content from now on; returns the mark, which may be deleted. Raises `NotSaved`."""
    path = _mark(home, content)
    try:
        make_private(path.parent, new_home=True)
        path.parent.chmod(0o700)
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            here = os.fstat(descriptor)
            write_all(descriptor, f"{here.st_dev} {here.st_ino}\n".encode())
        finally:
            os.close(descriptor)
    except OSError as error:
        raise not_saved(path, error) from error
    return path


def _mark(home: Home, content: bytes) -> Path:
    return home.private / "trust" / hash_of(content)
