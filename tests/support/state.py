"""What consoles keep beside an incident, read and written as tests need it."""

import shutil
from pathlib import Path

from incident_tui.store.console.drafts import unsent
from incident_tui.store.console.machine_state import CONSOLES
from incident_tui.store.console.side_file import FILE, Aside
from incident_tui.store.files.atomic import SYSTEM, System
from incident_tui.store.home import Home


def side_file(folder: Path, system: System = SYSTEM) -> Aside:
    """The side file in a folder, which is made with it."""

    def make() -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    return Aside(make, lambda: [folder / FILE], system=system)


def kept_texts(home: Home, incident_id: str = "") -> dict[str, str]:
    """The drafts of all consoles on an incident that the disk has, by place."""
    return {place: text for _, kept in unsent(home.state, incident_id)
            for place, text in kept.texts.items()}  # fmt: skip


def copy_consoles(one: Home, other: Home) -> None:
    """Give another home what the consoles of this one keep, as a crash at this moment leaves it."""
    folder = one.state.folder
    assert folder is not None
    if (folder / CONSOLES).exists():
        shutil.copytree(folder / CONSOLES, other.state.make() / CONSOLES)
