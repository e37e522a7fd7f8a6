"""Regular expressions that are compiled when they are first used.

A command that records one line needs few of those that the domain declares, and compiling them all
took a fifth of its time.
"""

import re
from typing import Any, cast


class _Later:
    """Stands for a pattern until it is asked for anything."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._given)
        for each in ("search", "match", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern like that of `re.compile`, which is not compiled before one of its methods is used.

    It is no argument for the functions of `re`. What is wrong with it is raised on that use, so it
    is for patterns that a test uses.
    """
    return cast(re.Pattern[str], _Later(pattern, flags))
