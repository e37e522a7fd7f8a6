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
        together = list(group)
        keys = [one for one in together if isinstance(one, Key)]
        if writes and len(keys) >= FEW:
            yield KeysTogether(keys)
        else:
            yield from together


def written(key: Key) -> str:
    """What a key writes; empty where it does anything else."""
    return _MORE.get(key.key) or (key.character or "" if key.is_printable else "")


def text_of(keys: Sequence[Key]) -> str:
    """What keys write together."""
    return "".join(map(written, keys))


def is_paste(text: str) -> bool:
    """Whether a text that came at once is one of several lines."""
    return text.count("\n") >= LINES


def has_command(text: str) -> bool:
    """Whether one of its lines would be more than a fact."""
    return bool(_COMMAND.search(text))


class TypedTogether:
    """Holds keys that came together until all have come, and what is typed behind them meanwhile.

    `later` calls a function after so many seconds. `send` has an event come again, behind those
    that are on their way already. What is a paste goes as one where `takes_paste` says that its
    text would be taken. Lines that a program types one by one are none, however fast it does.
    """

    def __init__(
        self,
        later: Callable[[float, Callable[[], None]], object],
        send: Callable[[Event], object],
        takes_paste: Callable[[str], bool],
    ) -> None:
        self._later = later
        self._send = send
        self._takes_paste = takes_paste
        self._held: list[Event] = []
        self._expected: list[Event] = []  # what was sent and did not come again yet
        self._waits = False
        self._more = False

    def add(self, keys: Sequence[Key]) -> None:
        """Take keys that came together; they belong to those before if these broke off."""
        if self._held and not self._broke_off:
            self._send_on()
        self._hold(keys)

    def holds(self, event: Event) -> bool:
        """Whether this event is held now, behind those that came before it."""
        if not isinstance(event, Key | Paste):
            return False
        for place, sent in enumerate(self._expected):
            if sent is event:
                del self._expected[: place + 1]
                return False
        if not (self._held or self._expected):
            return False
        self._hold([event])
        return True

    def _hold(self, events: Sequence[Event]) -> None:
        self._held += events
        if not self._waits:
            self._waits = True
            self._later(QUIET, self._settle)
        elif len(events) > 1:
            self._more = True

    @property
    def _broke_off(self) -> bool:
        """Whether what is held ends within a line, or is part of a paste already."""
        keys = self._keys
        text = text_of(keys)
        return len(keys) == len(self._held) and (not text.endswith("\n") or is_paste(text))

    @property
    def _keys(self) -> list[Key]:
        """The keys that are held, as far as each of them writes."""
        return [one for one in takewhile(_writes, self._held) if isinstance(one, Key)]

    def _settle(self) -> None:
        if self._more:
            self._more = False
            self._later(QUIET, self._settle)
            return
        self._waits = False
        self._send_on()

    def _send_on(self) -> None:
        keys = self._keys
        held, self._held = self._held, []
        text = text_of(keys)
        if is_paste(text) and self._takes_paste(text):
            held[: len(keys)] = [Paste(text)]
        self._expected += held
        for event in held:
            self._send(event)


def _writes(event: Message) -> bool:
    return isinstance(event, Key) and bool(written(event))
