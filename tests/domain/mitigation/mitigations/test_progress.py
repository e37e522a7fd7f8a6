"""How mitigation goes: the outcome in one of three words, and a flag where it stands still."""

import pytest

from tests.support.incidents import Story
from tests.support.playbooks.processes import filled, flags_up, only, process

SHOWN = "@-1m = 5xx 0.2 % -> 12 % src:pager"


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ([], ""),
        (["> a"], ""),
        (["> a", "/fail 1 x"], "mitigation failed"),
        (["> a", "/fail 1 x", "> b"], ""),
        (["> a", "/verify 1 x"], "mitigated"),
        (["> a", "> b", "/verify 1 x"], "mitigated"),
        (["> a", "/verify 1 x", "> b", "/fail 2 x"], "partially mitigated"),
        (["> a", "/fail 1 x", "/undone 1"], "mitigation failed"),
        ([SHOWN, "> a", "/fail 1 x", "> b", "= 5xx 0.2 %", "/verify 2 x"], "mitigated"),
        ([SHOWN, "> a", "= 5xx 5 %", "/verify 1 better"], "partially mitigated"),
        ([SHOWN, "> a", "= 5xx 13 %", "/verify 1 x"], "mitigation failed"),
        (["> a", "/verify 1 x", "/state mitigated", "/state active back"], ""),
        (["> a", "> b", "/verify 1 x", "/undone 2"], "mitigated"),
        (["> a", "> b", "/verify 1 x", "/state mitigated"], "mitigated"),
        (["> a", "/undone 1"], ""),
    ],
)
def test_the_outcome_follows_from_the_verdicts(lines: list[str], outcome: str) -> None:
    assert filled(Story(process()).tell(lines), "mitigations.outcome") == outcome


@pytest.mark.parametrize(
    ("flag", "threshold", "lines", "minutes", "up"),
    [
        ("mitigations.two-in-flight", 1, ["> a", "> b"], 0, True),
        ("mitigations.two-in-flight", 1, ["> a", "/verify 1 x", "> b"], 0, False),
        ("mitigations.stalled", 10, ["> a"], 9, False),
        ("mitigations.stalled", 10, ["> a"], 10, True),
        ("mitigations.stalled", 10, ["> a", "/fail 1 x"], 9, False),
        ("mitigations.stalled", 10, ["> a", "/verify 1 x"], 60, False),
        ("mitigations.none", 15, ["? gas"], 14, False),
        ("mitigations.none", 15, ["? gas"], 15, True),
        ("mitigations.none", 15, ["? gas", "> a"], 60, False),
        ("lifecycle.unverified", 1, ["> a", "/state resolved"], 0, True),
        ("lifecycle.unverified", 1, ["> a", "/verify 1 x", "/state resolved"], 0, False),
        (
            "lifecycle.unverified",
            1,
            ["> a", "/verify 1 x", "/undone 1", "/state resolved"],
            0,
            False,
        ),
        (
            "lifecycle.unverified",
            1,
            ["> a", "/verify 1 x", "/fail 1 y", "/state resolved"],
            0,
            True,
        ),
    ],
)
def test_a_flag_goes_up_where_it_stands_still(
    flag: str, threshold: int, lines: list[str], minutes: int, up: bool
) -> None:
    story = Story(process()).tell(lines)
    only(story, flag, threshold)
    assert bool(flags_up(story, minutes=minutes)) is up
