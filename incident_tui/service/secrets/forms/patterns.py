"""Patterns that are compiled when they are first needed: an ordinary line needs none."""

import re
from functools import cache


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled at its first use."""
    return re.compile(pattern, flags)
