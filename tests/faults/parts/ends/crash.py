"""kill -9 at random moments: of `log -` while it records, of the console while somebody types."""

import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread

from incident_tui.store.home import INCIDENT
from tests.faults.counts import Count, Row, Scale, compare
from tests.faults.ground import Ground
from tests.faults.parts.ends.drafts import AT_LEAST, of_drafts
from tests.faults.victim import Victim

FRESH_EVERY = 25
"""Rounds after which a new incident begins, so that its length does not decide the moments."""


def crashes(scale: Scale, base: Path) -> Iterator[Row]:
    """Both writers, and whoever had not sent it yet."""
    rounds = scale.rounds
    consoles = 3 if scale.small else rounds
    for fault, cause, times, place in (
        ("kill -9 of `log -`", of_the_command_line, rounds, "log"),
        ("kill -9 of the console", of_the_console, consoles, "console"),
        ("kill -9 with entries kept aside", of_kept_entries, scale.part(30), "aside"),
        ("kill -9 with a draft", of_drafts, scale.part(15, AT_LEAST), "drafts"),
    ):
        chance = random.Random(f"20261120 {place}")
        yield Row(fault, partial(cause, rounds=times, base=base / place, chance=chance))


def of_the_command_line(count: Count, rounds: int, base: Path, chance: random.Random) -> None:
    """`log -` is fed until it dies; what it acknowledged by then must be there."""
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
        acknowledgements: list[bytes] = []
        if chance.random() < 0.9:
            acknowledgements.append(writer.stdout.readline())
        time.sleep(chance.uniform(0, 0.12))
        writer.kill()
        acknowledgements += writer.stdout.read().splitlines(keepends=True)
        writer.wait()
        feeder.join()
        for line in acknowledgements:
            number, tab, entry_id = line.decode().strip().partition("\t")
            if tab and line.endswith(b"\n"):
                acknowledged[entry_id] = int(number)
                count.acknowledged += 1
        compare(count, ground.home, incident, acknowledged, sent)


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


def of_the_console(count: Count, rounds: int, base: Path, chance: random.Random) -> None:
    """Lines are typed into the console; what it has shown with its number must be there."""
    ground = Ground(base)
    incident = ground.declare()
    acknowledged: dict[str, int] = {}
    sent: set[str] = set()
    for turn in range(rounds):
        count.rounds += 1
        with Victim(ground) as console:
            console.until("›")
            _emptied(console)
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
            console.linger(chance.uniform(0, 0.2))
        compare(count, ground.home, incident, acknowledged, sent)


def of_kept_entries(count: Count, rounds: int, base: Path, chance: random.Random) -> None:
    """An entry that waits aside is named while its file is away, and back with the next start."""
    for turn in range(rounds):
        count.rounds += 1
        ground = Ground(base / str(turn))
        incident = ground.declare()
        lost = ground.home / incident if turn % 2 else ground.home
        text = f"aside{chance.randrange(10**6)}"
        with Victim(ground) as console:
            console.until("›")
            lost.rename(ground.base / "away")
            _emptied(console)
            console.send(f"{text}\r")
            shown = console.until(rf"{text}\b[^\n]*#(\d+)", fails=False)
        if shown is None:
            count.lose(f"{text} was typed and never shown: {console.tail()}")
            continue
        count.acknowledged += 1
        printed = ground.run("verify", "--all").stdout
        waits = "waits in the side file" in printed or "wait in the side file" in printed
        count.expect(waits and incident in printed, f"verify does not name what waits: {printed!r}")
        (ground.base / "away").rename(lost)
        with Victim(ground) as console:
            console.until("›")
            console.until_written(ground.home / incident / INCIDENT, text)
        compare(count, ground.home, incident, {text: int(shown[1])})


def _emptied(console: Victim) -> None:
    """Take away what the last console left in the log line."""
    console.send("\x15")
    console.rest(silent_for=0.15, at_most=0.6)
