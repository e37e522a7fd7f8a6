"""What one console keeps beside an incident: the drafts of its owner, and its side file."""

from incident_tui.store.aside import aside_in
from incident_tui.store.console_folder import ConsoleFolder
from incident_tui.store.drafts import Drafts
from incident_tui.store.state import State


class Console:
    """Both lie in one folder, which `close` lets others have."""

    def __init__(self, state: State, incident_id: str, actor: str) -> None:
        self._folder = ConsoleFolder(state, incident_id)
        self.drafts = Drafts(self._folder, actor)
        self.aside = aside_in(self._folder)

    def close(self) -> None:
        """Write what is not written yet, and give the folder back."""
        self.drafts.close()
        self._folder.close()
