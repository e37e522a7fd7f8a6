"""Spreads: how a length varies over several incidents."""

from collections.abc import Iterable
from math import ceil
from statistics import median

import msgspec

COMMON = 0.9
"""The share of incidents that `p90` speaks of."""


class Spread(msgspec.Struct, frozen=True, gc=False):
    """A length over several incidents, in seconds; `incidents` are those in which it is known.

    Nine of ten took no longer than `p90`, which is one of the lengths and no estimate. There is no
    mean: one long night would be most of it.
    """

    incidents: int
    median: float
    p90: float
    longest: float


def spread(lengths: Iterable[float]) -> Spread | None:
    """The spread of lengths in seconds; None without any."""
    known = sorted(lengths)
    if not known:
        return None
    return Spread(len(known), median(known), known[ceil(COMMON * len(known)) - 1], known[-1])
