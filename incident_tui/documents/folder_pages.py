"""Which documents an incident folder holds, and their texts. Pure: writing them is elsewhere."""

from collections.abc import Container
from functools import cache

from incident_tui.documents.pages.actions_page import actions_page
from incident_tui.documents.pages.artifact_pages import POSTMORTEM, artifact_pages, past_of
from incident_tui.documents.pages.checkpoint_pages import checkpoint_pages
from incident_tui.documents.pages.cited_entries import CitedEntries
from incident_tui.documents.pages.next_time_page import next_time_page
from incident_tui.documents.pages.overview_page import overview_page
from incident_tui.documents.pages.page import Page
from incident_tui.documents.pages.postmortem_page import is_due, postmortem_page
from incident_tui.documents.pages.timeline_page import (
    older_wordings,
    only_written,
    timeline_page,
)
from incident_tui.documents.pages.update_pages import update_pages
from incident_tui.documents.pages.update_texts import update_texts
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.template_environment import render
from incident_tui.domain.core.events import Incident


def next_time_text(incident: Incident) -> str:
    """The page of what to do the next time, also of an incident that is going on."""
    page = next_time_page(incident, Moments(incident), lambda: past_of(incident))
    cited = CitedEntries(incident, Moments(incident))
    return cited.below(render(page.template, page.values()))


def render_folder(incident: Incident, without: Container[str] = ()) -> dict[str, str]:
    """Every document of the incident's folder: its path relative to the folder, and its text.

    The same log gives the same bytes: there is no clock in it. Lines end in a line feed. Entries
    whose ids are in `without` have no row in the timeline.
    """
    moments = Moments(incident)
    cited = CitedEntries(incident, moments, without)
    pages = _pages(incident, moments, without)
    texts = {page.path: _text(incident, page, cited) for page in pages}
    return texts | update_texts(incident, moments)


def render_page(incident: Incident, path: str) -> str | None:
    """One of those documents, without what only others need; None where there is none."""
    moments = Moments(incident)
    for page in _pages(incident, moments):
        if page.path == path:
            return _text(incident, page, CitedEntries(incident, moments))
    return update_texts(incident, moments).get(path)


def _pages(incident: Incident, moments: Moments, without: Container[str] = ()) -> list[Page]:
    past = cache(lambda: past_of(incident))
    pages = [timeline_page(incident, moments, without)]
    pages += artifact_pages(incident, moments, past)
    pages += update_pages(incident, moments)
    pages += checkpoint_pages(incident, moments)
    if is_due(incident):
        pages.append(postmortem_page(incident, moments, past, without))
        pages.append(next_time_page(incident, moments, past))
    pages.append(actions_page(incident, moments))
    return [overview_page(incident, moments, pages), *pages]


def _text(incident: Incident, page: Page, cited: CitedEntries) -> str:
    rows: Container[str] = ()
    if page.path == "timeline.md":
        rows = incident.numbers.keys() - older_wordings(incident)
    elif page.path == POSTMORTEM:
        rows = incident.numbers.keys() - only_written(incident)
    return cited.below(render(page.template, page.values()), rows)
