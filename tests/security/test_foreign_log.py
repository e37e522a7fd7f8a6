"""A log that somebody else wrote by hand: whatever it holds, no output carries what controls."""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from incident_tui.store.log.line_storage import parse
from tests.cli.conftest import Terminal
from tests.security.test_hostile_text import DANGEROUS, READERS
from tests.support.thorough import thorough

HALVES = re.compile("[\ud800-\udfff]")
"""Half a character makes a file damaged, which is told; it is no text of a log."""
FORBIDDEN = HALVES.sub("", "".join(filter(DANGEROUS.match, map(chr, range(0x110000)))))
HOSTILE = (
    "\x1b]52;c;aGk=\x07", "\x9b31m", "\u202egnp\u202c", "\u2066x\u2069", "\u200b\u200d\ufeff",
    "\x00\x08\x7f\r", "\U000e0041", "\u2028\u2029\x85", FORBIDDEN,
)  # fmt: skip
KEPT = ("type", "at", "recorded_at", "due", "next_at", "playbook", "incident", "id", "target")
FURTHER = (("stats",), ("stats", "--json"), ("verify", "--json"), ("list", "--json"))


def sprinkled(value: Any, hostile: str) -> Any:
    """The document with `hostile` in each free text of it; kinds, times and numbers stay."""
    if isinstance(value, dict):
        return {
            name: text if name in KEPT else sprinkled(text, hostile) for name, text in value.items()
        }
    if isinstance(value, list):
        return [sprinkled(one, hostile) for one in value]
    return f"b{hostile}b" if isinstance(value, str) else value


def written_by_hand(terminal: Terminal, hostile: str, *, ensure_ascii: bool) -> Path:
    """An incident with entries of many kinds, its file rewritten by somebody else."""
    incident = terminal.declared("Checkout down b")
    lines = [
        "b", "? b", "+ b owner:ben due:tomorrow", "/impact users b", "= b 1 -> 2", "> b",
        "/question b?", "/update b next:20m", "b src:grafana", "/amend 2 b", "/retract 3",
    ]  # fmt: skip
    for line in lines:
        terminal.run("log", line)
    path = terminal.folder(incident) / "incident.json"
    tables = json.loads(path.read_bytes())
    events = tables["events"]
    tables["events"] = {number: sprinkled(document, hostile) for number, document in events.items()}
    number = max(map(int, events)) + 1
    unknown = {"type": f"newer.{hostile}", "text": f"b{hostile}"}
    tables["events"][str(number)] = {
        **tables["events"]["2"], "id": f"u{hostile}", "order": 99, "event": unknown,
        "hat": hostile, "source": hostile,
    }  # fmt: skip
    path.write_text(json.dumps(tables, ensure_ascii=ensure_ascii), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("escaped", "hostile"),
    thorough(product([True, False], HOSTILE), one_in=2),
    ids=lambda value: repr(value)[:20],
)
def test_no_output_of_a_foreign_log_controls_a_terminal_or_hides(
    terminal: Terminal, hostile: str, escaped: bool
) -> None:
    path = written_by_hand(terminal, hostile, ensure_ascii=escaped)
    before = path.read_bytes()
    for words in (*READERS, *FURTHER):
        done = terminal.run(*words)
        assert done.exit_code in (0, 1, 3), (words, done.output)
        assert not DANGEROUS.search(done.output), words
        assert not DANGEROUS.search(str(_texts(done.stdout))), words
    assert path.read_bytes() == before


def _texts(output: str) -> object:
    try:
        return json.dumps(json.loads(output), ensure_ascii=False)
    except ValueError:
        return output


def test_what_a_foreign_log_holds_stays_to_the_byte_when_something_is_added(
    terminal: Terminal,
) -> None:
    path = written_by_hand(terminal, FORBIDDEN, ensure_ascii=False)
    terminal.run("log", "first")  # brings the file into our layout
    before = parse(path.read_bytes())["events"]
    terminal.run("log", "one more")
    after = parse(path.read_bytes())["events"]
    assert len(after) == len(before) + 1
    assert {number: after[number] for number in before} == before
    assert "\x9b".encode() in path.read_bytes()
