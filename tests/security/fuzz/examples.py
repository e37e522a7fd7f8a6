"""Examples of what comes from outside: how hypothesis makes them, and bytes to begin with.

What is asked of an example stands in checks.py.
"""

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import strategies as st

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import encode
from incident_tui.store import playbook_files
from incident_tui.store.config import DEFAULT_TEXT
from incident_tui.store.log.line_storage import render
from tests.support.strategies.events import any_event, entries_of, unknown_events

TEXT = st.text(max_size=200) | st.text(
    st.characters(codec="utf-8", categories=["Cc", "Cf", "Zs", "Po", "Sc", "Nd", "Lu", "Ll"]),
    max_size=80,
)
LEADS = st.sampled_from(["", *commands.SIGNS, "@", "\\", "/"])
AT = ["@14:02 ", "@-5m ", '@"yesterday 23:10" ', "@2026-11-20T14:02+01:00 "]
SHIPPED = sorted(playbook_files.BUILT_IN.glob("*.toml"))
SMALL = Path(__file__).with_name("small.toml")
DEEP = b"x = " + b"[" * 3000
LONG = b"x = " + b"1" * 5000
"""TOML that tomllib fails on with another error than its own."""
CONFIGURED = b'zone = "UTC"\nme = "ana"\nself-review = true\n[git]\nremote = "origin"\n'
TIMELINE = """\
---
title: No bread
date: 2026-11-20
---
# Timeline (all times UTC)
- 14:02 oven cold
- **14:05Z** - gas shut off

| Time | What |
|---|---|
| 2026-11-20 14:07 CET | flour arrived |
| 23:59 | dough |
| 00:10 | bread |
"""


def _examples_of_lines() -> list[str]:
    discovery.load()
    return [form.example for form in commands.every_command()]


def lines() -> st.SearchStrategy[str]:
    discovery.load()
    leads = st.sampled_from(sorted({form.lead for form in commands.every_command()}))
    return (
        st.tuples(LEADS, TEXT).map("".join)
        | st.tuples(leads, TEXT).map(" ".join)
        | st.tuples(st.sampled_from(_examples_of_lines()), TEXT).map("".join)
        | st.tuples(st.sampled_from([*AT, "@x "]), TEXT).map("".join)
    )


def line_seeds() -> list[bytes]:
    lines = [lead + line for line in _examples_of_lines() for lead in ("", AT[0])]
    return [line.encode() for line in [*lines, *(at + "oven cold" for at in AT)]]


TIMES = [
    "14:02", "14:02Z", "-5m", "5m ago", "yesterday 23:10", "2026-11-20T14:02:03+01:00", "+1h30m",
    "fri", "eom", "tomorrow 09:00", "20 Nov 2026 14:02 CET", "2w", "90s", "now", "America/New_York",
    "2026-12-01", "22:22 PM", "24:10", "14.02",
]  # fmt: skip
NAMES = ["..", ".", "/", "-", "con", "nul", "a", "\0", "~", "lpt1", "x" * 60]
SECRETS = ["password=", "ghp_", "://a:b@", "Bearer ", "BEGIN ", "eyJ", "a1B2" * 9]
FORMULAS = ["=1+1", "<script>", "-->", "'\"><img src=x>", "@x", "\t=x", ""]
META = b'{"schema":1,"id":"x","written_by":"0"}'


def stored() -> list[bytes]:
    """An incident file with one entry, for some events and for one of a newer version."""
    entry = (
        b'{"id":"a","order":1,"at":"2026-11-20T14:05:00Z","recorded_at":"2026-11-20T14:05:00Z",'
        b'"actor":"ana","event":{"type":"%s"%s}}'
    )
    fields = {
        b"fact.recorded": b',"text":"cold"',
        b"hypothesis.proposed": b',"text":"gas"',
        b"severity.changed": b',"level":"SEV1","reason":"x"',
        b"hat.assigned": b',"hat":"commander","person":"ana"',
        b"entry.retracted": b',"target":"a","reason":"x"',
        b"of.later": b',"x":1',
        b"question.asked": rb',"text":"\u001b]52;c;\u0007\u009b\u202e\u200b"',
    }
    documents = [("1", entry % event) for event in fields.items()]
    documents.append(("1" * 5000, documents[0][1]))  # a number that Python does not read
    return [render({"meta": {"1": META}, "events": {n: document}}) for n, document in documents]


def logs() -> st.SearchStrategy[bytes]:
    """Logs of any events with any values in them."""

    def log(entries: list[Entry]) -> bytes:
        events = {str(number): encode(entry) for number, entry in enumerate(entries, 1)}
        return render({"meta": {"1": META}, "events": events})

    entries = st.lists(
        entries_of(any_event | unknown_events), max_size=4, unique_by=lambda entry: entry.id
    )
    return files(stored)() | entries.map(log)


def mutated(content: bytes) -> st.SearchStrategy[bytes]:
    """Files that were valid once: some bytes replaced, a piece cut out or put in."""

    def mutate(at: int, length: int, piece: bytes) -> bytes:
        return content[:at] + piece + content[at + length :]

    where = st.integers(0, max(0, len(content) - 1))
    return st.builds(mutate, where, st.integers(0, 60), st.binary(max_size=40))


def files(seeds: Callable[[], list[bytes]]) -> Callable[[], st.SearchStrategy[bytes]]:
    return lambda: st.binary(max_size=400) | st.sampled_from(seeds()).flatmap(mutated)


def texts(pieces: list[str]) -> Callable[[], st.SearchStrategy[str]]:
    return lambda: st.lists(st.sampled_from(pieces) | TEXT, max_size=8).map("".join)


def rows() -> st.SearchStrategy[str]:
    heads = ["- 14:02 ", "| 2026-11-20 14:02 | ", "14:02Z ", "**24:10** ", "# "]
    row = st.tuples(st.sampled_from(heads), TEXT).map("".join)
    return TEXT | st.lists(row, max_size=12).map("\n".join)


def typed(data: bytes) -> str:
    return data.decode(errors="surrogateescape")  # as Python reads the arguments of a command


def read(data: bytes) -> str:
    return data.decode(errors="replace")


def encoded(texts: list[str]) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() for text in texts]


def small_playbooks() -> list[bytes]:
    return [SMALL.read_bytes(), DEEP, LONG]


def shipped() -> list[bytes]:
    return [*small_playbooks(), *(path.read_bytes() for path in SHIPPED)]


def configured() -> list[bytes]:
    every = re.sub(r"^# (?=[a-z-]+ = )", "", DEFAULT_TEXT, flags=re.M)
    dotted = b"a" + b".a" * 1000 + b" = 1"
    return [CONFIGURED, every.encode(), DEEP, LONG, dotted]
