"""What every git that we start is told, so that a repository can neither run anything nor change
what is stored, asked or read back.

A repository's own configuration is its author's, not the user's: it may have come in an archive.
What stands on the command line wins over it (git-config, "FILES"), the environment over both.
"""

import os
import re
from collections.abc import Mapping

Version = tuple[int, int]
"""Of git, its first two numbers."""
_UNKNOWN: Version = (0, 0)
_MANY_KINDS_SYNCHRONISED: Version = (2, 36)

_SETTINGS = (
    # Programs that git would start by itself.
    "core.fsmonitor=false",
    "core.alternateRefsCommand=",
    "diff.external=",
    "log.showSignature=false",
    "push.gpgSign=false",
    # What is stored is what lies on the disk, and nothing is done beside it.
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.splitIndex=false",
    "core.untrackedCache=false",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "i18n.commitEncoding=UTF-8",
    "push.followTags=false",
    "push.recurseSubmodules=no",
    "submodule.recurse=false",
    # An identity guessed from user and host name would be an invented one.
    "user.useConfigOnly=true",
    # What is printed is read by us.
    "color.ui=false",
    "core.abbrev=40",
    "core.commentChar=#",
    "core.quotePath=true",
    "log.follow=false",
    "log.mailmap=false",
    "trailer.separators=:",
)
_WITHOUT_HOOKS = f"core.hooksPath={os.devnull}"
# The method first: "batch" and "writeout-only" promise less.
_SYNCHRONISED = ("core.fsyncMethod=fsync", "core.fsync=committed,reference")
_SYNCHRONISED_BY_OLDER_GIT = ("core.fsyncObjectFiles=true",)

# Neither may show another object, or another past, than the one that is named.
_NOTHING_HIDDEN = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
_NOTHING_FETCHED = {
    # A missing object would be fetched by whatever program the repository names for it.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


def settings(version: Version, *, hooks: bool) -> list[str]:
    """The words that come before a git command. Hooks run only where the user has said so."""
    synchronised = (
        _SYNCHRONISED if version >= _MANY_KINDS_SYNCHRONISED else _SYNCHRONISED_BY_OLDER_GIT
    )
    chosen = (*_SETTINGS, *synchronised, *(() if hooks else (_WITHOUT_HOOKS,)))
    return [word for setting in chosen for word in ("-c", setting)]


def environment(*, network: bool) -> Mapping[str, str]:
    """What is set for a git command; only with ``network`` may it reach anything elsewhere.

    How it may is the user's to say then, and git's own rules forbid addresses that are programs.
    """
    return _NOTHING_HIDDEN if network else _NOTHING_HIDDEN | _NOTHING_FETCHED


def version_in(printed: str) -> Version:
    """The version in what `git --version` printed; (0, 0) where there is none."""
    match = re.search(r"(\d+)\.(\d+)", printed)
    return (int(match[1]), int(match[2])) if match else _UNKNOWN
