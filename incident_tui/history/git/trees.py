"""What is in some folders of one commit, read in one go."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from incident_tui.history.git.objects import EMPTY_TREE, Row, algorithm_of, decode_tree
from incident_tui.history.git.repository import GitHome
from incident_tui.history.git.runner import GitUnavailableError

if TYPE_CHECKING:
    from incident_tui.history.git.reader import Reader

_NAMES_END_WITH_ZERO = (2, 38)
"""Since then `git cat-file -z` takes a name with a line break in it."""


class Trees(msgspec.Struct, frozen=True):
    """What a commit has in a folder, in those on the way to it and in some below, by their paths.

    ``commit`` is None where there is none yet. ``inside`` is the path of the folder itself.
    """

    commit: str | None
    inside: str
    algorithm: str
    rows: Mapping[bytes, Sequence[Row]]
    names: Mapping[bytes, str]

    @property
    def tree(self) -> str | None:
        """The tree of the folder itself; None where the commit does not have it."""
        return self.names.get(_bytes(self.inside))


def read_trees(
    repository: GitHome,
    commit: str,
    inside: str,
    below: Iterable[bytes] = (),
    *,
    timeout_seconds: float,
) -> Trees:
    """Read the trees of a commit on the way to a folder, and of folders below it.

    Raises GitUnavailableError.
    """
    path = _bytes(inside)
    steps = path.split(b"/") if path else []
    way = [b"", *accumulate(steps, lambda one, other: one + b"/" + other)]
    wanted = [*way, *(path + b"/" + each if path else each for each in below)]
    # The first one tells what names objects here; the second is what the others have to fit to.
    asked = [
        EMPTY_TREE.encode(),
        commit.encode() + b"^{commit}",
        *(commit.encode() + b":" + each for each in wanted),
    ]
    empty, head, *others = _ask(repository, asked, timeout_seconds)
    name = head[0] if head else None
    algorithm = algorithm_of(name) if name else "sha1" if empty else "sha256"
    present = {path: each for path, each in zip(wanted, others, strict=True) if each}
    trees = {path: each for path, each in present.items() if each[1] == "tree"}
    return Trees(
        commit=name,
        inside=inside,
        algorithm=algorithm,
        rows={path: tuple(decode_tree(data, algorithm)) for path, (_, _, data) in trees.items()},
        names={path: each[0] for path, each in trees.items()},
    )


_Answer = tuple[str, str, bytes]


def _ask(
    repository: GitHome, asked: Sequence[bytes], timeout_seconds: float
) -> list[_Answer | None]:
    """Name, kind and content of each object that is there."""

    def read(reader: "Reader") -> list[_Answer | None]:
        objects = [reader.object(each.decode()) for each in asked]
        return [(each.name, each.kind, each.data) if each else None for each in objects]

    return repository.read(read, lambda: _ask_git(repository, asked, timeout_seconds))


def _ask_git(
    repository: GitHome, asked: Sequence[bytes], timeout_seconds: float
) -> list[_Answer | None]:
    with_zero = repository.runner.version >= _NAMES_END_WITH_ZERO
    if not with_zero and any(b"\n" in each for each in asked):
        raise GitUnavailableError("a folder has a line break in its name: rename it")
    done = repository.must(
        ("cat-file", "--batch", *(("-z",) if with_zero else ())),
        deed="read what was committed",
        stdin=b"".join(each + (b"\0" if with_zero else b"\n") for each in asked),
        timeout_seconds=timeout_seconds,
    )
    answers: list[_Answer | None] = []
    at = 0
    for each in asked:
        missing = each + b" missing\n"
        if done.data.startswith(missing, at):
            answers.append(None)
            at += len(missing)
            continue
        end = done.data.index(b"\n", at)
        name, kind, size = done.data[at:end].decode("ascii", "replace").split(" ")
        start, at = end + 1, end + 1 + int(size) + 1
        answers.append((name, kind, done.data[start : at - 1]))
    return answers


def _bytes(inside: str) -> bytes:
    return inside.encode("utf-8", "surrogateescape")
