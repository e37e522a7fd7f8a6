"""What is asked of one example: only what is promised may come of it.

Each function here makes the check of its target, which counts what became of the example and
raises whatever should never have come of it. Files go into the folder that is given.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from incident_tui.documents.html.incident_page import incident_html
from incident_tui.documents.text.csv_rows import HEADS, csv_rows
from incident_tui.domain import discovery, report
from incident_tui.domain.core import commands, line_grammar
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Entry, fold
from incident_tui.domain.core.stored_entries import EntryError, decode, encode
from incident_tui.domain.findings.hypotheses import HypothesisProposed
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.impact.impact import ImpactSet
from incident_tui.domain.process.lifecycle import IncidentDeclared
from incident_tui.domain.values import time_grammar
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.text import is_inert
from incident_tui.intake import read_timeline
from incident_tui.service.secrets.texts import suspicion, without_secrets
from incident_tui.store import playbook_files
from incident_tui.store.config import load_config
from incident_tui.store.files.errors import BadConfig, StoreError
from incident_tui.store.log.folder_names import is_safe
from incident_tui.store.log.incident_file import LAYOUT
from incident_tui.store.log.line_storage import Damaged, parse, render
from tests.documents.html.page_reader import Page
from tests.support.homes import Kitchen
from tests.support.playbooks.engine import bakery
from tests.support.strategies.timelines import UNKNOWN_DAYS, dated_after_an_unknown_day, unaccounted

Count = Counter[str]
Check = Callable[[Any], None]

NOW = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)
BERLIN = time_grammar.zone_named("Europe/Berlin")


def _refused(count: Count, reason: str, well_placed: bool = True) -> None:
    """A refusal gives a reason, and a place that lies in the text."""
    assert reason.strip()
    assert well_placed, reason
    count["refused"] += 1


def log_lines(count: Count, folder: Path) -> Check:
    """Whatever is typed is recorded, or refused with a reason; state and file stay in step."""
    kitchens = [Kitchen(folder)]

    def check(text: str) -> None:
        session = kitchens[-1].open()
        before = len(session.incident.entries)
        try:
            receipt = session.enter(text)
        except (LineError, Refused) as error:
            _refused(count, error.message)
            assert len(session.file.read().entries) == before
        else:
            assert len(session.file.read().entries) == before + len(receipt.entries)
            count["recorded"] += 1
        if before > 60:  # a log that grows for ever would make this a test of patience
            further = folder / str(len(kitchens))
            further.mkdir()
            kitchens.append(Kitchen(further))

    return check


def split_lines(count: Count, folder: Path) -> Check:
    """Any text is a line, or refused with a place in it; a line reads back from its own text."""

    def check(text: str) -> None:
        try:
            line = line_grammar.parse(text)
        except LineError as error:
            _refused(count, error.message, 0 <= error.column <= len(text))
            return
        count["read"] += 1
        if not says_another_form(line):
            assert line_grammar.parse(line_grammar.format_line(line)) == line

    return check


def says_another_form(line: line_grammar.Line) -> bool:
    """A value that spells a literal of a sister form, as in a person called ``-``."""
    literals = {
        part.name for form in commands.forms(line.command.lead) for part in form.parts
        if part.kind == "literal"
    }  # fmt: skip
    first = {value.split()[0].strip('"') for value in line.values.values() if value.split()}
    return bool(literals & first)


def times(count: Count, folder: Path) -> Check:
    """Any text is a moment or a span on the right side of now, or refused with a place in it."""

    def check(text: str) -> None:
        taken, rest = time_grammar.take_when(text)
        assert taken in text
        assert text.endswith(rest)
        with _refusals(count, text):
            assert time_grammar.parse_past(text, now=NOW, zone=BERLIN) <= NOW
            count["past"] += 1
        with _refusals(count, text):
            assert time_grammar.parse_ahead(text, now=NOW, zone=BERLIN) > NOW
            count["ahead"] += 1
        with _refusals(count, text):
            assert time_grammar.parse_duration(text).total_seconds() > 0
            count["spans"] += 1
        with _refusals(count, text):
            assert NOW.astimezone(time_grammar.zone_named(text)) == NOW
            count["zones"] += 1

    return check


@contextmanager
def _refusals(count: Count, text: str) -> Iterator[None]:
    try:
        yield
    except time_grammar.WhenError as error:
        _refused(count, str(error), 0 <= error.column <= len(text))


def playbooks(count: Count, folder: Path) -> Check:
    """Any bytes are a playbook, or refused with the problems named."""

    def check(content: bytes) -> None:
        try:
            playbook_files.parse(content, "fuzz.toml", discovery.vocabulary)
            count["read"] += 1
        except PlaybookError as error:
            _refused(count, " ".join(error.problems))

    return check


def imported_files(count: Count, folder: Path) -> Check:
    """Any text is read as far as it has times; nothing of it breaks the reader."""

    def check(text: str) -> None:
        reading = read_timeline(text, default_zone=UTC, name="fuzz.md")
        assert all(each.at.tzinfo is not None for each in reading.rows)
        assert all(left.reason and left.line >= 1 for left in reading.unread)
        count["with rows" if reading.rows else "without rows"] += 1

    return check


def timelines(count: Count, folder: Path) -> Check:
    """No time is lost silently, and no row is dated by a day that something unread came after."""

    def check(text: str) -> None:
        assert unaccounted(text, read_timeline(text, default_zone=UTC)) == []
        for unknown in UNKNOWN_DAYS:
            assert dated_after_an_unknown_day(text, unknown) == []
        count["kept both laws"] += 1

    return check


def configurations(count: Count, folder: Path) -> Check:
    """Any bytes are a configuration, or refused with what to mend."""
    path = folder / "incident-tui.toml"

    def check(content: bytes) -> None:
        path.write_bytes(content)
        try:
            load_config(path)
            count["read"] += 1
        except BadConfig as error:
            _refused(count, error.remedy)

    return check


def stored_files(count: Count, folder: Path) -> Check:
    """Any bytes are an incident's log that can be shown, or refused; what is read is kept."""
    path, playbook = folder / "incident.json", bakery()

    def check(content: bytes) -> None:
        try:
            tables = parse(content)
            assert parse(render(tables)) == tables
            _, tables = LAYOUT.understand(tables, path)
            entries = [decode(document) for document in tables["events"].values()]
            assert all(int(number) >= 0 for number in tables["events"])  # the next is counted on
        except (Damaged, EntryError, StoreError) as error:
            _refused(count, str(error))
            return
        assert [decode(encode(entry)) for entry in entries] == entries
        shown = [
            (each.id, each.actor, each.hat, each.source, each.part_of, each.batch)
            for each in entries
        ]
        assert all(is_inert(text) for texts in shown for text in texts)
        report.report(fold(entries, playbook), NOW)
        count["read"] += 1

    return check


def exports(count: Count, folder: Path) -> Check:
    """No text of a person becomes a formula, or anything in a page but text."""
    playbook = bakery()

    def check(text: str) -> None:
        row = dict.fromkeys(HEADS, text) | {"retracted": False}
        for cells in list(csv.reader(io.StringIO(csv_rows([row]), newline="")))[1:]:
            assert not [cell for cell in cells if cell.strip("'\" ").startswith(("=", "@", "+"))
                        and not cell.startswith("'")]  # fmt: skip
        events = [
            IncidentDeclared(incident=text, title=text, playbook=text),
            FactRecorded(text=text),
            HypothesisProposed(text=text),
            ImpactSet(field=text, text=text),
        ]
        entries = [
            Entry(str(place), place, NOW, NOW, text, event, hat=text, source=text)
            for place, event in enumerate(events, 1)
        ]
        Page(incident_html(fold(entries, playbook), NOW, note=text)).assert_harmless()
        count["escaped"] += 1

    return check


def secrets(count: Count, folder: Path) -> Check:
    """Any text can be looked at, and what was found can be taken out."""

    def check(text: str) -> None:
        mark = "\0" * (text.count("\0") + 1)  # no part of the text is that, so none is its own mark
        kind = suspicion([text])
        assert bool(kind) == (without_secrets(text, mark) != text)
        count["suspected" if kind else "ordinary"] += 1

    return check


def names(count: Count, folder: Path) -> Check:
    """A name that passes for safe is one component of a path and no option."""

    def check(name: str) -> None:
        if is_safe(name):
            assert Path("/home", name).resolve() == Path("/home") / name
            assert name[0].isalnum()
        count["safe" if is_safe(name) else "unsafe"] += 1

    return check
