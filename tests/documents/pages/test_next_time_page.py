"""What to do the next time, made from the record of this one."""

import pytest

from incident_tui.documents import render_folder
from tests.documents.reading import sections
from tests.documents.test_process_documents import folder
from tests.playbooks.scripts.all import NAMES
from tests.support.incidents import Story, story


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("Do this", "- look at the pool first"),
        ("How it shows", "| 5xx | 12 % | 0.3 % | pager |"),
        ("What tells it apart", "connections per pod before and after v42 | it was the cause |"),
        ("What tells it apart", "| a certificate expired |  | it was not | it is valid"),
        ("Levers", "| checkout back to v41 | roll back, when a recent deploy did it | verified:"),
        ("Levers", "| failed: no effect after five minutes; undone: scaled back | scale back"),
        ("Cause and fix", "- **Cause:** v42 exhausts the connection pool"),
    ],
)
def test_it_says_how_it_shows_what_tells_it_apart_and_what_works(section: str, row: str) -> None:
    known = story(4).tell(["/set incident-playbook look at the pool first"])
    page = sections(render_folder(known.incident)["next-time.md"])
    assert row in page[section]


@pytest.mark.parametrize(
    ("reading", "shown"),
    [
        ("= failed orders 40/min -> 0/min", "| failed orders | 40/min | 0/min |"),
        ("= ready nodes 2 -> 8", "| ready nodes | 2 | 8 |"),
        ("= failed logins 0/min -> 70/min", "| failed logins | 70/min |  |"),
    ],
)
def test_a_signal_first_read_when_it_was_over_was_bad_before(reading: str, shown: str) -> None:
    known = story(4).tell([reading])
    assert shown in sections(render_folder(known.incident)["next-time.md"])["How it shows"]


@pytest.mark.parametrize("name", NAMES)
def test_every_process_leaves_one_that_the_overview_links(name: str) -> None:
    assert "## Levers" in folder(name)["next-time.md"]
    assert "](next-time.md)" in folder(name)["README.md"]


def test_where_nothing_helps_it_says_so() -> None:
    page = render_folder(Story().tell(["/state mitigated by itself"]).incident)["next-time.md"]
    assert "Nothing is on record yet that would help." in page


@pytest.mark.parametrize(
    ("chapters", "line"),
    [
        (0, "- **Next step:** `"),
        (2, "- **What stopped it:** checkout back to v41 (rollback, made 14:23)"),
        (6, "- **Next step:** nothing is left to do"),
        (6, "- **Lasted:** 59m"),
        (6, "- **Cause:** v42 exhausts the connection pool"),
        (6, "- **What fixes it:** v43 bounds retries"),
        (6, "- **Postmortem:** due 48 hours after the resolution, by 2026-11-22 14:59; kept"),
    ],
)
def test_the_overview_says_what_comes_next_and_in_the_end_what_it_was(
    chapters: int, line: str
) -> None:
    assert line in render_folder(story(chapters).incident)["README.md"]
