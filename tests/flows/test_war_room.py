"""Working an incident from the keyboard: what the responder sees after each thing they do."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from incident_tui.history import Pending
from tests.flows.conftest import MINUTE, Console, Keys, Pictures, keys

Compare = Callable[..., bool]
MEDIUM, SMALL, LARGE = (120, 40), (80, 24), (200, 60)

CHARACTERS = {" ": "space", "@": "at", "-": "minus", ">": "greater_than_sign"}
"""Letters that a key press names."""

MITIGATION = (
    *MINUTE,
    "/advance",
    "/approve",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
)


@pytest.fixture
def shown(console: Console, snap_compare: Compare) -> Callable[..., bool]:
    """Opens the only incident, does something, and compares the picture."""

    def compare(run: Keys, size: tuple[int, int] = MEDIUM) -> bool:
        incident = console.service.active()[0]
        return snap_compare(console.app(incident), run_before=run, terminal_size=size)

    return compare


def test_an_incident_just_declared_says_what_comes_first(console: Console, shown: Compare) -> None:
    """Empty panes say what they are for, and the gate what is missing."""
    console.declare()
    assert shown(keys())


def test_a_fact_is_on_the_timeline_and_a_late_one_at_its_time(
    console: Console, shown: Compare
) -> None:
    """A late fact shows when it happened and by how much it is late."""
    console.declare()
    assert shown(keys(lines=["error rate 14 %, only eu-west src:dashboard", "@14:01 first page"]))


def test_what_is_typed_is_understood_before_it_is_entered(console: Console, shown: Compare) -> None:
    """The note under the line says what would be recorded."""
    console.incident_with(*MINUTE)
    text = "@-5m > scaled checkout to 12 pods"
    assert shown(keys(*(CHARACTERS.get(letter, letter) for letter in text)))


def test_commands_complete_themselves(console: Console, shown: Compare) -> None:
    """A slash and a letter offer what there is, with its meaning."""
    console.incident_with(*MINUTE)
    assert shown(keys(*"/sev"))


def test_the_severity_is_set_and_shown_with_word_and_shape(
    console: Console, shown: Compare
) -> None:
    """The header carries the severity from then on."""
    console.declare()
    assert shown(keys(lines=["/sev SEV2 checkout fails for a region"]))


def test_one_person_takes_every_hat(console: Console, shown: Compare) -> None:
    """Each hat is taken explicitly, and the prompt shows the one that is worn."""
    console.declare()
    assert shown(keys(lines=["/role all ana"]))


def test_a_hypothesis_is_ruled_out_and_another_confirmed(console: Console, shown: Compare) -> None:
    """The confirmed one stands first, the one ruled out last, each with its reason."""
    console.incident_with(*MINUTE)
    lines = [
        "? certificate expired",
        "/hyp 2 test its end date",
        "/hyp 2 refute valid until March",
        "/hyp 1 test pool wait on one pod",
        "/hyp 1 for it rises with the 5xx, see #6",
        "/hyp 1 confirm pool metrics prove it",
    ]
    assert shown(keys(lines=lines))


def test_a_mitigation_is_verified_by_the_detecting_signal(console: Console, shown: Compare) -> None:
    """The reading after it and the proof take two checks off the gate."""
    console.incident_with(*MITIGATION)
    lines = ["= 5xx 12 % -> 0.4 % src:pager", "/verify 1 back to normal on the same panel"]
    assert shown(keys(lines=lines))


def test_an_update_names_the_next_one_and_the_countdown_begins(
    console: Console, shown: Compare
) -> None:
    """The header counts down to the next word that was promised."""
    console.incident_with("/role all ana", "/sev SEV1")
    assert shown(keys(lines=["/update We look into it. next:+20m"]))


def test_an_update_without_the_next_one_is_refused_and_in_the_history(
    console: Console, shown: Compare
) -> None:
    """The reason and a line that would do stand below; nothing of the text is gone."""
    console.incident_with("/role all ana", "/sev SEV1")
    assert shown(keys(lines=["/update We look into it."]))


def test_an_overdue_update_is_said_aloud(console: Console, shown: Compare) -> None:
    """The header and the strip say by how much."""
    console.incident_with("/role all ana", "/sev SEV1", "/update We look into it. next:+20m")
    console.clock.forward(minutes=27)
    assert shown(keys())


def test_two_changes_in_flight_are_flagged(console: Console, shown: Compare) -> None:
    """The strip says which, and what to do about it."""
    console.incident_with(*MITIGATION)
    assert shown(keys(lines=["/mitigate scale checkout to 12 pods undo:back to 6"]))


def test_a_bad_line_says_what_to_write_and_is_in_the_history(
    console: Console, shown: Compare
) -> None:
    """What was expected stands under the place where it is missing."""
    console.declare()
    assert shown(keys(lines=["@22:22 PM first page"]))


def test_action_items_carry_owner_day_class_and_priority(console: Console, shown: Compare) -> None:
    """An item that names no sign of its end is still shown, and can be completed later."""
    console.incident_with(*MITIGATION)
    lines = [
        '+ alert on pool usage owner:ana due:fri class:detect prio:P1 verify:"page in staging"',
        "+ cap the retries",
        "/act 1 done merged",
    ]
    assert shown(keys(lines=lines))


def test_an_item_offers_what_can_be_done_with_it(console: Console, shown: Compare) -> None:
    """Enter on a hypothesis lists the lines that work it."""
    console.incident_with(*MINUTE)
    assert shown(keys("alt+4", "enter"))


def test_a_chosen_offer_is_put_into_the_log_line(console: Console, shown: Compare) -> None:
    """Nothing is recorded until Enter."""
    console.incident_with(*MINUTE)
    assert shown(keys("alt+4", "enter", "down", "down", "enter"))


def test_a_pane_on_the_whole_screen(console: Console, shown: Compare) -> None:
    """F9 gives the pane all the room, and the tabs the way to the others."""
    console.incident_with(*MITIGATION)
    assert shown(keys("alt+3", "f9"))


def test_a_correction_leaves_what_was_corrected_in_sight(console: Console, shown: Compare) -> None:
    """Retracted entries are struck out, amended ones say so."""
    console.declare()
    lines = ["erorr rate 14 %", "/amend 2 error rate 14 %", "wrong panel", "/retract 4 wrong panel"]
    assert shown(keys(lines=lines))


def test_a_commit_that_waits_is_explained_and_nothing_else_waits(
    console: Console, shown: Compare
) -> None:
    """The strip says what stands in the way, F6 all of it; entries and transitions stand."""
    held = "another git process holds .git/index.lock: let it finish, or delete that file"
    console.perform = lambda request: Pending(held)
    console.incident_with(*MINUTE)
    assert shown(keys("f6", lines=["/sev SEV1 it spreads"]))


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE], ids=["80x24", "120x40", "200x60"])
def test_the_room_fits_the_terminal(
    console: Console, shown: Compare, size: tuple[int, int]
) -> None:
    """One pane with tabs, two columns, or three."""
    console.incident_with(*MITIGATION)
    assert shown(keys(), size=size)


async def test_each_pane_at_80x24(console: Console, pictures: Pictures) -> None:
    """Every pane is whole and of use on the smallest screen."""
    incident = console.incident_with(
        *MITIGATION, "/guardrail retries capped at 2", "+ cap the retries owner:ana"
    )
    panes = {str(number): keys(f"alt+{number}") for number in range(1, 8)}
    await pictures(console.app(incident), panes)


def test_a_terminal_that_is_too_small_says_so(console: Console, shown: Compare) -> None:
    """Nothing is lost by it."""
    console.incident_with(*MINUTE)
    assert shown(keys(), size=(50, 12))


HOSTILE = {
    "markup": "[/] [bold]x[/bold] [@click=app.quit]y[/]",
    "escapes": "\x1b[2J\x1b]52;c;aGk=\x07 \x9b31m cleared",
    "bidi": "user \u202etxt.exe\u202c and \u200bzero\u200b width",
    "emoji": "🔥 checkout 👨‍👩‍👧 カタカナ is slow",
    "long": "long " * 1000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_only_text(console: Console, shown: Compare, kind: str) -> None:
    """Brackets, escapes, bidi, wide letters and 5,000 characters are shown inert everywhere."""
    text = HOSTILE[kind]
    console.incident_with(
        "/role all ana", f"{text} src:{text[:20]}", f"? {text}", f"+ {text} owner:{text}"
    )
    assert shown(keys(lines=[f"/impact users {text}"]))


def test_without_colour_everything_is_still_told_apart(
    console: Console, shown: Compare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Severity, what fails, what is overdue and where the cursor stands have words and marks."""
    monkeypatch.setenv("NO_COLOR", "1")
    console.incident_with(*MITIGATION)
    console.clock.forward(minutes=45)
    assert shown(keys("alt+3"))


def test_a_terminal_without_utf_8_shows_letters_for_shapes(
    console: Console, shown: Compare
) -> None:
    """Nothing moves, and nothing is told by a shape alone."""
    console.encoding = "ascii"
    console.incident_with(*MITIGATION)
    assert shown(keys("ctrl+g"), size=SMALL)


def test_a_light_theme_reads_as_well(console: Console, shown: Compare) -> None:
    """Nothing relies on a dark background."""
    console.incident_with(*MITIGATION)

    async def lighten(pilot: Pilot[None]) -> None:
        pilot.app.theme = "textual-light"
        await keys()(pilot)

    assert shown(lighten)
