"""What one console keeps beside an incident: the drafts of its owner, and its side file."""

from collections.abc import Callable
from contextlib import ExitStack
from threading import Lock, Thread

from incident_tui.store.console.console_folder import ConsoleFolder
from incident_tui.store.console.console_log import ConsoleLog
from incident_tui.store.console.drafts import Drafts
from incident_tui.store.console.machine_state import State
from incident_tui.store.console.side_file import aside_in

_CLOSERS: set[Thread] = set()
"""The threads that close consoles of this process. Python's exit waits for them."""
_BEGINNING = Lock()
"""Held while such a thread is begun: nobody can wait for one that does not run yet."""


class Console:
    """Both lie in one folder, which closing lets others have; `log` is that of all consoles.

    Making one waits until those that this process left are closed: it takes up their drafts.
    """

    def __init__(self, state: State, incident_id: str, actor: str) -> None:
        with _BEGINNING:
            closing = list(_CLOSERS)
        for thread in closing:
            thread.join()
        self._folder = ConsoleFolder(state, incident_id)
        self.drafts = Drafts(self._folder, actor)
        self.aside = aside_in(self._folder)
        self.log = ConsoleLog(state.root)

    def close(self) -> None:
        """Write what is not written yet, and give the folder back, whatever else goes wrong."""
        with ExitStack() as ends:
            ends.callback(self._folder.close)
            ends.callback(self.log.close)
            ends.callback(self.drafts.close)

    def close_behind(self, first: Callable[[], None] = lambda: None) -> None:
        """Do `first`, then close, on a thread of its own: whoever leaves waits for no disk."""

        def work() -> None:
            try:
                with ExitStack() as ends:
                    ends.callback(self.close)
                    first()
            finally:
                _CLOSERS.discard(thread)

        thread = Thread(target=work, name="closing")
        with _BEGINNING:
            _CLOSERS.add(thread)
            thread.start()
