"""What one read of the terminal brings: single keys, typing, or a paste without its marks."""

from collections.abc import Callable

import pytest
from textual._xterm_parser import XTermParser
from textual.events import Event, Key, Paste
from textual.message import Message

from incident_tui.screens.terminal.typed_together import (
    KeysTogether,
    TypedTogether,
    gathered,
    pasted_text,
)


def read(text: str) -> list[Message]:
    """What the console is told of, where the terminal sends this at once."""
    return list(gathered(XTermParser().feed(text)))


def keys(text: str) -> list[Key]:
    return [one for one in XTermParser().feed(text) if isinstance(one, Key)]


@pytest.mark.parametrize(
    ("sent", "kinds"),
    [
        ("a", [Key]),
        ("ab", [Key, Key]),
        ("\r", [Key]),
        ("\x1b[A\x1b[A\x1b[A\x1b[A", [Key] * 4),
        ("api is back\r", [KeysTogether]),
        ("\x15api is back\r", [Key, KeysTogether]),
        ("\x1b[200~one\r/advance\rtwo\x1b[201~", [Paste]),
        ("grün\tist es\r", [KeysTogether]),
    ],
)
def test_keys_that_write_and_came_in_one_read_stay_together(
    sent: str, kinds: list[type[Message]]
) -> None:
    assert [type(one) for one in read(sent)] == kinds


@pytest.mark.parametrize(
    ("sent", "is_paste"),
    [
        ("api is back\r", False),
        ("/advance\r", False),
        ("/sev SEV2\rapi", False),
        ("api is back\rdb is back\rall good\r", False),
        ("api is back\r/advance\r", True),
        ("/advance\r/approve\r", True),
        ("api is back\r@14:02 /sev SEV2\rall good", True),
        ("api is back\n/advance\n", True),
        ("users said:\r> it is down\r", True),
        ("error in /var/log/api\rat 14:02\r", False),
    ],
)
def test_several_lines_with_a_command_among_them_are_a_paste(sent: str, is_paste: bool) -> None:
    text = sent.replace("\r", "\n")
    assert pasted_text(keys(sent)) == (text if is_paste else "")


class Hands:
    """Takes up what was held, at once when it is told to."""

    def __init__(self, *, takes_paste: bool = True) -> None:
        self.sent: list[Event] = []
        self.waiting: list[Callable[[], None]] = []
        self.together = TypedTogether(
            lambda seconds, call: self.waiting.append(call), self.sent.append, lambda: takes_paste
        )

    def rest(self) -> None:
        """Nothing more comes."""
        while self.waiting:
            self.waiting.pop()()

    @property
    def typed(self) -> list[str]:
        return [one.text if isinstance(one, Paste) else str(one) for one in self.sent]


def test_a_paste_that_takes_several_reads_is_one() -> None:
    hands = Hands()
    hands.together.add(keys("api is back\r/adv"))
    hands.together.add(keys("ance\rall good"))
    assert hands.together.holds(Key("enter", "\r"))
    hands.rest()
    assert hands.typed == ["api is back\n/advance\nall good\n"]
    assert not hands.together.holds(Key("enter", "\r"))


@pytest.mark.parametrize("sent", ["api is back\r", "api is back\r/advance\r"])
def test_what_is_no_paste_or_cannot_be_taken_as_one_is_typed_in_its_order(sent: str) -> None:
    hands = Hands(takes_paste=False)
    pressed = keys(sent)
    hands.together.add(pressed)
    behind = Key("f8", None)
    assert hands.together.holds(behind)
    hands.rest()
    assert hands.sent == [*pressed, behind]


def test_a_key_behind_a_paste_is_pressed_behind_it() -> None:
    hands = Hands()
    hands.together.add(keys("one\r/advance\r"))
    behind = Key("f8", None)
    hands.together.holds(behind)
    hands.rest()
    assert hands.typed[0] == "one\n/advance\n"
    assert hands.sent[1:] == [behind]
