"""What Enter on a row of any pane offers: lines that can be typed then, and nothing too late."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from incident_tui.domain.core.commands import LineError
from incident_tui.domain.core.line_grammar import parse
from incident_tui.screens.panes.pane import Pane
from incident_tui.screens.panes.registry import PANES
from incident_tui.screens.session.controller import IncidentController
from tests.support.incidents import Story, story

VALUES = {
    "owner:": "ben",
    "due:": "2w",
    "prio:": "P1",
    "class:": "prevent",
    'verify:"': 'it pages"',
}
"""What people type behind an attribute that is offered."""


def pane_of(kind: type[Pane], outage: Story) -> Pane:
    """The pane over the state of a story, without a terminal."""
    stub = SimpleNamespace(
        incident=outage.incident,
        now=lambda: outage.incident.recorded[-1].recorded_at,
        seen=(),
        words={},
        session=SimpleNamespace(identity=SimpleNamespace(actor="ana"), zone=None),
    )
    return kind(cast(IncidentController, stub))


def named(name: str, outage: Story) -> Pane:
    return pane_of(next(kind for kind in PANES if kind.__name__ == name), outage)


def offered(pane: Pane, key: str) -> list[str]:
    return [offer.line for offer in pane.offers(key)[1]]


def fits(line: str) -> bool:
    """Whether a line can be entered, or would be if something were typed behind it."""
    try:
        parse(line + VALUES.get(line.split()[-1], ""))
    except LineError as error:
        return error.column >= len(line.rstrip())
    return True


@pytest.mark.parametrize("kind", ["HatsPane", "ImpactPane", "ActionsPane", "HypothesesPane"])
@pytest.mark.parametrize("chapters", range(6))
def test_each_line_is_one_that_can_be_typed_or_only_lacks_its_end(kind: str, chapters: int) -> None:
    pane = named(kind, story(chapters))
    for row in pane.make_rows():
        if not row.selectable:
            continue
        title, offers = pane.offers(row.key)
        assert title
        for offer in offers:
            assert offer.does
            assert fits(offer.line), offer.line


def test_a_change_that_is_verified_can_only_be_taken_back() -> None:
    outage = story(1).tell(
        ["/mitigate rollback back to v41", "/mitigate scale more pods", "/verify 1 5xx is down"]
    )
    pane = named("ImpactPane", outage)
    assert offered(pane, "change 1") == [
        "/fail 1 ",
        "/undone 1 ",
        "/keep 1 ",
        "/reverse 1 ",
    ]
    assert offered(pane, "change 2") == [
        "/verify 2 ", "/fail 2 ", "/undone 2 ", "/keep 2 ", "/reverse 2 ",
    ]  # fmt: skip


def test_severity_and_state_offer_what_they_can_become() -> None:
    pane = named("ImpactPane", story(1))
    assert offered(pane, "sev") == ["/sev SEV1 ", "/sev SEV2 ", "/sev SEV3 ", "/sev SEV4 "]
    assert "/state mitigated " in offered(pane, "state")
    assert "/state active " not in offered(pane, "state")
    assert offered(pane, "impact users") == ["/impact users ", "/impact users unknown"]
    assert offered(pane, "guardrail 1") == ["/lift 1 "]
    assert offered(pane, "question 2") == ["/answer 2 "]


@pytest.mark.parametrize(
    ("lines", "steps"),
    [
        ([], ["done", "verify", "hand-over", "drop"]),
        (["/act 1 done merged"], ["verify", "drop", "reopen"]),
        (["/act 1 drop not worth it"], ["reopen"]),
    ],
)
def test_an_action_item_offers_its_next_steps(lines: list[str], steps: list[str]) -> None:
    pane = named("ActionsPane", story(0).tell(["+ an alert", *lines]))
    words = [line.split() for line in offered(pane, "1")]
    assert [step[2] for step in words if ":" not in step[2]] == steps


def test_a_hat_is_taken_given_and_taken_off() -> None:
    outage: Any = story(0).tell(["/role scribe ben"])
    pane = named("HatsPane", outage)
    assert offered(pane, "scribe") == [
        "/role scribe ana", "/role scribe ", "/hat scribe", "/role scribe -",
        "/role scribe not-needed ", "/role all ana",
    ]  # fmt: skip
    assert offered(pane, "commander") == [
        "/role commander ana", "/role commander ", "/hat commander", "/role all ana",
    ]  # fmt: skip
