"""Git's objects by their bytes: names, trees, and packs to hand to git. No git is run here.

The formats are those of git's own documentation: gitformat-pack(5), and "Git Internals - Git
Objects" in Pro Git.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

DIRECTORY = "40000"
FILE, PROGRAM, LINK = "100644", "100755", "120000"
EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""The tree without anything, in a repository that names objects by SHA-1."""
_KINDS = {"commit": 1, "tree": 2, "blob": 3}
_LEVEL = 1  # git packs them anew some day


class Row(msgspec.Struct, frozen=True):
    """One name in a tree: its mode in octal digits, and the object it stands for."""

    mode: str
    name: bytes
    id: str


class Object(msgspec.Struct, frozen=True):
    """An object to be stored; ``kind`` is "blob" or "tree"."""

    kind: str
    data: bytes


def name_of(kind: str, data: bytes, algorithm: str) -> str:
    """What an object is called where names are made by ``algorithm`` (sha1 or sha256)."""
    made = hashlib.new(algorithm, b"%b %d\0" % (kind.encode(), len(data)), usedforsecurity=False)
    made.update(data)
    return made.hexdigest()


def algorithm_of(name: str) -> str:
    """Which algorithm made the name of an object."""
    return "sha256" if len(name) == 64 else "sha1"


def encode_tree(rows: Iterable[Row]) -> bytes:
    """The bytes of a tree, its names in the order that git wants them in."""
    ordered = sorted(rows, key=lambda row: row.name + (b"/" if row.mode == DIRECTORY else b""))
    return b"".join(
        b"%b %b\0%b" % (row.mode.encode(), row.name, bytes.fromhex(row.id)) for row in ordered
    )


def decode_tree(data: bytes, algorithm: str) -> Iterator[Row]:
    """The names in a tree."""
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    at = 0
    while at < len(data):
        mode, _, rest = data[at : data.index(b"\0", at)].partition(b" ")
        start = at + len(mode) + 1 + len(rest) + 1
        yield Row(mode.decode("ascii"), rest, data[start : start + size].hex())
        at = start + size


def pack(objects: Sequence[Object], algorithm: str) -> bytes:
    """A pack of whole objects, for `git unpack-objects`."""
    parts = [b"PACK", (2).to_bytes(4), len(objects).to_bytes(4)]
    for each in objects:
        parts += [_size(_KINDS[each.kind], len(each.data)), zlib.compress(each.data, _LEVEL)]
    whole = b"".join(parts)
    return whole + hashlib.new(algorithm, whole, usedforsecurity=False).digest()


def _size(kind: int, size: int) -> bytes:
    """Kind and size of a packed object: four bits of the size, then seven in each further byte."""
    rest, first = divmod(size, 16)
    digits = [kind << 4 | first]
    while rest:
        rest, digit = divmod(rest, 128)
        digits.append(digit)
    return bytes([*(digit | 128 for digit in digits[:-1]), digits[-1]])


def splice(
    trees: Mapping[bytes, Sequence[Row]], inside: bytes, tree: str | None, algorithm: str
) -> tuple[str, list[Object]]:
    """The top tree with ``tree`` at the path ``inside``, or nothing there; and what is new of it.

    ``trees`` holds what is in each folder on the way, by its path; one that is not in it is empty.
    """
    steps = inside.split(b"/") if inside else []
    paths = [b"/".join(steps[:depth]) for depth in range(len(steps) + 1)]
    made: list[Object] = []
    for parent, path in reversed(list(pairwise(paths))):
        name = path.rpartition(b"/")[2]
        rows = [row for row in trees.get(parent, ()) if row.name != name]
        if tree is not None:
            rows.append(Row(DIRECTORY, name, tree))
        tree = None
        if rows:
            made.append(Object("tree", encode_tree(rows)))
            tree = name_of("tree", made[-1].data, algorithm)
    if tree is None:
        made.append(Object("tree", b""))
        tree = name_of("tree", b"", algorithm)
    return tree, made
