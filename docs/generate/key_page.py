"""The page of keys: every binding with an id, read from the classes that declare it.

A screen or widget that is added anywhere in `screens/` shows up by itself, under its file's name.
"""

import sys
from collections.abc import Iterable
from itertools import groupby

from tables import MADE, table
from tasks import tasks
from textual.dom import DOMNode

from incident_tui.app import IncidentApp
from incident_tui.screens.war_room.key_places import classes, declared_by
from incident_tui.screens.widgets.chrome.view import View

EVERYWHERE = (IncidentApp, View)
"""What acts whichever screen is shown: the app's own keys, and those of every screen."""
HEAD = """\
Each key has a name. Letters act in panes and lists only; in the log line they are text. The keys of
a place stand in its last row, and F1 shows all of them.

Any key can be another one. The names stand in a table `[keys]` of `config.toml`, in your
configuration folder (`~/.config/incident-tui` on Linux), each with its keys:

```toml
[keys]
room.zoom = "shift+f9"
room.flags = "f6, shift+f6"
rows.filter = ["/", "ctrl+s"]
```

The keys that are named replace those that the action has. A key that is a letter of text, that no
terminal sends, or that another action of the same place has is told when the console starts, and
that action stays on its own keys. The keys of `menu.choose` belong together and stay.
"""


def keys() -> str:
    """Every key of every screen."""
    body = ["# Keys", MADE, "", HEAD, tasks(_first_keys())]
    body += ["## Everywhere", "", *_table(EVERYWHERE)]
    others = (known for known in classes() if known not in EVERYWHERE)
    for module, known in groupby(others, key=lambda one: one.__module__):
        heading = module.rpartition(".")[2].replace("_", " ").capitalize()
        what = (sys.modules[module].__doc__ or "").partition("\n")[0]
        body += [f"## {heading}", "", what, "", *_table(known)]
    return "\n".join(body)


def _first_keys() -> dict[str, str]:
    """The first key of every binding, by its name."""
    places: list[type[DOMNode]] = [*EVERYWHERE, *classes()]
    return {
        binding.id: (binding.key_display or binding.key).partition(",")[0]
        for known in places
        for binding in declared_by(known)
        if binding.id
    }


def _table(classes_of_place: Iterable[type[DOMNode]]) -> list[str]:
    bindings = [binding for known in classes_of_place for binding in declared_by(known)]
    lines = (
        (
            f"`{(binding.key_display or binding.key).replace(',', '`, `')}`",
            binding.tooltip,
            f"`{binding.id}`",
        )
        for binding in bindings
    )
    return [*table(("key", "what it does", "name"), dict.fromkeys(lines)), ""]
