"""One document before it is rendered: where it goes, what it is called, its template and values."""

from collections.abc import Callable
from dataclasses import dataclass

from incident_tui.documents.text.markdown_text import Markdown


@dataclass(frozen=True, slots=True)
class Page:
    """A document of the incident folder. `path` is relative to the folder, with slashes.

    `values` gives what its template is filled with, and is called where the page is rendered.
    `standing` says where a stage's document stands; None where it is of no stage.
    """

    path: str
    title: str
    template: str
    values: Callable[[], dict[str, object]]
    standing: Markdown | None = None
