"""Files of programs, each made after the public page that describes its format, named beside it."""

import json
from datetime import UTC, date

import pytest

from incident_tui.intake import ForeignTimeline, read_timeline

Expected = list[tuple[str, str, str]]


def read(text: str) -> ForeignTimeline:
    return read_timeline(text, default_zone=UTC, present=date(2026, 11, 20))


def rows_of(reading: ForeignTimeline) -> Expected:
    return [(f"{row.at:%m-%d %H:%M}", row.who, row.text) for row in reading.rows]


def test_a_slack_export() -> None:
    """https://slack.com/help/articles/220556107-How-to-read-Slack-data-exports"""
    text = json.dumps(
        [
            {"type": "message", "user": "U1", "text": "errors rise", "ts": "1763647380.000200",
             "user_profile": {"display_name": "ana", "real_name": "Ana S"}},
            {"type": "message", "user": "U2", "text": "rolled <https://x.test|back>",
             "ts": "1763647500.000300"},
        ],
        indent=1,
    )  # fmt: skip
    reading = read(text)
    assert (reading.container, reading.zone) == ("Slack export", "UTC")
    assert rows_of(reading)[0] == ("11-20 14:03", "ana", "errors rise")
    assert reading.rows[1].who == "U2"
    assert [row.line for row in reading.rows] == [6, 16]


def test_a_statuspage_incident() -> None:
    """https://developer.statuspage.io/#tag/incidents"""
    updates = [
        {"status": "resolved", "body": "It is over.", "display_at": "2026-11-20T15:00:00.000Z"},
        {"status": "identified", "body": "A bad node.", "display_at": "2026-11-20T14:20:00.000Z"},
        {"status": "investigating", "body": "Slow.", "created_at": "2026-11-20T14:05:00.000Z"},
    ]
    page = {"page": {"id": "x"}, "incidents": [{"name": "Slow API", "incident_updates": updates}]}
    reading = read(json.dumps(page))
    assert (reading.container, reading.title) == ("Statuspage", "Slow API")
    assert rows_of(reading)[0] == ("11-20 15:00", "", "Resolved: It is over.")
    assert [row.label for row in reading.rows] == ["resolved", "", ""]
    assert [row.flags for row in reading.rows] == [(), (), ()]


def test_an_instatus_incident() -> None:
    """https://instatus.com/help/api/incidents"""
    updates = [
        {"status": "INVESTIGATING", "message": "Slow.", "started": "2026-11-20T14:05:00.000Z"},
        {"status": "RESOLVED", "message": "Over.", "started": "2026-11-20T14:45:00.000Z"},
    ]
    reading = read(json.dumps({"name": "Slow API", "status": "RESOLVED", "updates": updates}))
    assert reading.container == "Instatus"
    assert rows_of(reading) == [
        ("11-20 14:05", "", "Investigating: Slow."),
        ("11-20 14:45", "", "Resolved: Over."),
    ]


def test_an_alertmanager_webhook() -> None:
    """https://prometheus.io/docs/alerting/latest/configuration/#webhook_config"""
    alert = {
        "status": "resolved",
        "labels": {"alertname": "HighErrors", "service": "api"},
        "annotations": {"summary": "5xx above 5 %"},
        "startsAt": "2026-11-20T14:02:11.5Z",
        "endsAt": "2026-11-20T14:40:00Z",
        "generatorURL": "https://prometheus.test/graph",
        "fingerprint": "c0ffee",
    }
    reading = read(json.dumps({"version": "4", "status": "resolved", "alerts": [alert]}))
    assert reading.container == "Alertmanager"
    assert rows_of(reading)[0] == ("11-20 14:02", "", "HighErrors: 5xx above 5 % fires")
    assert [row.label for row in reading.rows] == ["detected", ""]
    assert reading.rows[0].source == "https://prometheus.test/graph"


def test_a_pagerduty_webhook() -> None:
    """https://developer.pagerduty.com/docs/webhooks-overview"""
    event = {
        "event_type": "incident.triggered",
        "occurred_at": "2026-11-20T14:02:11Z",
        "data": {"id": "P1", "title": "API is down", "service": {"summary": "api"}},
    }
    reading = read(json.dumps({"event": event}))
    assert (reading.container, reading.title) == ("PagerDuty", "API is down")
    assert rows_of(reading) == [("11-20 14:02", "", "API is down fires")]


def test_a_github_issue_as_gh_prints_it() -> None:
    """https://cli.github.com/manual/gh_issue_view"""
    issue = {
        "title": "Login fails", "body": "Since noon.", "author": {"login": "ana"},
        "createdAt": "2026-11-20T12:10:00Z", "closedAt": "2026-11-20T13:30:00Z",
        "url": "https://github.com/o/r/issues/1",
        "comments": [{"author": {"login": "bo"}, "body": "Rolled back.",
                      "createdAt": "2026-11-20T12:40:00Z", "url": "https://github.com/o/r#c"}],
    }  # fmt: skip
    reading = read(json.dumps(issue))
    assert reading.container == "GitHub issue"
    assert rows_of(reading) == [
        ("11-20 12:10", "ana", "Login fails. Since noon."),
        ("11-20 12:40", "bo", "Rolled back."),
        ("11-20 13:30", "", "The issue is closed"),
    ]


def test_a_gitlab_issue() -> None:
    """https://docs.gitlab.com/api/issues/ and https://docs.gitlab.com/api/notes/"""
    issue = {
        "iid": 7, "title": "Login fails", "description": "Since noon.",
        "author": {"username": "ana"}, "created_at": "2026-11-20T12:10:00.123Z",
        "notes": [{"body": "Rolled back.", "author": {"username": "bo"},
                   "created_at": "2026-11-20T12:40:00.000Z", "system": False}],
    }  # fmt: skip
    reading = read(json.dumps(issue))
    assert reading.container == "GitLab issue"
    assert [row.who for row in reading.rows] == ["ana", "bo"]


def test_json_lines_of_a_log_and_a_line_that_is_none() -> None:
    """https://jsonlines.org/"""
    reading = read(
        '{"time": "2026-11-20T14:03:11Z", "level": "error", "msg": "pool empty"}\n'
        '{"ts": 1763647500.25, "message": "drained"}\n'
        "panic: no more\n"
    )
    assert reading.container == "JSON lines"
    assert rows_of(reading) == [
        ("11-20 14:03", "", "error pool empty"),
        ("11-20 14:05", "", "drained"),
    ]
    assert [(left.line, left.reason) for left in reading.unread] == [(3, "is not JSON")]


def test_a_journal_in_json() -> None:
    """https://systemd.io/JOURNAL_EXPORT_FORMATS/#journal-json-format"""
    entry = {
        "__REALTIME_TIMESTAMP": "1763647380000000",
        "MESSAGE": "Out of memory",
        "SYSLOG_IDENTIFIER": "kernel",
    }
    reading = read(json.dumps(entry) + "\n" + json.dumps(entry | {"MESSAGE": "again"}))
    assert rows_of(reading)[0] == ("11-20 14:03", "", "kernel: Out of memory")


def test_syslog_in_both_forms() -> None:
    """https://www.rfc-editor.org/rfc/rfc3164 and https://www.rfc-editor.org/rfc/rfc5424"""
    reading = read_timeline(
        "Nov 20 14:03:11 web1 nginx[7]: upstream timed out\n"
        "2026-11-20T14:04:00.250Z web1 nginx 7 - - recovered\n",
        default_zone=UTC,
        default_date=date(2026, 11, 20),
    )
    assert rows_of(reading) == [
        ("11-20 14:03", "", "web1 nginx[7]: upstream timed out"),
        ("11-20 14:04", "", "web1 nginx 7 - - recovered"),
    ]


@pytest.mark.parametrize(
    ("sign", "container"), [(",", "CSV"), (";", "CSV"), ("\t", "TSV")], ids=["comma", "semi", "tab"]
)
def test_columns_are_found_by_head_and_content(sign: str, container: str) -> None:
    """https://www.rfc-editor.org/rfc/rfc4180 and
    https://www.iana.org/assignments/media-types/text/tab-separated-values"""
    rows = [
        ["id", "Time (CET)", "Who", "Description"],
        ["1", "2026-11-20 15:03", "ana", '"pool\nempty"'],
        ["2", "2026-11-20 15:10", "bo", "drained"],
        ["3", "", "bo", "when?"],
    ]
    reading = read("\n".join(sign.join(row) for row in rows) + "\n")
    assert reading.container == container
    assert rows_of(reading) == [
        ("11-20 14:03", "ana", "pool empty · id: 1"),
        ("11-20 14:10", "bo", "drained · id: 2"),
    ]
    assert [row.line for row in reading.rows] == [2, 4]
    assert [left.line for left in reading.unread] == [5]


def test_a_date_and_a_clock_in_two_columns_and_epochs_in_one() -> None:
    """https://www.rfc-editor.org/rfc/rfc4180"""
    reading = read("Date,Time,Event\n2026-11-20,14:03,slow\n2026-11-20,14:09,fast\n")
    assert rows_of(reading) == [("11-20 14:03", "", "slow"), ("11-20 14:09", "", "fast")]
    assert rows_of(read("ts,event\n1763647380,slow\n")) == [("11-20 14:03", "", "slow")]
    odd = read('when,event\n"Thu, 20 Nov 2026 14:03:00 +0100",slow\n')
    assert rows_of(odd) == [("11-20 13:03", "", "slow")]


def test_a_saved_web_page_is_read_as_its_text() -> None:
    """https://html.spec.whatwg.org/multipage/text-level-semantics.html#the-time-element"""
    reading = read(
        "<!DOCTYPE html>\n<html><head><title>Outage 2026-11-20</title><script>12:00 x</script>\n"
        "</head><body>\n<h2>Timeline (UTC)</h2>\n<ul>\n<li><b>14:03</b> pool &amp; queue empty</li>"
        "\n"
        "<li>14:10 drained</li>\n</ul>\n<p><time datetime='2026-11-20T14:20:00Z'>an hour ago</time>"
        " all well</p></body></html>"
    )
    assert reading.container == "web page"
    assert rows_of(reading) == [
        ("11-20 14:03", "", "pool & queue empty"),
        ("11-20 14:10", "", "drained"),
        ("11-20 14:20", "", "all well"),
    ]
    assert [row.line for row in reading.rows] == [6, 7, 9]


@pytest.mark.parametrize(
    "text",
    [
        "Ana Silva  2:03 PM\npool empty\nsince noon\n\nbo  2:10 PM\ndrained\n",
        "Ana Silva\n  2:03 PM\npool empty\nsince noon\nbo\n  2:10 PM\ndrained\n",
        "Ana Silva — Today at 2:03 PM\npool empty\nsince noon\nbo — Today at 2:10 PM\ndrained\n",
        "Ana Silva — 20.11.2026 14:03\npool empty\nsince noon\nbo — 20.11.2026 14:10\ndrained\n",
        "[2026-11-20 14:03] Ana Silva\npool empty\nsince noon\n[2026-11-20 14:10] bo\ndrained\n",
    ],
    ids=["Slack, one line", "Slack, two lines", "Discord", "Discord, dated", "Teams"],
)  # fmt: skip
def test_a_copied_chat_has_its_people_and_times(text: str) -> None:
    """No public page describes what these windows put on the clipboard."""
    reading = read_timeline(
        text, default_zone=UTC, default_date=date(2026, 11, 20), present=date(2026, 11, 20)
    )
    assert reading.container == "chat"
    assert rows_of(reading) == [
        ("11-20 14:03", "Ana Silva", "pool empty since noon"),
        ("11-20 14:10", "bo", "drained"),
    ]


def test_lines_of_a_chat_with_names_have_their_people() -> None:
    reading = read_timeline(
        "14:03 ana: pool empty\n[14:05] bo: drained\n2026-11-20T14:06:11Z level=error x\n",
        default_zone=UTC,
        default_date=date(2026, 11, 20),
    )
    assert rows_of(reading)[:2] == [
        ("11-20 14:03", "ana", "pool empty"),
        ("11-20 14:05", "bo", "drained"),
    ]
    assert rows_of(reading)[2] == ("11-20 14:06", "", "level=error x")


@pytest.mark.parametrize(
    "text",
    ["{", "[]", "{}", '{"a": [1, 2]}', "a,b\n1,2\n", "[1, 2, {}]", "null", '{"time": "x"}'],
)
def test_data_without_times_gives_no_row(text: str) -> None:
    assert read(text).rows == []


def test_a_table_of_html_in_a_document_keeps_its_lines() -> None:
    """https://github.github.com/gfm/#html-blocks"""
    text = (
        "# Review 2026-11-20\n\nwords <table>\n<tr><th>When (UTC)</th><th>What</th></tr>\n"
        "<tr><td>14:02</td><td>alert</td></tr>\n</table>\n\n14:30 UTC later\n"
        "## Impact\nnone of it\n"
    )
    reading = read(text)
    assert [(row.line, row.text) for row in reading.rows] == [(5, "alert"), (8, "later")]
    assert [(one.name, one.line) for one in reading.passages] == [("impact", 10)]
    assert (reading.container, reading.unread) == ("text", [])
