"""Declaring: a title is enough, mistakes are told beside the question, and no word is lost."""

from functools import partial

import pytest

from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.widgets.chrome.choice_list import Pick, Ticks
from incident_tui.service import IncidentSession, Service
from tests.support.console import (
    EVIL,
    NOW,
    Host,
    declare,
    declare_screen,
    listed,
    painted,
    settled,
    stray_letters,
    until,
)
from tests.support.thorough import row


class Declared:
    """A host of the screen and the incidents that came out of it."""

    def __init__(self, service: Service) -> None:
        self.rooms: list[IncidentSession] = []
        self.advice: list[str] = []
        self.app = Host(lambda host: declare_screen(service, self.rooms.append, self.advice.append))

    def take(self, pick: str, value: str) -> None:
        choice = self.app.screen.query_one(f"#declare-{pick}", Pick)
        assert choice.select(f"option {value}")
        choice.action_choose()


@pytest.fixture
def declared(service: Service) -> Declared:
    """The form, and what it declared."""
    return Declared(service)


async def test_a_title_and_enter_declare_an_incident(declared: Declared, service: Service) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        await pilot.press(*"5xx", "enter")
        await until(pilot, lambda: len(declared.rooms) == 1)
    lifecycle = declared.rooms[0].incident.of(Lifecycle)
    assert lifecycle.declared is not None
    assert lifecycle.declared.title == "5xx"
    assert service.active() == [declared.rooms[0].id]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_criteria_stand_beside_each_level(
    declared: Declared, size: tuple[int, int]
) -> None:
    async with settled(declared.app, size=size):
        shown = painted(declared.app)
        assert "(•) not known yet" in shown
        assert "( ) SEV1  The service is down" in shown
        assert "What do users feel?" in shown


async def test_everything_that_was_said_is_declared(declared: Declared) -> None:
    async with settled(declared.app, size=(120, 40)) as pilot:
        await pilot.press(*"5xx")
        declared.take("severity", "SEV2")
        declared.app.screen.query_one("#declare-kind", Ticks).tick(["drill", "protected"])
        declared.app.screen.query_one("#declare-at").focus()
        await pilot.press(*"-20m")
        await until(pilot, lambda: "✓ at 13:42, 20m ago" in painted(declared.app))
        await pilot.press("f8")
        await until(pilot, lambda: len(declared.rooms) == 1)
    incident = declared.rooms[0].incident
    event = incident.of(Lifecycle).declared
    assert event is not None
    assert (event.drill, event.protected) == (True, True)
    assert incident.of(SeverityState).level == "SEV2"
    started = incident.of(Milestones).at("started")
    assert started is not None
    assert (NOW - started).total_seconds() == 20 * 60


async def test_what_is_taken_is_told_by_a_mark(declared: Declared) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        await pilot.press("tab", "down", "space")
        await until(pilot, lambda: "(•) SEV1" in listed(declared.app))
        assert "( ) not known yet" in listed(declared.app)
        declared.app.screen.query_one("#declare-kind", Ticks).focus()
        await pilot.press("enter")
        await until(pilot, lambda: "[x] a drill" in listed(declared.app))
        await pilot.press("enter")
        await until(pilot, lambda: "[ ] a drill" in listed(declared.app))


async def test_the_key_to_the_processes_leads_to_the_one_that_is_taken(declared: Declared) -> None:
    async with settled(declared.app, size=(120, 50)) as pilot:
        await pilot.press("tab", "tab", "tab")
        processes = declared.app.screen.query_one("#declare-playbook", Pick)
        await until(pilot, lambda: processes.has_focus)
        assert processes.row is not None
        assert processes.row.key == "option war-room"
        await pilot.press("up", "space")
        await until(pilot, lambda: "(•) studio" in painted(declared.app))


@pytest.mark.parametrize("size", [(120, 50), (200, 60)])
async def test_each_process_says_what_it_is_for_and_the_taken_one_its_law(
    declared: Declared, size: tuple[int, int]
) -> None:
    async with settled(declared.app, size=size) as pilot:
        shown = painted(declared.app)
        assert "gated  For organisations that want a decision at every turn" in shown
        assert "Stop the impact first; say what you know and when you speak next" in shown
        declared.take("playbook", "mitigate-first")
        declared.app.screen.query_one("#declare-playbook").focus()
        await until(pilot, lambda: "( ) P0" in painted(declared.app))
        level = " ".join(
            painted(declared.app).partition("( ) P0")[2].partition("( ) P1")[0].split()
        )
        assert "as when " in level
        assert level.endswith("respond under 15 minutes, all hands")


async def test_the_start_says_how_it_is_understood_while_it_is_typed(declared: Declared) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        declared.app.screen.query_one("#declare-at").focus()
        for typed, answer in [
            ("14.02", "14.02"),
            ("yesterday 23:59", "✓ at 19 Nov 23:59"),
            ("+5m", "ahead"),
            ("soon", "soon"),
        ]:
            with row(typed):
                await pilot.press("ctrl+u", *typed)
                await until(pilot, partial(says, declared.app, answer))


def says(app: Host, answer: str) -> bool:
    return answer in painted(app).partition("users first")[2]


async def test_without_a_title_it_says_what_is_missing(declared: Declared) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(
            pilot, lambda: "✗ Not declared: an incident needs a title" in painted(pilot.app)
        )
        await pilot.press(*"5xx", "enter")
        await until(pilot, lambda: len(declared.rooms) == 1)


async def test_a_start_that_is_no_time_declares_nothing(service: Service) -> None:
    declared = Declared(service)
    async with settled(declared.app, size=(80, 24)) as pilot:
        await pilot.press(*"5xx")
        declared.app.screen.query_one("#declare-at").focus()
        await pilot.press(*"soon", "enter")
        await until(pilot, lambda: "✗ Not declared:" in painted(pilot.app))
    assert declared.rooms == []
    assert service.active() == []


async def test_leaving_keeps_what_was_typed(declared: Declared, service: Service) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        await pilot.press(*"half a ti")
        declared.take("severity", "SEV3")
        await pilot.press("escape")
        await until(pilot, lambda: declared.app.given == [None])
    again = Declared(service)
    async with settled(again.app, size=(80, 24)) as pilot:
        assert "half a ti" in painted(again.app)
        assert "(•) SEV3" in listed(again.app)
        await pilot.press("enter")
        await until(pilot, lambda: len(again.rooms) == 1)
    third = Declared(service)
    async with settled(third.app, size=(80, 24)) as pilot:
        assert "half a ti" not in painted(third.app)


async def test_a_title_that_was_left_is_told_to_be_kept_and_one_key_clears_it(
    declared: Declared, service: Service
) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        assert "Kept from a declaration" not in painted(declared.app)
        await pilot.press(*"disk full on db-2", "escape")
    again = Declared(service)
    async with settled(again.app, size=(80, 24)) as pilot:
        again.take("severity", "SEV2")
        assert "disk full on db-2" in painted(again.app)
        assert "Kept from a declaration that you left" in painted(again.app)
        await pilot.press("ctrl+n")
        await until(pilot, lambda: "disk full" not in painted(again.app))
        assert "Kept from" not in painted(again.app)
        assert "(•) not known yet" in painted(again.app)
        await pilot.press("ctrl+y")
        await until(pilot, lambda: "disk full on db-2" in painted(again.app))


async def test_the_severity_stays_when_the_process_is_changed_or_it_is_said_that_it_does_not(
    declared: Declared,
) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        level = declared.app.screen.query_one("#declare-severity", Pick)
        declared.take("severity", "SEV2")
        declared.take("playbook", "lifecycle")
        await until(pilot, lambda: level.value == "SEV2")
        declared.take("playbook", "gated")
        await until(pilot, lambda: level.value == "")
        assert "SEV2 is no level of gated: say again how bad it is." in painted(declared.app)
        declared.take("playbook", "studio")
        await until(pilot, lambda: level.value == "SEV2")
        assert "no level of" not in painted(declared.app)


async def test_q_leaves_from_a_list_and_is_a_letter_in_a_field(declared: Declared) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        await pilot.press("q")
        await pilot.pause(0.1)
        assert declared.app.given == []
        await pilot.press("tab", "q")
        await until(pilot, lambda: declared.app.given == [None])


async def test_text_typed_into_a_list_goes_to_the_title(declared: Declared) -> None:
    async with settled(declared.app, size=(80, 24)) as pilot:
        await pilot.press("tab")
        await stray_letters(pilot, "Checkout fails")
        assert "Checkout fails" in painted(declared.app)
        await pilot.press("enter")
        await until(pilot, lambda: len(declared.rooms) == 1)


async def test_a_playbook_brings_its_own_levels(service: Service) -> None:
    """A playbook of the home may have any words in it; a broken one says so and is not taken."""
    home = service.home
    home.playbooks.mkdir(parents=True)
    _, path = service.playbook("war-room")
    words = path.read_text("utf-8").replace("SEV", "P").replace("service down", EVIL[:20])
    words = words.replace('title = "War room"', 'title = "[/] ours"')
    (home.playbooks / "ours.toml").write_text(words.replace('id = "war-room"', 'id = "ours"'))
    (home.playbooks / "torn.toml").write_text("id = [")
    declared = Declared(service)
    async with settled(declared.app, size=(120, 40)) as pilot:
        assert "✗  torn" in listed(declared.app)
        declared.take("playbook", "ours")
        await until(pilot, lambda: "( ) P1  The service is down" in listed(declared.app))
        assert "[/] ours" in painted(declared.app)
        assert "SEV1" not in listed(declared.app)


async def test_a_playbook_that_says_too_little_tells_what_it_lacks_once_it_is_taken(
    service: Service,
) -> None:
    service.home.playbooks.mkdir(parents=True)
    (service.home.playbooks / "bare.toml").write_text('title = "Bare"')
    declared = Declared(service)
    async with settled(declared.app, size=(120, 40)) as pilot:
        declared.take("playbook", "bare")
        await until(pilot, lambda: "bare.toml: stages" in painted(declared.app))


async def test_what_to_do_the_next_time_is_said_below_and_read_over_the_title(
    service: Service,
) -> None:
    earlier = declare(service, [], title="Checkout returns 5xx")
    declared = Declared(service)
    async with settled(declared.app, size=(120, 40)) as pilot:
        await pilot.press(*"checkout")
        await until(pilot, lambda: "reads what to do" in painted(declared.app))
        await pilot.press("f7", *" fails", "enter")
        await until(pilot, lambda: len(declared.rooms) == 1)
    assert declared.advice == [earlier.id]
    assert declared.rooms[0].id.endswith("checkout-fails")


async def test_what_was_seen_before_stands_below_and_asks_nothing(service: Service) -> None:
    earlier = declare(
        service,
        ['/mitigate rollback back to v41 undo:"deploy again"'],
        title="Checkout returns 5xx",
    )
    declared = Declared(service)
    async with settled(declared.app, size=(120, 40)) as pilot:
        assert "Seen before:" not in painted(declared.app)
        await pilot.press(*"checkout")
        await until(pilot, lambda: "Seen before:" in painted(declared.app))
        assert "≈ Checkout returns 5xx" in painted(declared.app)
        assert "helped: back to v41" in painted(declared.app)
        await pilot.press("enter")
        await until(pilot, lambda: len(declared.rooms) == 1)
    assert declared.rooms[0].id != earlier.id
