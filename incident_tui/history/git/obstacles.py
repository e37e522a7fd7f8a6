"""What keeps git from committing, found before trying or read from what git said, in plain words.

Each sentence names what stands in the way, of what, and what to do, in this order, since a narrow
screen shows only its beginning. None of them changes anything.
"""

import re
from pathlib import Path

from incident_tui.domain.values.text import clean_line
from incident_tui.history.git.runner import Finished

# File or folder in the git directory -> what it means (gitrepository-layout, git-status sources).
# A rebase or a bisection also detaches HEAD, so these are looked at first.
_UNDER_WAY = (
    ("rebase-merge", "a rebase is under way in {top}: finish or abort it"),
    ("rebase-apply", "a rebase or git am is under way in {top}: finish or abort it"),
    ("MERGE_HEAD", "a merge is under way in {top}: finish or abort it"),
    ("CHERRY_PICK_HEAD", "a cherry-pick is under way in {top}: finish or abort it"),
    ("REVERT_HEAD", "a revert is under way in {top}: finish or abort it"),
    ("sequencer", "a cherry-pick or revert is under way in {top}: finish or abort it"),
    ("BISECT_LOG", "a bisection is under way in {top}: end it with git bisect reset"),
    (
        "index.lock",
        "another git process holds {git_dir}/index.lock: let it finish, or delete that file if none"
        " is running",
    ),
)
DETACHED = "HEAD is detached in {top}, a commit there could get lost: check out a branch"
UNREADABLE_HEAD = "the repository {top} is gone or damaged (no readable HEAD): bring it back"

_NOBODY = (
    r"no (name|email) was given and auto-detection is disabled|Please tell me who you are"
    r"|empty ident name|unable to auto-detect email|name consists only of disallowed"
)
# What git prints with LC_ALL=C -> the sentence; the first that matches.
_COMPLAINTS = (
    (
        _NOBODY,
        "git does not know who commits in {top}: run git config --global user.name 'Your Name' and"
        " git config --global user.email you@example.org",
    ),
    (
        r"No space left on device|Disk quota exceeded",
        "no space is left on the disk of {top}: free some",
    ),
    (
        r"Read-only file system|[Pp]ermission denied|insufficient permission"
        r"|Operation not permitted",
        "git may not write in {top} ({said}): make it writable",
    ),
    (
        r"(index|HEAD|config|refs/\S+|packed-refs)\.lock|[Aa]nother git process",
        "another git process holds a lock in {top} ({said}): let it finish, or delete the lock file"
        " if none is running",
    ),
    (
        r"branch appears to be broken|reference broken|bad object HEAD",
        "the branch checked out in {top} is broken ({said}): git reflog there says where it was,"
        " git update-ref puts it back",
    ),
    (
        r"dubious ownership",
        "git does not trust {top} because it belongs to another user: run git config --global --add"
        " safe.directory '{top}'",
    ),
    (
        # ssh-keygen speaks for itself where a commit is made by plumbing.
        r"gpg failed to sign|failed to sign the data|failed to write commit object"
        r"|incorrect passphrase|[Cc]ouldn't load public key|Load key",
        "git could not sign the commit in {top} ({said}): unlock the key or turn signing off",
    ),
    (r"not a git repository", UNREADABLE_HEAD),
)


def obstacle(top: Path, git_dir: Path) -> str | None:
    """What is under way in the repository that a commit must not disturb; None when nothing is."""
    for name, sentence in _UNDER_WAY:
        if (git_dir / name).exists():
            return sentence.format(top=top, git_dir=git_dir)
    return None


def knows_nobody(finished: Finished) -> bool:
    """Whether git failed since it does not know who commits."""
    return finished.status != 0 and re.search(_NOBODY, finished.err) is not None


def explain(finished: Finished, *, deed: str, top: Path) -> str:
    """The sentence for a git that ended badly, from what it printed on standard error."""
    if finished.timed_out:
        return f"git took too long to {deed} in {top} and was stopped: see what keeps it busy"
    why = _complaint(finished.err)
    for pattern, sentence in _COMPLAINTS:
        if re.search(pattern, finished.err):
            return sentence.format(top=top, said=why)
    return f"git could not {deed} in {top} (status {finished.status}: {why}): run git status there"


def _complaint(err: str) -> str:
    """The line of git's complaint that says most, safe to show."""
    lines = [clean_line(line) for line in err.splitlines() if line.strip()]
    complaints = [line for line in lines if line.startswith(("fatal:", "error:"))]
    for line in complaints or lines[-1:]:
        return re.sub(r"^(fatal|error): ", "", line)[:200]
    return "it printed no reason"
