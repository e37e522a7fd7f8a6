"""What others get to read: need-to-know words are withheld, the course of things is not."""

import json

import pytest

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.shared_incident import (
    NEED_TO_KNOW,
    holds_need_to_know,
    shared,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.legal import Legal
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.report import report
from tests.support.incidents import DECLARED_AT, Story
from tests.support.playbooks.engine import bakery, baking, refusal


def all_words(incident: Incident) -> str:
    """Everything that can be read of an incident."""
    return json.dumps(report(incident, DECLARED_AT))


def test_an_ordinary_incident_is_shared_as_it_is() -> None:
    story = baking("cold", "? the fuse", "! buy bread")
    assert not holds_need_to_know(story.incident)
    assert all_words(shared(story.incident)) == all_words(story.incident)


def test_a_restricted_entry_keeps_its_number_kind_and_effect_and_loses_its_words() -> None:
    story = baking("? acme corp took the flour", "/restrict 2 names a customer")
    seen = shared(story.incident)
    data = report(seen, DECLARED_AT)
    assert "acme" not in all_words(seen)
    assert "customer" not in all_words(seen)
    assert data["hypotheses"][0]["text"] == NEED_TO_KNOW
    assert [row["kind"] for row in data["timeline"]] == ["declared", "hypothesis", "restricted"]


def test_amendments_and_quotations_of_a_restricted_entry_are_withheld() -> None:
    story = baking(
        "acme corp took the flour",
        "/amend 2 acme corp and bolt ltd took the flour",
        "! tell them: acme corp took the flour",
        "/restrict 2 names a customer",
    )
    assert "acme" not in all_words(shared(story.incident))


def test_a_restriction_that_was_taken_back_withholds_nothing() -> None:
    story = baking("acme corp took the flour", "/restrict 2 names a customer", "/retract 3 public")
    assert "acme corp took the flour" in all_words(shared(story.incident))


def test_of_a_protected_incident_every_word_but_the_title_is_withheld() -> None:
    story = Story(bakery(), title="No bread", protected=True)
    words = ("flour stolen by acme", "? acme has the key", "! call the police about acme")
    story.tell([*words, "/sev HIGH acme threatened us", "/impact users acme's customers"])
    seen = all_words(shared(story.incident))
    assert "acme" not in seen
    assert "No bread" in seen
    assert "HIGH" in seen


@pytest.mark.parametrize("after", [(), ("/retract 2 counsel disagrees",), ("/amend 2 a crime",)])
def test_a_legal_conclusion_is_in_no_shared_copy_whatever_became_of_it(
    after: tuple[str, ...],
) -> None:
    story = baking("/legal it was a theft", *after)
    assert holds_need_to_know(story.incident)
    seen = all_words(shared(story.incident))
    assert "theft" not in seen
    assert "crime" not in seen
    assert '"legal"' not in seen


def test_conclusions_stand_apart_from_the_facts() -> None:
    story = baking("flour is gone", "/legal it was a theft")
    texts = [getattr(e.event, "text", "") for e in story.incident.of(Legal).conclusions]
    assert texts == ["it was a theft"]


def test_an_incident_can_be_protected_later_and_only_once() -> None:
    story = baking("/protect a person is named")
    assert story.incident.of(Protection).protected
    assert report(story.incident, DECLARED_AT)["protected"]
    assert "already" in refusal(story, "/protect").message
    assert "stays" in refusal(story, "/undo").message


def test_an_entry_is_restricted_once() -> None:
    story = baking("cold", "/restrict 2 names a customer")
    assert "already" in refusal(story, "/restrict 2 again").message


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("/role speaker brezhnova", "hat"),
        ("+ call them owner:brezhnova due:+3d", "action"),
        ("/checkpoint brezhnova", "checkpoint"),
    ],
)
def test_whom_a_restricted_entry_names_is_withheld_wherever_a_name_stands(
    line: str, kind: str
) -> None:
    story = baking("cold", line)
    number = story.incident.number(story.entries[-1].id)
    story.say("+ ask her owner:brezhnova due:+3d")
    story.say(f"/restrict {number} names a person")
    data = report(shared(story.incident), DECLARED_AT)
    assert "brezhnova" not in json.dumps(data)
    assert kind in [row["kind"] for row in data["timeline"]]


def test_who_wrote_entries_is_no_secret_and_keeps_the_name() -> None:
    story = baking("+ call owner:ana due:+3d", "/restrict 2 names a person")
    assert '"ana"' in all_words(shared(story.incident))


def test_the_name_of_a_restricted_file_is_withheld() -> None:
    story = baking("cold")
    story.record([EvidenceAttached(name="acme-dump.txt", origin="/srv/acme-dump.txt")])
    story.say("/restrict 3 names a customer")
    assert "acme" not in all_words(shared(story.incident))


def test_of_a_protected_incident_names_of_people_and_files_are_withheld_too() -> None:
    story = Story(bakery(), title="No bread", protected=True)
    story.tell(["/role speaker brezhnova"])
    story.record([EvidenceAttached(name="brezhnova.txt", origin="brezhnova.txt")])
    assert "brezhnova" not in all_words(shared(story.incident))
