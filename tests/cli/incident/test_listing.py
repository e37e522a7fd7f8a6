"""`incident-tui list`: all for a program, the newest for who looks; and how far reading is."""

import json
import sys
from typing import cast

import pytest

from incident_tui.cli.frame.log_progress import log_progress
from incident_tui.cli.frame.output import inert, print_json
from incident_tui.domain.values.text import clean_line
from incident_tui.service import Service
from tests.cli.conftest import Terminal


@pytest.fixture
def three(terminal: Terminal) -> Terminal:
    for title in ("No bread", "No rolls", "No cake"):
        terminal.run("declare", title)
    return terminal


def test_a_terminal_shows_the_newest_and_says_how_many_more(
    three: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.cli.incident.listing.is_terminal", lambda: True)
    monkeypatch.setattr("incident_tui.cli.incident.listing.NEWEST", 2)
    done = three.run("list")
    assert len(done.stdout.splitlines()) == 2
    assert "1 more, --all" in done.stderr
    everything = three.run("list", "--all")
    assert len(everything.stdout.splitlines()) == 3
    assert "more" not in everything.stderr


def test_a_pipe_gets_all_of_them(three: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incident_tui.cli.incident.listing.NEWEST", 2)
    assert len(three.run("list").stdout.splitlines()) == 3
    assert len(json.loads(three.run("list", "--json").stdout)) == 3


def test_reading_many_logs_is_told_and_so_is_an_index_that_cannot_be_used(
    three: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.cli.frame.log_progress._MANY", 3)
    monkeypatch.setattr("incident_tui.service.catalogue.logs.WORTH_AN_INDEX", 0)
    assert "Reading 3 logs" in three.run("list").stderr
    (three.base / ".cache" / "incident-tui").chmod(0o755)
    for command in ("list", "stats", "actions"):
        assert "others may enter" in three.run(command).stderr


def test_whoever_stops_the_reading_is_told_how_far_it_was(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)

    def read_until_stopped() -> None:
        with log_progress(cast(Service, None)) as progress:
            progress(300, 5000)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_until_stopped()
    printed = capsys.readouterr().err
    assert "300 of 5000 logs read; Ctrl-C stops" in printed
    assert printed.endswith("\r\x1b[KStopped at 300 of 5000 logs.\n")


def test_json_is_written_as_ever(capsys: pytest.CaptureFixture[str]) -> None:
    documents: list[object] = [
        [],
        {},
        [{"a": None, "b": [], "c": 'ü \\ " \n'}],
        {"x": {"y": [1, 2.5, True]}},
    ]
    for data in documents:
        print_json(data)
        assert json.loads(capsys.readouterr().out) == data


@pytest.mark.parametrize("text", ["a\n  b", "a \nb", "a\n \nb", "  a", "a ", "é\n x", "a\tb", ""])
def test_an_ordinary_text_is_printed_as_any_other(text: str) -> None:
    lines = [
        line[: len(line) - len(line.lstrip(" "))] + clean_line(line) for line in text.split("\n")
    ]
    assert inert(text) == "\n".join(line.rstrip() for line in lines)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (["--severity", "sev2"], ["No bread"]),
        (["--severity", "SEV2", "--severity", "SEV1"], ["No bread"]),
        (["--tag", "Oven"], ["No rolls"]),
        (["--service", "bakery"], ["No rolls"]),
        (["--state", "active"], ["No cake", "No rolls", "No bread"]),
        (["--state", "closed"], []),
        (["--since", "2026-11"], ["No cake", "No rolls", "No bread"]),
        (["--until", "2025"], []),
        (["--tag", "oven", "--severity", "SEV2"], []),
    ],
)
def test_a_list_can_be_limited(three: Terminal, filters: list[str], titles: list[str]) -> None:
    three.ok("log", "-i", "bread", "/sev SEV2")
    three.ok("log", "-i", "rolls", "/tag oven")
    three.ok("log", "-i", "rolls", "/impact services bakery, shop")
    assert sorted(one["title"] for one in three.json("list", *filters)) == sorted(titles)
    answer = three.run("list", *filters)
    assert ("No incident is like that." in answer.stderr) is (not titles)


def test_a_closed_incident_is_in_no_stage(three: Terminal) -> None:
    three.ok("log", "-i", "bread", "/close duplicate of rolls")
    stages = {line.split()[0]: line for line in three.ok("list").splitlines()}
    closed = next(line for name, line in stages.items() if "bread" in name)
    assert closed.split()[2:4] == ["closed", "-"]
