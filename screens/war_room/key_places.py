"""Every action of the console that has a key, with the place where it can be pressed.

All screens are loaded for it: it is asked only where keys were changed, and for the page of keys.
"""

from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import walk_packages

from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import TextArea

from incident_tui import screens
from incident_tui.screens.terminal.command_keys import verb_bindings
from incident_tui.screens.terminal.keymap import Declared
from incident_tui.screens.war_room.war_room import WarRoom

_ROOM = ("war_room", "panes")
_PARTS = ("widgets", "terminal")
"""Packages whose classes can be part of any screen."""


def classes() -> list[type[DOMNode]]:
    """The classes of the screens that declare keys, the war room's first, the others by name."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    with_keys = [
        known
        for known in dict.fromkeys(_below(DOMNode))
        if known.__module__.startswith(f"{screens.__name__}.") and list(declared_by(known))
    ]
    return sorted(with_keys, key=lambda known: (known is not WarRoom, known.__module__))


def declared_by(known: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that this class itself declares; those without an id are Textual's affair."""
    for binding in known.__dict__.get("BINDINGS", ()):
        if isinstance(binding, Binding) and binding.id:
            yield binding
    if known is WarRoom:
        yield from verb_bindings()


def every_action(app: type[DOMNode]) -> list[Declared]:
    """What can be remapped, beside the keys of the app and those of texts, which only are taken."""
    actions = [*_actions(app, "", takes_text=True)]
    for known in classes():
        package, place = _place(known)
        in_lists = package == "browse" or known.__module__.endswith(".rows")
        wholes = frozenset(_place(heir)[1] for heir in _below(known))
        actions += _actions(known, place, takes_text=not in_lists, wholes=wholes)
        if package == "forms":
            keys = (key for one in TextArea.BINDINGS for key in _keys(one))
            actions.append(Declared("", tuple(keys), "moving and cutting in a text", place))
    return actions


def _place(known: type[DOMNode]) -> tuple[str, str]:
    """The package of a class, and the place that its keys belong to; none for a part of any."""
    _, _, package, *rest = known.__module__.split(".")
    place = "room" if package in _ROOM else rest[-1].partition("_")[0]
    return package, "" if package in _PARTS else place


def _actions(
    known: type[DOMNode], place: str, *, takes_text: bool, wholes: frozenset[str] = frozenset()
) -> Iterable[Declared]:
    made: dict[str, Declared] = {}
    deeds: dict[str, set[str]] = {}
    for binding in declared_by(known):
        name = binding.id or ""
        deeds.setdefault(name, set()).add(binding.action)
        before = made[name].keys if name in made else ()
        made[name] = Declared(
            name,
            (*before, *_keys(binding)),
            binding.tooltip,
            place,
            takes_text,
            fixed=len(deeds[name]) > 1,
            wholes=wholes,
        )
    return made.values()


def _keys(binding: object) -> Iterator[str]:
    if isinstance(binding, Binding):
        yield from (one.key for one in Binding.make_bindings([binding]))


def _below(base: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for known in base.__subclasses__():
        yield known
        yield from _below(known)
