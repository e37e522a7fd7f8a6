"""Damaged and foreign files: never a traceback, never a shorter log in silence, and a way back."""

import json
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.faults.contained import Done, run_here
from tests.faults.counts import Count, Row, Scale
from tests.faults.ground import Ground

LOOKS = (("verify",), ("show",), ("list",), ("gate",), ("show", "--json"))
WITHIN = 40.0
"""Seconds in which a file of 100 MB is read or refused."""


class Damaged:
    """An incident whose file is damaged over and over; commands run in this process."""

    def __init__(self, base: Path) -> None:
        self.ground = Ground(base)
        self.incident = self.ground.declare("Größer")
        self.ground.run("log", "/sev SEV2 bad", "? why", "! [b]roll[/b] back", "= p95 4s -> 1s")
        self.path = self.ground.home / self.incident / "incident.json"
        self.whole = self.path.read_bytes()
        self.size = len(self.entries())

    def run(self, *words: str) -> Done:
        """A command as a user types it; an exception in it is an exception here."""
        return run_here(self.ground, words)

    def entries(self) -> list[str]:
        """The ids that `show` knows."""
        done = self.run("show", self.incident, "--json")
        return [entry["id"] for entry in json.loads(done.out)["timeline"]]

    def put(self, data: bytes) -> None:
        """Damage the file."""
        self.path.write_bytes(data)

    def looked_at(self, count: Count, what: str) -> bool:
        """Look at it with every command; whether it still can be read."""
        sound = False
        for look in LOOKS:
            try:
                done = self.run(*look)
            except Exception as error:  # whatever gets out of a command is what is looked for
                count.lose(f"{what}: {' '.join(look)} ended with {type(error).__name__}: {error}")
                continue
            printed = done.out.strip() or done.err.strip()
            count.expect(bool(printed), f"{what}: {' '.join(look)} says nothing")
            if look == ("show", "--json"):
                sound = done.code == 0
                if sound:
                    held = len(json.loads(done.out)["timeline"])
                    count.expect(held == self.size, f"{what}: {held} of {self.size} are shown")
        return sound


CUTS, FLIPS = 40, 60
"""Places in a small run; in any other one it is every byte."""
FOREIGN = "foreign content, wrong types, deep nesting, conflicts"


def damage(scale: Scale, base: Path) -> Iterator[Row]:
    """Cut off, flipped, foreign, and brought back."""
    place = Damaged(base / "small")
    # What is left of a log without its last newline, or with nothing after it, is whole.
    cuts = _places(len(place.whole) - 1, CUTS if scale.small else None)
    flips = _places(len(place.whole), FLIPS if scale.small else None)
    yield Row(f"a file cut off at {_which(cuts)}", partial(_truncated, place=place, cuts=cuts))
    yield Row(f"a bit flipped at {_which(flips)}", partial(_flipped, place=place, flips=flips))
    yield Row(FOREIGN, partial(_foreign, place=place))
    yield Row("recover after damage", partial(_recovered, place=place, scale=scale))


def huge(scale: Scale, base: Path) -> Iterator[Row]:
    """A file that is larger than any that a person types."""
    yield Row("a file of 100 MB", lambda count: _huge(count, Damaged(base), scale))


def _places(size: int, number: int | None) -> range:
    """So many places in a file, evenly; each of them where no number is given."""
    return range(0, size, max(1, size // number) if number else 1)


def _which(places: range) -> str:
    return "any byte" if places.step == 1 else f"each {places.step}th byte"


def _truncated(count: Count, place: Damaged, cuts: range) -> None:
    for length in cuts:
        count.rounds += 1
        place.put(place.whole[:length])
        count.expect(not place.looked_at(count, f"cut at {length}"), f"read, cut at {length}")


def _flipped(count: Count, place: Damaged, flips: range) -> None:
    """A letter may change, as after an edit; no entry may go missing without a word."""
    chance = random.Random(7)
    for position in flips:
        count.rounds += 1
        flipped = bytearray(place.whole)
        flipped[position] ^= 1 << chance.randrange(8)
        place.put(bytes(flipped))
        place.looked_at(count, f"flipped at {position}")


def _foreign(count: Count, place: Damaged) -> None:
    """What other programs and other hands leave in its place."""
    whole = place.whole
    lines = whole.split(b"\n")
    event = next(line for line in lines if b'"type":"hypothesis' in line)
    deep = b'{"a":' * 50_000 + b"1" + b"}" * 50_000
    changed: dict[str, Callable[[], bytes]] = {
        "empty": lambda: b"",
        "a list": lambda: b"[]",
        "no JSON": lambda: b"\x89PNG\r\n\x1a\n",
        "UTF-16": lambda: whole.decode().encode("utf-16"),
        "a newer schema": lambda: whole.replace(b'"schema":1', b'"schema":2'),
        "a schema of the wrong type": lambda: whole.replace(b'"schema":1', b'"schema":"1"'),
        "an order of the wrong type": lambda: whole.replace(b'"order":2', b'"order":"2"'),
        "a time without an offset": lambda: whole.replace(b'Z"', b'"'),
        "deep nesting": lambda: whole.replace(b'"events": {', b'"events": {"99": ' + deep + b","),
        "a conflict": lambda: whole.replace(
            event, b"<<<<<<< a\n" + event + b"\n=======\n>>>>>>> b"
        ),
        "a number twice": lambda: whole.replace(b'"3": {', b'"2": {'),
        "NaN": lambda: whole.replace(b'"order":2', b'"order":NaN'),
        "half a character": lambda: whole.replace(b"bad", b"\\ud800"),
        "nul": lambda: whole.replace(b"bad", b"b\x00d"),
    }
    for name, make in changed.items():
        count.rounds += 1
        data = make()
        count.expect(data != whole, f"{name}: nothing was changed")
        place.put(data)
        count.expect(not place.looked_at(count, name), f"{name}: it was read")
        count.expect(place.path.read_bytes() == data, f"{name}: the file was written to")
    place.put(whole.replace(b'"hypothesis.proposed"', b'"newer.thought"'))
    count.rounds += 1
    count.expect(place.looked_at(count, "an unknown event"), "an unknown event is not shown")
    place.run("log", "one more")
    kept = b"newer.thought" in place.path.read_bytes()
    count.expect(kept, "an unknown event was dropped when another was written")
    known = place.entries()[1].encode()
    place.put(whole.replace(place.entries()[2].encode(), known))
    count.rounds += 1
    done = place.run("verify")
    count.expect(done.code == 1 and "have the id" in done.out, "an id that stands twice")


def _recovered(count: Count, place: Damaged, scale: Scale) -> None:
    """`recover` brings back whatever git has or the file still says, and keeps the damaged one."""
    chance = random.Random(11)
    for _ in range(scale.part(6, 5)):
        count.rounds += 1
        place.put(place.whole)
        before = place.entries()
        at = chance.randrange(len(place.whole) // 2, len(place.whole))
        broken = place.whole[:at] + b"\x00\x01" + place.whole[at + 2 :]
        place.put(broken)
        done = place.run("recover", place.incident)
        count.expect(done.code == 0, f"damaged at {at}: {done.err}")
        after = set(place.entries())
        missing = [name for name in before if name not in after]
        count.acknowledged += len(before) - len(missing)
        # The damage lies in one line at most; the rest was committed or can be read.
        count.expect(len(missing) <= 1, f"damaged at {at}: {len(missing)} entries are missing")
        if missing:
            admitted = "not recovered" in done.out
            count.expect(admitted, f"damaged at {at}: an entry is missing and nobody said so")
        kept = list(place.path.parent.glob("incident.json.damaged-*"))
        count.expect(len(kept) == count.rounds, "a damaged file was overwritten")
        count.expect(any(path.read_bytes() == broken for path in kept), "it was not kept")


def _huge(count: Count, place: Damaged, scale: Scale) -> None:
    """100 MB, sound and not: an answer within reason, and no traceback."""
    lines = place.whole.split(b"\n")
    event = next(line for line in lines if b'"type":"hypothesis' in line)
    long_text = b'"text":"' + b"w" * 10**8 + b'"'
    contents: dict[str, Callable[[], bytes]] = {
        "many documents": lambda: place.whole.replace(event, b"\n".join(_copies(event))),
        "one long text": lambda: place.whole.replace(b'"text":"why"', long_text),
        "no JSON": lambda: b"x" * 10**8,
    }
    slowest = 0.0
    for name, make in list(contents.items())[: 1 if scale.small else None]:
        count.rounds += 1
        place.put(make())
        started = time.monotonic()
        done = place.run("verify", place.incident)
        took = time.monotonic() - started
        slowest = max(slowest, took)
        count.note = f"answered within {slowest:.1f} s"
        count.expect(took < WITHIN, f"{name}: it took {took:.0f} s")
        count.expect(done.code in (0, 1), f"{name}: exit {done.code}")
        count.expect(done.code == 0 or bool(done.out.strip()), f"{name}: not a word")


def _copies(event: bytes) -> Iterator[bytes]:
    body = event.partition(b":")[2].rstrip(b",")
    for number in range(100, 100 + 10**8 // len(event)):
        yield b'"%d":' % number + body.replace(b'"id":"', b'"id":"%d' % number) + b","
