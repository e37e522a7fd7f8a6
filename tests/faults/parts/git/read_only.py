"""A repository that may not be written: with permissions, or where root runs this, with chattr."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.faults.counts import Skipped
from tests.faults.ground import Ground
from tests.faults.obstacles import GitFault, git_dir


def _read_only(ground: Ground) -> None:
    if not can_be_read_only(git_dir(ground)):
        raise Skipped("it needs chattr where root runs it")
    if os.geteuid():
        git_dir(ground).chmod(0o555)
    else:  # nothing but this keeps root from writing
        subprocess.run(["chattr", "+i", str(git_dir(ground))], check=True)


def _writable(ground: Ground) -> None:
    if os.geteuid():
        git_dir(ground).chmod(0o755)
    else:
        subprocess.run(["chattr", "-i", str(git_dir(ground))], check=True)


def can_be_read_only(folder: Path) -> bool:
    """Whether this machine can make a folder read-only for whoever runs this."""
    if os.geteuid():
        return True
    if shutil.which("chattr") is None:
        return False
    done = [
        subprocess.run(["chattr", sign, str(folder)], capture_output=True, check=False).returncode
        for sign in ("+i", "-i")
    ]
    return not any(done)


READ_ONLY = GitFault(".git read-only", _read_only, _writable, "git may not write")
