"""The gate of a stage: refused, mended, approved, sent back, and passed to the very end."""

from collections.abc import Callable
from pathlib import Path

from tests.flows.conftest import MINUTE, Console, keys

Compare = Callable[..., bool]
SIZE = (120, 40)

MITIGATED = (
    *MINUTE,
    "/advance",
    "/approve",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    "= 5xx 12 % -> 0.4 % src:pager",
    "/verify 1 back to normal",
    "/set residual-risk none known",
    "/attest impact-reduced",
    "/advance",
    "/approve",
    "/advance",
)
POSTMORTEM = (
    *MITIGATED,
    "/hyp 1 test pool wait on one pod",
    "/hyp 1 for it rises with the 5xx, see #6",
    "/hyp 1 confirm pool metrics prove it",
    "/why v42 retries without a limit",
    "/why the client library changed its default",
    "/set triggering-event v42 opened a connection per item",
    "/factor trigger v42 opens a connection per item",
    "/factor detection no alert on pool usage",
    "/factor control the canary had no traffic of that kind",
    "/advance",
    "/approve",
    '/fix 1 one connection per request test:"pool usage under load"',
    "/attest fix-reviewed",
    "/attest users-fine",
    "/attest inside-fine",
    "/advance",
    "/approve",
    "/update Checkout works again for everybody.",
    "/set summary A release used up the connection pool.",
    "/set went-well rolled back within minutes",
    "/set went-poorly users told us first",
    "/set lessons watch pools",
    '+ alert on pool usage owner:ana due:2w prio:P1 verify:"it fires in staging"',
)


def test_a_gate_that_is_shut_names_what_is_missing(console: Console, snap_compare: Compare) -> None:
    """ctrl+g shows each failing check with the line that mends it."""
    incident = console.incident_with("/role all ana", "/sev SEV2")
    assert snap_compare(
        console.app(incident), run_before=keys("ctrl+g", lines=["/advance"]), terminal_size=SIZE
    )


def test_enter_on_a_failing_check_starts_the_line_that_mends_it(
    console: Console, snap_compare: Compare
) -> None:
    """The log line holds the beginning of the line."""
    incident = console.incident_with("/role all ana", "/sev SEV2")
    run = keys("ctrl+g", "enter")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=SIZE)


def test_a_gate_that_passes_shows_the_brief_for_approval(
    console: Console, snap_compare: Compare
) -> None:
    """The artifact stands at the left as it will be committed."""
    incident = console.incident_with(*MINUTE)
    assert snap_compare(
        console.app(incident), run_before=keys("ctrl+g", lines=["/advance"]), terminal_size=SIZE
    )


def test_an_approved_stage_is_left(console: Console, snap_compare: Compare) -> None:
    """`a` approves; the room shows the next stage."""
    incident = console.incident_with(*MINUTE)
    run = keys("ctrl+g", "a", "enter", lines=["/advance"])
    assert snap_compare(console.app(incident), run_before=run, terminal_size=SIZE)


def test_a_brief_that_was_sent_back_keeps_what_was_said(
    console: Console, snap_compare: Compare
) -> None:
    """The second revision is shown with the note on the first below it."""
    incident = console.incident_with(
        *MINUTE, "/advance", "/revise name the zone", "/scope users eu-west-1b"
    )
    assert snap_compare(
        console.app(incident), run_before=keys("ctrl+g", lines=["/advance"]), terminal_size=SIZE
    )


def test_a_later_stage_that_is_locked_shows_the_gate_instead(
    console: Console, snap_compare: Compare
) -> None:
    """A field of a later stage says what has to be finished first."""
    incident = console.incident_with(*MINUTE)
    run = keys(lines=["/set residual-risk none"])
    assert snap_compare(console.app(incident), run_before=run, terminal_size=SIZE)


def test_the_author_cannot_approve_the_postmortem(console: Console, snap_compare: Compare) -> None:
    """Somebody else has to, with a reference; or the home allows self review."""
    incident = console.incident_with(*POSTMORTEM, "/advance")
    run = keys("ctrl+g", "a")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=SIZE)


def test_a_self_review_is_visible_where_the_home_allows_it(
    console: Console, snap_compare: Compare
) -> None:
    """The timeline says that it was self-reviewed."""
    home = Path(console.service.home.path)
    home.mkdir(parents=True, exist_ok=True)
    (home / "incident-tui.toml").write_text("self-review = true\n")
    incident = console.incident_with(*POSTMORTEM, "/advance")
    assert snap_compare(
        console.app(incident), run_before=keys(lines=["/approve"]), terminal_size=SIZE
    )


def test_the_whole_way_to_the_close(console: Console, snap_compare: Compare) -> None:
    """Every stage done, every action verified: the incident is closed."""
    incident = console.incident_with(*POSTMORTEM, "/advance", "/approve by:ben ref:PR-7")
    run = keys(lines=["/act 1 verify it fired in staging", "/close"])
    assert snap_compare(console.app(incident), run_before=run, terminal_size=SIZE)


def test_a_close_with_open_ends_is_refused(console: Console, snap_compare: Compare) -> None:
    """Guardrails and action items that are left are named."""
    incident = console.incident_with(
        *POSTMORTEM, "/guardrail retries capped", "/advance", "/approve by:ben ref:PR-7"
    )
    assert snap_compare(
        console.app(incident), run_before=keys(lines=["/close"]), terminal_size=SIZE
    )
