"""What each field of an event was declared to hold: words, a reference, a person, a file name."""

from functools import cache
from typing import Any

import msgspec


@cache
def contents(event_type: type[msgspec.Struct]) -> dict[str, str]:
    """What each field of such an event was declared to hold; empty where nothing was declared."""
    return {field.name: _declared(field.type) for field in msgspec.structs.fields(event_type)}


def _declared(annotation: Any) -> str:
    """What the first text in an annotation was declared to hold."""
    for part in (*getattr(annotation, "__metadata__", ()), *getattr(annotation, "__args__", ())):
        extra = part.extra or {} if isinstance(part, msgspec.Meta) else {}
        if content := extra.get("holds") or _declared(part):
            return str(content)
    return ""
