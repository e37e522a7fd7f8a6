"""One document before it is rendered: where it goes, what it is called, its template and values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """A document of the incident folder. `path` is relative to the folder, with slashes."""

    path: str
    title: str
    template: str
    context: dict[str, object]
