"""Making a playbook of one's own out of another, comments and all. Loading them is the store's."""

import re
from pathlib import Path

from incident_tui.domain import discovery
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.text import clean_line
from incident_tui.door import check_way
from incident_tui.store import playbook_files
from incident_tui.store.files.errors import NotSaved, not_saved
from incident_tui.store.home import Home
from incident_tui.store.log.folder_names import is_safe


def copy_playbook(origin: Path, name: str, home: Home) -> Path:
    """Put a copy of `origin` among the home's playbooks under `name`; returns its file.

    Only its id and title are changed. Raises `Refused` for a name that no file can have on every
    system, `PlaybookError` when the original cannot be used, `NotSaved`.
    """
    if not is_safe(name):
        raise Refused(
            f"{clean_line(name)!r} cannot be the name of a playbook: "
            "letters, digits, hyphens and dots, a letter or digit at both ends"
        )
    playbook_files.load(origin, discovery.vocabulary)
    target = home.playbooks / f"{name}.toml"
    try:
        text = origin.read_text(encoding="utf-8")
        check_way(target, home.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="") as file:
            file.write(renamed(text, name))
    except FileExistsError:
        raise NotSaved(target, "there is a playbook of that name", "Choose another name.") from None
    except OSError as error:
        raise not_saved(target, error) from error
    return target


def renamed(text: str, name: str) -> str:
    """The text of a playbook with another id and title, everything else as it was."""
    # What stands before the first table belongs to the playbook itself.
    first = re.search(r"^[ \t]*\[", text, re.M)
    end = first.start() if first else len(text)
    head = text[:end]
    for key, value in (("id", name), ("title", name.replace("-", " ").capitalize())):
        known = re.compile(rf"""^([ \t]*{key}[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""", re.M)
        head = known.sub(rf'\g<1>"{value}"', head, count=1)
    return head + text[end:]
