"""What is asked of thousands of incidents, beside the same asked of ten; and how it grows."""

import json
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.commands import run
from benchmarks.instruments.ground import Ground
from benchmarks.instruments.measure import Row, in_turn, milliseconds, ratio
from benchmarks.instruments.terminal import Terminal
from benchmarks.instruments.thousands import make_thousands
from incident_tui.store.home import INCIDENT

FEW = 10
OPEN, SECOND = "2026-11-20-checkout-eu-west-0", "2026-11-20-checkout-eu-west-1"
NOTHING_YET = "No incident"
LINE, NAMED, SEARCH = 'log "x"', 'log -i ID "x"', "search of two words"
COMMANDS: Mapping[str, tuple[tuple[str, ...], float]] = {
    LINE: (("log", "x"), 1.25),
    NAMED: (("log", "-i", OPEN, "x"), 1.05),
    "list --json": (("list", "--json"), 3),
    "list, piped": (("list",), 3),
    "actions": (("actions",), 3),
    "stats": (("stats",), 3),
    "similar": (("similar", "--words", "checkout pool in eu-west"), 3),
    "standards": (("standards",), 3),
    SEARCH: (("search", "pool", "exhausts"), 0.3),
}
"""What is typed, and its target: in times the same with ten incidents, the search in seconds."""


def across(ground: Ground) -> list[Row]:
    """Each command with many incidents, beside the same with few."""
    many = ground.sizes.incidents
    homes = {count: _home(ground, count) for count in (FEW, many)}
    rows = []
    for name, (words, target) in COMMANDS.items():
        subjects = {
            f"{count} incidents": partial(_ask, ground, home, words)
            for count, home in homes.items()
        }
        in_turn(ground.sizes.warm_ups, subjects)
        samples = in_turn(ground.sizes.starts, subjects)
        note = milliseconds(samples, *subjects)
        large, small = f"{many} incidents", f"{FEW} incidents"
        if name == SEARCH:
            rows.append(Row(f"{name}, {large}", median(samples[large]), target, note, unit="s"))
        else:
            times = ratio(samples, large, small)
            rows.append(Row(f"{name}: {large} : {small}", times, target, note))
    return rows


def many_listed(ground: Ground) -> list[Row]:
    """The console's list of incidents, of which none goes on, beside one without any."""
    many = ground.sizes.incidents
    home, empty = _home(ground, many), ground.folder / "home-without-any"
    empty.mkdir()
    going_on = home / OPEN
    aside = going_on.rename(ground.folder / OPEN)
    newest = json.loads((home / SECOND / INCIDENT).read_bytes())["events"]["1"]["event"]["title"]
    try:
        subjects = {
            "empty": partial(_first_list, ground, empty, NOTHING_YET),
            "many": partial(_first_list, ground, home, newest[:20]),
        }
        in_turn(ground.sizes.warm_ups, subjects)
        samples = in_turn(ground.sizes.starts, subjects)
    finally:
        aside.rename(going_on)
    return [
        Row(
            f"the console's list painted: {many} incidents : none",
            ratio(samples, "many", "empty"),
            1.5,
            milliseconds(samples, "many", "empty"),
        )
    ]


def _first_list(ground: Ground, home: Path, marker: str) -> float:
    command = [*ground.program, "--home", str(home)]
    with Terminal(command, env=ground.env, cwd=ground.folder) as console:
        seconds = console.seconds_until(marker)
        console.rest()
        return seconds


def growth(ground: Ground, counts: Sequence[int]) -> dict[str, dict[int, float]]:
    """The median of each command in seconds, by its name and the number of incidents."""
    homes = {count: _home(ground, count) for count in counts}
    medians: dict[str, dict[int, float]] = {}
    for name, (words, _) in COMMANDS.items():
        subjects = {str(count): partial(_ask, ground, home, words) for count, home in homes.items()}
        samples = in_turn(ground.sizes.starts, subjects)
        medians[name] = {count: median(samples[str(count)]) for count in counts}
    return medians


def _home(ground: Ground, incidents: int) -> Path:
    """A home of that many incidents, which the index knows."""
    home = ground.folder / f"home-of-{incidents}"
    if not home.exists():
        make_thousands(ground, home.name, incidents, ground.sizes.entries_each)
    _age(home)
    for words in (("list",), ("log", "x")):
        _ask(ground, home, words)
    return home


def _age(home: Path) -> None:
    """Wait until no log is so young that the index does not trust it."""
    newest = max(path.stat().st_ctime for path in home.glob(f"*/{INCIDENT}"))
    while time.time() - newest < 2.1:
        time.sleep(0.1)


def _ask(ground: Ground, home: Path, words: Sequence[str]) -> float:
    return run(ground, [*ground.program, "--home", str(home), *words])
