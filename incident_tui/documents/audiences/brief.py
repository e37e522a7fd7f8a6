"""A brief: a short document with a heading, a few facts and parts, as Markdown or as a page."""

from collections.abc import Sequence

import msgspec

from incident_tui.documents.html.shell import page
from incident_tui.documents.text.template_environment import render


class Part(msgspec.Struct, frozen=True):
    """A part of a brief: its paragraphs, then its items; one with neither is left out."""

    title: str
    texts: Sequence[str] = ()
    items: Sequence[str] = ()


class Brief(msgspec.Struct, frozen=True):
    """The document. `standing` says what it is worth; `facts` are names with their values."""

    title: str
    standing: str
    facts: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    sheet: bool = False
    """Whether it has to stay on one sheet of paper."""


def rendered(brief: Brief, form: str) -> str:
    """The brief as `md` or `html`."""
    parts = [part for part in brief.parts if any(part.texts) or any(part.items)]
    context: dict[str, object] = {
        "title": brief.title,
        "standing": brief.standing,
        "facts": [(name, value) for name, value in brief.facts if value],
        "parts": [
            {
                "title": p.title,
                "texts": [t for t in p.texts if t],
                "entries": [i for i in p.items if i],
            }
            for p in parts
        ],
        "sheet": brief.sheet,
    }
    if form == "html":
        return page("brief", ("theme.js",), context)
    return render("brief", context)
