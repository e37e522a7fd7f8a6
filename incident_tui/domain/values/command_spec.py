"""How a playbook writes down the command of a check, and what is wrong with the way it does.

Running it is the service's; what its exit code means stands in `runs`.
"""

import shlex
from collections.abc import Iterator, Sequence

LONGEST = 600
"""Seconds that a command may take at most: somebody waits for it."""


def words_of(command: Sequence[str] | str) -> tuple[str, ...]:
    """The words of a command; a single text is split as a shell would, without one.

    Raises ValueError where a quotation in it does not end.
    """
    return tuple(shlex.split(command) if isinstance(command, str) else command)


def command_problems(
    path: str, *, title: str, command: Sequence[str] | str, seconds: int, rules: bool
) -> Iterator[str]:
    """What is wrong with a check that runs a command; `rules`: it has some, or arguments."""
    if not title:
        yield f"{path}.title: a check that runs a command needs the sentence that it proves"
    if rules:
        yield f"{path}.rules: the exit code decides; there are no rules or arguments"
    if not 0 < seconds <= LONGEST:
        yield f"{path}.seconds: a time limit from 1 to {LONGEST} is expected"
    try:
        words = words_of(command)
    except ValueError as error:
        yield f"{path}.command: {str(error).lower()}"
        return
    if not words or not words[0].strip():
        yield f'{path}.command: the command is expected, such as ["make", "test"]'
    elif any("\0" in word for word in words):
        yield f"{path}.command: no word of a command can hold a NUL character"
