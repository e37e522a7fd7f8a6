"""Which keys there are, read from the bindings themselves, for the help and the palette.

No key is written down here: a binding that is declared or remapped anywhere shows up by itself.
Beside its `BINDINGS` a class may say in `KEY_WORDS` by which other words a key is looked for (by
the id of its binding, separated by blanks), and in `BINDING_GROUP_TITLE` how the place is called.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from textual.actions import parse
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import key_to_character
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from incident_tui.domain.core.key_names import as_it_comes
from incident_tui.screens.terminal.command_keys import verb_bindings
from incident_tui.screens.terminal.keymap import shown
from incident_tui.screens.terminal.textual_internals import bindings_of, keymap_of

LAST = frozenset(
    {f"rows.{name}" for name in ("up", "down", "left", "right", "top", "bottom")}
    | {f"rows.{much}_{way}" for much in ("page", "half") for way in ("up", "down")}
    | {"screen.help", "screen.help_too", "screen.jump"}
)
"""What is the same in every list and on every screen: it is told behind what the place is for."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A binding with all the keys that lead to it, as a reader knows them."""

    id: str
    keys: str
    help: str
    """What it does, in a sentence."""
    action: str
    node: DOMNode
    """Where the action runs."""
    words: tuple[str, ...] = ()
    """Other words that people look for it by."""


def known_keys(node: DOMNode, *, letters: bool = True) -> list[KnownKey]:
    """The bindings of one screen, widget or app that have an id and say what they do.

    Without `letters` those keys are left out that are text where text is typed.
    """
    keys: dict[str, list[str]] = {}
    by_id: dict[str, KnownKey] = {}
    words = _words(type(node))
    for key, candidates in bindings_of(node).key_to_bindings.items():
        for binding in candidates:
            if not binding.id or not binding.tooltip or (_is_text(key) and not letters):
                continue
            keys.setdefault(binding.id, []).append(
                node.app.get_key_display(binding.with_key(key, binding.key_display))
            )
            by_id[binding.id] = KnownKey(
                binding.id,
                " ".join(dict.fromkeys(keys[binding.id])),
                binding.tooltip,
                binding.action,
                node,
                tuple(words.get(binding.id, "").split()),
            )
    return list(by_id.values())


def key_text(node: DOMNode, action: str) -> str:
    """The first key that leads to an action now, as texts name it: ``F6``, ``ctrl+l``.

    `action` is the id of a binding that a class declares which is loaded, or one that texts below
    the console name.
    """
    key = keymap_of(node.app).get(action, "").partition(",")[0] or _as_declared(action)
    if key in _NAMES:
        return _NAMES[key]
    return key.upper() if re.fullmatch(r"f\d+", shown(key)) else shown(key)


_NAMES = {"escape": "Esc", "enter": "Enter", "tab": "Tab", "question_mark": "?", "slash": "/"}


@cache
def _as_declared(action: str) -> str:
    """The first key of an action as it is declared. Raises `LookupError` where none is known."""
    classes = list(DOMNode.__subclasses__())
    while classes:
        known = classes.pop()
        classes += known.__subclasses__()
        for binding in known.__dict__.get("BINDINGS", ()):
            if isinstance(binding, Binding) and binding.id == action:
                return binding.key.partition(",")[0]
    for binding in verb_bindings():
        if binding.id == action:
            return binding.key
    return as_it_comes(action)


def _is_text(key: str) -> bool:
    character = key_to_character(key)
    return character is not None and character.isprintable()


def known_here(screen: Screen[object], *, now: bool = False) -> list[KnownKey]:
    """The keys of the place where the focus of a screen is, those of the focus first.

    What the screen's own text fields do with letters, and what acts on every screen, is left out;
    with `now` also what does nothing as things stand.
    """
    chain = [screen] if screen.focused is None else screen.focused.ancestors_with_self
    nodes = [node for node in chain if isinstance(node, Widget)]
    typed = now and isinstance(screen.focused, Input | TextArea)
    keys = [
        known
        for known in without_repeats(nodes, letters=not typed)
        if not known.id.startswith("line.") and (not now or _acts(known))
    ]
    return sorted(keys, key=lambda known: known.id in LAST)


def _acts(known: KnownKey) -> bool:
    namespace, name, parameters = parse(known.action)
    nodes = {"app": known.node.app, "screen": known.node.screen}
    return nodes.get(namespace, known.node).check_action(name, parameters) is not False


def place_of(screen: Screen[object]) -> str:
    """How the place is called that the focus of a screen is in; empty where nobody named it."""
    chain = [screen] if screen.focused is None else screen.focused.ancestors_with_self
    return next((str(node.BINDING_GROUP_TITLE) for node in chain if node.BINDING_GROUP_TITLE), "")


def _words(known: type) -> dict[str, str]:
    """What `KEY_WORDS` says beside the bindings of a class and of those that it is made of."""
    words: dict[str, str] = {}
    for base in reversed(known.__mro__):
        words |= base.__dict__.get("KEY_WORDS", {})
    return words


def without_repeats(nodes: Iterable[DOMNode], *, letters: bool = True) -> list[KnownKey]:
    """The keys of several nodes; a binding that many of them share is listed once."""
    by_id: dict[str, KnownKey] = {}
    for node in nodes:
        for known in known_keys(node, letters=letters):
            by_id.setdefault(known.id, known)
    return list(by_id.values())
