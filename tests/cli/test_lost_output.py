"""Standard output that is full, closed or read by nobody: what was done is said, never denied."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal
from tests.support.paths import ROOT
from tests.support.thorough import thorough

FULL = Path("/dev/full")
TIMELINE = "# Outage\n\n- 14:01 first page\n- 14:05 rolled back\n"


@contextmanager
def full() -> Iterator[int]:
    descriptor = os.open(FULL, os.O_WRONLY)
    yield descriptor
    os.close(descriptor)


@contextmanager
def unread() -> Iterator[int]:
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@contextmanager
def closed() -> Iterator[None]:
    yield None


KINDS = [
    pytest.param(
        full, id="full", marks=pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
    ),
    pytest.param(unread, id="unread"),
    pytest.param(closed, id="closed"),
]


def lost_in_some_way(first: int) -> pytest.MarkDecorator:
    """Every way in CI; elsewhere that one, of which each is taken by some of the commands."""
    return pytest.mark.parametrize("lost", thorough(KINDS[first:] + KINDS[:first], one_in=3))


Lost = Callable[[], object]


def run(
    terminal: Terminal, lost: Callable[..., object], *words: str, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """A command whose standard output goes nowhere; its messages can be read."""
    with lost() as descriptor:  # type: ignore[attr-defined]
        return subprocess.run(
            [sys.executable, "-m", "incident_tui", *words],
            cwd=terminal.cwd,
            env=terminal.env | {"PYTHONPATH": str(ROOT)},
            input=stdin,
            stdout=descriptor,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
            preexec_fn=(lambda: os.close(1)) if descriptor is None else None,
        )


def texts(terminal: Terminal, incident: str) -> list[str]:
    return [entry["text"] for entry in terminal.json("show", incident)["timeline"]]


def expect_printed(done: subprocess.CompletedProcess[str], *what: str) -> None:
    """It failed, said what was done, and neither denied it nor broke down."""
    assert done.returncode == 1, done.stderr
    for words in (*what, "could not be written to standard output"):
        assert words in done.stderr
    for words in ("Traceback", "Exception ignored", "nothing was recorded", "Nothing more"):
        assert words not in done.stderr


@lost_in_some_way(0)
def test_a_line_that_is_recorded_is_said_to_be(terminal: Terminal, lost: Lost) -> None:
    incident = terminal.declared()
    done = run(terminal, lost, "log", "error rate 14 %")
    entry = terminal.json("show", incident)["timeline"][-1]
    assert entry["text"] == "error rate 14 %"
    expect_printed(done, f"LINE 1 is recorded as #2 (id {entry['id']})", "Do not enter it again.")
    assert "nothing after it" not in done.stderr


@lost_in_some_way(1)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["plain", "json"])
def test_of_several_lines_each_is_said_to_be_recorded_or_not(
    terminal: Terminal, incident: str, lost: Lost, form: Sequence[str]
) -> None:
    """After a transition the next lines wait for their turn, which does not come."""
    lines = ["one", "two", "/sev SEV2 much", "three"]
    done = run(terminal, lost, "log", *form, *lines)
    stands = texts(terminal, incident)
    assert stands[-3:-1] == ["one", "two"]
    assert "three" not in stands
    expect_printed(done, "LINE 1 is recorded as #2", "LINE 3 is recorded as #4", "nothing after it")
    assert "LINE 4" not in done.stderr


@lost_in_some_way(2)
def test_lines_of_a_pipe_are_named_but_not_by_the_thousand(terminal: Terminal, lost: Lost) -> None:
    incident = terminal.declared()
    done = run(terminal, lost, "log", "-", stdin="".join(f"fact {n}\n" for n in range(300)))
    recorded = len(texts(terminal, incident)) - 1
    expect_printed(
        done, "line 1 is recorded as #2", f"line {recorded} is recorded as #{recorded + 1}"
    )
    assert done.stderr.count("is recorded as") == 20


@lost_in_some_way(0)
def test_a_refused_line_stays_refused_with_its_own_exit_code(
    terminal: Terminal, lost: Lost
) -> None:
    terminal.declared()
    done = run(terminal, lost, "log", "/advance")
    assert done.returncode == 3
    assert "refused, nothing was recorded" in done.stderr
    assert "Traceback" not in done.stderr


@lost_in_some_way(1)
def test_a_declared_incident_is_named(terminal: Terminal, lost: Lost) -> None:
    done = run(terminal, lost, "declare", "Checkout", "5xx")
    (listed,) = terminal.json("list")
    expect_printed(done, f"declared as {listed['id']}", "Do not declare it again.")


@lost_in_some_way(2)
def test_an_import_names_the_incident_and_counts_its_rows(terminal: Terminal, lost: Lost) -> None:
    (terminal.cwd / "line.md").write_text(TIMELINE)
    done = run(terminal, lost, "import", "line.md", "--date", "2026-11-20")
    (listed,) = terminal.json("list")
    expect_printed(done, f"2 rows recorded in {listed['id']}")


@lost_in_some_way(0)
def test_a_command_is_run_once_to_its_end_and_recorded(terminal: Terminal, lost: Lost) -> None:
    incident = terminal.declared()
    program = "import pathlib; print('said'); pathlib.Path('ran').write_text('whole')"
    done = run(terminal, lost, "run", "--", sys.executable, "-c", program)
    assert (terminal.cwd / "ran").read_text() == "whole"
    number = len(texts(terminal, incident))
    expect_printed(done, "the command was run and is recorded as #2", "need not be run again")
    assert number >= 2
    kept = list((terminal.folder(incident) / "evidence").glob("run*"))
    assert [path.read_text() for path in kept] == ["said\n"]


@lost_in_some_way(1)
def test_a_recovered_log_is_said_to_be(terminal: Terminal, incident: str, lost: Lost) -> None:
    terminal.ok("log", "one")
    path = terminal.folder(incident) / "incident.json"
    path.write_bytes(path.read_bytes()[:-20])
    done = run(terminal, lost, "recover", incident)
    assert terminal.ok("verify", incident)
    expect_printed(done, f"{incident}: its log holds")


@lost_in_some_way(2)
def test_a_new_playbook_is_said_to_be_there(terminal: Terminal, lost: Lost) -> None:
    done = run(terminal, lost, "playbook", "new", "ours")
    (made,) = terminal.home.rglob("ours.toml")
    expect_printed(done, f"{made} was made")


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    "words", thorough([("show",), ("list", "--json"), ("export",), ("gate",)], one_in=2)
)
def test_an_answer_that_cannot_be_written_fails_and_says_why(
    terminal: Terminal, words: Sequence[str]
) -> None:
    terminal.declared()
    done = run(terminal, full, *words)
    assert done.returncode == 1
    assert done.stderr == (
        "incident-tui: standard output cannot be written: No space left on device.\n"
    )


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
@pytest.mark.parametrize(
    "words", thorough([("--version",), ("--help",), ("log", "--help")], one_in=2)
)
def test_help_that_cannot_be_written_is_no_breakdown(
    terminal: Terminal, words: Sequence[str]
) -> None:
    done = run(terminal, full, *words)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("words", thorough([("show",), ("list", "--json"), ("export",)], one_in=2))
def test_an_answer_that_nobody_reads_to_its_end_is_no_matter(
    terminal: Terminal, words: Sequence[str]
) -> None:
    terminal.declared()
    assert run(terminal, unread, *words).stderr == ""


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")
def test_a_message_that_cannot_be_written_fails_nothing(terminal: Terminal, incident: str) -> None:
    """The number was told, so the line counts as recorded."""
    with FULL.open("w") as stderr:
        done = subprocess.run(
            [sys.executable, "-m", "incident_tui", "log", "--json", "error rate 14 %"],
            cwd=terminal.cwd, env=terminal.env | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr,
            text=True, check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 0
    assert json.loads(done.stdout)["number"] == 2
    assert texts(terminal, incident)[-1] == "error rate 14 %"


def test_with_every_stream_closed_no_file_takes_the_place_of_one(terminal: Terminal) -> None:
    """What a program that is started says would land in the log."""
    incident = terminal.declared()
    program = "import os; [os.write(n, b'st' + b'ray') for n in (1, 2)]"
    subprocess.run(
        [sys.executable, "-m", "incident_tui", "run", "--", sys.executable, "-c", program],
        cwd=terminal.cwd, env=terminal.env | {"PYTHONPATH": str(ROOT)}, check=False, timeout=60,
        preexec_fn=lambda: os.closerange(0, 3),
    )  # fmt: skip
    assert texts(terminal, incident)[0].startswith("Checkout")
    for path in terminal.home.rglob("*"):
        assert path.is_dir() or path.name == "run.txt" or b"stray" not in path.read_bytes()
