"""Entries that wait beside their logs: of which incidents, in which files, and what to do now.

Nothing is changed here; putting them back is `spooler`'s and `upkeep.recovery`'s.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from incident_tui.domain import discovery
from incident_tui.domain.values.text import counted
from incident_tui.store.files.errors import Gone, NoSuchIncident, StoreError
from incident_tui.store.home import Home


class Spooled(msgspec.Struct, frozen=True):
    """Entries of an incident in one file beside its log; `trouble` where that cannot be read.

    `gone` says that the log itself is not there.
    """

    id: str
    path: Path
    entries: int = 0
    gone: bool = False
    trouble: str = ""

    @property
    def summary(self) -> str:
        """What waits, and where."""
        if self.trouble:
            return f"what waits in {self.path} cannot be read: {self.trouble}"
        count = counted(self.entries, "entry waits", "entries wait")
        return f"{count} in the side file {self.path}"

    @property
    def mend(self) -> str:
        """What to do now."""
        if self.trouble:
            return "Change its permissions, then verify again."
        if self.gone:
            return (
                "If another branch is checked out, switch back and open the incident in the "
                f"console; otherwise `incident-tui recover {self.id}` makes its log anew with them."
            )
        return f"`incident-tui recover {self.id}` adds them; so does opening it in the console."


def spooled_of(home: Home, incident_id: str) -> list[Spooled]:
    """What waits of one incident, and is not in its log already. Raises `NoSuchIncident`."""
    discovery.load()
    aside = home.aside(incident_id)
    held: dict[Path, set[str] | OSError] = {}
    for path in aside.places:
        try:
            held[path] = {entry.id for entry in aside.held(path)}
        except OSError as error:
            held[path] = error
    if not any(held.values()):
        return []
    gone, known = _log(home, incident_id)
    spooled = []
    for path, names in held.items():
        if isinstance(names, OSError):
            trouble = names.strerror or str(names)
            spooled.append(Spooled(incident_id, path, gone=gone, trouble=trouble))
        elif names - known:
            spooled.append(Spooled(incident_id, path, len(names - known), gone))
            known |= names
    return spooled


def _log(home: Home, incident_id: str) -> tuple[bool, set[str]]:
    """Whether the log is not there, and which entries it holds as far as anybody can say."""
    try:
        return False, {entry.id for entry in home.file(incident_id).read().entries}
    except Gone:
        return True, set()
    except StoreError:
        return False, set()


def every_spooled(home: Home) -> Iterator[Spooled]:
    """What waits of every incident of the home, also of those whose folders are not there."""
    for name in home.state.incidents():
        try:
            yield from spooled_of(home, name)
        except NoSuchIncident:
            continue  # a file that this program never made


def homeless(home: Home) -> list[str]:
    """Ids of the incidents with entries that wait, and without a log."""
    return list(dict.fromkeys(one.id for one in every_spooled(home) if one.gone))
