"""The composer: an update made of the log, changed by hand, posted once, ready to be pasted."""

from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_tui.domain.impact.updates import Update, Updates
from incident_tui.screens.forms.composer import ComposerScreen
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.service import Service
from tests.support.console import (
    EVIL,
    Host,
    forward,
    make_service,
    now_in,
    painted,
    service_with,
    settle,
    settled,
    until,
)
from tests.support.state import kept_texts
from tests.support.thorough import row
from tests.support.world import Clock

FELT = ("/sev SEV2", "/impact users 12 % of checkouts")
UPDATED = (*FELT, "/update We look into it. next:+30m")


host_of = partial(Host.of, ComposerScreen)


def posted(service: Service) -> list[Update]:
    return now_in(service).of(Updates).items


def text_of(app: Host) -> LinesInput:
    return app.screen.query_one(LinesInput)


def time_of(app: Host) -> LineInput:
    return app.screen.query_one(LineInput)


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """An incident that users feel."""
    return service_with(tmp_path, *FELT)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_it_begins_with_what_the_log_says(tmp_path: Path, size: tuple[int, int]) -> None:
    app = host_of(service_with(tmp_path, *FELT))
    async with settled(app, size=size):
        shown = painted(app)
        assert "Status update 1 · initial" in shown
        assert "Affected: 12 % of checkouts" in text_of(app).text
        assert "+60m" in shown  # the cadence of the severity
        assert "✓ at 15:07" in shown


async def test_what_is_posted_keeps_its_lines(service: Service) -> None:
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write('Checkout fails.\n\nKnown: no next:time\n- @14:02 \\ ? ! "quoted"')
        await pilot.press("f8")
        await until(pilot, lambda: app.given == [None])
        (item,) = posted(service)
        assert item.text == 'Checkout fails.\n\nKnown: no next:time\n- @14:02 \\ ? ! "quoted"'
        assert item.next_at is not None


async def test_enter_in_the_time_posts_and_in_the_text_is_a_new_line(service: Service) -> None:
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("One.")
        await pilot.press("enter", "t", "w", "o")
        assert posted(service) == []
        await pilot.press("tab")
        assert app.focused is time_of(app)
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
        assert posted(service)[0].text == "One.\ntwo"


async def test_nothing_new_takes_two_keys_in_all(tmp_path: Path) -> None:
    service = service_with(tmp_path, *UPDATED)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("ctrl+n", "enter")
        await until(pilot, lambda: app.given == [None])
        assert posted(service)[1].text.startswith("Nothing new since ")


async def test_nothing_new_can_be_taken_back(tmp_path: Path) -> None:
    """What was typed before is one key away."""
    app = host_of(service_with(tmp_path, *UPDATED))
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("A long text.")
        await pilot.press("ctrl+n")
        assert text_of(app).text.startswith("Nothing new")
        text_of(app).focus()
        await pilot.press("ctrl+z")
        assert text_of(app).text == "A long text."


async def test_the_texts_to_paste_are_copied_and_their_file_is_named(service: Service) -> None:
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("Checkout fails.")
        await pilot.press("f8")
        await until(pilot, lambda: app.given == [None])
        file = service.open(service.active()[0]).folder / "updates" / "1-initial.txt"
        assert app.clipboard == file.read_text()
        assert app.clipboard.startswith("First message: Checkout returns 5xx\n\nCheckout fails.\n")
        (notice,) = [each.text for each in app.controllers[0].notices.newest_first]
        assert service.world.shown(file) in notice


async def test_whoever_has_a_command_for_updates_is_told_how_to_hand_it_on(
    service: Service,
) -> None:
    settings = service.home.path / "incident-tui.toml"
    settings.write_text('[send]\ncommand = ["/opt/notify.sh", "https://example.org/s3cret"]\n')
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("f8")
        await until(pilot, lambda: len(posted(service)) == 1)
        await settle(pilot)
    [notice] = [each.text for each in app.controllers[0].notices.newest_first]
    assert "/send hands it to notify.sh" in notice
    assert "s3cret" not in notice


async def test_what_is_refused_stays_with_the_reason(tmp_path: Path) -> None:
    service = service_with(tmp_path, *FELT)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("Mine.")
        for time, says in [
            ("", "without the time of the next one"),
            ("-5m", "next update '-5m'"),
            ("soon", "'soon'"),
        ]:
            with row(time):
                time_of(app).write(time)
                await pilot.press("f8")
                await until(pilot, lambda says=says: says in painted(app))  # type: ignore[misc]
                assert (app.given, text_of(app).text, posted(service)) == ([], "Mine.", [])


async def test_an_empty_text_is_not_posted(service: Service) -> None:
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("  \n ")
        await pilot.press("f8")
        await settle(pilot)
        assert "There is nothing to post" in painted(app)
        assert posted(service) == []


async def test_once_resolved_it_is_a_resolution_without_a_next_time(tmp_path: Path) -> None:
    service = service_with(tmp_path, *UPDATED, "/state resolved")
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        assert "Status update 2 · resolution" in painted(app)
        await pilot.press("f8")
        await until(pilot, lambda: app.given == [None])
        assert (posted(service)[1].form, posted(service)[1].next_at) == ("resolution", None)


async def test_an_update_of_somebody_else_stops_a_hasty_key_once(tmp_path: Path) -> None:
    service = service_with(tmp_path, *FELT)
    assert isinstance(service.world.clock, Clock)
    other = make_service(tmp_path, service.world.clock, actor="ben")
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("Mine.")
        other.open(other.active()[0]).enter("/update Theirs. next:+30m")
        await app.controllers[0].poll()
        await pilot.pause()
        assert "ben posted meanwhile: Theirs." in painted(app)
        assert "Status update 2 · update" in painted(app)
        await pilot.press("f8")
        await settle(pilot)
        assert "Not posted yet." in painted(app)
        await pilot.press("f8")
        await until(pilot, lambda: app.given == [None])
        assert [item.text for item in posted(service)] == ["Theirs.", "Mine."]


async def test_what_the_log_learned_meanwhile_is_offered_and_not_forced(service: Service) -> None:
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("Mine.")
        await app.controllers[0].enter("/impact users everybody")
        await pilot.pause()
        assert "The log has gone on by 1" in painted(app)
        assert text_of(app).text == "Mine."
        await pilot.press("ctrl+l")
        assert "everybody" in text_of(app).text


# --- drafts --------------------------------------------------------------------------------------


async def test_what_was_typed_is_there_again(service: Service) -> None:
    """After Esc, and after the console has ended."""
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("Half a\nsentence")
        time_of(app).write("+45m")
        await pilot.press("escape")
    assert posted(service) == []
    again = host_of(service)
    async with settled(again, size=(80, 24)) as pilot:
        # What is typed next stands apart.
        assert (text_of(again).text, time_of(again).value) == ("Half a\nsentence ", "+45m")
        assert "your draft from before" in painted(again)
        text_of(again).write("Half a\nsentence more")
    last = host_of(service)
    async with settled(last, size=(80, 24)) as pilot:
        assert text_of(last).text == "Half a\nsentence more "
        await pilot.press("f8")
        await until(pilot, lambda: last.given == [None])
    fresh = host_of(service)
    async with settled(fresh, size=(80, 24)) as pilot:
        assert "sentence" not in text_of(fresh).text


async def test_a_text_that_only_the_log_made_is_made_anew(service: Service) -> None:
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("escape")
    service.open(service.active()[0]).enter("/impact users everybody")
    again = host_of(service)
    async with settled(again, size=(80, 24)) as pilot:
        assert "everybody" in text_of(again).text


async def test_a_draft_is_kept_while_it_is_typed(service: Service) -> None:
    """A console that is killed loses two seconds at most."""
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write("Half a sentence")
        screen = app.screen
        assert isinstance(screen, ComposerScreen)
        screen.keep_draft()
        await until(
            pilot,
            lambda: (
                kept_texts(service.home, service.active()[0]).get("composer") == "Half a sentence"
            ),
        )


async def test_a_resize_keeps_text_time_and_cursor(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *FELT))
    async with settled(app, size=(120, 40)) as pilot:
        text_of(app).write("Half a sentence")
        time_of(app).write("+45m")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert (text_of(app).text, time_of(app).value) == ("Half a sentence", "+45m")
        assert app.focused is text_of(app)
        assert text_of(app).cursor_location == (0, 15)


LONG = (
    "Checkout returns 5xx for 12 % of checkouts in eu-west. Cause: v42 exhausts the connection "
    "pool; we are rolling back to v41.\n结账失败 for some users, and no order is lost as far as "
    "is known.\nNext: the pool, the retries, the canary."
)


async def test_no_word_is_doubled_or_missing_after_the_terminal_narrowed(tmp_path: Path) -> None:
    """The words as they are painted: a field may keep the wraps that it had before."""
    app = host_of(service_with(tmp_path, *FELT))
    async with settled(app, size=(80, 24)) as pilot:
        text_of(app).write(LONG)
        for begin in (80, 100, 120):
            for width, height in ((begin, 24), (60, 20), (73, 24), (60, 14), (begin, 24), (61, 20)):
                with row(begin, width, height):
                    await pilot.resize_terminal(width, height)
                    await settle(pilot)
                    text_of(app).scroll_home(animate=False)
                    await settle(pilot)
                    assert words_in(text_of(app)) == LONG.split()


def words_in(field: LinesInput) -> list[str]:
    """The words of a field as they stand on the screen: what a line has beyond it is not there."""
    seen = field.content_region
    strips = field.screen._compositor.render_strips()[seen.y : seen.bottom]
    return " ".join(strip.crop(seen.x, seen.right).text for strip in strips).split()


async def test_text_of_users_stays_text(tmp_path: Path) -> None:
    service = service_with(tmp_path, "/sev SEV2", f"/impact users {EVIL}")
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        assert "[/var/log] [b]x[/b]" in painted(app)
        assert "\x1b" not in painted(app)
        await pilot.press("f8")
        await until(pilot, lambda: app.given == [None])
        assert "\x1b" not in app.clipboard


async def test_the_same_text_twice_in_a_row_is_asked_about(service: Service) -> None:
    for number, minutes in enumerate((0, 1, 30)):
        forward(service, minutes)
        app = host_of(service)
        async with settled(app, size=(80, 24)) as pilot:
            text_of(app).write(f"Checkout fails for many users in eu-west as of 14:0{number}.")
            await pilot.press("f8")
            if minutes == 1:
                await settle(pilot)
                assert "the last update says the same, 1m ago" in painted(app)
                assert len(posted(service)) == number
                await pilot.press("f8")
            await settle(pilot)
            assert app.given == [None]
        assert len(posted(service)) == number + 1


async def test_what_is_typed_into_a_text_made_of_the_log_stands_apart_from_it(
    tmp_path: Path,
) -> None:
    app = host_of(service_with(tmp_path, *FELT))
    async with settled(app, size=(80, 24)) as pilot:
        made = text_of(app).text
        await pilot.press(*"Works again")
        assert text_of(app).text == f"{made.rstrip()}\nWorks again"


def audience_of(app: Host) -> LineInput:
    return app.screen.query_one("#composer-audience", LineInput)


async def name_audience(pilot: Pilot[None], app: Host, name: str) -> None:
    """Name the audience, and go back to the text."""
    audience_of(app).focus()
    audience_of(app).write(name)
    await pilot.press("enter")
    await until(pilot, lambda: text_of(app).has_focus)


async def test_each_audience_gets_its_own_text_and_its_own_promise(tmp_path: Path) -> None:
    service = service_with(tmp_path, *UPDATED)
    app = host_of(service)
    async with app.run_test(size=(90, 24)) as pilot:
        await until(pilot, lambda: text_of(app).has_focus)
        text_of(app).write("For all of you.")
        await name_audience(pilot, app, "leadership")
        assert text_of(app).text == "For all of you.", "it begins with what stands there"
        text_of(app).write("For those who decide.")
        await name_audience(pilot, app, "everybody")
        await until(pilot, lambda: text_of(app).text == "For all of you.")
        await name_audience(pilot, app, "leadership")
        await until(pilot, lambda: text_of(app).text == "For those who decide.")
        app.screen.query_one("#composer-next", LineInput).write("+20m")
        await pilot.press("f8")
        await until(pilot, lambda: len(posted(service)) == 2)
    last = posted(service)[-1]
    assert (last.audience, last.text) == ("leadership", "For those who decide.")
    assert last.next_at != posted(service)[0].next_at
    again = host_of(service)
    async with again.run_test(size=(90, 24)) as pilot:
        await until(pilot, lambda: text_of(again).text == "For all of you. ")


async def test_a_draft_of_another_audience_is_seen_before_it_is_posted(tmp_path: Path) -> None:
    service = service_with(tmp_path, *UPDATED)
    app = host_of(service)
    async with app.run_test(size=(90, 24)) as pilot:
        await until(pilot, lambda: text_of(app).has_focus)
        await name_audience(pilot, app, "leadership")
        text_of(app).write("For those who decide.")
        await name_audience(pilot, app, "")
        text_of(app).write("For all of you.")
        audience_of(app).focus()
        audience_of(app).write("leadership")
        await pilot.press("f8")
        await until(pilot, lambda: "This is your draft for leadership" in painted(app))
    assert len(posted(service)) == 1
