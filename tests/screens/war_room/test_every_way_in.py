"""One rule for every verb and every way in: nothing opens, and no letter goes astray, unasked.

The table says what each verb may open. A verb that is not in it fails here, until somebody has
thought about what it does to whoever goes on typing.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.screens.browse.changes import ChangesScreen
from incident_tui.screens.browse.gate import GateScreen
from incident_tui.screens.browse.help import HelpScreen
from incident_tui.screens.browse.layout import LayoutScreen
from incident_tui.screens.browse.outbound.deliver import DeliverScreen
from incident_tui.screens.browse.outbound.send import SendScreen
from incident_tui.screens.browse.people import PeopleScreen
from incident_tui.screens.forms.checkpoint import CheckpointScreen
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.terminal.burst_guard import Burst
from incident_tui.screens.war_room.palette import RoomCommands
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.chrome.header import Header
from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Rows
from tests.support.console import Host, painted, service_with, settle, settled, until
from tests.support.incidents import TRIAGE
from tests.support.thorough import thorough

pytestmark = pytest.mark.slow
discovery.load()

SCREENS: dict[str, type[Screen[Any]]] = {
    "gate": GateScreen,
    "composer": ComposerScreen,
    "checkpoint": CheckpointScreen,
    "people": PeopleScreen,
    "help": HelpScreen,
    "layout": LayoutScreen,
    "changes": ChangesScreen,
    "deliver": DeliverScreen,
    "send": SendScreen,
}
READING = {"gate", "help", "layout", "changes", "deliver", "send"}
"""Screens that take no text: what is typed there closes them and stands in the log line."""
BEGINS, ASKS, REFUSES = "begins", "asks", "refuses"


@dataclass(frozen=True)
class Ways:
    """What may open, by the way in; empty where the log line keeps caret and letters."""

    line: str = ""
    """The screen that the bare line asks for. A line that says more never opens one."""
    key: str = ""
    """The screen that its key asks for; or that the key begins the line, asks, or refuses."""


STAYS = Ways()
TABLE = {
    "": STAYS, "!": STAYS, "+": STAYS, "=": STAYS, ">": STAYS, "?": STAYS,
    "/ack": STAYS,  # while no packet waits for whoever types; else the packet
    "/act": STAYS, "/aside": STAYS, "/star": STAYS, "/summary": STAYS, "/unstar": STAYS,
    "/advance": Ways(key=REFUSES),  # the gate is shut here; one that is open is asked about
    "/amend": STAYS, "/answer": STAYS, "/approve": STAYS, "/attest": STAYS, "/cadence": STAYS,
    "/cause": STAYS, "/feed": STAYS, "/tag": STAYS, "/untag": STAYS,
    "/changes": Ways("changes"),
    "/deliver": Ways("deliver"),
    "/send": Ways("send"),
    "/checkpoint": Ways("checkpoint", "checkpoint"),
    "/close": STAYS, "/contain": STAYS, "/evidence": STAYS, "/factor": STAYS, "/fail": STAYS,
    "/fix": STAYS, "/found": STAYS,
    "/gate": Ways("gate", "gate"),
    "/goto": STAYS,  # or reads on in the timeline, where nobody types on
    "/guardrail": STAYS, "/hand-off": STAYS,
    "/hat": Ways(key=BEGINS),
    "/help": Ways("help"),
    "/hyp": STAYS, "/impact": STAYS, "/input": STAYS, "/judge": STAYS, "/keep": STAYS,
    "/keep-secret": STAYS,
    "/layout": Ways("layout"),
    "/legal": STAYS, "/lever": STAYS, "/lift": STAYS, "/link": STAYS,
    "/me": Ways("people", "people"),
    "/milestone": STAYS, "/mitigate": STAYS, "/prerequisite": STAYS, "/protect": STAYS,
    "/public": STAYS, "/quiet": STAYS,
    "/purged": STAYS, "/question": STAYS, "/redact": STAYS,
    "/redo": Ways(key=REFUSES),  # nothing was undone here; else it is asked about
    "/reopen": STAYS,
    "/restrict": STAYS, "/retract": STAYS, "/reverse": STAYS, "/revise": STAYS, "/role": STAYS,
    "/run": STAYS, "/scope": STAYS, "/set": STAYS,
    "/sev": Ways(key=BEGINS),
    "/snooze": STAYS, "/snooze-flag": STAYS, "/source": STAYS, "/state": STAYS,
    "/strategy": STAYS, "/strategy-trigger": STAYS, "/tested": STAYS, "/title": STAYS,
    "/undo": Ways(key=ASKS),
    "/undone": STAYS,
    "/update": Ways("composer", "composer"),
    "/verify": STAYS, "/waive": STAYS, "/why": STAYS,
}  # fmt: skip
ELSEWHERE = {form.lead for form in commands.every_command() if form.does}
"""They record nothing and open nothing over the room: what they do is looked at in the flows."""
LEADS = [lead for lead in commands.leads() if lead and lead not in ELSEWHERE]
BEHIND = "xy"
"""Typed straight behind, without a look at what the screen shows by then."""


def test_every_verb_has_been_thought_about() -> None:
    assert set(TABLE) == set(commands.leads()) - ELSEWHERE
    for lead, ways in TABLE.items():
        forms = commands.forms(lead)
        assert bool(ways.key) == any(form.key for form in forms), lead
        assert not ways.line or ways.line in {form.opens for form in forms}, lead
    assert {form.opens for form in commands.every_command() if form.opens} == set(SCREENS)


def room_with(base: Path, *lines: str) -> Host:
    return Host.of(WarRoom, service_with(base, *lines))


def log_line(app: Host) -> LogLine:
    return app.screen_stack[1].query_one(LogLine)


def recorded(app: Host) -> int:
    return len(app.controllers[0].incident.recorded)


def press(app: Host, *keys: str) -> None:
    """Send keys without waiting for what they do."""
    for key in keys:
        app.post_message(Key(key, {"enter": "\r", "space": " "}.get(key)))


def landed(line: LogLine, form: View[Any]) -> str:
    """What stands in the log line, in the form, and in the filter of a list to choose from."""
    filters = [rows.filter_text for rows in form.query(Rows)]
    return "|".join([line.draft, *form.typed_texts().values(), *filters])


async def lands(pilot: Pilot[None], app: Host, screen: str, draft: str, what: str) -> None:
    """See where the letters behind land, what is open, and what has the focus; and go back.

    Those that are typed before a form is there stay in the log line, and none is in two places.
    """
    line = log_line(app)
    if screen and screen not in READING:
        await until(pilot, lambda: isinstance(app.screen, SCREENS[screen]))
        shown = app.screen
        assert isinstance(shown, View)
        await until(pilot, lambda: landed(line, shown).count(BEHIND) == 1)
        press(app, *["escape" for rows in shown.query(Rows) if rows.filter_text], "escape")
        await until(pilot, lambda: isinstance(app.screen, WarRoom))
        return
    await until(pilot, lambda: line.draft == draft and not line.pending)
    if screen and not isinstance(app.screen, WarRoom):  # the letters came before it was there
        assert isinstance(app.screen, SCREENS[screen]), what
        press(app, "escape")
    await until(pilot, lambda: isinstance(app.screen, WarRoom) and line.has_line_focus)


async def test_a_typed_line_opens_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    """Recorded, refused or doubted, it is in the history, and the next line can be typed."""
    app = room_with(tmp_path, *TRIAGE[:-1])
    async with settled(app, size=(80, 24)) as pilot:
        line = log_line(app)
        forms = [form for form in commands.every_command() if not form.does]
        texts = dict.fromkeys(thorough([form.example for form in forms], one_in=3), "")
        stay = [lead for lead in LEADS if TABLE[lead] == STAYS]
        texts |= dict.fromkeys(thorough(stay, one_in=2), "")
        texts |= {lead: TABLE[lead].line for lead in LEADS if TABLE[lead] != STAYS}
        last = sorted(texts, key=lambda text: (text.startswith("/close"), text))
        for text, screen in ((text, texts[text]) for text in last):
            line.draft = text
            press(app, "enter", *BEHIND)
            await lands(pilot, app, screen, BEHIND, text)
            press(app, "ctrl+u", "up")
            await until(pilot, lambda text=text: line.draft == text)  # type: ignore[misc]
            line.draft = ""


@pytest.mark.parametrize("pane", ["", "alt+1"])
async def test_a_key_does_what_the_table_says(tmp_path: Path, pane: str) -> None:
    """From the log line and from a pane; it records nothing, and what was begun stays."""
    app = room_with(tmp_path, "api is slow")
    async with settled(app, size=(80, 24)) as pilot:
        known = recorded(app)
        for lead, ways in TABLE.items():
            if not ways.key:
                continue
            await pilot.press(*filter(None, [pane]), commands.forms(lead)[0].key)
            await settle(pilot)
            if ways.key in (ASKS, REFUSES):
                assert ("? Enter " if ways.key == ASKS else "✗ ") in painted(app), lead
            if ways.key == REFUSES and pane:
                press(app, "escape")  # a refusal takes the focus from nowhere
            press(app, *BEHIND)
            draft = f"{lead} {BEHIND}" if ways.key == BEGINS else BEHIND
            await lands(pilot, app, ways.key if ways.key in SCREENS else "", draft, lead)
            assert recorded(app) == known, lead
            log_line(app).draft = ""


async def test_a_line_typed_into_the_gate_is_whole_in_the_log_line(tmp_path: Path) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        known = recorded(app)
        leads = {lead[:2]: lead for lead in LEADS}.values()  # its keys hear letter by letter
        for lead in thorough(leads, one_in=3):
            press(app, "ctrl+g")
            await until(pilot, lambda: isinstance(app.screen, GateScreen))
            await until(pilot, lambda: app.focused is not None)
            assert app.focused is not None
            app.focused.post_message(Burst(f"{lead} a"))
            app.focused.post_message(Burst("b"))
            await lands(pilot, app, "", f"{lead} ab", lead)
            assert recorded(app) == known, lead
            log_line(app).draft = ""


@pytest.mark.parametrize("screen", ["composer", "checkpoint"])
async def test_a_line_typed_into_a_form_stays_there(tmp_path: Path, screen: str) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        known = recorded(app)
        war_room = app.screen
        assert isinstance(war_room, WarRoom)
        war_room.action_open(screen)
        await settle(pilot)
        leads = thorough(LEADS, one_in=3)
        for lead in leads:
            press(app, *lead, "enter")
            await asyncio.sleep(0)
        await settle(pilot)
        assert isinstance(app.screen, SCREENS[screen])
        assert isinstance(app.screen, View)
        typed = "".join(app.screen.typed_texts().values())
        assert [lead for lead in leads if lead not in typed] == []
        assert (recorded(app), log_line(app).draft) == (known, "")


async def test_the_palette_begins_the_line_of_every_verb(tmp_path: Path) -> None:
    app = room_with(tmp_path)
    async with settled(app, size=(80, 24)) as pilot:
        known = recorded(app)
        offers = [hit async for hit in RoomCommands(app.screen).discover()]
        begun_by = zip(commands.every_command(), offers, strict=False)
        for form, hit in thorough(begun_by, one_in=3):
            app.call_later(hit.command)
            begun = f"{form.lead} " if form.lead else ""
            await until(pilot, lambda begun=begun: log_line(app).draft == begun)  # type: ignore[misc]
            press(app, *BEHIND)
            await lands(pilot, app, "", f"{begun}{BEHIND}", form.name)
            log_line(app).draft = ""
        assert recorded(app) == known


@pytest.mark.parametrize("meanwhile", ["click", "somebody else"])
async def test_a_yes_is_to_what_was_asked_or_is_none(tmp_path: Path, meanwhile: str) -> None:
    service = service_with(tmp_path, "api is slow")
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("ctrl+z")
        await until(pilot, lambda: "? Enter takes back" in painted(app))
        if meanwhile == "click":
            await pilot.click(Header)
        else:
            service.open(service.active()[0]).enter("by the same person")
        known = recorded(app) + (meanwhile != "click")
        press(app, "enter")
        await until(pilot, lambda: "? Enter takes back" not in painted(app))
        await until(pilot, lambda: recorded(app) == known and not log_line(app).pending)
        assert not app.controllers[0].incident.retracted
