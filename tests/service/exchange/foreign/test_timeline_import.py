"""Foreign timelines: what becomes of each row, and nothing goes without a word."""

from datetime import UTC, date, datetime

import pytest
from msgspec.structs import replace

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.doubts import DoubtOverruled
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.learning.actions import ActionMoved
from incident_tui.domain.process.lifecycle import IncidentClosed
from incident_tui.service import IncidentSession
from incident_tui.service.exchange.foreign.recorded_import import import_into, import_new
from incident_tui.service.exchange.foreign.timeline_import import plan_import
from tests.service.conftest import Bench

MINISTRY = """\
# Two hours without queues

- **First detected:** 2026-11-18 09:10
- **Incident declared:** 2026-11-18 09:20
- **Repaired:** 2026-11-18 10:30
- **Resolved:** 2026-11-18 11:10

## Timeline

All times are in Europe/London.

- 2026-11-18 09:10 the queue stops [graph](https://example.org/q)
- 2026-11-18 09:50 consumers restarted
"""


def test_rows_are_facts_and_labelled_moments_are_milestones(bench: Bench) -> None:
    done = import_new(bench.service, plan_import(bench.service, MINISTRY, "q.md"))
    milestones = done.session.incident.of(Milestones)
    assert milestones.at("started") is None
    assert milestones.at("detected") == datetime(2026, 11, 18, 9, 10, tzinfo=UTC)
    assert milestones.at("declared") == datetime(2026, 11, 18, 9, 20, tzinfo=UTC)
    assert milestones.at("mitigated") == datetime(2026, 11, 18, 10, 30, tzinfo=UTC)
    assert milestones.at("resolved") == datetime(2026, 11, 18, 11, 10, tzinfo=UTC)
    kinds = [row.event.kind for row in done.recorded]
    assert sorted(kinds) == ["fact"] * 2 + ["milestone"] * 4


@pytest.mark.parametrize(
    ("label", "milestone"),
    [
        ("Incident began", "started"), ("STARTED", "started"), ("Impact start", "started"),
        ("Noticed", "detected"), ("time of detection", "detected"), ("Declared", "declared"),
        ("Mitigated", "mitigated"), ("Impact ended", "mitigated"), ("impact STOPPED", "mitigated"),
        ("RESOLVED", "resolved"), ("Restarted", None), ("Undetected", None),
    ],
)  # fmt: skip
def test_a_label_in_any_case_tells_which_moment_it_is(
    bench: Bench, label: str, milestone: str | None
) -> None:
    text = MINISTRY.replace("**First detected:**", f"**{label}:**")
    plan = plan_import(bench.service, text, "q.md")
    (event,) = [row.event for row in plan.rows if row.text.startswith(label)]
    assert getattr(event, "name", None) == milestone


def test_a_record_of_two_outages_has_a_start_an_end_and_what_came_back(bench: Bench) -> None:
    labels = ("Impact start", "Mitigated", "Impact start", "Mitigated", "Resolved")
    moments = [f"- **{label}:** 2026-11-18 {hour:02}:00" for hour, label in enumerate(labels, 9)]
    plan = plan_import(bench.service, "# Twice down\n\n" + "\n".join(moments), "q.md")
    reached = [(row.at.hour, getattr(row.event, "name", "")) for row in plan.rows]
    assert reached == [
        (9, "started"), (10, "mitigated"), (11, "recurred"), (12, "mitigated"), (13, "resolved"),
    ]  # fmt: skip


def test_the_incident_has_the_title_the_zone_and_the_day_of_the_document(bench: Bench) -> None:
    plan = plan_import(bench.service, MINISTRY, "q.md")
    session = import_new(bench.service, plan).session
    assert (plan.title, plan.zone) == ("Two hours without queues", "Europe/London")
    assert session.id == "2026-11-18-two-hours-without-queues"
    assert session.zone.tzname(datetime(2026, 7, 1)) == "BST"  # noqa: DTZ001 - a local time


def test_an_incident_is_of_the_day_that_it_was_where_it_began(bench: Bench) -> None:
    text = "All times are in Asia/Tokyo.\n\n- 2026-11-18 08:10 slow\n- 2026-11-18 08:30 fine\n"
    assert plan_import(bench.service, text, "q.md").day == date(2026, 11, 18)


def test_an_incident_does_not_begin_a_year_early_for_a_slip_of_the_pen(bench: Bench) -> None:
    slip = "- 2025-11-18 09:30 a year too early\n- 2026-11-18 09:50"
    plan = plan_import(bench.service, MINISTRY.replace("- 2026-11-18 09:50", slip), "q.md")
    session = import_new(bench.service, plan).session
    assert session.id == "2026-11-18-two-hours-without-queues"


def test_a_slip_of_the_pen_gives_no_day_to_an_incident_without_a_start(bench: Bench) -> None:
    text = "## Timeline\n" + "".join(
        f"- {year}-11-18 09:{minute} slow\n"
        for minute, year in enumerate((2026, 2025, 2026, 2026), 10)
    )
    assert plan_import(bench.service, text, "q.md").day == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("heading", "begins"),
    [
        ("19 November 2026", "2026-11-19"),
        ("20 November 2026", "2026-11-20"),
        ("25 November 2026", "2026-11-18"),
        ("1 November 2026", "2026-11-18"),
        ("", "2026-11-18"),
    ],
)
def test_an_incident_without_a_start_is_of_the_day_of_its_text_if_rows_lie_around_that(
    bench: Bench, heading: str, begins: str
) -> None:
    rows = [f"- 2026-11-{day} 09:10 the queue is long" for day in (18, 19, 20)]
    plan = plan_import(bench.service, "\n".join([f"# Queues, {heading}", "", *rows]), "q.md")
    assert import_new(bench.service, plan).session.id.startswith(begins)


def test_another_process_than_that_of_the_home_may_be_chosen(bench: Bench) -> None:
    plan = plan_import(bench.service, MINISTRY, "q.md")
    assert import_new(bench.service, plan, playbook="gated").session.playbook.id == "gated"


@pytest.mark.parametrize(
    ("heading", "title", "expected"),
    [
        ("# 2026-11-18, no space left on device", "", "no space left on device"),
        ("# 2026-11-18", "", "2026-11-18"),
        ("# Disk full", "A better one", "A better one"),
        ("no heading", "", "disk"),
    ],
)
def test_the_title(bench: Bench, heading: str, title: str, expected: str) -> None:
    text = f"{heading}\n\n## Timeline\n\n- 2026-11-18 09:10 full\n"
    assert plan_import(bench.service, text, "notes/disk.md", title=title).title == expected


def test_rows_without_a_date_have_the_one_that_is_given(bench: Bench) -> None:
    text = "## Timeline\n\n- 09:10 slow\n- 09:30 fine\n"
    plan = plan_import(bench.service, text, "c.md", zone="Europe/Berlin", day=date(2026, 11, 18))
    assert [row.at for row in plan.rows] == [
        datetime(2026, 11, 18, 8, 10, tzinfo=UTC),
        datetime(2026, 11, 18, 8, 30, tzinfo=UTC),
    ]


def test_each_row_names_where_it_came_from(bench: Bench) -> None:
    plan = plan_import(bench.service, MINISTRY, "/home/ana/secret/q.md")
    facts = [row.source for row in plan.rows if row.event.kind == "fact"]
    assert facts == ["https://example.org/q", "q.md:13"]


def test_a_row_of_a_day_says_that_its_time_is_unknown(bench: Bench) -> None:
    text = "## Timeline\n\n- 2026-11-17 a customer writes\n- 2026-11-18 09:10 slow\n"
    assert [row.text for row in plan_import(bench.service, text, "c.md").rows] == [
        "2026-11-17, time of day unknown: a customer writes",
        "slow",
    ]


def test_an_action_that_the_record_ticks_off_is_done_as_the_record_says(bench: Bench) -> None:
    text = f"{MINISTRY}\n## Action items\n- [x] bound the pool\n- [ ] page us\n"
    plan = replace(plan_import(bench.service, text, "q.md"), take=("actions",))
    session = import_new(bench.service, plan).session
    [moved] = [e.event for e in session.incident.entries if isinstance(e.event, ActionMoved)]
    assert (moved.step, moved.text) == ("done", "as the record says")


def test_rows_of_the_future_are_left_with_the_reason(bench: Bench) -> None:
    text = "## Timeline\n\n- 2026-11-18 09:10 slow\n- 2026-11-21 09:10 a slip\n"
    plan = plan_import(bench.service, text, "c.md")
    assert [row.text for row in plan.rows] == ["slow"]
    assert [(left.line, left.reason) for left in plan.left] == [(4, "lies in the future")]


def test_all_rows_become_durable_in_one_write(bench: Bench, session: IncidentSession) -> None:
    session.enter("already here")
    plan = plan_import(bench.service, MINISTRY, "q.md")
    versions = [session.file.path.stat().st_ino]
    session.listeners.append(lambda: versions.append(session.file.path.stat().st_ino))
    import_into(session, plan)
    assert len(set(versions)) == 2
    entries = bench.service.open(session.id).incident.entries
    answered = [entry for entry in entries if isinstance(entry.event, DoubtOverruled)]
    assert len(entries) - len(answered) == 2 + len(plan.rows)


def test_a_second_import_adds_only_what_is_new(bench: Bench) -> None:
    session = import_new(bench.service, plan_import(bench.service, MINISTRY, "q.md")).session
    longer = MINISTRY + "- 2026-11-18 11:10 all queues empty\n"
    again = import_into(session, plan_import(bench.service, longer, "q.md"))
    assert [row.text for row in again.recorded] == ["all queues empty"]
    assert len(again.known) == 6


def test_a_row_that_a_document_holds_twice_is_recorded_once(bench: Bench) -> None:
    twice = MINISTRY + "- 2026-11-18 09:50 consumers restarted\n"
    done = import_new(bench.service, plan_import(bench.service, twice, "q.md"))
    facts = [row.text for row in done.recorded if row.event.kind == "fact"]
    assert facts.count("consumers restarted") == 1
    assert [row.text for row in done.known] == ["consumers restarted"]


def test_an_incident_that_is_over_is_closed_with_the_name_of_its_record(bench: Bench) -> None:
    plan = plan_import(bench.service, MINISTRY, "notes/q.md")
    session = import_new(bench.service, plan, over=True).session
    closed = session.incident.recorded[-1].event
    assert isinstance(closed, IncidentClosed)
    assert closed.text.endswith("q.md")


def test_a_row_that_was_retracted_does_not_come_back(bench: Bench) -> None:
    session = import_new(bench.service, plan_import(bench.service, MINISTRY, "q.md")).session
    row = next(e for e in session.incident.entries if e.event.kind == "fact")
    session.enter(f"/retract {session.incident.number(row.id)} another team's queue")
    assert import_into(session, plan_import(bench.service, MINISTRY, "q.md")).recorded == ()


def test_what_a_record_says_of_an_incident_under_way_is_taken_as_what_the_record_says(
    bench: Bench,
) -> None:
    text = "| Time | What |\n|---|---|\n| 2026-11-18 09:20 | Resolved: all is fine |\n"
    session = bench.declared()
    import_into(session, plan_import(bench.service, text, "q.md"))
    doubts = [e.event for e in session.incident.entries if isinstance(e.event, DoubtOverruled)]
    assert [(each.rule, each.text) for each in doubts] == [
        ("lifecycle.unverified", "q.md:3 says so")
    ]
    history = plan_import(bench.service, text.replace("fine", "well"), "q.md")
    over = import_new(bench.service, history).session
    assert not any(isinstance(e.event, DoubtOverruled) for e in over.incident.entries)


def test_a_document_without_rows_declares_nothing(bench: Bench) -> None:
    plan = plan_import(bench.service, "# Outage\n\nIt was slow.\n", "o.md")
    with pytest.raises(Refused):
        import_new(bench.service, plan)
    assert bench.service.listed() == []
