"""Plain data against typed tables: every misfit at once, each with its key path.

msgspec stops at the first misfit; whoever writes a file by hand wants to hear of all of them.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import get_args, get_origin

import msgspec

from incident_tui.domain.values.time_grammar import WhenError, parse_duration

MOST_PROBLEMS = 100
"""Problems of one file that are told."""


def first_problems(problems: Iterator[str]) -> list[str]:
    """The first of them, and a word where there are more."""
    first = list(islice(problems, MOST_PROBLEMS))
    return [*first, "there are further problems"] if next(problems, None) else first


def misfits(data: object, wanted: object, path: str = "") -> Iterator[str]:
    """What keeps `data` from being a `wanted` struct; nothing when it is one."""
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        if isinstance(data, dict):
            yield from _table(data, wanted, path)
        else:
            yield f"{path or 'the top'}: a table is expected"
    elif get_origin(wanted) is tuple and isinstance(data, list):
        for index, value in enumerate(data):
            yield from misfits(value, get_args(wanted)[0], f"{path}[{index}]")
    else:
        try:
            msgspec.convert(data, wanted)
        except msgspec.ValidationError as error:
            message, _, place = str(error).partition(" - at `$")
            yield f"{path}{place.rstrip('`')}: {message}"


@cache
def _fields(wanted: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(wanted)}


def _table(data: dict[object, object], wanted: type[msgspec.Struct], path: str) -> Iterator[str]:
    fields = _fields(wanted)
    inside = f"{path}." if path else ""
    for key, value in data.items():
        field = fields.get(str(key))
        if field is None:
            yield f"{path or 'the top'}: unknown field `{key}`; known: {', '.join(fields)}"
        else:
            yield from misfits(value, field.type, f"{inside}{key}")
    for name, field in fields.items():
        if field.required and name not in data:
            yield f"{inside}{name}: is missing"


def repeated(path: str, ids: list[str]) -> Iterator[str]:
    """The ids of the list at `path` that stand in it more than once, each as a problem."""
    seen = set[str]()
    for index, name in enumerate(ids):
        if name in seen:
            yield f"{path}[{index}].id: {name!r} is used twice"
        seen.add(name)


def is_duration(text: str) -> bool:
    """Whether the text is a length of time such as ``30m``."""
    try:
        parse_duration(text)
    except WhenError:
        return False
    return True
