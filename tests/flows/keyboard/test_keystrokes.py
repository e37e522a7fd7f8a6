"""The page of keys says how many keys each task takes beside its text: those do it, and are few."""

import re
from collections.abc import Callable
from statistics import median

from textual.events import Paste
from textual.pilot import Pilot

from incident_tui.app import IncidentApp
from incident_tui.domain.core.events import Incident
from incident_tui.screens.browse.across.follow_up import FollowUpScreen
from incident_tui.screens.browse.flags import FlagsScreen
from incident_tui.screens.browse.incidents import IncidentsScreen
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.pane_tabs import PaneTabs
from incident_tui.screens.widgets.rows.rows import Rows
from tests.flows.conftest import MINUTE, Console, settle, settled
from tests.support.console import painted, until
from tests.support.paths import ROOT

MOST, USUAL = 5, 3
"""Keys that a task takes at most, and that half of them take at most."""
ROW = re.compile(r"^\| (?P<task>[^|`]+) \| (?P<keys>[^|]+) \| (?P<count>\d+) \|$", re.M)
SIGNS = {"/": "slash", "@": "at", "+": "plus"}
TEXT = {
    "log a fact": ("only in eu-west",),
    "log what was earlier": ("13:59", "the pager rang"),
    "rule a hypothesis out": ("the pool is half empty",),
    "note an action item": ("alert on login errors",),
    "hand over": ("ben",),
    "correct the last entry": (" for everybody",),
    "find an entry": ("pager rang",),
    "read what was said at a time": ("13:59",),
    "copy an update": ("kind:update",),
    "record pasted lines": ("one\ntwo\nthree",),
    "declare an incident": ("Mail is late",),
}
"""What is typed in each task, for the words in capitals."""


def of_page() -> dict[str, tuple[list[tuple[str, str]], int]]:
    """The keys of each task, text in capitals; and how many keys the page says they are."""
    page = (ROOT / "docs" / "keys.md").read_text("utf-8").partition("## Everywhere")[0]
    return {
        row["task"]: (re.findall(r"`([^`]+)`|([A-Z]+)", row["keys"]), int(row["count"]))
        for row in ROW.finditer(page)
    }


def test_half_of_the_tasks_take_three_keys_and_none_more_than_five() -> None:
    counts = [count for _, count in of_page().values()]
    assert [sum(bool(key) for key, _ in keys) for keys, _ in of_page().values()] == counts
    assert len(counts) > 20
    assert (max(counts) <= MOST, median(counts) <= USUAL) == (True, True)


def held(pilot: Pilot[None]) -> bool:
    return any(rows.guard.is_holding for rows in pilot.app.screen.query(Rows))


async def do(pilot: Pilot[None], task: str) -> None:
    """Press the keys that the page names, each text pasted where it stands among them."""
    texts = iter(TEXT.get(task, ()))
    for key, word in of_page()[task][0]:
        if word:
            pilot.app.post_message(Paste(next(texts)))
        else:
            await pilot.press(SIGNS.get(key, key))
        await until(pilot, lambda: not held(pilot))  # a letter that leads elsewhere waits a moment
        await settle(pilot)
    assert next(texts, None) is None, task


def in_room(app: IncidentApp) -> WarRoom:
    assert isinstance(app.screen, WarRoom)
    return app.screen


def now(app: IncidentApp) -> Incident:
    assert app.controller is not None
    return app.controller.incident


def last(app: IncidentApp) -> tuple[str, str]:
    entry = now(app).recorded[-1]
    return entry.event.kind, entry.event.tell(entry, now(app))


def opened(app: IncidentApp) -> str:
    return app.controller.session.id if app.controller is not None else ""


def cursor_on(app: IncidentApp) -> str:
    row = in_room(app).query_one(TimelinePane).rows.row
    entry = next(entry for entry in now(app).recorded if row is not None and entry.id == row.key)
    return entry.event.tell(entry, now(app))


RECORDED: dict[str, tuple[str, str]] = {
    "log a fact": ("fact", "only in eu-west"),
    "log what was earlier": ("fact", "the pager rang"),
    "correct the last entry": ("amended", "now reads: only in eu-west for everybody"),
    "set the severity": ("severity", "SEV3 -> SEV2"),
    "rule a hypothesis out": ("ruled out", "the pool is half empty"),
    "note an action item": ("action", "alert on login errors"),
    "record pasted lines": ("fact", "three"),
    "take back the last line, or paste": ("retracted", ""),
    "bring it back": ("restored", ""),
    "post the update that the log makes": ("update", "Checkout returns 5xx"),
    "ask for the approval of a stage": ("review", ""),
    "approve it": ("stage", "Triage done"),
    "hand over": ("checkpoint", "ben"),
}
"""Kind of the entry that each task leaves behind, and a part of what it tells."""
SHOWN: dict[str, Callable[[IncidentApp], bool]] = {
    "put on a hat": lambda app: "ana·scribe ›" in painted(app),
    "find an entry": lambda app: cursor_on(app) == "the pager rang",
    "read what was said at a time": lambda app: cursor_on(app) == "the pager rang",
    "copy an update": lambda app: "it stands in ~/home/" in painted(app),
    "see what is wrong here": lambda app: isinstance(app.screen, FlagsScreen),
    "see what is overdue anywhere": lambda app: isinstance(app.screen, FollowUpScreen),
    "give a pane the whole screen": lambda app: in_room(app).query_one(PaneTabs).display,
    "declare an incident": lambda app: "mail-is-late" in opened(app),
    "go to another incident": lambda app: "checkout" in opened(app),
}
"""What the screen shows after the others."""


async def in_place(pilot: Pilot[None], task: str) -> None:
    """Where the task begins: the list of incidents to declare one, else the log line."""
    if task == "declare an incident":
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(pilot.app.screen, IncidentsScreen))
        return
    while not isinstance(pilot.app.screen, WarRoom):
        await pilot.press("escape")
        await settle(pilot)
    await pilot.press("escape")


async def test_each_task_is_done_with_the_keys_of_the_page(console: Console) -> None:
    app = console.app(console.incident_with(*(line.replace("SEV2", "SEV3") for line in MINUTE)))
    async with settled(app, size=(120, 40)) as pilot:
        assert {*RECORDED, *SHOWN} == of_page().keys()
        for task in [*RECORDED, *SHOWN]:
            await in_place(pilot, task)
            known = len(now(app).recorded) if task in RECORDED else 0
            await do(pilot, task)
            if task in RECORDED:
                kind, words = RECORDED[task]
                await until(pilot, lambda: len(now(app).recorded) > known)  # noqa: B023
                await settle(pilot)
                assert (last(app)[0], words in last(app)[1]) == (kind, True), (task, last(app))
            else:
                await until(pilot, lambda: SHOWN[task](app))  # noqa: B023
