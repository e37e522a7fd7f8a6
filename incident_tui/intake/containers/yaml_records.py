"""Records kept as YAML: a list of objects with a time each, and labelled times beside it.

Reads what such records are written in: mappings, lists, scalars of one line or of a block. Whatever
else YAML has, such as anchors, makes the text no record, and it is read as any other text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from incident_tui.intake.containers.items import Contained, stamp_of
from incident_tui.intake.containers.objects import (
    add_object,
    labelled_times,
    objects_beside,
    tell_elsewhere,
    time_of,
    timed_lists,
    title_of,
)
from incident_tui.intake.times.stamps import Stamp

_KEY: Final = re.compile(
    r"(?P<key>\"[^\"]{1,80}\"|'[^']{1,80}'|[^\W\d_#&*!|>%@`\[\]{},\"'-][^:#\"']{0,60}?)\s*:"
    r"(?:\s+(?P<value>.*))?"
)
_ITEM: Final = re.compile(r"-(?P<gap>\s+)(?P<rest>\S.*)|-()()\s*$")
_IN_PAIRS: Final = r"(?P<key>[\w\"'-]+)\s*:\s+(?P<value>\"[^\"]*\"|'[^']*'|[^,{}\[\]\"']*)"
_PAIR: Final = re.compile(_IN_PAIRS)
_UNNAMED: Final = _IN_PAIRS.replace("?P<key>", "?:").replace("?P<value>", "?:")
_BRACES: Final = re.compile(rf"\{{\s*({_UNNAMED}(?:,\s*{_UNNAMED})*),?\s*\}}(?:\s+#.*)?")
_BLOCK: Final = re.compile(r"(?P<sign>[|>])[+-]?[0-9]?(?:\s+#.*)?")
_END_OF_DOCUMENT: Final = re.compile(r"^---\s*$", re.MULTILINE)
_NEVER: Final = ("&", "*", "!", "%", "@", "`")
_DEEPEST: Final = 12


class _NoRecordError(ValueError):
    """The text is no YAML of the kind that is read here."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    indent: int
    text: str
    raw: str


class _Mapping(dict[str, Any]):
    """An object, with the line that each of its keys stands in, and the last line of all."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}
        self.last_line = 0


def yaml_record(text: str) -> Contained | None:
    """The timed items of a record in YAML, and its labelled times; None for any other text."""
    if text.lstrip()[:1] in ("{", "[", "<", "|") or not re.search(r"^ *-\s", text, re.MULTILINE):
        return None
    if sum(any(_lines(part)) for part in _END_OF_DOCUMENT.split(text)) > 1:
        return None  # several documents in one text, or fields above a page
    try:
        data = _Blocks(text).whole()
    except _NoRecordError:
        return None
    timed, elsewhere = timed_lists(data)
    items = [item for item in timed if isinstance(item, _Mapping)]
    read = [isinstance(stamp_of(time_of(item)), Stamp) for item in items]
    if not any(read) or max(map(len, items)) < 2:
        return None
    contained = Contained("YAML", title_of(data))
    for item in items:
        line = min(item.lines.values())
        add_object(contained, line, item, "YAML")
        contained.gathered.entries[-1].last_line = item.last_line
        covered = range(line + 1, item.last_line + 1)
        contained.gathered.covered |= dict.fromkeys(covered, line)
    for each in elsewhere:
        assert isinstance(each, _Mapping)
        tell_elsewhere(contained, min(each.lines.values()), each)
    for other in objects_beside(data, items):
        assert isinstance(other, _Mapping)
        labelled_times(contained, other, other.lines.__getitem__)
    return contained


class _Blocks:
    """The lines of a text read as blocks, each by how far it is set in."""

    def __init__(self, text: str) -> None:
        self._lines = list(_lines(text))
        self._raws = text.split("\n")
        self._at = 0

    def whole(self) -> object:
        """All of it. Raises `_NoRecordError`."""
        if not self._lines:
            raise _NoRecordError
        data = self._block(self._lines[0].indent, 0)
        if self._at < len(self._lines):
            raise _NoRecordError
        return data

    def _block(self, indent: int, depth: int) -> object:
        if depth > _DEEPEST:
            raise _NoRecordError
        of_items = _ITEM.fullmatch(self._lines[self._at].text) is not None
        return self._items(indent, depth) if of_items else self._mapping(indent, depth)

    def _items(self, indent: int, depth: int) -> list[object]:
        items: list[object] = []
        while (line := self._here(indent)) is not None:
            item = _ITEM.fullmatch(line.text)
            if item is None:
                break
            if item["rest"] is None:
                self._at += 1
                items.append(self._below(indent, depth))
            elif _KEY.fullmatch(item["rest"]) is not None:
                inner = indent + 1 + len(item["gap"])
                self._lines[self._at] = _Line(line.number, inner, item["rest"], line.raw)
                items.append(self._mapping(inner, depth + 1))
            elif item["rest"].startswith("{"):
                self._at += 1
                items.append(_in_braces(item["rest"], line.number))
            else:
                self._at += 1
                items.append(self._scalar(item["rest"], indent))
        return items

    def _mapping(self, indent: int, depth: int) -> _Mapping:
        mapping = _Mapping()
        while (line := self._here(indent)) is not None:
            key = _KEY.fullmatch(line.text)
            if key is None:
                if not mapping or _ITEM.fullmatch(line.text) is None:
                    raise _NoRecordError
                break
            name, value = key["key"].strip("\"'"), (key["value"] or "").strip()
            self._at += 1
            if name in mapping:
                raise _NoRecordError
            if value and not value.startswith("#"):
                mapping[name] = self._scalar(value, indent)
            else:
                mapping[name] = self._below(indent, depth, in_mapping=True)
            mapping.lines[name] = line.number
            mapping.last_line = self._lines[self._at - 1].number
        if not mapping:
            raise _NoRecordError
        return mapping

    def _here(self, indent: int) -> _Line | None:
        line = self._lines[self._at] if self._at < len(self._lines) else None
        return line if line is not None and line.indent == indent else None

    def _below(self, indent: int, depth: int, *, in_mapping: bool = False) -> object:
        """What is set in below a key or a dash; lists may stand straight below their key."""
        line = self._lines[self._at] if self._at < len(self._lines) else None
        if line is None or line.indent < indent:
            return ""
        straight = in_mapping and _ITEM.fullmatch(line.text) is not None
        if line.indent == indent and not straight:
            return ""
        return self._block(line.indent, depth + 1)

    def _scalar(self, value: str, indent: int) -> str:
        """The value of one line, or with the lines that are set in below it."""
        if value.startswith(_NEVER):
            raise _NoRecordError
        block = _BLOCK.fullmatch(value)
        parts = [] if block is not None else [_bare(value)]
        while self._at < len(self._lines) and self._lines[self._at].indent > indent:
            parts.append(self._lines[self._at].raw.strip())
            self._at += 1
        return " ".join(parts)


def _in_braces(text: str, number: int) -> _Mapping:
    """An object that stands in one line. Raises `_NoRecordError` where it holds another."""
    mapping = _Mapping()
    mapping.last_line = number
    whole = _BRACES.fullmatch(text)
    for pair in _PAIR.finditer(whole[1]) if whole is not None else ():
        name = pair["key"].strip("\"'")
        mapping[name], mapping.lines[name] = _bare(pair["value"].strip()), number
    if not mapping:
        raise _NoRecordError
    return mapping


def _bare(value: str) -> str:
    """A value without quotation marks and without the comment behind it."""
    if value[:1] in "\"'" and (end := value.rfind(value[0])) > 0:
        return value[1:end].replace('\\"', '"').replace("''", "'" if value[0] == "'" else "''")
    return re.sub(r"\s+#.*", "", value)


def _lines(text: str) -> Iterator[_Line]:
    for number, raw in enumerate(text.split("\n"), 1):
        bare = raw.rstrip()
        stripped = bare.lstrip(" ")
        if not stripped or stripped.startswith("#") or (stripped in ("---", "...")):
            continue
        yield _Line(number, len(bare) - len(stripped), stripped, bare)
