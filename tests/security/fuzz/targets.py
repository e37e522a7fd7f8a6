"""What is fuzzed: for each name a check, how its examples are made, and bytes to begin with.

The engines that do it live in engines.py and guided.py.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.security.fuzz import checks, examples as made
from tests.security.fuzz.checks import Check, Count
from tests.support.strategies.timelines import DOCUMENTS, PIECES, assembled


class Target(NamedTuple):
    """One thing that is fuzzed."""

    check: Callable[[Count, Path], Check]
    """Makes the check of one example; it counts there, and keeps its files in that folder."""
    examples: Callable[[], st.SearchStrategy[Any]]
    of_bytes: Callable[[bytes], Any]
    """The example that a fuzzer's bytes are."""
    seeds: Callable[[], list[bytes]]
    """Bytes to begin with."""


TARGETS: dict[str, Target] = {
    "log_lines": Target(checks.log_lines, made.lines, made.typed, made.line_seeds),
    "split_lines": Target(checks.split_lines, made.lines, made.typed, made.line_seeds),
    "times": Target(checks.times, made.texts(made.TIMES), made.typed, made.encoded(made.TIMES)),
    "playbooks": Target(checks.playbooks, made.files(made.shipped), bytes, made.small_playbooks),
    "imported_files": Target(
        checks.imported_files, made.rows, made.read, made.encoded([made.TIMELINE])
    ),
    "timelines": Target(
        checks.timelines, lambda: DOCUMENTS, assembled, lambda: [bytes(range(len(PIECES)))]
    ),
    "configurations": Target(
        checks.configurations, made.files(made.configured), bytes, made.configured
    ),
    "stored_files": Target(checks.stored_files, made.logs, bytes, made.stored),
    "exports": Target(
        checks.exports, made.texts(made.FORMULAS), made.read, made.encoded(made.FORMULAS)
    ),
    "secrets": Target(
        checks.secrets, made.texts(made.SECRETS), made.read, made.encoded(made.SECRETS)
    ),
    "names": Target(checks.names, made.texts(made.NAMES), made.typed, made.encoded(made.NAMES)),
}
