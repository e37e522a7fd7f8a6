"""Who made a commit, as git names them, and what its trailers say."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from incident_tui.domain.values.text import clean_line
from incident_tui.history.commits.message import trailer_values
from incident_tui.history.commits.plumbing import Plumbing

if TYPE_CHECKING:
    from incident_tui.history.git.reader import Reader


class Person(msgspec.Struct, frozen=True):
    """Somebody as git names them."""

    name: str
    email: str


def identity(git: Plumbing) -> Person | None:
    """Who commits in this clone; None when git does not know."""
    known = git.attempt("var", "GIT_COMMITTER_IDENT")
    name, _, rest = known.out.partition(" <")
    email, closed, _ = rest.partition("> ")
    return Person(clean_line(name), clean_line(email)) if known.status == 0 and closed else None


def people(git: Plumbing, commit: str) -> tuple[Person, Person]:
    """Author and committer of a commit. Raises DeliveryError and GitUnavailableError."""

    def otherwise() -> Sequence[str]:
        return _shown(git, commit, "%an%x00%ae%x00%cn%x00%ce").split("\0")

    def read(reader: "Reader") -> Sequence[str]:
        commit_object = reader.commit(commit)
        return (*commit_object.author, *commit_object.committer)

    names = git.repository.read(read, otherwise)
    name, email, committer, address = (clean_line(part) for part in names)
    return Person(name, email), Person(committer, address)


def trailer(git: Plumbing, commit: str, key: str) -> str:
    """The first value of that trailer; empty without one. Raises as `people` does."""
    message = git.repository.read(
        lambda reader: reader.commit(commit).message, lambda: _shown(git, commit, "%B")
    )
    return next(iter(trailer_values(message, key)), "")


def _shown(git: Plumbing, commit: str, form: str) -> str:
    shown = ("log", "-1", "--encoding=UTF-8", f"--format={form}", commit, "--")
    return git.must(*shown, deed=f"read the commit {commit[:12]}").removesuffix("\n")
