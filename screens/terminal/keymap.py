"""The keys that a user has set for actions of the console: what they mean, and what is wrong.

Nothing here asks Textual which actions there are: they are handed in as `Declared`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import punctuation

from textual.binding import Binding
from textual.keys import Keys

from incident_tui.domain.core.commands import nearest
from incident_tui.screens.terminal.plain_keys import ALT_DIGITS

_MODIFIERS = ("alt", "ctrl", "shift")
_NAMED = {key.value for key in Keys if "+" not in key.value and not key.value.startswith("<")}
_ARRIVES_AS = {
    "ctrl+m": "enter",
    "ctrl+j": "enter",
    "ctrl+i": "tab",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}
"""What a terminal sends for these, so that they cannot be told apart."""
_TAKEN = {"ctrl+p": "it opens the list of everything by name"}
"""Keys of the framework that stay what they are, and why."""
_SIGNS = {
    sign: binding.key
    for sign in f" {punctuation}".replace(",", "")
    for binding in Binding.make_bindings([Binding(sign, "")] if sign.strip() else [])
} | {" ": "space", ",": "comma"}
"""Signs, and what the framework calls their keys."""


@dataclass(frozen=True, slots=True)
class Declared:
    """An action as it comes: the keys that lead to it, and where it can be pressed.

    Two actions of one `place`, or of none, which is everywhere, can be reached at the same time;
    so can those of a place that is part of others, which are its `wholes`, with theirs. In a place
    that `takes_text` a letter is text. One that is `fixed` stands for several keys.
    """

    id: str
    keys: tuple[str, ...]
    help: str = ""
    place: str = ""
    takes_text: bool = False
    fixed: bool = False
    wholes: frozenset[str] = frozenset()

    def is_apart(self, other: "Declared") -> bool:
        """Whether no place has both."""
        places, others = {self.place, *self.wholes}, {other.place, *other.wholes}
        return bool(self.place and other.place) and not places & others


@dataclass(frozen=True, slots=True)
class Checked:
    """The keys that hold, by the id of the action, and what is wrong with the others."""

    keys: Mapping[str, tuple[str, ...]]
    problems: tuple[str, ...] = ()


def checked(wanted: Mapping[str, object], declared: Sequence[Declared]) -> Checked:
    """What can be done of what a user wants; an action that is left out keeps the keys it has.

    `wanted` is a table of TOML: an id of an action, in one word or as nested tables, and its keys,
    as a text with commas or as a list.
    """
    actions = {one.id: one for one in declared}
    held: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for name, value in _flat(wanted):
        try:
            held[name] = _keys(name, value, actions)
        except ValueError as error:
            problems.append(f"{name}: {error}{_kept(actions.get(name))}")
    while clash := _clash(held, declared):
        one, other, key = clash
        dropped = [name for name in (one.id, other.id) if name in held]
        for name in dropped:
            del held[name]
        if len(dropped) > 1:
            text = f"both on {key}; both keep the keys they have"
        else:
            named = f"{other.id} ({other.help})" if other.id else other.help
            text = f"{key} is the key of {named} already{_kept(one)}"
        problems.append(f"{' and '.join(dropped)}: {text}")
    return Checked(held, tuple(problems))


def shown(key: str) -> str:
    """A key as people write it."""
    return f"alt+{ALT_DIGITS.index(key)}" if key in ALT_DIGITS else key


def _flat(table: Mapping[str, object], before: str = "") -> Iterable[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _kept(action: Declared | None) -> str:
    if action is None:
        return ""
    return f"; it stays on {', '.join(dict.fromkeys(shown(key) for key in action.keys))}"


def _keys(name: str, value: object, actions: Mapping[str, Declared]) -> tuple[str, ...]:
    """The keys of an action. Raises `ValueError` with what is wrong."""
    action = actions.get(name)
    if action is None:
        raise ValueError(f"there is no such action; {nearest(name, actions)} docs/keys.md has all")
    if action.fixed:
        raise ValueError("these keys belong together and cannot be changed")
    words = value.split(",") if isinstance(value, str) else value
    if not isinstance(words, Sequence) or not all(isinstance(word, str) for word in words):
        raise ValueError('keys are written as "f6" or "f6, x"')
    keys = tuple(_key(word.strip() or word) for word in words if word)
    if not keys:
        raise ValueError("it names no key")
    if action.takes_text and all(map(_is_letter, keys)) and not all(map(_is_letter, action.keys)):
        one = "is a letter of text" if len(keys) == 1 else "are letters of text"
        raise ValueError(f"{', '.join(words)} {one}, and it must act while somebody types")
    return keys


def _key(word: str) -> str:
    """One key as the framework calls it. Raises `ValueError` for one that is none."""
    *modifiers, last = word.split("+") if word not in ("+", "ctrl++") else [word]
    modifiers = sorted(one.strip().lower() for one in modifiers)
    last = last.strip() or last
    if len(last) > 1 or modifiers:
        last = last.lower()
    if strange := [one for one in modifiers if one not in _MODIFIERS]:
        raise ValueError(f"there is no key {word}: {strange[0]} is none of {', '.join(_MODIFIERS)}")
    if modifiers == ["alt"] and last in "0123456789":
        return ALT_DIGITS[int(last)]
    if len(last) > 1 and last not in _NAMED and last not in _SIGNS.values():
        raise ValueError(f"there is no key {word}; {nearest(last, sorted(_NAMED))}")
    key = "+".join([*modifiers, _SIGNS.get(last, last)])
    if key in _ARRIVES_AS:
        raise ValueError(f"a terminal sends {word} as {_ARRIVES_AS[key]}")
    if key in _TAKEN:
        raise ValueError(f"{word} stays what it is: {_TAKEN[key]}")
    return key


def _is_letter(key: str) -> bool:
    return len(key) == 1 or key in _SIGNS.values()


def _clash(
    held: Mapping[str, tuple[str, ...]], declared: Sequence[Declared]
) -> tuple[Declared, Declared, str] | None:
    """Two actions, the first of them changed, that one key would mean in one place; and the key.

    Those that share a key as they come never act at the same time.
    """
    for one in declared:
        for other in declared if one.id in held else ():
            both = {*held[one.id]} & {*held.get(other.id, other.keys)}
            differ = one.id != other.id and not {*one.keys} & {*other.keys}
            if both and differ and not one.is_apart(other):
                return one, other, shown(min(both))
    return None
