"""Many inputs of one rule: how many of them are tried, and which one failed."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

EVERYTHING = os.environ.get("HYPOTHESIS_PROFILE") == "ci"
"""Whether this is what `.ci/run` asks of a change."""

Case = TypeVar("Case")


def thorough(cases: Iterable[Case], *, one_in: int) -> list[Case]:
    """All cases of a rule in CI; elsewhere each `one_in`th, which is enough to see it broken.

    Only for a rule that does the same with each of its inputs.
    """
    return list(cases)[:: 1 if EVERYTHING else one_in]


@contextmanager
def row(*case: object) -> Iterator[None]:
    """Name the row of a table in whatever fails in it: rows that are asked of one console.

    None is asked behind one that failed, of a console that it left in a state nobody knows.
    """
    try:
        yield
    except Exception as reason:
        reason.add_note(f"in the row {case!r}")
        raise
