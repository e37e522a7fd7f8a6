"""Plots: what is drawn is where it belongs, and the table beside it says the same."""

from datetime import UTC, datetime, timedelta

import pytest

from incident_tui.documents.html.plots.bars import hats, kinds, stages
from incident_tui.documents.html.plots.board import board
from incident_tui.documents.html.plots.course import course, severities
from incident_tui.documents.html.plots.signals import signals
from incident_tui.documents.html.plots.time_axis import axis_over
from incident_tui.documents.text.document_times import Moments
from tests.support.incidents import Story, playbook, story

START = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "labels"),
    [
        (timedelta(minutes=6), ["14:00", "14:01", "14:02", "14:03", "14:04", "14:05", "14:06"]),
        (timedelta(hours=1), ["14:00", "14:10", "14:20", "14:30", "14:40", "14:50", "15:00"]),
        (timedelta(hours=20), ["15:00", "18:00", "21:00", "21 Nov", "03:00", "06:00", "09:00"]),
    ],
)
def test_ticks_are_round_times(length: timedelta, labels: list[str]) -> None:
    axis = axis_over([START, START + length], left=0, width=100, zone=UTC)
    assert [text for _, text in axis.ticks()] == labels


@pytest.mark.parametrize("days", [0, 1, 5, 40, 400, 4000])
def test_ticks_are_never_so_many_that_they_meet(days: int) -> None:
    axis = axis_over([START, START + timedelta(days=days)], left=0, width=100, zone=UTC)
    assert len(axis.ticks()) <= 10
    assert all(0 <= place <= 100 for place, _ in axis.ticks())


def test_a_severity_lasts_until_the_next_one() -> None:
    outage = Story().tell(
        ["/sev SEV3 slow", "/sev SEV1 down", "/sev SEV1 still", "/sev SEV2 better"]
    )
    end = outage.now + timedelta(minutes=10)
    spans = [(level, until - begin) for begin, until, level in severities(outage.incident, end)]
    minute = timedelta(minutes=1)
    assert spans == [("SEV3", minute), ("SEV1", 2 * minute), ("SEV2", 10 * minute)]


def test_an_outage_that_came_back_is_drawn_as_two_spans() -> None:
    outage = Story(started_at=START).tell(
        ["/sev SEV2 x", "/state mitigated ok", "/state active back"]
    )
    chart = course(outage.incident, Moments(outage.incident), outage.now + timedelta(minutes=9))
    assert chart is not None
    assert len([bar for bar in chart.bars if bar.tone == "impact"]) == 2
    assert [row[2] for row in chart.rows if row[1] == "Users affected"] == ["14:07", "going on"]


def test_readings_are_drawn_where_they_are_numbers_of_one_unit() -> None:
    outage = Story().tell(
        ["= 5xx 0.2 % -> 12 % src:x", "= cache cold -> warm", "= 5xx 12 % -> 0.3 %",
         "= p95 4s -> 300ms", "= queue 3 -> 4 GB"]
    )  # fmt: skip
    chart = signals(outage.incident, Moments(outage.incident))
    assert chart is not None
    assert [d.tip for d in chart.dots] == ["0.2 %, before", "12 %", "0.3 %", "4s, before", "300ms"]
    assert len(chart.rows) == 5
    highest = min(chart.dots, key=lambda dot: dot.y)
    assert highest.tip in ("12 %", "4s, before")


def test_every_shape_lies_on_the_grid_and_every_number_in_the_table() -> None:
    outage = story()
    now = outage.now + timedelta(hours=1)
    moments = Moments(outage.incident)
    drawn = [
        course(outage.incident, moments, now), signals(outage.incident, moments),
        board(outage.incident), kinds(outage.incident), stages(outage.incident, now),
        hats(outage.incident, now),
    ]  # fmt: skip
    for chart in drawn:
        assert chart is not None
        assert all(b.x >= 0 and b.x + b.width <= chart.width + 0.2 for b in chart.bars)
        assert all(b.y >= 0 and b.y + b.height <= chart.height for b in chart.bars)
        assert all(0 <= d.x <= chart.width and 0 <= d.y <= chart.height for d in chart.dots)
        assert all(len(row) == len(chart.heads) for row in chart.rows)


def test_a_stage_took_its_cycles_together_and_no_time_between_them() -> None:
    outage = Story(playbook("mitigate-first"))
    chart = stages(outage.incident, outage.now + timedelta(minutes=9))
    assert chart is not None
    assert chart.rows == [("Triage", "9m, going on")]
    outage = story()
    outage.say("/reopen mitigate it is back", at=outage.now + timedelta(hours=5))
    before = stages(story().incident, outage.now)
    after = stages(outage.incident, outage.now + timedelta(minutes=3))
    assert before is not None
    assert after is not None
    rows = {str(name): length for name, length in before.rows}
    assert rows["Mitigate"] == "17m"
    assert {str(name): length for name, length in after.rows} == rows | {
        "Mitigate": "20m, going on"
    }


def test_nothing_is_drawn_of_nothing() -> None:
    outage = Story()
    assert signals(outage.incident, Moments(outage.incident)) is None
    assert board(outage.incident) is None
    assert hats(outage.incident, outage.now) is None


def test_a_lane_with_nothing_in_it_is_not_drawn() -> None:
    outage = Story(afterwards=True).tell(
        ["@13:40 /milestone detected", "@13:58 /milestone mitigated"]
    )
    chart = course(outage.incident, Moments(outage.incident), outage.now)
    assert chart is not None
    assert chart.title == "The course over time"
    lanes = {"Severity", "Users affected", "Updates"}
    assert not lanes & {label.text for label in chart.labels}
