"""Each live red flag: up when its threshold is reached, down a moment before."""

from datetime import timedelta

import pytest

from incident_tui.domain.core.rules import every_flag
from incident_tui.domain.process.flags import Flag, raised
from tests.support.incidents import DECLARED_AT, Story
from tests.support.playbooks.engine import baking

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)

# flag, threshold, lines typed one a minute after the declaration, minutes until it is up
AROUND = [
    ("updates.overdue", 0, ["/sev HIGH"], 30),
    ("updates.overdue", 0, ["/update x next:+5m"], 6),
    ("updates.overdue", 0, ["/update x next:+5m", "/snooze 10m busy"], 12),
    ("severity.missing", 5, [], 5),
    ("impact.missing", 5, [], 5),
    ("hats.missing", 5, [], 5),
    ("timeline.silent", 20, [], 20),
    ("timeline.silent", 20, ["smoke"], 21),
    ("mitigations.stalled", 20, ["> flour"], 21),
    ("mitigations.stalled", 20, ["> flour", "smoke", "/fail 1 flat"], 23),
    ("mitigations.stalled", 20, ["> flour", "! buy bread"], 22),
    ("mitigations.stalled", 20, ["> flour", "/strategy ask the mill"], 22),
    ("mitigations.untried", 20, [], 20),
    ("mitigations.untried", 20, ["/sev HIGH", "smoke"], 20),
    ("mitigations.untried", 20, ["/state mitigated", "/state active back"], 22),
    ("updates.none", 15, [], 15),
    ("mitigations.none", 15, ["? gas"], 16),
    ("mitigations.none", 15, ["smoke", "? gas", "? flour"], 17),
    ("actions.overdue", 0, ["+ oven due:+2h"], 121),
]
# flag, threshold, lines: up as soon as they are typed
AT_ONCE = [
    ("mitigations.two-in-flight", 0, ["> a", "> b"]),
    ("lifecycle.unverified", 0, ["> a", "/fail 1 x", "/state resolved"]),
    ("lifecycle.unverified", 0, ["/state resolved"]),
    ("lifecycle.unverified", 0, ["= 5xx 12 % -> 1 % src:pager", "/state resolved"]),
    ("timeline.order", 60, ["@-2h oven cold"]),
    ("fixes.untested", 0, ["> hotfix by hand"]),
    ("fixes.untested", 0, ["/milestone fix-deployed"]),
]
# flag, threshold, lines: never up, however long one waits
NEVER = [
    ("updates.overdue", 0, ["/sev HIGH", "/state resolved"]),
    ("updates.overdue", 0, ["/sev LOW"]),
    ("severity.missing", 5, ["/sev LOW"]),
    ("impact.missing", 5, ["/impact users unknown"]),
    ("hats.missing", 5, ["/role lead ana"]),
    ("timeline.silent", 20, ["/state resolved"]),
    ("mitigations.two-in-flight", 0, ["> a"]),
    ("mitigations.two-in-flight", 0, ["> a", "> b", "/verify 1 x"]),
    ("mitigations.two-in-flight", 0, ["> a", "> b", "/undone 2"]),
    ("mitigations.stalled", 20, []),
    ("mitigations.stalled", 20, ["> a", "/verify 1 x"]),
    ("mitigations.stalled", 20, ["> a", "/state mitigated"]),
    ("mitigations.none", 15, []),
    ("mitigations.none", 15, ["? gas", "> a"]),
    ("mitigations.none", 15, ["? gas", "/state mitigated"]),
    ("lifecycle.unverified", 0, ["> a", "/verify 1 x", "/state resolved"]),
    ("lifecycle.unverified", 0, ["> a", "/state mitigated"]),
    ("lifecycle.unverified", 0, ["/state resolved", "= 5xx 12 % -> 1 % src:pager"]),
    ("mitigations.untried", 20, ["/sev LOW"]),
    ("mitigations.untried", 20, ["> a"]),
    ("mitigations.untried", 20, ["? gas"]),
    ("mitigations.untried", 20, ["/state mitigated"]),
    ("updates.none", 15, ["/sev LOW"]),
    ("updates.none", 15, ["/update x next:+5m"]),
    ("updates.none", 15, ["/cadence 10m"]),
    ("updates.none", 15, ["/state resolved"]),
    ("mitigations.stalled", 20, ["> a", "/undone 1"]),
    ("timeline.order", 60, ["@-30m oven cold"]),
    ("timeline.order", 60, ["@-2h oven cold", "/retract 2 other day"]),
    ("actions.overdue", 0, ["+ oven due:+2h", "/act 1 done"]),
    ("actions.overdue", 0, ["+ oven"]),
]


def up(story: Story, minutes: float, seconds: int = 0) -> list[Flag]:
    return raised(story.incident, DECLARED_AT + minutes * MINUTE + seconds * SECOND)


@pytest.mark.parametrize(("flag", "threshold", "lines", "minutes"), AROUND)
def test_a_flag_goes_up_at_its_threshold_and_not_before(
    flag: str, threshold: int, lines: list[str], minutes: int
) -> None:
    story = baking(*lines, flags={flag: threshold})
    assert up(story, minutes, seconds=-1) == []
    (raised,) = up(story, minutes, seconds=1)
    assert (raised.id, raised.since) == (flag, DECLARED_AT + minutes * MINUTE)


@pytest.mark.parametrize(("flag", "threshold", "lines"), AT_ONCE)
def test_a_flag_goes_up_with_what_causes_it(flag: str, threshold: int, lines: list[str]) -> None:
    story = baking(*lines[:-1], flags={flag: threshold})
    assert up(story, len(lines)) == []
    story.say(lines[-1])
    assert [raised.id for raised in up(story, len(lines))] == [flag]


@pytest.mark.parametrize(("flag", "threshold", "lines"), NEVER)
def test_a_flag_stays_down_where_nothing_is_wrong(
    flag: str, threshold: int, lines: list[str]
) -> None:
    story = baking(*lines, flags={flag: threshold})
    assert [up(story, minutes) for minutes in (len(lines), 60, 60 * 24 * 9)] == [[], [], []]


@pytest.mark.parametrize(("flag", "threshold", "lines"), [*(case[:3] for case in AROUND), *AT_ONCE])
def test_a_flag_says_what_is_wrong_why_it_matters_and_what_helps(
    flag: str, threshold: int, lines: list[str]
) -> None:
    (raised,) = up(baking(*lines, flags={flag: threshold}), 60 * 24)
    assert all((raised.text, raised.why, raised.mend))


def test_the_worst_is_first() -> None:
    story = baking("? gas", flags=dict.fromkeys(every_flag(), 0))
    order = [every_flag()[flag.id].worst for flag in up(story, 600)]
    assert len(order) > 3
    assert order == sorted(order, reverse=True)


def test_only_flags_of_the_playbook_are_up_and_none_after_the_close() -> None:
    assert up(baking(flags={}), 600) == []
    assert up(baking("/close merged elsewhere", flags={"hats.missing": 5}), 600) == []


@pytest.mark.parametrize(
    ("flag", "number", "text"),
    [
        ("severity.missing", 0, ""), ("severity.missing", 5, "5 min"),
        ("severity.missing", 119, "119 min"), ("severity.missing", 120, "2 h"),
        ("severity.missing", 121, "121 min"),
    ],
)  # fmt: skip
def test_a_threshold_is_told_with_its_unit(flag: str, number: int, text: str) -> None:
    assert every_flag()[flag].limit(number) == text
