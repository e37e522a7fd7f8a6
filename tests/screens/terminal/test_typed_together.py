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
    has_command,
    is_paste,
    text_of,
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
    ("sent", "paste", "command"),
    [
        ("api is back\r", False, False),
        ("/advance\r", False, True),
        ("/sev SEV2\rapi", False, True),
        ("api is back\rdb is back\rall good\r", True, False),
        ("api is back\r/advance\r", True, True),
        ("api is back\r@14:02 /sev SEV2\rall good", True, True),
        ("api is back\n/advance\n", True, True),
        ("users said:\r> it is down\r", True, True),
        ("error in /var/log/api\rat 14:02\r", True, False),
    ],
)
def test_several_lines_are_a_paste_and_it_is_known_whether_a_command_is_among_them(
    sent: str, paste: bool, command: bool
) -> None:
    text = text_of(keys(sent))
    assert text == sent.replace("\r", "\n")
    assert (is_paste(text), has_command(text)) == (paste, command)


class Hands:
    """Takes up what was held, at once when it is told to."""

    def __init__(self, *, takes_paste: bool = True) -> None:
        self.sent: list[Event] = []
        self.events: list[Event] = []
        self.timers: list[Callable[[], None]] = []
        self.together = TypedTogether(
            lambda seconds, call: self.timers.append(call),
            self.events.append,
            lambda text: takes_paste,
        )

    def type(self, event: Event) -> None:
        """An event comes to the app."""
        if not self.together.holds(event):
            self.sent.append(event)

    def rest(self) -> None:
        """Nothing more comes but what was sent again."""
        while self.timers or self.events:
            while self.events:
                self.type(self.events.pop(0))
            if self.timers:
                self.timers.pop()()

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


def test_lines_that_a_program_types_one_by_one_are_typed_and_no_part_of_a_paste() -> None:
    hands = Hands()
    for line in ("one\r", "two\r", "three\r/adv", "ance\rlast\r"):
        hands.together.add(keys(line))
    hands.rest()
    assert "".join(str(one.character) for one in hands.sent[:8] if isinstance(one, Key)) == (
        "one\rtwo\r"
    )
    assert hands.typed[8:] == ["three\n/advance\nlast\n"]


def test_what_is_pressed_while_held_keys_are_on_their_way_stands_behind_them() -> None:
    hands = Hands()
    first = keys("one\r")
    hands.together.add(first)
    hands.timers.pop()()  # they come again, behind what the app was sent before that
    second, behind = keys("two\r"), Key("x", "x")
    hands.together.add(second)
    hands.type(behind)
    hands.rest()
    assert hands.sent == [*first, *second, behind]


def test_a_key_behind_a_paste_is_pressed_behind_it() -> None:
    hands = Hands()
    hands.together.add(keys("one\r/advance\r"))
    behind = Key("f8", None)
    hands.together.holds(behind)
    hands.rest()
    assert hands.typed[0] == "one\n/advance\n"
    assert hands.sent[1:] == [behind]
