"""What is asked of thousands of incidents, beside the same asked of ten; and how it grows."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.commands import run
from benchmarks.ground import Ground
from benchmarks.measure import Row, in_turn, milliseconds, ratio
from benchmarks.thousands import make_thousands
from incident_tui.store.home import INCIDENT

FEW = 10
LINE, NAMED, SEARCH = 'log "x"', 'log -i ID "x"', "search of two words"
COMMANDS: Mapping[str, tuple[tuple[str, ...], float]] = {
    LINE: (("log", "x"), 1.25),
    NAMED: (("log", "-i", "2026-11-20-checkout-eu-west-0", "x"), 1.05),
    "list --json": (("list", "--json"), 3),
    "list, piped": (("list",), 3),
    "actions": (("actions",), 3),
    "stats": (("stats",), 3),
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
        told = milliseconds(samples, *subjects)
        large, small = f"{many} incidents", f"{FEW} incidents"
        if name == SEARCH:
            rows.append(Row(f"{name}, {large}", median(samples[large]), target, told, unit="s"))
        else:
            found = ratio(samples, large, small)
            rows.append(Row(f"{name}: {large} : {small}", found, target, told))
    return rows


def growth(ground: Ground, counts: Sequence[int]) -> dict[str, dict[int, float]]:
    """The median of each command in seconds, by its name and the number of incidents."""
    homes = {count: _home(ground, count) for count in counts}
    found: dict[str, dict[int, float]] = {}
    for name, (words, _) in COMMANDS.items():
        subjects = {str(count): partial(_ask, ground, home, words) for count, home in homes.items()}
        samples = in_turn(ground.sizes.starts, subjects)
        found[name] = {count: median(samples[str(count)]) for count in counts}
    return found


def _home(ground: Ground, incidents: int) -> Path:
    """A home of that many incidents, which the index knows."""
    home = make_thousands(ground, f"home-of-{incidents}", incidents, ground.sizes.entries_each)
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
