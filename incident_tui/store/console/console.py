"""What one console keeps beside an incident: the drafts of its owner, and its side file."""

from incident_tui.store.console.console_folder import ConsoleFolder
from incident_tui.store.console.drafts import Drafts
from incident_tui.store.console.machine_state import State
from incident_tui.store.console.side_file import aside_in


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
