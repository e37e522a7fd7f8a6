"""Every screen that the console has, found in its packages: whoever adds one is in every test."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from incident_tui import screens
from incident_tui.screens.widgets.chrome.view import View


def every_screen() -> list[type[View[Any]]]:
    """The screens that are shown, which others are not made of, by name."""
    for module in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(module.name)
    return sorted(set(_below(View)), key=lambda known: known.__name__)


def _below(base: type[Any]) -> Iterator[type[Any]]:
    for heir in base.__subclasses__():
        yield from _below(heir)
        if heir.__module__.startswith("incident_tui") and not heir.__subclasses__():
            yield heir
