"""kill -9 at random moments: of `log -` while it records, of the console while somebody types."""

import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

from tests.faults.counting import Count, Scale, compare, read, text_of
from tests.faults.ground import Ground
from tests.faults.terminal import Terminal

FRESH_EVERY = 25
"""Rounds after which a new incident begins, so that its length does not decide the moments."""


def crashes(scale: Scale, base: Path) -> Iterator[Count]:
    """Both writers."""
    chance = random.Random(20261120)
    yield of_the_command_line(scale.rounds, base / "log", chance)
    yield of_the_console(scale.part(5, 3), base / "console", chance)
    yield of_drafts(scale.part(15, 3), base / "drafts", chance)


def of_the_command_line(rounds: int, base: Path, chance: random.Random) -> Count:
    """`log -` is fed until it dies; what it acknowledged by then must be there."""
    count = Count("kill -9 of `log -`")
    ground = Ground(base)
    incident, sent, acknowledged = "", set[str](), dict[str, int]()
    for turn in range(rounds):
        count.rounds += 1
        if turn % FRESH_EVERY == 0:
            incident, sent, acknowledged = ground.declare(f"Incident {turn}"), set(), {}
        writer = ground.start("log", "-i", incident, "--keep-going", "-")
        feeder = Thread(target=_feed, args=(writer, turn, sent, random.Random(chance.random())))
        feeder.start()
        assert writer.stdout is not None
        told: list[bytes] = []
        if chance.random() < 0.9:
            told.append(writer.stdout.readline())
        time.sleep(chance.uniform(0, 0.12))
        writer.kill()
        told += writer.stdout.read().splitlines(keepends=True)
        writer.wait()
        feeder.join()
        for line in told:
            number, tab, entry_id = line.decode().strip().partition("\t")
            if tab and line.endswith(b"\n"):
                acknowledged[entry_id] = int(number)
                count.acknowledged += 1
        compare(count, ground.home, incident, acknowledged, sent)
    return count


def _feed(
    writer: subprocess.Popen[bytes], turn: int, sent: set[str], chance: random.Random
) -> None:
    """Give it lines, some of them transitions, until nobody reads them any more."""
    assert writer.stdin is not None
    number = 0
    with suppress(OSError, ValueError):
        while writer.poll() is None and number < 4000:
            lines = []
            for _ in range(chance.choice([1, 1, 3, 40])):
                number += 1
                text = f"{turn}:{number} " + "größer " * chance.randrange(12)
                sent.add(text.strip())
                lines.append(text)
            if chance.random() < 0.1:
                lines.append(f"/sev SEV{chance.choice([1, 2, 3])} it changed")
            writer.stdin.write("".join(f"{line}\n" for line in lines).encode())
            writer.stdin.flush()
            time.sleep(chance.uniform(0, 0.02))


def of_the_console(rounds: int, base: Path, chance: random.Random) -> Count:
    """Lines are typed into the console; what it has shown with its number must be there."""
    count = Count("kill -9 of the console")
    ground = Ground(base)
    incident = ground.declare()
    acknowledged: dict[str, int] = {}
    sent: set[str] = set()
    for turn in range(rounds):
        count.rounds += 1
        with Terminal(ground) as console:
            console.until("›")
            _open(console, "\x15")
            texts = [f"t{turn}n{number}" for number in range(chance.randint(1, 4))]
            for text in texts:
                sent.add(text)
                console.send(f"{text}\r")
                # The last one may be on its way when the console dies.
                if text != texts[-1] or chance.random() < 0.5:
                    shown = console.until(rf"{text}\b[^\n]*#(\d+)", fails=False)
                    if shown is None:
                        count.lose(f"{text} was typed and never shown: {console.tail()}")
                        continue
                    acknowledged[text] = int(shown[1])
                    count.acknowledged += 1
            console.rest(chance.uniform(0, 0.2))
        compare(count, ground.home, incident, acknowledged, sent)
    return count


def of_drafts(rounds: int, base: Path, chance: random.Random) -> Count:
    """What stood on the screen for a second and was not sent is there at the next start."""
    count = Count("kill -9 with a draft")
    places = {
        "log line": (Ground(base / "line"), True, ""),
        "declaration": (Ground(base / "declare"), False, "n"),
        "composer": (Ground(base / "composer"), True, "\x1b[15~"),
    }
    for ground, declared, _ in places.values():
        if declared:
            ground.declare()
    for turn in range(rounds):
        place, (ground, declared, opens) = list(places.items())[turn % len(places)]
        count.rounds += 1
        draft = f"draft{turn}of{chance.randrange(10**6)}"
        first = "›" if declared else "No incident yet"
        with Terminal(ground) as console:
            console.until(first)
            _open(console, "\x15" if declared else "")
            _open(console, opens)
            console.send(draft)
            if console.until(draft, fails=False) is None:
                count.lose(f"{place}: typed and never shown: {console.tail()}")
                continue
            console.rest(1.0)
        count.acknowledged += 1
        with Terminal(ground) as console:
            console.until(first)
            _open(console, opens)
            if console.until(draft, fails=False) is None:
                count.lose(f"the draft of the {place} is gone: {console.tail()}")
    for ground, _, _ in places.values():
        for path in ground.home.glob("*/incident.json"):
            found = read(ground.home, path.parent.name)
            if isinstance(found, str):
                count.lose(found)
            else:
                sent = [text_of(entry) for entry in found.entries]
                count.expect(not any("draft" in text for text in sent), "a draft was recorded")
    return count


def _open(console: Terminal, keys: str) -> None:
    if keys:
        console.send(keys)
        console.rest(0.6)
