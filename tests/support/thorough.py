"""What is tried with all of many inputs where everything is asked for, and elsewhere with some."""

import os
from collections.abc import Iterable
from typing import TypeVar

EVERYTHING = os.environ.get("HYPOTHESIS_PROFILE") == "ci"
"""Whether this is what `.ci/run` asks of a change."""

Case = TypeVar("Case")


def thorough(cases: Iterable[Case], *, one_in: int) -> list[Case]:
    """All cases of a rule in CI; elsewhere each `one_in`th, which is enough to see it broken.

    Only for a rule that does the same with each of its inputs.
    """
    return list(cases)[:: 1 if EVERYTHING else one_in]
