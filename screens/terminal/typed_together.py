"""Keys that came from the terminal in one read: typing, or a paste that the terminal did not mark.

A terminal without bracketed paste types what is pasted, so that each line would be entered, and
each command run, unseen. What is made of them is the app's: it knows where they would go.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from textual.events import Event, Key, Paste
from textual.message import Message

from incident_tui.domain.core.commands import SIGNS

FEW = 3
"""Keys that one read must bring to be more than a key pressed by hand, or held down."""
QUIET = 0.04
"""Seconds without a key after which all of a paste has come: a long one takes several reads."""
LINES = 2
"""Times that Enter was among the keys of a paste of several lines."""
_MORE = {"enter": "\n", "ctrl+j": "\n", "tab": "\t"}
"""What keys write that are pasted with a text, beside those of letters."""
_COMMAND = re.compile(rf"^\s*(?:@\S+\s+)?(?:/\w|[{re.escape(''.join(SIGNS))}])", re.MULTILINE)
"""A line that would be more than a fact."""


@dataclass
class KeysTogether(Message):
    """Keys that came in one read, each of which writes something; as many as `FEW` or more."""

    keys: Sequence[Key]


def gathered(messages: Iterable[Message]) -> Iterator[Message]:
    """What one read brought, in its order, with the keys put together that write a text."""
    for writes, group in groupby(messages, _writes):
        found = list(group)
        keys = [one for one in found if isinstance(one, Key)]
        if writes and len(keys) >= FEW:
            yield KeysTogether(keys)
        else:
            yield from found


def written(key: Key) -> str:
    """What a key writes; empty where it does anything else."""
    return _MORE.get(key.key) or (key.character or "" if key.is_printable else "")


def pasted_text(keys: Sequence[Key]) -> str:
    """The text of keys that are a paste of several lines with a command among them; else empty."""
    text = "".join(map(written, keys))
    return text if text.count("\n") >= LINES and _COMMAND.search(text) else ""


class TypedTogether:
    """Holds keys that came together until all have come, and what is typed behind them meanwhile.

    `later` calls a function after so many seconds. `send` takes the events up again in their
    order. Those that are a paste go as one where `takes_paste` says that it would be taken.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        send: Callable[[Event], object],
        takes_paste: Callable[[], bool],
    ) -> None:
        self._later = later
        self._send = send
        self._takes_paste = takes_paste
        self._held: list[Event] = []
        self._more = False

    def add(self, keys: Sequence[Key]) -> None:
        """Take keys that came together."""
        if self._held:
            self._more = True
        else:
            self._later(QUIET, self._settle)
        self._held += keys

    def holds(self, event: Event) -> bool:
        """Whether this event is held now, behind those that came before it."""
        if not self._held or not isinstance(event, Key | Paste):
            return False
        self._held.append(event)
        return True

    def _settle(self) -> None:
        if self._more:
            self._more = False
            self._later(QUIET, self._settle)
            return
        held, self._held = self._held, []
        keys = [one for one in takewhile(_writes, held) if isinstance(one, Key)]
        if (text := pasted_text(keys)) and self._takes_paste():
            held[: len(keys)] = [Paste(text)]
        for event in held:
            self._send(event)


def _writes(event: Message) -> bool:
    return isinstance(event, Key) and bool(written(event))
