"""`incident-tui stats`: how many incidents, how long they took, what was promised and kept."""

import csv
from datetime import timedelta

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from incident_tui.cli.frame.lines import Bar, columns
from incident_tui.cli.frame.painted_answer import painted
from incident_tui.cli.incident.stats import ON_THE_PAGE
from tests.cli.conftest import Terminal


def incident_with(
    terminal: Terminal, title: str, *lines: str, after: timedelta = timedelta()
) -> str:
    """An incident that these lines are entered into `after` it was declared."""
    incident = terminal.declared(title)
    terminal.clock.now += after
    for line in lines:
        terminal.ok("log", "-i", incident, line)
    return incident


MITIGATED = '/state mitigated why:"the provider says so"'


@pytest.fixture
def year(terminal: Terminal) -> Terminal:
    """Three incidents, a drill, and a false alarm."""
    for minutes in (10, 20, 60):
        after = timedelta(minutes=minutes)
        incident_with(terminal, f"Slow for {minutes}", "/sev SEV2", MITIGATED, after=after)
    incident_with(terminal, "Nothing at all", "/close false-positive the probe was broken")
    terminal.ok("declare", "We practise", "--drill")
    return terminal


def test_durations_have_a_median_and_the_longest(year: Terminal) -> None:
    duration = year.json("stats")["durations"]["time_to_mitigate"]
    assert duration["incidents"] == 3
    # Each command takes a minute of this clock.
    assert (duration["median"], duration["longest"]) == (22 * 60, 62 * 60)


def test_drills_and_false_alarms_are_counted_and_left_out(year: Terminal) -> None:
    data = year.json("stats")
    assert (data["incidents"], data["going_on"], data["drills"], data["none"]) == (3, 3, 1, 1)
    assert data["severities"] == {"SEV2": 3}
    page = year.ok("stats")
    assert "3 incidents · 3 not closed · SEV2 3" in page
    assert "counted apart (--of): 1 drill; 1 closed early left out" in page
    row = next(line.split() for line in page.splitlines() if "time to mitigate" in line)
    assert row == ["time", "to", "mitigate", "3", "22m", "1h", "02m", "1h", "02m"]
    assert "1 incident" in year.ok("stats", "--of", "drills").splitlines()[0]


def test_what_was_promised_is_counted_with_what_is_overdue(terminal: Terminal) -> None:
    incident_with(
        terminal, "Slow", "+ one due:1d", "+ two due:1w", "+ three", "/act 3 drop not worth it"
    )
    terminal.clock.now += timedelta(days=2)
    stats = terminal.json("stats")
    items = stats["actions"]
    assert (items["total"], items["settled"], items["overdue"]) == (3, 1, 1)
    assert items["ages"]["up to a week"] == 2
    assert stats["action_classes"]["no class"]["total"] == 3


def test_only_incidents_since_a_moment_are_counted_on_demand(year: Terminal) -> None:
    year.clock.now += timedelta(days=40)
    incident_with(year, "Slow again")
    assert year.json("stats", "--since", "-30d")["incidents"] == 1
    assert year.json("stats")["incidents"] == 4


def test_a_time_that_is_none_is_a_mistake_in_the_call(terminal: Terminal) -> None:
    done = terminal.run("stats", "--since", "14.02")
    assert done.exit_code == 2
    assert "--since" in done.stderr


def test_without_incidents_it_says_so(terminal: Terminal) -> None:
    assert "no incident yet" in terminal.run("stats").stderr
    assert terminal.json("stats")["incidents"] == 0


def test_one_that_cannot_be_read_is_named_and_hides_no_other(year: Terminal) -> None:
    broken = year.declared("Broken")
    (year.folder(broken) / "incident.json").write_text("{")
    done = year.run("stats")
    assert f"{broken} is not counted" in done.stderr
    assert done.exit_code == 0
    assert year.json("stats")["unread"] == [broken]


def test_where_none_can_be_read_it_fails(terminal: Terminal) -> None:
    broken = terminal.declared("Broken")
    (terminal.folder(broken) / "incident.json").write_text("{")
    done = terminal.run("stats")
    assert done.exit_code == 1
    assert "verify --all" in done.stderr


@pytest.mark.parametrize("since", ["2023-01-01", "-2y", "-6mo", "-5m", "2023-01-01 10:00"])
def test_days_and_years_say_since_when(terminal: Terminal, since: str) -> None:
    done = terminal.run("stats", "--since", since)
    assert done.exit_code == 0, done.output


def test_what_is_not_known_is_no_number(year: Terminal) -> None:
    data = year.json("stats")
    assert "time_to_resolve" not in data["durations"]
    page = year.ok("stats", "--by", "severity", "--time", "time_to_resolve")
    assert page.splitlines()[-1].split() == ["SEV2", "3", "0", "-", "-", "-"]


def test_medians_come_with_why_they_alone_mislead(year: Terminal) -> None:
    assert "Durations alone mislead" in year.ok("stats")


def test_what_nobody_knows_yet_is_said_once_and_not_in_empty_tables(year: Terminal) -> None:
    page = year.ok("stats")
    assert "There is no action item yet. No action item is open." in page
    assert year.ok("stats", "--of", "imported").splitlines() == [
        "imported: 0 incidents",
        "counted apart (--of): 3 incidents, 1 drill; 1 closed early left out",
    ]


@pytest.mark.parametrize(
    "by",
    [
        "month", "quarter", "severity", "service", "tag", "playbook", "layer", "detection",
        "milestones", "people",
    ],
)  # fmt: skip
def test_each_breakdown_is_shown_alone(year: Terminal, by: str) -> None:
    assert year.ok("stats", "--by", by)


def test_the_time_between_two_milestones(year: Terminal) -> None:
    page = year.ok("stats", "--between", "declared", "mitigated")
    assert page.splitlines()[-1].startswith("declared to mitigated  3  22m")


def test_csv_has_a_row_for_each_group_and_duration(year: Terminal) -> None:
    heads, *rows = csv.reader(year.ok("stats", "--csv").splitlines())
    assert heads[:4] == ["kind", "by", "group", "duration"]
    cells = {tuple(row[:4]): dict(zip(heads[4:], row[4:], strict=True)) for row in rows}
    known = cells["incidents", "severity", "SEV2", "time_to_mitigate"]
    assert (known["incidents"], known["known"], known["median"]) == ("3", "3", "1320.0")
    unknown = cells["incidents", "severity", "SEV2", "time_to_resolve"]
    assert (unknown["known"], unknown["median"]) == ("0", "")
    assert ("drills", "", "", "time_to_mitigate") in cells


def test_a_bar_stands_beside_the_number_without_colour() -> None:
    rows = columns([("a", Bar("4", 1.0)), ("b", Bar("1", 0.25))])
    assert rows == ["a  4", "b  1"]
    shown = painted(rows, width=80, colours=False, encoding="utf-8").splitlines()
    assert "█" * 12 + " 4" in shown[0]
    assert "███" in shown[1]
    plain = painted(rows, width=80, colours=False, encoding="ascii")
    assert "###" in plain


def test_a_bar_tells_little_from_nothing() -> None:
    rows = columns([("a", Bar("1", 0.001)), ("b", Bar("0", 0.0))])
    little, nothing = painted(rows, width=80, colours=False, encoding="utf-8").splitlines()
    assert little.split() == ["a", "▏", "1"]
    assert nothing.split() == ["b", "0"]


def test_a_scraper_reads_the_numbers_of_the_home(year: Terminal) -> None:
    incident_with(
        year,
        "It says no",
        r'/impact services api "two" \\n',
        "+ alert when the pool is full due:1d",
    )
    page = year.ok("stats", "--openmetrics")
    families = {family.name: family for family in text_string_to_metric_families(page)}
    values = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in families.values()
        for sample in family.samples
    }
    of = ("kind", "incidents")
    assert values["incidents", of] == 4
    assert values["incidents", ("kind", "drills")] == values["incidents_none",] == 1
    mitigated = ("span", "time_to_mitigate")
    assert values["incidents_duration_seconds", of, ("quantile", "0.5"), mitigated] == 22 * 60
    assert values["incidents_duration_seconds", of, ("quantile", "1"), mitigated] == 62 * 60
    assert values["incidents_duration_seconds_count", of, mitigated] == 3
    assert values["incidents_grouped", ("by", "severity"), ("group", "SEV2"), of] == 3
    service = r'api "two" \\n'
    assert values["incidents_grouped", ("by", "service"), ("group", service), of] == 1
    assert {name for name, family in families.items() if family.unit} == {
        name for name in families if name.endswith("_seconds")
    }
    assert not any(family.documentation == "" for family in families.values())


def test_a_scraper_reads_the_numbers_of_a_home_without_incidents(terminal: Terminal) -> None:
    page = terminal.ok("stats", "--openmetrics")
    assert all(
        sample.value == 0
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    )


def test_the_age_of_an_item_that_was_taken_over_is_not_known(terminal: Terminal) -> None:
    text = "# Slow\n\n2024-03-01 10:00 UTC pool is full\n\n## Action items\n\n- widen the pool\n"
    incident = terminal.ok("import", "-", "--take", "actions", stdin=text).strip()
    terminal.ok("log", "-i", incident, "+ name an owner of the pool")
    items = terminal.json("stats")["apart"]["imported"]["actions"]
    assert (items["total"], items["ages"]["unknown"], items["open_for"]["incidents"]) == (2, 1, 1)
    assert items["ages"]["up to a week"] == 1


@pytest.mark.parametrize(("by", "days"), [("month", 31), ("quarter", 92)])
def test_of_many_months_and_quarters_the_newest_are_on_the_page(
    terminal: Terminal, by: str, days: int
) -> None:
    for number in range(ON_THE_PAGE + 2):
        terminal.declared(f"Slow for the {number}th time")
        terminal.clock.now += timedelta(days=days)
    whole = terminal.ok("stats", "--by", by).splitlines()
    page = terminal.ok("stats").splitlines()
    assert whole[-1] in page
    assert whole[-1 - ON_THE_PAGE] not in page
