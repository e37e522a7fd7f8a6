"""Log lines from arguments and from a pipe: acknowledged once durable, stopped where told."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from incident_tui.store.files.atomic import System, replace_file
from tests.cli.conftest import Terminal
from tests.support.paths import ROOT
from tests.support.patience import PATIENCE


def acknowledged(output: str) -> list[tuple[int, str]]:
    rows = [line.split("\t") for line in output.splitlines()]
    return [(int(row[0]), row[1]) for row in rows if row[0].isdigit()]


def recorded(terminal: Terminal, incident: str) -> list[str]:
    """Ids in the file, read by plain TinyDB."""
    with TinyDB(terminal.folder(incident) / "incident.json", access_mode="r") as db:
        return [str(document["id"]) for document in db.table("events").all()]


def test_each_line_is_an_entry_and_is_acknowledged_with_number_and_id(terminal: Terminal) -> None:
    incident = terminal.declared()
    done = terminal.run("log", "error rate 14 %", "! roll back to v41")
    assert done.exit_code == 0
    ids = recorded(terminal, incident)
    assert acknowledged(done.stdout) == [(2, ids[1]), (3, ids[2])]
    assert "fact error rate 14 %" in done.stderr
    assert "\x1b" not in done.output


def test_a_line_that_records_several_entries_is_acknowledged_by_its_first(
    terminal: Terminal,
    incident: str,
) -> None:
    done = terminal.run("log", "/role all ana", "a fact")
    assert [number for number, _ in acknowledged(done.stdout)] == [2, 6]
    assert len(recorded(terminal, incident)) == 6


def test_a_line_may_start_with_a_hyphen_after_two_hyphens(terminal: Terminal) -> None:
    terminal.declared()
    assert terminal.run("log", "-x marks the spot").exit_code == 2
    terminal.ok("log", "--", "-x marks the spot")
    assert terminal.json("show")["timeline"][-1]["text"] == "-x marks the spot"


def test_a_minute_in_its_life_passes_triage_one_call_a_line(
    terminal: Terminal, minute: tuple[str, ...]
) -> None:
    terminal.declared()
    for line in minute:
        terminal.ok("log", line)
    data = terminal.json("show")
    assert data["stage"] == "mitigate"
    assert [stage["state"] for stage in data["stages"]][:2] == ["passed", "open"]


def test_a_minute_in_its_life_through_a_pipe_leaves_a_commit_for_each_transition(
    git_terminal: Terminal, with_git: Callable[..., str], minute: tuple[str, ...]
) -> None:
    incident = git_terminal.declared()
    done = git_terminal.run("log", "-", stdin="\n".join(minute) + "\n")
    assert done.exit_code == 0, done.output
    assert len(acknowledged(done.stdout)) == len(minute)
    subjects = with_git("log", "--format=%s", "--reverse").splitlines()
    assert subjects == [
        f"{incident}: Declared: Checkout returns 5xx in eu-west",
        f"{incident}: severity → SEV2",
        f"{incident}: Triage to review, revision 1",
        f"{incident}: Triage → Mitigate",
    ]
    # What was typed since is in the commit of its transition, and in no later one.
    positions = with_git("log", "--format=%(trailers:key=Log-Position,valueonly,separator=%x2C)")
    assert positions.split() == ["19", "18", "7", "1"]
    assert with_git("status", "--short", "--", incident) == ""
    assert git_terminal.ok("verify").strip() == f"{incident}: all well"


def test_git_missing_never_costs_an_entry(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("log", "/sev SEV2")
    assert done.exit_code == 0
    assert "not committed yet: git is not installed" in done.stderr
    assert terminal.json("show")["severity"] == "SEV2"


def test_what_stayed_pending_is_in_the_next_commit(
    git_terminal: Terminal, with_git: Callable[..., str]
) -> None:
    path = git_terminal.env["PATH"]
    incident = git_terminal.declared()
    git_terminal.env["PATH"] = str(git_terminal.base)
    git_terminal.ok("log", "/sev SEV2")
    git_terminal.env["PATH"] = path
    git_terminal.ok("log", "/sev SEV1")
    assert with_git("log", "-1", "--format=%s").strip() == (
        f"{incident}: SEV2 → SEV1; severity → SEV2"
    )


def test_a_line_that_records_nothing_is_told_and_not_acknowledged(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("log", "-", stdin="/me ben\na fact\n\n")
    assert [number for number, _ in acknowledged(done.stdout)] == [2]
    assert "line 1: typing as ben" in done.stderr
    assert terminal.json("show")["timeline"][-1]["actor"] == "ben"


@pytest.mark.parametrize(
    ("bad", "code", "reason"),
    [
        pytest.param("/hyp x test pool", 2, "line 3, column 6: a number is expected", id="grammar"),
        pytest.param("@24:10 too late", 2, "line 3, column 2", id="time"),
        pytest.param("/approve", 3, "line 3: refused", id="rule"),
        pytest.param("/advance", 3, "line 3: refused", id="gate"),
        pytest.param("/evidence nowhere.png", 3, "line 3: refused", id="file"),
    ],
)
def test_a_bad_line_stops_after_what_came_before_it_is_acknowledged(
    terminal: Terminal, incident: str, bad: str, code: int, reason: str
) -> None:
    done = terminal.run("log", "-", stdin=f"one\ntwo\n{bad}\nfour\n")
    assert done.exit_code == code
    assert [number for number, _ in acknowledged(done.stdout)] == [2, 3]
    assert reason in done.stderr
    assert len(recorded(terminal, incident)) == 3


def test_the_place_of_a_mistake_is_pointed_at(terminal: Terminal) -> None:
    terminal.declared()
    shown = terminal.run("log", "/hyp x test pool").stderr.splitlines()
    assert shown[-2:] == ["    /hyp x test pool", "         ^"]


def test_keep_going_records_the_rest_and_ends_with_the_worst(terminal: Terminal) -> None:
    incident = terminal.declared()
    done = terminal.run("log", "--keep-going", "-", stdin="/nope\none\n/advance\ntwo\n")
    assert done.exit_code == 3
    assert len(recorded(terminal, incident)) == 3
    assert "line 1, column 1" in done.stderr
    done = terminal.run("log", "--keep-going", "/nope", "three")
    assert done.exit_code == 2
    assert len(recorded(terminal, incident)) == 4


def test_the_reasons_of_a_refusal_are_data(terminal: Terminal) -> None:
    terminal.declared()
    plain = terminal.run("log", "/advance").stdout.splitlines()
    assert plain[0].split("\t")[0] == "refused"
    assert plain[0].split("\t")[2].startswith("=")
    data = json.loads(terminal.run("log", "--json", "/advance").stdout)
    assert data["refused"] == "the gate of Triage is shut"
    assert {"what", "mend"} == set(data["reasons"][0])


def test_a_refusal_that_nothing_mends_is_said_once(terminal: Terminal) -> None:
    terminal.declared()
    done = terminal.run("log", "/retract 99 x")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr.count("there is no entry 99") == 1
    data = json.loads(terminal.run("log", "--json", "/retract 99 x").stdout)
    assert data == {"refused": "there is no entry 99: they go to 1", "reasons": []}


def test_acknowledgements_can_be_json_lines(terminal: Terminal) -> None:
    terminal.declared()
    lines = terminal.ok("log", "--json", "one", "two").splitlines()
    assert [json.loads(line)["number"] for line in lines] == [2, 3]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param(b"caf\xe9 is down\n", "caf\ufffd is down", id="not UTF-8"),
        pytest.param(b"\xef\xbb\xbfa fact\r\n", "a fact", id="from Windows"),
        pytest.param(b"no line end", "no line end", id="no line end"),
        pytest.param(b"red \x1b[31m alert\n", "red ␛[31m alert", id="escape sequence"),
    ],
)
def test_any_bytes_on_standard_input_become_plain_text(
    terminal: Terminal, typed: bytes, kept: str
) -> None:
    terminal.declared()
    assert terminal.run("log", "-", stdin=typed).exit_code == 0
    assert terminal.json("show")["timeline"][-1]["text"] == kept


def test_an_empty_input_records_nothing(terminal: Terminal, incident: str) -> None:
    assert terminal.ok("log", "-", stdin="") == ""
    assert len(recorded(terminal, incident)) == 1


def test_standard_input_and_lines_do_not_mix(terminal: Terminal) -> None:
    terminal.declared()
    assert terminal.run("log", "one", "-").exit_code == 2


def test_eight_hundred_lines_at_once_keep_their_order(terminal: Terminal, incident: str) -> None:
    lines = [f"reading {number}" for number in range(800)]
    done = terminal.run("log", "-", stdin="\n".join(lines))
    assert [number for number, _ in acknowledged(done.stdout)] == list(range(2, 802))
    assert [e[1] for e in acknowledged(done.stdout)] == recorded(terminal, incident)[1:]
    texts = [row["text"] for row in terminal.json("show")["timeline"]]
    assert texts[1:] == lines


def program(terminal: Terminal, *words: str) -> subprocess.Popen[bytes]:
    env = terminal.env | {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    return subprocess.Popen(
        [sys.executable, "-m", "incident_tui", *words],
        cwd=terminal.cwd,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_co_process_is_answered_line_by_line_and_each_answer_is_durable(
    terminal: Terminal,
    incident: str,
) -> None:
    with program(terminal, "log", "-") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(2, 8):
            process.stdin.write(f"step {number}\n".encode())
            process.stdin.flush()
            answer = process.stdout.readline().decode().rstrip("\n")
            assert answer.split("\t") == [str(number), recorded(terminal, incident)[-1]]
        process.stdin.close()
        assert process.wait(timeout=PATIENCE) == 0


def test_a_reader_that_went_away_leaves_the_lines_it_did_not_hear_of_to_be_told(
    terminal: Terminal,
) -> None:
    terminal.declared()
    with program(terminal, "log", "-") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"one\n")
        process.stdin.close()
        process.wait(timeout=PATIENCE)
        printed = process.stderr.read().decode()
        assert "line 1 is recorded as #2" in printed
        assert len(printed.splitlines()) == 1


@pytest.mark.slow
def test_the_file_is_written_a_few_times_for_ten_thousand_lines(
    terminal: Terminal, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once for every two thousand at most; what that takes is measured by `make bench`."""
    written: list[int] = []

    def counted(path: Path, data: bytes, *, system: System) -> os.stat_result:
        written.append(len(data))
        return replace_file(path, data, system=system)

    monkeypatch.setattr("incident_tui.store.log.line_storage.replace_file", counted)
    lines = "".join(f"error rate {number} %\n" for number in range(10_000))
    assert len(acknowledged(terminal.ok("log", "-", stdin=lines))) == 10_000
    assert len(recorded(terminal, incident)) == 10_001
    assert len(written) == 5


def test_every_line_of_a_long_pipe_is_acknowledged(terminal: Terminal, incident: str) -> None:
    lines = b"".join(b"error rate %d %%\n" % number for number in range(3_000))
    out, _ = program(terminal, "log", "-").communicate(lines, timeout=PATIENCE)
    assert len(acknowledged(out.decode())) == 3_000
    assert len(recorded(terminal, incident)) == 3_001


def test_without_a_state_folder_it_records_and_says_what_is_missing(terminal: Terminal) -> None:
    """The folder is of one person on one machine; what was typed is worth more."""
    terminal.declared()
    state = terminal.base / "state"
    state.mkdir()
    terminal.env["XDG_STATE_HOME"] = str(state)
    (state / "incident-tui").write_text("a file\n")
    done = terminal.run("log", "a fact")
    assert done.exit_code == 0
    assert [number for number, _ in acknowledged(done.stdout)] == [2]
    assert "your state folder cannot be used" in done.stderr
    assert str(state / "incident-tui") in done.stderr
    assert "drafts, entries kept aside and trust" in done.stderr


def test_lines_of_a_chat_keep_their_times(terminal: Terminal) -> None:
    terminal.run("declare", "Slow")
    chat = "2026-11-19 09:03 ana: slow\n2026-11-19 09:05 bo: rolled back\n"
    done = terminal.run("log", "-", "--timed", stdin=chat)
    assert done.exit_code == 0, done.output
    rows = [row for row in terminal.json("show")["timeline"] if row["kind"] == "fact"]
    assert [row["text"] for row in rows] == ["ana: slow", "bo: rolled back"]
    assert rows[0]["at"].startswith("2026-11-19T")
    assert terminal.run("log", "--timed", "one line").exit_code == 2
    done = terminal.run("log", "/undo")
    assert "takes back a paste of 2 lines, #2-3: ana: slow … bo: rolled back" in done.stderr
    rows = [row for row in terminal.json("show")["timeline"] if row["kind"] == "fact"]
    assert [row["retracted"] for row in rows] == [True, True]
