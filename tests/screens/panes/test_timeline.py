"""What Enter on an entry of the timeline offers: lines that would be taken, and no others."""

from functools import partial

from textual.events import Paste

from incident_tui.screens.panes.entry_preview import EntryPreview
from incident_tui.screens.panes.timeline import TimelinePane
from incident_tui.screens.war_room.war_room import WarRoom
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.screens.widgets.rows.rows import Row, Rows
from incident_tui.service import Service
from tests.support.console import Host, declare, forward, listed, painted, settle, settled, until
from tests.support.thorough import row

FACT = 2


async def test_hiding_the_words_of_an_entry_is_offered_where_it_would_be_taken(
    service: Service,
) -> None:
    lines = ["ben of acme called", "he named a customer", "he named another", "and one more"]
    hidden = ["/restrict 3 names a customer", "/retract 4 wrong panel", "/redact 5"]
    declare(service, [*lines, *hidden])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)):
        pane = app.screen.query_one(TimelinePane)
        for what, number, restrict, redact in [
            ("an entry that cannot be corrected", 1, True, True),
            ("a fact", FACT, True, True),
            ("restricted already", 3, False, True),
            ("does not count any more", 4, False, True),
            ("the mark of a redaction", 8, True, False),
        ]:
            with row(what):
                entry = pane.incident.by_number(number)
                assert entry is not None
                offers = [offer.line for offer in pane.offers(entry.id)[1]]
                assert (f"/restrict {number} " in offers) == restrict
                assert (f"/redact {number} " in offers) == redact


async def test_choosing_to_redact_only_begins_the_line(service: Service) -> None:
    """One key never destroys: the words are gone with the Enter in the log line, not before."""
    session = declare(service, ["the token is abc"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        pane = app.screen.query_one(TimelinePane)
        pane.rows.focus()
        entry = pane.incident.by_number(FACT)
        assert entry is not None
        pane.rows.select(entry.id)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("end")
        assert "/redact 2" in app.screen.query_one(Rows).row.build().plain  # type: ignore[union-attr]
        await pilot.press("enter")
        line = app.screen_stack[1].query_one(LogLine)
        await until(pilot, lambda: line.draft == "/redact 2 ")
    again = service.open(session.id).incident
    assert "the token is abc" in again.entries[1].event.tell(again.entries[1], again)


async def test_an_entry_keeps_its_row_until_it_is_corrected(service: Service) -> None:
    """A log of thousands grows by one row for each line, and is not made anew."""
    declare(service, ["error rate is 14 %", "it was the deploy"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        pane = app.screen.query_one(TimelinePane)

        def rows() -> dict[str, Row]:
            return {row.key: row for row in pane.rows.rows if row.selectable}

        before = rows()
        controller = pane.controller
        await controller.enter("@-5m a page came")
        await settle(pilot)
        after = rows()
        assert len(after) == len(before) + 1
        renewed = [key for key, row in before.items() if after[key] is not row]
        assert len(renewed) <= 1  # the one below the new row, which names its author no more
        await controller.enter(f"/amend {FACT} error rate is 41 %")
        await settle(pilot)
        corrected = pane.incident.by_number(FACT)
        assert corrected is not None
        changed = [key for key, row in rows().items() if after.get(key) is not row]
        assert corrected.id in changed
        assert "41 % (amended)" in rows()[corrected.id].build().plain
        assert "41 % (amended)" in painted(app)
        assert "(retracted)" not in painted(app)
        await controller.enter(f"/retract {FACT} wrong panel")
        await until(pilot, lambda: "(retracted)" in painted(app))


async def test_filter_and_jump_are_typed_in_the_timeline_or_as_a_line(service: Service) -> None:
    lines = ["pool is full", "! roll back", "@13:50 a page came", "pool is fine"]
    declare(service, lines)
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        pane = app.screen.query_one(TimelinePane)

        def here() -> int:
            row = pane.rows.row
            return pane.incident.number(row.key) if row else 0

        pane.rows.focus()
        await pilot.press("slash")
        assert "kind: by: hat: episode: since: until: @14:20" in painted(app)
        pane.rows.post_message(Paste("by:ana kind:decision"))
        await pilot.press("enter", "escape")
        assert here() == 3
        await pilot.press("slash")
        pane.rows.post_message(Paste("kind:milestone"))
        await pilot.press("enter")  # which is no line, and stays
        assert "no entry has kind:milestone; here there are:" in painted(app)
        await pilot.press("escape", "slash")
        pane.rows.post_message(Paste("@13:40"))
        await pilot.pause()
        assert "go to: @13:40▏ · Enter: 13:50 fact a page came" in painted(app)
        await pilot.press("enter")
        assert here() == 4
        line = app.screen.query_one(LogLine)
        line.send("/goto #5")
        await until(pilot, lambda: here() == 5 and pane.rows.has_focus)
        line.send("/goto #77")
        await until(pilot, lambda: "there is no entry 77" in painted(app))
        assert len(service.open(service.active()[0]).incident.recorded) == 5


async def test_a_late_entry_typed_into_the_timeline_is_one(
    service: Service,
) -> None:
    """Its @ begins a jump, until it is plain that more than a time is typed."""
    declare(service, ["pool is full"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        app.screen.query_one(TimelinePane).rows.focus()
        await pilot.press("@", *"14:01 cold", "enter")
        await until(pilot, lambda: "✓ #3 fact, saved" in painted(app))
        assert app.screen.query_one(LogLine).draft == ""


async def test_e_begins_the_line_that_corrects_with_the_text_in_it(service: Service) -> None:
    """What stood in the log line is not lost; the declaration is corrected by another title."""
    declare(service, ["error rate is 14 %"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        pane, line = app.screen.query_one(TimelinePane), app.screen.query_one(LogLine)
        line.draft = "half a thought"
        pane.rows.focus()
        await pilot.press("e")
        await until(pilot, lambda: line.draft == "/amend 2 error rate is 14 %")
        await until(pilot, lambda: line.has_line_focus)
        await until(pilot, lambda: "↑ has what stood here" in painted(app))
        line.draft = ""
        await pilot.press("up")
        assert line.draft == "half a thought"
        line.draft = ""
        pane.rows.focus()
        await pilot.press("home", "e")
        await until(pilot, lambda: line.draft.startswith("/title "))


async def test_y_copies_an_entry_and_says_which_file_holds_it(service: Service) -> None:
    declare(service, ["error rate is 14 % src:pager"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(160, 40)) as pilot:
        app.screen.query_one(TimelinePane).rows.focus()
        await pilot.press("y")
        await until(pilot, lambda: "#2 copied, where the terminal lets it" in painted(app))
        assert app.clipboard.endswith("UTC fact error rate is 14 % (ana, pager)")
        assert "incident.json" in painted(app)


async def test_the_whole_entry_under_the_cursor_is_read_below_the_rows(service: Service) -> None:
    """Unasked where there is much room; p shows it anywhere, and takes it away again."""
    declare(service, ["word " * 40 + "end", "pool is fill", "/amend 3 pool is full"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        pane = app.screen.query_one(TimelinePane)
        pane.rows.focus()
        assert "20 Nov 2026 14" not in painted(app)
        await pilot.press("p")
        await until(pilot, lambda: "#4 amended · 20 Nov 2026 14" in painted(app))
        await pilot.press("up")
        await until(pilot, lambda: "recorded as: pool is fill" in painted(app))
        assert "#4 amended #3 now reads: pool is full" in painted(app)
        assert "pool is full (amended)" in painted(app)
        await pilot.press("p")
        await until(pilot, lambda: "recorded as: pool is fill" not in painted(app))
    app = Host.of(WarRoom, service)
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "#4 amended · 20 Nov 2026 14" in painted(app))


async def test_a_room_without_entries_says_what_to_type_first_and_then_no_more(
    service: Service,
) -> None:
    declare(service)
    app = Host.of(WarRoom, service)
    sizes = [(60, 12), (60, 20), (80, 24), (120, 40), (200, 60)]
    first = "Next, for Triage: = SIGNAL … -> … src:…"
    async with app.run_test() as pilot:
        for size in sizes:
            with row("before", *size):
                await pilot.resize_terminal(*size)
                await until(pilot, lambda: first in painted(app))
        await pilot.press(*"pool", "enter")
        for size in sizes:
            with row("after", *size):
                await pilot.resize_terminal(*size)
                await until(pilot, lambda: "#2" in painted(app))
                await until(pilot, lambda: "Next, for Triage" not in painted(app))


async def test_a_wide_timeline_shows_the_entry_beside_its_rows(service: Service) -> None:
    declare(service, ["pool is full"])
    app = Host.of(WarRoom, service)
    async with app.run_test(size=(200, 24)) as pilot:
        preview, rows = app.screen.query_one(EntryPreview), app.screen.query_one(TimelinePane).rows
        await until(pilot, lambda: preview.display and preview.region.x >= rows.region.right)
        assert rows.size.width >= 80
        await pilot.resize_terminal(120, 24)
        await until(pilot, lambda: not preview.display)


async def test_how_long_a_hat_is_worn_goes_on_with_the_clock(service: Service) -> None:
    declare(service, ["/role all me"])
    app = Host.of(WarRoom, service)
    async with app.run_test(size=(200, 60)) as pilot:
        await until(pilot, lambda: "commander       ana 0s" in painted(app))
        forward(service, 12)
        await until(pilot, lambda: "commander       ana 12m" in painted(app))
        await pilot.resize_terminal(100, 40)  # no room for columns
        await until(pilot, lambda: "commander  ana  12m" in painted(app))


async def test_a_run_of_late_entries_that_goes_on_is_told_at_its_first(service: Service) -> None:
    declare(service, ["pool is full"])
    forward(service, 60)
    app = Host.of(WarRoom, service)
    async with app.run_test(size=(80, 24)) as pilot:
        line = app.screen.query_one(LogLine)
        line.draft = "@-40m pager rang"
        await pilot.press("enter")
        await until(pilot, lambda: "pager rang  (+40m)" in painted(app))
        line.draft = "@-30m nobody looked"
        await pilot.press("enter")
        await until(pilot, lambda: "pager rang  (+40m, 1 more below)" in painted(app))
        assert "(+30m)" not in painted(app)


async def test_a_late_entry_keeps_the_rows_before_it_and_moves_those_behind(
    service: Service,
) -> None:
    """Rows, days and names read as if all had been listed at once."""
    declare(service, ["pool is full"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        pane = app.screen.query_one(TimelinePane)
        for passed, text in enumerate(("@-1m rang", "@-26h nobody looked", "@-2m seen", "now")):
            forward(service, passed * 400)
            app.screen.query_one(LogLine).draft = text
            await pilot.press("enter")
            await until(pilot, partial(knows, pane, 3 + passed))
            assert texts_of(pane.make_rows()) == texts_of(TimelinePane(pane.controller).make_rows())


def knows(pane: TimelinePane, entries: int) -> bool:
    return len(pane.incident.entries) == entries


def texts_of(rows: list[Row]) -> list[str]:
    return [row.build().plain for row in rows]


async def test_a_long_source_is_short_in_its_row_and_whole_in_the_preview(service: Service) -> None:
    source = "acme_cloud-platform__2023-09-18-lack-of-space.md:36"
    declare(service, [f"disk is full src:{source}"])
    app = Host.of(WarRoom, service)
    async with settled(app, size=(80, 24)) as pilot:
        assert "src acme_cloud-pla…f-space.md:36" in listed(app)
        app.screen.query_one(TimelinePane).rows.focus()
        await pilot.press("p")
        await until(pilot, lambda: source in "".join(painted(app).split()).replace("│", ""))
