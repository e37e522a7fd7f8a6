"""Which keys there are, read from the bindings themselves, for the help and the palette.

No key is written down here: a binding that is declared or remapped anywhere shows up by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.dom import DOMNode

from incident_tui.screens.terminal.textual_internals import bindings_of


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


def known_keys(node: DOMNode) -> list[KnownKey]:
    """The bindings of one screen, widget or app that have an id and say what they do."""
    keys: dict[str, list[str]] = {}
    found: dict[str, KnownKey] = {}
    for key, candidates in bindings_of(node).key_to_bindings.items():
        for binding in candidates:
            if not binding.id or not binding.tooltip:
                continue
            keys.setdefault(binding.id, []).append(
                node.app.get_key_display(binding.with_key(key, binding.key_display))
            )
            shown = " ".join(dict.fromkeys(keys[binding.id]))
            found[binding.id] = KnownKey(binding.id, shown, binding.tooltip, binding.action, node)
    return list(found.values())


def without_repeats(nodes: Iterable[DOMNode]) -> list[KnownKey]:
    """The keys of several nodes; a binding that many of them share is listed once."""
    found: dict[str, KnownKey] = {}
    for node in nodes:
        for known in known_keys(node):
            found.setdefault(known.id, known)
    return list(found.values())
