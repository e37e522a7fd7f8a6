"""The console as a user has it, on an invented clock: keys go in, pictures come out."""

import os
from collections.abc import Awaitable, Callable, Iterable, Mapping
from copy import copy
from datetime import datetime
from functools import partial, wraps
from itertools import count
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from incident_tui.app import IncidentApp, make_app
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.history import CommitRequest, Committed, Outcome
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.line_note import LineNote
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Rows
from incident_tui.service import Declaration, Service
from incident_tui.service.git import commit_message
from incident_tui.service.machine.characters import UTF_8
from incident_tui.store.home import Home
from tests.support.console import settled as settled_by, until
from tests.support.incidents import DECLARED_AT, TRIAGE
from tests.support.plugins.pictures import SnapshotBesideItsText
from tests.support.thorough import EVERYTHING
from tests.support.world import Clock, make_world

MINUTE = TRIAGE[:-2]
"""A minute in an incident's life, up to the gate of the first stage."""


def _committed(request: CommitRequest) -> Outcome:
    return Committed(sha="a1b2c3d4e5f6", subject=request.subject)


class Recorded(NamedTuple):
    """What was recorded once, for every console that begins with it."""

    files: TemporaryDirectory[str]
    now: datetime
    ids: "count[int]"
    answer: object


RECORDED: dict[object, Recorded] = {}
Answer = TypeVar("Answer")


class Console:
    """The console over a home of its own, and what a user does with it."""

    def __init__(self, tmp_path: Path) -> None:
        self.base = tmp_path
        self.clock = Clock(DECLARED_AT)
        self.ids = count(1)
        env = {"TZ": "UTC", "PATH": "", "HOME": str(tmp_path)}
        world = replace(
            make_world(tmp_path, self.clock, env), new_id=lambda: f"{next(self.ids):012x}"
        )
        self.service = Service(
            Home(tmp_path / "home", tmp_path / "state"), world, "ana", version="0.1.0"
        )
        self.perform: Callable[[CommitRequest], Outcome] = _committed
        self.encoding = UTF_8

    def declare(self, title: str = "Checkout returns 5xx in eu-west") -> str:
        """An incident that is there before the console opens; gives its id."""
        return self.service.declare(Declaration(title)).id

    def once(self, key: object, record: Callable[[], Answer]) -> Answer:
        """Have something recorded, or copied if it was before in this process."""
        if any(self.base.iterdir()) or self.clock.now != DECLARED_AT:
            return record()  # it stands on what is there
        if key not in RECORDED:
            answer = record()
            files = TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
            copytree(self.base, files.name, dirs_exist_ok=True)
            RECORDED[key] = Recorded(files, self.clock.now, copy(self.ids), answer)
            return answer
        known = RECORDED[key]
        copytree(known.files.name, self.base, dirs_exist_ok=True)
        self.clock.now, self.ids = known.now, copy(known.ids)
        return known.answer  # type: ignore[return-value]

    def incident_with(self, *lines: str, declared: bool = False) -> str:
        """An incident with these lines entered, ten seconds apart, before the console opens."""
        return self.once(lines, lambda: self._incident_with(lines, declared))

    def _incident_with(self, lines: Iterable[str], declared: bool) -> str:
        session = self.service.open(self.service.active()[0]) if declared else None
        session = session or self.service.declare(Declaration("Checkout returns 5xx in eu-west"))
        for text in lines:
            self.clock.forward(seconds=10)
            session.enter(sure(parse(text)))
        return session.id

    def app(self, incident: str | None = None) -> IncidentApp:
        """The console, on the list or on an incident."""
        return make_app(
            self.service, incident=incident, perform=self.perform, encoding=self.encoding
        )


Keys = Callable[[Pilot[None]], Awaitable[None]]


def once(story: Callable[[Console], Answer]) -> Callable[[Console], Answer]:
    """Have a story recorded once in this process, and copied for all other consoles."""

    @wraps(story)
    def recorded(console: Console) -> Answer:
        return console.once(story, lambda: story(console))

    return recorded


@pytest.fixture
def with_documents() -> None:
    """What a test uses that looks at the documents of a commit."""


@pytest.fixture(autouse=True)
def no_document_rendered_unseen(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Render none for a commit that nobody makes: that was a fifth of what a line took.

    In CI, and `with_documents`, all are.
    """
    if not EVERYTHING and "with_documents" not in request.fixturenames:
        monkeypatch.setattr(commit_message, "render_folder", lambda incident: {})


@pytest.fixture
def console(tmp_path: Path) -> Console:
    """A console over an empty home."""
    return Console(tmp_path)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until everything that was asked for is done and shown."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        controller = controller_of(pilot)
        if controller is not None:
            controller.committer.drain(5)
        await pilot.pause(0)  # every widget has handled what it was sent
    await pilot.pause()  # and nothing follows from it


settled = partial(settled_by, wait=settle)


def controller_of(pilot: Pilot[None]) -> IncidentController | None:
    """The open incident, if one is open."""
    app = pilot.app
    assert isinstance(app, IncidentApp)
    return app.controller


async def enter(pilot: Pilot[None], *lines: str) -> None:
    """Type each line into the log line and press Enter."""
    for text in lines:
        war_room = pilot.app.screen
        assert isinstance(war_room, WarRoom), f"{text!r} was typed while {war_room} was shown"
        log_line = war_room.query_one(LogLine)
        log_line.focus()
        # The text is set at once: a key press costs 50 ms in a test.
        log_line.draft = text
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Enter a line and see it recorded, one that is doubted at the second Enter."""
    controller, war_room = controller_of(pilot), pilot.app.screen
    assert controller is not None
    assert isinstance(war_room, WarRoom)
    before = len(controller.incident.entries)
    log_line, note = war_room.query_one(LogLine), war_room.query_one(LineNote)
    note_before = note.understood
    log_line.focus()
    # Set at once, and waited for no longer than it takes: there are hundreds of lines.
    log_line.draft = text
    pilot.app.post_message(Key("enter", "\r"))  # `Pilot.press` would wait for 40 ms more

    def taken() -> bool:
        recorded = len(controller.incident.entries) > before or text.startswith("/me ")
        return recorded and log_line.draft == ""

    def doubted() -> bool:
        understood = note.understood
        return understood is not note_before and "Enter again records it" in understood.note

    await until(pilot, lambda: taken() or doubted())
    if not taken():
        pilot.app.post_message(Key("enter", "\r"))
        await until(pilot, taken)
    await pilot.pause()
    assert pilot.app.screen is war_room, text


def keys(*presses: str, lines: Iterable[str] = ()) -> Keys:
    """Enter lines, then press keys, then wait for what follows."""

    async def run(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await enter(pilot, *lines)
        for press in presses:
            in_text = isinstance(pilot.app.focused, Input | TextArea)
            await pilot.press(press)
            if len(press) > 1 or not in_text:  # what it opens is there before the next key
                while any(rows.guard.is_holding for rows in pilot.app.screen.query(Rows)):
                    await pilot.pause(0.05)
                await settle(pilot)
        await pilot.pause(0.05)
        await settle(pilot)
        await _laid_out(pilot)

    return run


Pictures = Callable[[IncidentApp, Mapping[str, Keys]], Awaitable[None]]
SMALL, MEDIUM = (80, 24), (120, 40)


@pytest.fixture
def pictures(snapshot: SnapshotAssertion) -> Pictures:
    """Compares what one console shows after each of several things that are done one by one.

    Each picture has the name of what was done before it. The terminal is small at first.
    """
    drawn = snapshot.use_extension(SnapshotBesideItsText)

    async def compare(app: IncidentApp, done: Mapping[str, Keys]) -> None:
        wrong = []
        async with app.run_test(size=SMALL) as pilot:
            for name, run in done.items():
                await run(pilot)
                await pilot.wait_for_scheduled_animations()
                await settle(pilot)
                if app.export_screenshot(title=app.title, simplify=True) != drawn(name=name):
                    wrong.append(name)
        assert not wrong, "these pictures are others"

    return compare


@pytest.fixture
def at_both_sizes(pictures: Pictures) -> Callable[[IncidentApp, Keys], Awaitable[None]]:
    """Compares what the console shows after something was done, small and then larger."""

    async def compare(app: IncidentApp, run: Keys) -> None:
        await pictures(app, {"80x24": run, "120x40": resized(MEDIUM)})

    return compare


def resized(size: tuple[int, int]) -> Keys:
    """Give the console another size."""

    async def run(pilot: Pilot[None]) -> None:
        await pilot.resize_terminal(*size)
        await settle(pilot)
        await _laid_out(pilot)

    return run


async def _laid_out(pilot: Pilot[None]) -> None:
    """Wait until no list takes another size: what is wrapped may be laid out twice."""
    before: list[object] = []
    for _ in range(50):
        now = [(rows.size, rows.virtual_size) for rows in pilot.app.screen.query(Rows)]
        if now == before:
            break
        before = list(now)
        await pilot.pause(0.1)


async def _paste(pilot: Pilot[None]) -> None:
    assert pilot.app.focused is not None
    pilot.app.focused.post_message(Paste("14:01 first page\n14:02 second page\n"))
    await pilot.pause()


OVER_THE_WAR_ROOM: dict[str, Keys] = {
    "BackfillScreen": _paste,
    "CheckpointScreen": keys("f12"),
    "ComposerScreen": keys("f5"),
    "FieldScreen": keys("alt+2", "j", "enter"),
    "FlagsScreen": keys("f6"),
    "FollowUpScreen": keys("ctrl+o"),
    "GateScreen": keys("ctrl+g"),
    "HelpScreen": keys("f1"),
    "ItemScreen": keys("alt+4", "enter"),
    "LayoutScreen": keys("alt+0"),
    "PostmortemScreen": keys("ctrl+t"),
    "ReaderScreen": keys("f7"),
}
"""What leads from the war room of an incident that is under way to each screen over it."""


async def over_the_war_room(pilot: Pilot[None], name: str) -> None:
    """Go from the war room to one of these screens."""
    await OVER_THE_WAR_ROOM[name](pilot)
    await until(pilot, lambda: type(pilot.app.screen).__name__ == name)
    await settle(pilot)


async def back_in_the_war_room(pilot: Pilot[None]) -> None:
    """Leave whatever lies over the war room, for an empty log line."""
    while not isinstance(pilot.app.screen, WarRoom):
        await pilot.press("escape")
        await settle(pilot)
    log_line = pilot.app.screen.query_one(LogLine)
    log_line.draft = ""
    log_line.focus()
    await settle(pilot)
