"""How samples are taken turn by turn, become one ratio, and are printed as a row.

What is measured stands in console.py, lists.py, commands.py and commits.py.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured. The defaults are what the targets are meant for."""

    few: int = 200
    """Entries of the small incident, and of the one that is committed."""
    many: int = 10_000
    """Entries of the large incident, and lines of `log -`."""
    long_log: int = 50_000
    """Entries of the longest log."""
    incidents: int = 5_000
    """Incidents of the home that has thousands."""
    entries_each: int = 150
    """Entries of each of them."""
    starts: int = 11
    """Rounds in which processes are started."""
    keys: int = 40
    """Rounds in which one key is pressed; the text must stay narrower than the log line."""
    commits: int = 9
    """Rounds in which a transition is committed."""
    long: int = 3
    """Rounds of what takes seconds."""
    warm_ups: int = 1
    """Rounds before those that count."""
    seconds_at_rest: int = 10
    """How long a console is watched that stands open, each round."""
    arrivals: int = 24
    """Entries of another process, each round."""
    settled_after: float = 2.0
    """Seconds after which a console has done what it does at its start."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure against its target, in times the compared or in `unit`.

    `value` is None where it cannot be measured; `note` then says why, else the absolute figures.
    """

    name: str
    value: float | None
    target: float
    note: str
    unit: str = "x"

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.value is None:
            return "skipped"
        return "ok" if self.value <= self.target else "over"

    def cells(self) -> tuple[str, ...]:
        """What is printed of it."""
        value = "-" if self.value is None else f"{self.value:.2f} {self.unit}"
        return self.name, value, f"<= {self.target:g} {self.unit}", self.verdict, self.note


HEAD = ("measure", "found", "target", "", "medians, for information")


def table(rows: Sequence[Row]) -> str:
    """The rows below each other, with a head."""
    return aligned([HEAD, *(row.cells() for row in rows)])


def aligned(cells: Sequence[Sequence[str]]) -> str:
    """Rows of as many cells each, with every column as wide as its widest cell."""
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


Samples = dict[str, list[float]]


def in_turn(rounds: int, subjects: Mapping[str, Callable[[], float]]) -> Samples:
    """Sample every subject once a round, every other round in reverse.

    What else the machine does at that time then weighs on all of them alike.
    """
    samples: Samples = {name: [] for name in subjects}
    names = list(subjects)
    for number in range(rounds):
        for name in reversed(names) if number % 2 else names:
            samples[name].append(subjects[name]())
    return samples


def ratio(samples: Samples, name: str, compared: str) -> float:
    """The median of the ratios of samples of the same round."""
    return median(a / b for a, b in zip(samples[name], samples[compared], strict=True))


def milliseconds(samples: Samples, *names: str) -> str:
    """The medians of samples in seconds."""
    return ", ".join(f"{name} {median(samples[name]) * 1000:.3g} ms" for name in names)


def slow_milliseconds(samples: Samples, *names: str) -> str:
    """What nine of ten samples in seconds stay below."""
    ninths = {name: quantiles([*samples[name], *samples[name]], n=10)[-1] for name in names}
    return ", ".join(f"{name} {ninths[name] * 1000:.3g} ms" for name in names)
