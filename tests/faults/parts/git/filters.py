"""Filters of a repository, which git runs over what it stores: they neither run nor change it."""

from tests.faults.ground import Ground
from tests.faults.obstacles import ASKED, GitFault, git_dir, top

POINTER = "version https://example.org/lfs"
"""What such a filter stores in the place of a file."""


def _filtered(ground: Ground) -> None:
    """As git-lfs sets it up, for everything and as a required one."""
    program = ground.base / "filter"
    program.write_text(f"#!/bin/sh\ntouch {ground.base / ASKED}\necho {POINTER}\n")
    program.chmod(0o755)
    for name in ("clean", "smudge"):
        ground.git("config", f"filter.other.{name}", str(program), cwd=top(ground))
    ground.git("config", "filter.other.required", "true", cwd=top(ground))


def _by_attributes(ground: Ground) -> None:
    _filtered(ground)
    (top(ground) / ".gitattributes").write_text("* filter=other\n")


def _by_own_attributes(ground: Ground) -> None:
    """Attributes that are nobody's but this clone's, and stronger than all others."""
    _filtered(ground)
    info = git_dir(ground) / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text("* filter=other text eol=crlf ident\n")


def _unfiltered(ground: Ground) -> None:
    ground.git("config", "--remove-section", "filter.other", cwd=top(ground))
    (top(ground) / ".gitattributes").unlink(missing_ok=True)
    (git_dir(ground) / "info" / "attributes").unlink(missing_ok=True)


WITH_FILTERS = (
    GitFault("a filter for all files", _by_attributes, _unfiltered),
    GitFault("a filter in .git/info/attributes", _by_own_attributes, _unfiltered),
)
