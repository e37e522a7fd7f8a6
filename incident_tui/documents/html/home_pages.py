"""The pages of a home beside its incidents: a list to search and filter, and its numbers.

They find what is searched for in what stands in them: there is no server, and none is needed.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec

from incident_tui.documents.html.plots.course import tone_of
from incident_tui.documents.html.shell import page
from incident_tui.documents.pages import shared_facts
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.impact_spans import time_of_impact
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.outline import outline
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.time_grammar import format_measured, iso

_WORD = re.compile(r"[^\W_]{2,}")


class Listed(msgspec.Struct, frozen=True):
    """A row of the list, with every word of the incident that it is found by."""

    id: str
    title: str
    kind: str
    severity: str
    tone: str
    status: str
    day: str
    iso: str
    length: str
    services: tuple[str, ...]
    words: str


class Figures(msgspec.Struct, frozen=True):
    """A table of numbers. A row has its share of the largest; `nothing` says why there is none.

    `compared` is the place of the column that the shares are of.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[Sequence[str], float | None]]
    nothing: str = ""
    compared: int = 1


def listed(incident: Incident) -> Listed:
    """The row of an incident, made of nothing but what may be told of it."""
    moments, lifecycle = Moments(incident), incident.of(Lifecycle)
    known, started = outline(incident), incident.of(Milestones).at("started")
    level, whole = incident.of(SeverityState).level, time_of_impact(incident)
    texts = [e.event.tell(e, incident) for e in incident.entries if incident.counts(e)] + [
        e.source for e in incident.entries
    ]
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    return Listed(
        id=lifecycle.declared.incident if lifecycle.declared else "",
        title=shared_facts.title(incident),
        kind={"none": "closed early"}.get(known.kind, known.kind),
        severity=level,
        tone=tone_of(incident, level) if level else "plain",
        status=lifecycle.status,
        day=moments.stamp(started) or "start not known",
        iso=iso(started) or "",
        length=format_measured(whole) if whole is not None else "",
        services=known.services,
        words=" ".join(sorted(words)),
    )


def index_html(rows: Sequence[Listed], note: str = "") -> str:
    """The list, newest first as it is given; `note` says what was left out."""
    context: dict[str, Any] = {
        "title": "Incidents",
        "note": note,
        "rows": rows,
        "severities": sorted({row.severity for row in rows if row.severity}),
        "statuses": sorted({row.status for row in rows}),
        "services": sorted({name for row in rows for name in row.services}, key=str.casefold),
        "kinds": sorted({row.kind for row in rows}),
        "words": _data([row.words for row in rows]),
    }
    return page("index", ("theme.js", "index.js"), context)


def numbers_html(figures: Sequence[Figures], lead: str, why: str) -> str:
    """The numbers; `lead` sums them up, and `why` says how far they are to be trusted."""
    context: dict[str, object] = {"title": "Numbers", "figures": figures, "lead": lead, "why": why}
    return page("numbers", ("theme.js",), context)


def _data(value: object) -> object:
    """A value as JSON that can stand in a page: nothing in it ends its element."""
    from jinja2.filters import do_mark_safe

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return do_mark_safe(
        text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    )
