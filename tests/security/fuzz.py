"""Fuzzing what comes from outside: only the errors that are promised may come of it.

`python -m tests.security.fuzz [EXAMPLES]` runs each target that often and prints the counts;
tests/security/test_fuzz.py runs each a few times.
"""

import csv
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_tui.domain import logline, rooms, verbs
from incident_tui.domain.kernel import EntryError, decode
from incident_tui.domain.playbook import PlaybookError
from incident_tui.domain.verbs import LineError, Refused
from incident_tui.intake import read_timeline
from incident_tui.paper.csv_rows import HEADS, csv_rows
from incident_tui.paper.html_page import html_page
from incident_tui.service.secrets import suspicion, without_secrets
from incident_tui.store import playbooks
from incident_tui.store.config import load_config
from incident_tui.store.errors import BadConfig, StoreError
from incident_tui.store.line_storage import Damaged, parse
from incident_tui.store.naming import is_safe
from tests.support.homes import Kitchen

Count = Counter[str]
Target = Callable[[Count, Path], Callable[[], None]]

TEXT = st.text(max_size=200) | st.text(
    st.characters(codec="utf-8", categories=["Cc", "Cf", "Zs", "Po", "Sc", "Nd", "Lu", "Ll"]),
    max_size=80,
)
LEADS = st.sampled_from(["", *verbs.SIGNS, "@", "\\", "/"])
SHIPPED = sorted(playbooks.BUILT_IN.glob("*.toml"))


def _lines() -> st.SearchStrategy[str]:
    rooms.load()
    examples = [form.example for form in verbs.every_verb()]
    leads = st.sampled_from(sorted({form.lead for form in verbs.every_verb()}))
    return (
        st.tuples(LEADS, TEXT).map("".join)
        | st.tuples(leads, TEXT).map(" ".join)
        | st.tuples(st.sampled_from(examples), TEXT).map("".join)
        | st.tuples(st.sampled_from(["@14:02", "@-5m", "@x"]), TEXT).map(" ".join)
    )


def _mutated(content: bytes) -> st.SearchStrategy[bytes]:
    """Files that were valid once: some bytes replaced, a piece cut out or put in."""

    def mutate(at: int, length: int, piece: bytes) -> bytes:
        return content[:at] + piece + content[at + length :]

    where = st.integers(0, max(0, len(content) - 1))
    return st.builds(mutate, where, st.integers(0, 60), st.binary(max_size=40))


def log_lines(count: Count, folder: Path) -> Callable[[], None]:
    """Whatever is typed is recorded, or refused with a reason; state and file stay in step."""
    kitchens = [Kitchen(folder)]

    @given(_lines())
    def fuzz(text: str) -> None:
        room = kitchens[-1].open()
        before = len(room.incident.entries)
        try:
            logline.parse(text)
            receipt = room.enter(text)
        except (LineError, Refused) as error:
            said = error.message.strip()
            count[type(error).__name__] += bool(said)
            count["kept a refused line"] += len(room.file.read().entries) != before
        else:
            assert len(room.file.read().entries) == before + len(receipt.entries)
            count["recorded"] += 1
        if before > 60:  # a log that grows for ever would make this a test of patience
            further = folder / str(len(kitchens))
            further.mkdir()
            kitchens.append(Kitchen(further))

    return fuzz


def playbook_files(count: Count, folder: Path) -> Callable[[], None]:
    """Any bytes are a playbook, or refused with the problems named."""
    files = [path.read_bytes() for path in SHIPPED]

    @given(st.binary(max_size=400) | st.sampled_from(files).flatmap(_mutated))
    def fuzz(content: bytes) -> None:
        try:
            playbooks.parse(content, "fuzz.toml", rooms.vocabulary)
            count["read"] += 1
        except PlaybookError as error:
            count["refused" if error.problems else "refused without a reason"] += 1

    return fuzz


def imported_files(count: Count, folder: Path) -> Callable[[], None]:
    """Any text is read as far as it has times; nothing of it breaks the reader."""
    row = st.tuples(
        st.sampled_from(["- 14:02 ", "| 2026-11-20 14:02 | ", "14:02Z ", "**24:10** ", "# "]), TEXT
    ).map("".join)

    @given(TEXT | st.lists(row, max_size=12).map("\n".join))
    def fuzz(text: str) -> None:
        reading = read_timeline(text, default_zone=UTC, name="fuzz.md")
        assert all(each.at.tzinfo is not None for each in reading.rows)
        count["with rows" if reading.rows else "without rows"] += 1

    return fuzz


def configurations(count: Count, folder: Path) -> Callable[[], None]:
    """Any bytes are a configuration, or refused with what to mend."""
    path = folder / "incident-tui.toml"
    valid = b'zone = "UTC"\nme = "ana"\nself-review = true\n[git]\nremote = "origin"\n'

    @given(st.binary(max_size=200) | _mutated(valid))
    def fuzz(content: bytes) -> None:
        path.write_bytes(content)
        try:
            load_config(path)
            count["read"] += 1
        except BadConfig as error:
            count["refused" if error.remedy else "refused without a remedy"] += 1

    return fuzz


def stored_files(count: Count, folder: Path) -> Callable[[], None]:
    """Any bytes are an incident file, or refused; no entry of it breaks the decoder."""
    entry = (
        b'{"id":"a","order":1,"at":"2026-11-20T14:05:00Z","recorded_at":"2026-11-20T14:05:00Z",'
        b'"actor":"ana","event":{"type":"fact.recorded","text":"cold"}}'
    )
    whole = (
        b'{\n"meta": {\n"1": {"schema":1,"id":"x"}\n},\n"events": {\n"1": ' + entry + b"\n}\n}\n"
    )

    @given(_mutated(whole) | st.binary(max_size=200))
    def fuzz(content: bytes) -> None:
        try:
            for document in parse(content).get("events", {}).values():
                decode(document)
            count["read"] += 1
        except (Damaged, EntryError, StoreError):
            count["refused"] += 1

    return fuzz


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)


def exports(count: Count, folder: Path) -> Callable[[], None]:
    """No text of a person becomes a formula, or a tag."""
    dangerous = st.sampled_from(["=1+1", "<script>", "-->", "'\"><img src=x>", "@x", "\t=x", ""])

    @given(st.tuples(dangerous, TEXT).map("".join))
    def fuzz(text: str) -> None:
        row = dict.fromkeys(HEADS, text) | {"retracted": False}
        for cells in list(csv.reader(io.StringIO(csv_rows([row]), newline="")))[1:]:
            assert not [cell for cell in cells if cell.strip("'\" ").startswith(("=", "@", "+"))
                        and not cell.startswith("'")]  # fmt: skip
        empty: dict[str, object] = dict.fromkeys(
            ("id", "status", "severity", "title", "started_at", "detected_at", "declared_at",
             "mitigated_at", "resolved_at"), text)  # fmt: skip
        lists = dict.fromkeys(("hypotheses", "mitigations", "factors", "actions"), ())
        tags = _Tags()
        tags.feed(
            html_page(
                empty | lists | {"impact": {text: text}, "scope": {}, "timeline": [row]},
                [row],
                text,
            )
        )
        known = "html head meta title style body h1 h2 p table tr th td br del"
        assert tags.seen <= set(known.split()), tags.seen
        count["escaped"] += 1

    return fuzz


def secrets(count: Count, folder: Path) -> Callable[[], None]:
    """Any text can be looked at, and what was found can be taken out."""
    pieces = st.sampled_from(
        ["password=", "ghp_", "://a:b@", "Bearer ", "BEGIN ", "eyJ", "a1B2" * 9]
    )

    @given(st.lists(pieces | TEXT, max_size=8).map("".join))
    def fuzz(text: str) -> None:
        found = suspicion([text])
        assert bool(found) == (without_secrets(text, "\0") != text)
        count["suspected" if found else "ordinary"] += 1

    return fuzz


def names(count: Count, folder: Path) -> Callable[[], None]:
    """A name that passes for safe is one component of a path and no option."""
    parts = st.sampled_from(["..", ".", "/", "-", "con", "nul", "a", "\0", "~", "lpt1", "x" * 60])

    @given(TEXT | st.lists(parts, max_size=6).map("".join))
    def fuzz(name: str) -> None:
        if is_safe(name):
            assert Path("/home", name).resolve() == Path("/home") / name
            assert name[0].isalnum()
        count["safe" if is_safe(name) else "unsafe"] += 1

    return fuzz


TARGETS: dict[str, Target] = {
    target.__name__: target
    for target in (
        log_lines, playbook_files, imported_files, configurations, stored_files, exports, secrets,
        names,
    )
}  # fmt: skip
"""What is fuzzed, by name: a function that makes the test and counts what becomes of examples.

Its files go into the folder that it is given."""


BROKEN = ("kept a refused line", "refused without a reason", "refused without a remedy")
"""What an example may not come to."""


def run(name: str, examples: int) -> Count:
    """Fuzz one target; what became of the examples. Raises what should never have come of one."""
    count: Count = Counter()
    limits = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    with tempfile.TemporaryDirectory() as folder:
        limits(TARGETS[name](count, Path(folder)))()
    broken = [what for what in BROKEN if count[what]]
    if broken:
        raise AssertionError(f"{name}: {', '.join(broken)}")
    return +count


def main(examples: int) -> None:
    """Fuzz all targets and print what became of their examples."""
    for name in TARGETS:
        count = run(name, examples)
        told = ", ".join(f"{number} {what}" for what, number in sorted(count.items()))
        sys.stdout.write(f"{name}: {count.total()} examples, {told}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
