"""`incident-tui stats`: how many incidents, how long they took, what was promised and kept."""

from datetime import timedelta

import pytest

from tests.cli.conftest import Terminal


def told(terminal: Terminal, title: str, *lines: str, after: timedelta = timedelta()) -> str:
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
        told(terminal, f"Slow for {minutes}", "/sev SEV2", MITIGATED, after=after)
    told(terminal, "Nothing at all", "/close false-positive the probe was broken")
    terminal.ok("declare", "We practise", "--drill")
    return terminal


def test_durations_have_a_median_and_the_longest(year: Terminal) -> None:
    found = year.json("stats")["durations"]["time_to_mitigate"]
    assert found["incidents"] == 3
    # Each command takes a minute of this clock.
    assert (found["median"], found["longest"]) == (22 * 60, 62 * 60)


def test_drills_and_false_alarms_are_counted_and_left_out(year: Terminal) -> None:
    data = year.json("stats")
    assert (data["incidents"], data["going_on"], data["drills"], data["none"]) == (3, 3, 1, 1)
    assert data["severities"] == {"SEV2": 3}
    page = year.ok("stats")
    assert "3 going on; 1 drill left out; 1 closed early left out" in page
    assert page.splitlines()[4].split() == ["time", "to", "mitigate", "22m", "1h", "02m", "3"]


def test_what_was_promised_is_counted_with_what_is_overdue(terminal: Terminal) -> None:
    told(terminal, "Slow", "+ one due:1d", "+ two due:1w", "+ three", "/act 3 drop not worth it")
    terminal.clock.now += timedelta(days=2)
    assert terminal.json("stats")["actions"] == {"total": 3, "settled": 1, "overdue": 1}


def test_only_incidents_since_a_moment_are_counted_on_demand(year: Terminal) -> None:
    year.clock.now += timedelta(days=40)
    told(year, "Slow again")
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
