"""`intake`: alerts of monitoring on the command line."""

import json

import pytest

from tests.cli.conftest import Terminal

ALERT = {
    "status": "firing",
    "labels": {"alertname": "HighErrors", "service": "api", "region": "eu-west"},
    "annotations": {"summary": "5xx above 5 %"},
    "startsAt": "2026-11-19T14:02:11Z",
    "endsAt": "0001-01-01T00:00:00Z",
    "fingerprint": "c0ffee",
}


def message(**changes: object) -> str:
    return json.dumps({"version": "4", "alerts": [ALERT | changes]})


def test_an_alert_declares_an_incident_that_it_detected(terminal: Terminal) -> None:
    done = terminal.run("intake", "-", stdin=message())
    assert done.exit_code == 0, done.output
    data = terminal.json("show", done.stdout.strip())
    assert data["title"] == "HighErrors: 5xx above 5 %"
    assert data["detected_at"] == "2026-11-19T14:02:11Z"
    assert data["impact"]["services"] == "api"
    assert data["scope"]["fault-domain"] == "region eu-west"


@pytest.mark.parametrize("starts", ["2026-11-19T16:02:11+02:00", "2026-11-19T14:02:11"])
def test_an_alert_began_at_its_time_in_its_zone_and_else_in_utc(
    terminal: Terminal, starts: str
) -> None:
    name = terminal.ok("intake", "-", stdin=message(startsAt=starts)).strip()
    assert terminal.json("show", name)["detected_at"] == "2026-11-19T14:02:11Z"


def test_the_same_alert_adds_to_the_active_incident(terminal: Terminal) -> None:
    first = terminal.run("intake", "-", stdin=message()).stdout.strip()
    assert terminal.run("intake", "-", stdin=message()).stdout.strip() == first
    over = message(status="resolved", endsAt="2026-11-19T14:40:00Z")
    done = terminal.run("intake", "-", "--json", stdin=over)
    assert json.loads(done.stdout) == {"incident": first, "declared": False, "recorded": 1}
    assert len(terminal.json("list")) == 1
    timeline = terminal.json("show", first)["timeline"]
    assert [row["at"] for row in timeline if row["kind"] == "reading"] == ["2026-11-19T14:40:00Z"]


def test_an_alert_that_had_ended_declares_nothing(terminal: Terminal) -> None:
    over = message(status="resolved", endsAt="2026-11-19T14:40:00Z")
    done = terminal.run("intake", "-", stdin=over)
    assert (done.exit_code, "had ended" in done.stderr) == (0, True)
    assert terminal.json("list") == []


@pytest.mark.parametrize(
    ("starts", "doubt"),
    [("2026-11-20T23:00:00Z", "lies ahead"), ("soon", "is no time"), ("", "is no time")],
)
def test_an_alert_whose_start_cannot_be_true_is_detected_now_and_says_so(
    terminal: Terminal, starts: str, doubt: str
) -> None:
    payload = json.dumps(
        {"alerts": [ALERT | {"startsAt": starts}, ALERT | {"fingerprint": "other"}]}
    )
    for added in (True, False):
        done = terminal.run("intake", "-", "--json", stdin=payload)
        assert done.exit_code == 0, done.output
        ids = [json.loads(line) for line in done.stdout.splitlines()]
        assert [one["declared"] for one in ids] == [added, added]
        assert added or [one["recorded"] for one in ids] == [0, 0]
    data = terminal.json("show", ids[0]["incident"])
    detected = [row for row in data["timeline"] if row["kind"] == "milestone"]
    assert [doubt in row["text"] for row in detected] == [True]
    assert data["detected_at"] == detected[0]["at"]


def test_an_alert_that_ends_before_it_began_is_a_reading_of_now(terminal: Terminal) -> None:
    first = terminal.run("intake", "-", stdin=message()).stdout.strip()
    over = message(status="resolved", endsAt="2026-11-19T13:00:00Z")
    assert terminal.run("intake", "-", stdin=over).exit_code == 0
    timeline = terminal.json("show", first)["timeline"]
    assert [row["at"] > ALERT["startsAt"] for row in timeline if row["kind"] == "reading"] == [True]


def test_what_is_no_alert_is_refused(terminal: Terminal) -> None:
    for text in ("{}", "no json", "[1]", ""):
        assert terminal.run("intake", "-", stdin=text).exit_code == 2
    assert terminal.json("list") == []


@pytest.mark.parametrize("answer", ["[]", '{"incidents": [], "more": false}', '{"alerts": []}'])
def test_a_list_in_which_nothing_fires_is_no_error(terminal: Terminal, answer: str) -> None:
    done = terminal.run("intake", "-", stdin=answer)
    assert (done.exit_code, done.stdout) == (0, "")
    assert terminal.json("list") == []


def test_a_job_that_fails_each_night_adds_to_the_incident_that_goes_on(terminal: Terminal) -> None:
    job = ("declare", "Backup failed", "--from", "-")
    first = terminal.run(*job, stdin="disk full\n").stdout
    for night, added in (("disk full\n", "0 facts"), ("disk full\nno mount\n", "1 fact")):
        again = terminal.run(*job, stdin=night)
        assert again.stdout == first
        assert f"active already, {added}" in again.stderr


def test_messages_that_a_receiver_kept_are_taken_in_a_line_each(terminal: Terminal) -> None:
    over = message(status="resolved", endsAt="2026-11-19T14:40:00Z")
    done = terminal.run("intake", "-", stdin=f"{message()}\n{over}\n")
    assert (done.exit_code, len(set(done.stdout.split()))) == (0, 1)


def test_incidents_as_pagerduty_lists_them_are_alerts(terminal: Terminal) -> None:
    """https://developer.pagerduty.com/api-reference"""
    listed = {
        "id": "P1", "type": "incident", "incident_number": 44, "title": "API is down",
        "created_at": "2026-11-19T14:02:11Z", "status": "triggered",
        "service": {"id": "S1", "type": "service_reference", "summary": "api"},
    }  # fmt: skip
    incident = terminal.run("intake", "-", stdin=json.dumps([listed])).stdout.strip()
    event = {
        "event_type": "incident.resolved",
        "occurred_at": "2026-11-19T14:40:00Z",
        "data": {"id": "P1", "title": "API is down", "created_at": "2026-11-19T14:02:11Z"},
    }
    again = terminal.run("intake", "-", stdin=json.dumps({"event": event}))
    assert again.stdout.strip() == incident
    data = terminal.json("show", incident)
    assert (data["detected_at"], data["impact"]["services"]) == ("2026-11-19T14:02:11Z", "api")
