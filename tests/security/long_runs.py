"""Long runs of one piece through every door, in a process that dies when they cost too much.

`python -m tests.security.long_runs GROUP...` tries each door of each group with each piece,
repeated to the first of `LENGTHS`, and to the next as long as it took so long that it might need
time in the square of its length, and ends with 0. What needs that takes minutes for the last: the
system ends this process, and what was last written to standard error names door and piece.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from incident_tui.cli.frame.lines import columns
from incident_tui.cli.frame.output import inert
from incident_tui.documents import render_folder
from incident_tui.domain import discovery
from incident_tui.domain.core import line_grammar
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.core.events import Entry, fold
from incident_tui.domain.core.stored_entries import decode, encode
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.values import field_text, text, time_grammar, wording
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.history.commits.message import commit_message
from incident_tui.intake import read_timeline
from incident_tui.service.session.line_preview import suggest, understand
from incident_tui.store import playbook_files
from incident_tui.store.log.folder_names import is_safe
from tests.support.homes import Kitchen
from tests.support.thorough import EVERYTHING

LENGTH = 100_000
LENGTHS = (10_000, LENGTH) if EVERYTHING else (1_000, 4_000, 16_000, LENGTH)
SECONDS = 20
"""Of processor time for one piece at one door; the slowest needs one, or four on a busy machine."""
NOW = datetime(2026, 11, 20, 14, 10, tzinfo=UTC)

BLANKS = (" ", "\t", "\u00a0")
SIGNS = (*'@#"\\-=:|*_([{<`~>/.,&!^', "\u200d", "\x1b", "\u2028")
LETTERS = ("0", "a", "é", "a ", "1 ", "#1 ", "a:", "1:", "1.", "a-")
MARKS = ("[a](", "[a](x", "![", "<!---->", "**a", "_a", "->", " -> ", "\\|", "<br ")
TIMES = ("12:00 ", "2026-", "+01:00", "UTC ", "Nov ", "@1 ", "owner:", '"a" ', "://")
LINES = ("\n", " \n", "x\n", "| a |\n", "````x\n```\n", "<table ")
PIECES = (*BLANKS, *SIGNS, *LETTERS, *MARKS, *TIMES)

Door = Callable[[str], object]


def _typed() -> dict[str, Door]:
    framed = ("@{}x", '@"{}x', "@14:02{}x y", "? a{}x", "+ a owner:b{}x", '+ a owner:"{}x',
              "+ a {} due:{}x", "/set f {}x", '/set "{}x', "/{}x", "/hyp {} test{}")  # fmt: skip
    return {frame: _framed(line_grammar.parse, frame) for frame in framed}


def _planned() -> dict[str, Door]:
    session = Kitchen(Path(tempfile.mkdtemp())).open()
    framed = ("a{}x", "= p95{}4 -> 5", "/impact users {}x", "+ x due:{}", "/update a{}x next:{}",
              "/evidence {}x", "/milestone started {}")  # fmt: skip
    planned = {frame: _framed(lambda line: understand(session, line), frame) for frame in framed}
    return planned | {
        "suggested": lambda run: suggest(session.incident, f"+ x {run}", len(run) + 4)
    }


def _times() -> dict[str, Door]:
    berlin = time_grammar.zone_named("Europe/Berlin")
    return {
        "past": lambda run: time_grammar.parse_past(f"14:02{run}x", now=NOW, zone=berlin),
        "ahead": lambda run: time_grammar.parse_ahead(f"1{run}x", now=NOW, zone=berlin),
        "length": time_grammar.parse_duration,
        "taken": lambda run: time_grammar.take_when(f"yesterday{run}x"),
        "zone": lambda run: time_grammar.zone_named(f"A{run}"),
    }


def _imported() -> dict[str, Door]:
    rows = "| Time | What |\n|---|---|\n"
    framed = (
        "# Timeline\n{}x\n14:02 b",
        "# Timeline{}x\n- 14:02 x",
        "# Timeline\n14:02 [a](http://x{} x\n",
        rows + "| 14:02 | {}x |\n",
        "---\ntitle: {}x\n---\n14:02 a",
        "**Declared{}:** 14:02\n",
    )
    read: Door = lambda document: read_timeline(document, default_zone=UTC, name="x.md")  # noqa: E731
    return {frame: _framed(read, frame) for frame in framed}


def _files() -> dict[str, Door]:
    framed = (
        "{}x",
        "a = '{}",
        'a = "{}"',
        "[{}]",
        "a{} = 1",
        "a = [{}]",
        "x = {{{}}}",
        'a = """{}',
    )
    load: Door = lambda content: playbook_files.parse(  # noqa: E731
        content.encode(), "x.toml", discovery.vocabulary
    )
    names = {"dotted": lambda run: load(f"a{'.a' * len(run)} = 1")}
    return names | {frame: _framed(load, frame) for frame in framed}


def _shown() -> dict[str, Door]:
    session = Kitchen(Path(tempfile.mkdtemp())).open()

    def rendered(run: str) -> object:
        event = FactRecorded(text=f"a{run}b")
        entry = decode(encode(Entry("x", 9, NOW, NOW, "ana", event)))
        return render_folder(fold([*session.incident.recorded, entry], session.playbook))

    return {
        "rendered": rendered,
        "cleaned": lambda run: (text.clean_line(f"a{run}b"), text.inert_line(run), text.slug(run)),
        "printed": lambda run: (inert(f"a{run}b"), columns([[f"a{run}b"]])),
        "committed": lambda run: commit_message(f"a{run}b", f"a{run}b", [("A", f"{run}b")]),
        "named": lambda run: is_safe(f"a{run}!"),
        "celled": lambda run: (
            field_text.cells_of(f"a: {run} -> b"),
            field_text.is_link(f"{run}x"),
        ),
        "worded": lambda run: (wording.blame_in(f"a{run}b"), wording.is_vague(run)),
    }


def _many_lines() -> dict[str, Door]:
    return {"imported": lambda run: read_timeline(run, default_zone=UTC, name="x.md")}


class Group(NamedTuple):
    """Doors of one kind, and the pieces that are repeated before them."""

    doors: Callable[[], dict[str, Door]]
    pieces: tuple[str, ...] = PIECES


GROUPS = {
    "typed": Group(_typed),
    "planned": Group(_planned),
    "times": Group(_times),
    "imported": Group(_imported, (*BLANKS, *"`#|*[0", *MARKS)),
    "many lines": Group(_many_lines, (*LINES, "````x\n")),
    "files": Group(_files),
    "shown": Group(_shown, (*PIECES, *LINES)),
}


def _framed(door: Door, frame: str) -> Door:
    return lambda run: door(frame.format(*[run] * frame.count("{}")))


def _allow(seconds: int) -> None:
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + seconds, hard))


def _seconds(door: Door, piece: str, length: int) -> float:
    """The processor time that the door takes for the piece, repeated to a length."""
    run = piece * (length // len(piece))
    _allow(SECONDS)
    began = time.process_time()
    with suppress(LineError, Refused, time_grammar.WhenError, PlaybookError):
        door(run)
    return time.process_time() - began


def _at_most(taken: Sequence[tuple[int, float]]) -> float:
    """How long the last length may take, after so many seconds for each of some shorter ones.

    As if all of it grew with the square; and of two lengths, as if that did which the second took
    beyond its share.
    """
    length, seconds = taken[-1]
    times = LENGTH / length
    if len(taken) == 1:
        return seconds * times**2
    before, seconds_before = taken[-2]
    ratio = length / before
    square = max(0.0, seconds - ratio * seconds_before) / (1 - 1 / ratio)
    return min(seconds, square) * times**2 + max(0.0, seconds - square) * times


def main(groups: list[str]) -> None:
    """Try each door of the groups with each piece."""
    discovery.load()
    for group in groups:
        doors = GROUPS[group].doors()
        for piece in GROUPS[group].pieces:
            for name, door in doors.items():
                sys.stderr.write(f"{name!r} with {piece!r}\n")
                sys.stderr.flush()
                taken: list[tuple[int, float]] = []
                for length in LENGTHS:
                    taken.append((length, _seconds(door, piece, length)))
                    # With a quarter less, for clocks that are not exact.
                    if _at_most(taken) < 0.75 * SECONDS:
                        break


if __name__ == "__main__":
    main(sys.argv[1:])
