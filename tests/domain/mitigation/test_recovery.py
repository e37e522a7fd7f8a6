"""Numbers that show that a change helped, and how far things have come."""

import pytest

from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, holds, mend, process

SIGNAL = "= 5xx 0.2 % -> 12 % src:pager"
TRIED = "/mitigate rollback to v41 undo:again"


def test_the_detecting_signal_is_a_reading_with_its_source() -> None:
    story = Story(process()).tell(["it fails src:mail", "= 5xx 12 %"])
    assert not holds(story, "readings.detecting")
    assert holds(story.tell([SIGNAL]), "readings.detecting")


@pytest.mark.parametrize(
    ("lines", "proposed"),
    [
        ([], "= SIGNAL … -> …"),
        ([SIGNAL], "= 5xx 12 % -> …"),
        ([SIGNAL, TRIED], "= 5xx 12 % -> …"),
        ([SIGNAL, TRIED, "= p95 310ms"], "= 5xx 12 % -> …"),
    ],
)
def test_an_effect_is_read_after_the_change_against_what_was_before(
    lines: list[str], proposed: str
) -> None:
    story = Story(process()).tell(lines)
    assert mend(story, "readings.compared") == proposed


def test_a_reading_after_the_change_shows_the_effect() -> None:
    story = Story(process()).tell([SIGNAL, TRIED, "= 5xx 0.3 %"])
    assert holds(story, "readings.compared")


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ([], ""),
        ([TRIED], ""),
        ([TRIED, "/fail 1 no effect"], "mitigation failed"),
        ([TRIED, "/fail 1 no effect", TRIED, "/verify 2 better"], "mitigated"),
        ([TRIED, "/verify 1 gone"], "mitigated"),
        ([TRIED, "/fail 1 no", TRIED, "/verify 2 gone", "/state mitigated"], "mitigated"),
        ([TRIED, "/fail 1 no", TRIED, "/undone 1", "/verify 2 gone"], "mitigated"),
    ],
)
def test_the_outcome_follows_from_what_was_said_of_the_changes(
    lines: list[str], outcome: str
) -> None:
    assert filled(Story(process()).tell(lines), "mitigations.outcome") == outcome


@pytest.mark.parametrize(
    ("lines", "course", "phase", "public"),
    [
        ([], "ongoing", "investigating", "investigating"),
        ([TRIED], "ongoing", "mitigating", "investigating"),
        ([TRIED, "/state mitigated"], "mitigated", "mitigating", "mitigated"),
        ([TRIED, "/state monitoring"], "mitigated", "mitigating", "mitigated"),
        ([TRIED, "/state resolved"], "resolved", "resolved", "resolved"),
    ],
)
def test_each_audience_gets_its_word_for_the_state(
    lines: list[str], course: str, phase: str, public: str
) -> None:
    story = Story(process()).tell(lines)
    words = [filled(story, f"recovery.{name}") for name in ("course", "phase", "public")]
    assert words == [course, phase, public]


@pytest.mark.parametrize(
    ("lines", "up"),
    [
        ([], False),
        (["? the pool"], True),
        (["? the pool", "/hyp 1 test pool metric"], True),
        (["? the pool", "/hyp 1 for it feels so"], True),
        (["? the pool", "/hyp 1 confirm it is"], True),
        (["? the pool", "/hyp 1 for pool is empty src:dashboard"], False),
        (["? the pool", "the pool is full", "/hyp 1 against it, see #3"], False),
        (["? the pool", "/hyp 1 refute it is full"], False),
        (["? the pool", "/state resolved"], False),
    ],
)
def test_guessing_without_a_look_is_flagged(lines: list[str], up: bool) -> None:
    story = Story(process(hypotheses__guessing=15)).tell(lines)
    assert bool(flags_up(story, minutes=15)) == up
