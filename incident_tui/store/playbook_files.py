"""Finding and loading playbooks: built in, the home's own, or a file.

What makes a playbook valid is `domain.playbook`'s business.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from incident_tui.domain.values.playbook import Playbook, PlaybookError
from incident_tui.domain.values.playbook.playbook_data import Vocabulary, from_data
from incident_tui.door import read_file
from incident_tui.store.files.digest import sha256_hex
from incident_tui.store.files.errors import NoSuchPlaybook
from incident_tui.store.files.toml_text import LARGEST as LARGEST_TOML, BadToml, read_toml

BUILT_IN = Path(__file__).parent.parent / "playbooks"
READ_BEFORE = BUILT_IN / "tables.json"
"""The tables of the playbooks in `BUILT_IN`, made by `make docs`: reading the TOML of one takes as
long as recording a line."""


class PlaybookRef(NamedTuple):
    """A playbook that can be chosen; `problem` says why its file cannot be read, if so."""

    id: str
    title: str
    path: Path
    origin: Literal["built in", "home"]
    problem: str = ""


def load(
    path: Path, vocabulary: Callable[[], Vocabulary], *, below: Path | None = None
) -> Playbook:
    """The playbook in a file; `below` is the home whose file it is, if it is one's.

    Raises `PlaybookError` with the name of the file, and the key path or line and column.
    """
    return parse(content_of(path, below=below), str(path), vocabulary)


def content_of(path: Path, *, below: Path | None = None) -> bytes:
    """What stands in the file of a playbook. Raises `PlaybookError`."""
    try:
        return read_file(path, below=below or path.parent, limit=LARGEST_TOML)
    except OSError as error:
        raise PlaybookError(str(path), [f"it cannot be read: {error.strerror}"]) from error


def parse(content: bytes, name: str, vocabulary: Callable[[], Vocabulary]) -> Playbook:
    """The playbook that the content of a file of that name is. Raises `PlaybookError`."""
    try:
        return _playbook(content, vocabulary)
    except PlaybookError as error:
        raise PlaybookError(name, error.problems) from None


def available(home: Path | None, *, built_in: Path = BUILT_IN) -> list[PlaybookRef]:
    """The playbooks by name; one in the home's `playbooks` folder takes the place of a built-in."""
    return [_ref(name, path, built_in) for name, path in sorted(_files(home, built_in).items())]


def find(name: str, home: Path | None, *, cwd: Path, built_in: Path = BUILT_IN) -> Path:
    """The file of a playbook: by its name, or by a path (with a slash or ending in .toml).

    Raises `NoSuchPlaybook`.
    """
    files = _files(home, built_in)
    if name in files:
        return files[name]
    if ("/" in name or name.endswith(".toml")) and (cwd / name).is_file():
        return cwd / name
    from difflib import get_close_matches

    raise NoSuchPlaybook(name, get_close_matches(name.lower(), files, 2), sorted(files))


def _files(home: Path | None, built_in: Path) -> dict[str, Path]:
    folders = (built_in, home / "playbooks") if home else (built_in,)
    return {path.stem: path for folder in folders for path in folder.glob("*.toml")}


def _ref(name: str, path: Path, built_in: Path) -> PlaybookRef:
    origin: Literal["built in", "home"] = "built in" if path.parent == built_in else "home"
    try:
        below = None if origin == "built in" else path.parent.parent
        title = _tables(content_of(path, below=below)).get("title")
    except PlaybookError as error:
        return PlaybookRef(name, "", path, origin, error.problems[0])
    if not isinstance(title, str):
        return PlaybookRef(name, "", path, origin, "it has no title")
    return PlaybookRef(name, title, path, origin)


@lru_cache(maxsize=16)  # a console opens many incidents of few playbooks: each costs 4 ms to check
def _playbook(content: bytes, vocabulary: Callable[[], Vocabulary]) -> Playbook:
    return from_data(_tables(content), "", vocabulary())


@lru_cache(maxsize=16)  # and as long to read
def _tables(content: bytes) -> dict[str, object]:
    """Raises `PlaybookError`, which names no file."""
    try:
        return read_before(content) or read_toml(content)
    except BadToml as error:
        raise PlaybookError("", [error.problem]) from None


def read_before(content: bytes) -> dict[str, object]:
    """The tables of a built-in playbook, where `content` is the file of one; else nothing."""
    try:
        known = msgspec.json.decode(READ_BEFORE.read_bytes(), type=dict[str, msgspec.Raw])
        tables = known.get(sha256_hex(content))
        return {} if tables is None else msgspec.json.decode(tables, type=dict[str, object])
    except (OSError, msgspec.DecodeError):
        return {}  # the TOML says the same


def tables_of(built_in: Path = BUILT_IN) -> str:
    """What `READ_BEFORE` holds: a line for each file, by its digest. Raises `BadToml`."""
    lines = []
    for path in sorted(built_in.glob("*.toml")):
        content = path.read_bytes()
        tables = msgspec.json.encode(read_toml(content)).decode()
        lines.append(f'"{sha256_hex(content)}": {tables}')
    return "{\n" + ",\n".join(lines) + "\n}\n"
