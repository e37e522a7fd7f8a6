"""The list of incidents: what is going on comes first, and a broken file hides no other."""

from collections.abc import Callable

import pytest
from textual.events import Key

from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.screens.browse.incidents import IncidentRows, IncidentsScreen
from incident_tui.screens.terminal.burst_guard import TOGETHER
from incident_tui.service import Declaration, Service
from tests.support.console import (
    EVIL,
    Host,
    declare,
    forward,
    listed,
    painted,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.thorough import row


class Asked:
    """What the screen asked its host for."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def host(self, service: Service, *, demo: bool = False) -> Host:
        example: Callable[[], None] | None = (lambda: self.calls.append("demo")) if demo else None
        return Host(
            lambda host: IncidentsScreen(
                service,
                lambda incident: self.calls.append(f"open {incident}"),
                lambda: self.calls.append("declare"),
                example,
            )
        )


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_each_incident_tells_how_bad_how_far_and_how_long(
    service: Service, size: tuple[int, int]
) -> None:
    declare(service, ["/sev SEV2"])
    forward(service, 40)
    app = Asked().host(service)
    async with settled(app, size=size):
        shown = painted(app)
        for cell in ("SEV2", "active", "Triage", "45m ago", "Checkout returns 5xx"):
            assert cell in shown
        assert "1 in all, 1 not closed" in shown


async def test_what_goes_on_comes_before_what_is_closed(service: Service) -> None:
    declare(service, title="Search is slow")
    declare(service, ["/close duplicate of the other one"], title="Closed later")
    app = Asked().host(service)
    async with settled(app, size=(80, 24)):
        assert listed(app).index("Search is slow") < listed(app).index("Closed later")


async def test_an_incident_that_cannot_be_read_says_why_and_the_others_are_there(
    service: Service,
) -> None:
    declare(service, ["/close duplicate of the other one"], title="Fine one")
    broken = declare(service, title="Broken one")
    broken.file.path.write_text("{this is no incident")
    app = Asked().host(service)
    async with settled(app, size=(80, 24)):
        assert "✗ cannot be read" in listed(app)
        assert "Fine one" in listed(app)
        assert "incident.json" in painted(app)


async def test_enter_opens_the_incident_under_the_cursor(service: Service) -> None:
    session = declare(service)
    asked = Asked()
    async with settled(asked.host(service), size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: asked.calls == [f"open {session.id}"])


async def test_a_word_filters_the_list(service: Service) -> None:
    declare(service, title="Search is slow")
    declare(service, title="Checkout fails")
    app = Asked().host(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("slash")
        await until(pilot, lambda: "filter:" in painted(app))
        await pilot.press(*"search")
        assert "Search is slow" in listed(app)
        assert "Checkout fails" not in listed(app)


async def test_an_empty_home_says_what_this_is_and_where_to_begin(service: Service) -> None:
    asked = Asked()
    app = asked.host(service, demo=True)
    async with settled(app, size=(80, 24)) as pilot:
        shown = painted(app)
        assert "No incident yet." in shown
        assert "n  declares an incident" in shown
        assert "d  opens a worked example" in shown
        await pilot.press("n")
        await until(pilot, lambda: asked.calls == ["declare"])
        await pilot.press("d")
        await until(pilot, lambda: asked.calls == ["declare", "demo"])


async def test_without_a_worked_example_none_is_offered(service: Service) -> None:
    asked = Asked()
    app = asked.host(service)
    async with settled(app, size=(80, 24)) as pilot:
        assert "worked example" not in painted(app)
        await pilot.press("d")
        await settle(pilot)
        assert asked.calls == []


async def test_titles_of_users_stay_text(service: Service) -> None:
    declare(service, title=EVIL)
    app = Asked().host(service)
    async with settled(app, size=(120, 40)):
        assert "[/var/log] [b]x[/b]" in painted(app)
        assert "\x1b" not in painted(app)


async def test_an_incident_that_was_declared_meanwhile_shows_when_the_list_is_read_again(
    service: Service,
) -> None:
    app = Asked().host(service)
    async with settled(app, size=(80, 24)) as pilot:
        declare(service, title="Search is slow")
        await pilot.press("r")
        await until(pilot, lambda: "Search is slow" in listed(app))


async def test_text_typed_onto_the_list_looks_for_an_incident_at_every_pace(
    service: Service,
) -> None:
    declare(service, title="api is slow")
    declare(service, title="Search is slow")
    asked = Asked()
    app = asked.host(service)
    async with settled(app, size=(80, 24)) as pilot:
        for number, pace in enumerate((0.03, 0.12, 0.25, 0.4), 1):
            with row(pace):
                pressed = Key("a", "a").time + number * 60
                for letter in "api is":
                    key = Key(letter if letter != " " else "space", letter)
                    key.time = pressed = pressed + pace
                    app.post_message(key)
                    await pilot.pause(TOGETHER * 2 if pace > TOGETHER else 0)
                await until(pilot, lambda: "filter: api is" in painted(app))
                await until(pilot, lambda: "Search" not in listed(app))
                await pilot.press("enter")
                assert asked.calls == []
                await pilot.press("enter")
                assert [call.split()[0] for call in asked.calls] == ["open"]
                asked.calls.clear()
                await pilot.press("escape")
                await until(pilot, lambda: "Search" in listed(app))


async def test_a_word_that_begins_with_a_key_is_a_word(service: Service) -> None:
    """Behind such a key there is nowhere to write: the letters of the word would be lost there."""
    declare(service)
    asked = Asked()
    app = asked.host(service)
    async with settled(app, size=(80, 24)) as pilot:
        for number, text in enumerate(
            ("demo of checkout", "fresh logs", "quit the pool", "#4321 is back"), 1
        ):
            with row(text):
                pressed = Key("a", "a").time + number * 60
                for letter in text:
                    key = Key({" ": "space", "#": "number_sign"}.get(letter, letter), letter)
                    key.time = pressed = pressed + 0.25
                    app.post_message(key)
                    await pilot.pause(TOGETHER * 2)
                shown = f"filter: {text}"
                await until(pilot, lambda shown=shown: shown in painted(app))  # type: ignore[misc]
                assert asked.calls == []
                await pilot.press("escape")
                await until(pilot, lambda: "filter:" not in painted(app))


async def test_a_letter_that_moves_waits_while_the_key_before_it_has_not_acted_yet(
    service: Service,
) -> None:
    """On a busy machine the list has the letters of a title before the declaration is there."""
    declare(service)
    asked = Asked()
    app = asked.host(service)
    async with settled(app, size=(80, 24)) as pilot:
        guard = app.screen.query_one(IncidentRows).guard
        keys = [Key(letter, letter) for letter in "nCj"]
        for at, key in enumerate(keys):
            key.time = keys[0].time + at * 0.05
        assert [guard.key(key) for key in keys] == [True, True, True]
        await until(pilot, lambda: asked.calls == ["declare"])


@pytest.mark.parametrize(("titles", "text"), [([], "never mind"), (["one"], "never\nmind")])
async def test_text_that_can_look_for_nothing_opens_nothing_and_is_said_to_be_lost(
    service: Service, titles: list[str], text: str
) -> None:
    for title in titles:
        declare(service, title=title)
    asked = Asked()
    app = asked.host(service)
    async with settled(app, size=(80, 24)) as pilot:
        await stray_letters(pilot, text)
        assert asked.calls == []
        assert any("went nowhere" in notice for notice in app.notices)


async def test_q_quits(service: Service) -> None:
    app = Asked().host(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running)


async def test_of_thousands_all_can_be_filtered_while_typing(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.screens.browse.incidents.FIRST", 2)
    for title in ("No bread", "No rolls", "No cake", "No milk"):
        declare(service, title=title)
    app = Asked().host(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "No bread" in painted(app) and "No milk" in painted(app))
        await pilot.press("slash", *"brea")
        await until(pilot, lambda: "No bread" in painted(app) and "No milk" not in painted(app))


async def test_while_many_logs_are_read_the_title_says_how_far_it_is(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.screens.widgets.chrome.list_screen.MANY", 2)
    titles: list[str] = []
    show = IncidentsScreen.tell_title

    def heard(screen: IncidentsScreen, text: str) -> None:
        titles.append(text)
        show(screen, text)

    monkeypatch.setattr(IncidentsScreen, "tell_title", heard)
    for title in ("No bread", "No rolls"):
        declare(service, title=title)
    app = Asked().host(service)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "2 in all, 2 not closed" in painted(app))
    assert "0 of 2 logs read…" in titles


async def test_history_is_told_by_the_day_on_which_it_happened(service: Service) -> None:
    history = service.declare(Declaration("No bread", afterwards=True))
    history.enter(sure(parse("@2026-02-03T10:00Z no bread")))
    app = Asked().host(service)
    async with settled(app, size=(80, 24)):
        assert "2026-02-03   No bread" in painted(app)
