"""The reader: the files as they will be committed, and artifacts as they were once sent in."""

from functools import partial
from pathlib import Path

import pytest

from incident_tui.screens.browse.reader import ReaderScreen
from incident_tui.screens.widgets.rows.rows import Rows
from tests.support.console import (
    EVIL,
    Host,
    listed,
    painted,
    press_later,
    service_with,
    settle,
    settled,
    until,
)
from tests.support.incidents import TRIAGE

TWICE = (*TRIAGE[:-1], "/revise say which pods", "/impact data some orders twice", "/advance")


host_of = partial(Host.of, ReaderScreen)


def text_of(app: Host) -> str:
    """What stands in the text, wherever it is scrolled to."""
    rows = app.screen.query_one("#reader-text").query_one(Rows)
    return "\n".join(row.build().plain for row in rows.shown)


def go_to(app: Host, key: str) -> None:
    assert app.screen.query_one("#reader-contents").query_one(Rows).select(key)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_every_document_is_listed_and_the_first_is_open(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = host_of(service_with(tmp_path, *TWICE))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: text_of(app).startswith("Checkout returns 5xx"))
        for name in ("README.md", "timeline.md", "artifacts/1-incident-brief.md"):
            assert name in listed(app)


async def test_moving_through_the_list_shows_each_document(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TWICE))
    async with settled(app, size=(80, 24)) as pilot:
        go_to(app, "now artifacts/1-incident-brief.md")
        await until(pilot, lambda: "Incident brief" in text_of(app))
        assert "some orders twice" in text_of(app)


async def test_a_revision_reads_as_it_was_sent_in(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TWICE))
    async with settled(app, size=(120, 40)) as pilot:
        assert "sent back: say which pods" in listed(app)
        go_to(app, "past 1 1")
        await until(pilot, lambda: "Revision 1 waits for approval" in text_of(app))
        assert "Data: none" in text_of(app)
        assert "some orders twice" not in text_of(app)


async def test_what_is_read_stays_until_the_reader_wants_it_anew(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path))
    async with settled(app, size=(80, 24)) as pilot:
        go_to(app, "now timeline.md")
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        await screen.controller.enter("only eu-west is affected")
        await until(pilot, lambda: "The log has gone on by 1" in painted(app))
        assert "only eu-west is affected" not in text_of(app)
        await pilot.press("a")
        await until(pilot, lambda: "only eu-west is affected" in text_of(app))


async def test_text_of_users_stays_text(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, EVIL))
    async with settled(app, size=(120, 40)) as pilot:
        go_to(app, "now timeline.md")
        await until(pilot, lambda: "click=app.quit" in text_of(app))
        assert "\x1b" not in painted(app)


async def test_enter_goes_into_the_text_and_q_comes_back_step_by_step(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path))
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("enter", "q")
        await settle(pilot)
        assert app.given == []
        await pilot.press("q")
        await until(pilot, lambda: app.given == [None])


async def test_y_copies_the_document_and_writes_the_file_that_it_names(tmp_path: Path) -> None:
    service = service_with(tmp_path, "pool is full")
    app = Host.of(ReaderScreen, service)
    async with settled(app, size=(120, 40)) as pilot:
        await pilot.press("y")
        await until(pilot, lambda: bool(app.notices))
        named = next(path for path in tmp_path.rglob("*.md") if path.name in app.notices[0])
        assert app.clipboard == named.read_text("utf-8")


async def test_r_shows_the_raw_text_and_the_rendered_one_again(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TWICE))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: text_of(app).startswith("Checkout returns 5xx"))
        assert "r raw" in painted(app)
        await pilot.press("r")
        await until(pilot, lambda: text_of(app).startswith("# Checkout returns 5xx"))
        go_to(app, "now artifacts/1-incident-brief.md")
        await until(pilot, lambda: "# Incident brief" in text_of(app))
        press_later(app, "v")
        await until(pilot, lambda: text_of(app).startswith("Incident brief"))


async def test_a_page_that_is_no_markdown_is_read_as_it_is(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TWICE))
    async with settled(app, size=(80, 24)) as pilot:
        go_to(app, "now updates/1-initial.txt")
        await until(pilot, lambda: text_of(app).startswith("First message: "))
        await settle(pilot)
        before = text_of(app)
        await pilot.press("r")
        await until(pilot, lambda: "no other form" in " ".join(app.notices))
        assert text_of(app) == before
