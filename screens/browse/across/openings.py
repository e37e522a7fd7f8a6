"""The screens over all incidents as the app opens them, from wherever one is.

Each is loaded when it is first asked for.
"""

from typing import Protocol

from textual.app import App
from textual.binding import Binding

from incident_tui.domain.core.events import Incident
from incident_tui.screens.session.controller import IncidentController
from incident_tui.service import Service

# A terminal sends alt and a letter with that letter, which a line would take as text: hence those
# that come before what has the focus.
BINDINGS = [
    Binding("ctrl+o", "across('follow_up')", "follow-up", False, id="app.follow_up",
            tooltip="Follow-up: the action items of all incidents, the overdue first"),
    Binding("alt+s", "across('search')", "search", False, priority=True, id="app.search",
            tooltip="Search all incidents; without a word, what was seen before like this one"),
    Binding("alt+n", "across('numbers')", "numbers", False, priority=True, id="app.numbers",
            tooltip="How the incidents went, in numbers"),
]  # fmt: skip


class Open(Protocol):
    """Shows an incident, at one of its entries if the id of one is given."""

    def __call__(self, incident_id: str, entry: str = "") -> None:
        """Raises nothing: an incident that cannot be read says so by itself."""


def open_screen(
    app: App[None],
    name: str,
    service: Service,
    open_incident: Open,
    desk: IncidentController | None,
) -> None:
    """Open one of the screens, unless it is shown; `desk` is the incident that is open."""
    if name == "search":
        like = (desk.incident, desk.session.id) if desk is not None else None
        _search(app, service, open_incident, like=like)
    elif name == "numbers":
        _numbers(app, service, open_incident)
    else:
        _follow_up(app, service, open_incident)


def _follow_up(app: App[None], service: Service, open_incident: Open) -> None:
    """The action items of all incidents."""
    from incident_tui.screens.browse.across.follow_up import FollowUpScreen

    if not isinstance(app.screen, FollowUpScreen):
        app.push_screen(FollowUpScreen(service, open_incident))


def _search(
    app: App[None],
    service: Service,
    open_incident: Open,
    like: tuple[Incident, str] | None = None,
    query: str = "",
) -> None:
    """The search over all incidents; `like` is the one that is open, with its id."""
    from incident_tui.screens.browse.across.search import SearchScreen

    if not isinstance(app.screen, SearchScreen):
        app.push_screen(SearchScreen(service, open_incident, like=like, query=query))


def next_time(app: App[None], service: Service, incident: str) -> None:
    """What an incident says to do the next time, over the screen that named it."""
    from incident_tui.screens.browse.across.next_time import NextTimeScreen

    app.push_screen(NextTimeScreen(service, incident))


def _numbers(app: App[None], service: Service, open_incident: Open) -> None:
    """How the incidents went."""
    from incident_tui.screens.browse.across.numbers import NumbersScreen

    if not isinstance(app.screen, NumbersScreen):

        def entries(query: str) -> None:
            _search(app, service, open_incident, query=query)

        app.push_screen(NumbersScreen(service, entries))
