"""Who types, as they have said once or as it is only supposed; and keeping what they say."""

from collections.abc import Callable
from pathlib import Path

from incident_tui.store.files.errors import StoreError
from incident_tui.store.user_settings import UserSettings


class Introduction:
    """Whoever types, called `name` from the start; `shown` writes a path as people do.

    With `settings` that is only what git and the system say: they are asked once whether it is
    true, and what they answer is kept there. Without, nobody asks.
    """

    def __init__(
        self,
        name: str,
        settings: UserSettings | None = None,
        shown: Callable[[Path], str] = str,
    ) -> None:
        self.name = name
        self._settings = settings
        self._shown = shown
        self._asked = False

    @property
    def due(self) -> bool:
        """Whether they have not said yet who they are."""
        return self._settings is not None

    def ask(self) -> bool:
        """Whether to ask now: once while the program runs, and not where it was said."""
        now, self._asked = self.due and not self._asked, True
        return now

    def remember(self, name: str) -> str:
        """Keep who they are for every later start; what came of it, as the end of a sentence.

        Nothing is kept where it was known before: somebody else only sat down at the terminal.
        """
        settings, self._settings = self._settings, None
        if settings is None:
            return ""
        self.name = name
        try:
            path = settings.remember("me", name)
        except StoreError as problem:
            return f", for now: {problem.brief}"
        return (
            f", remembered in {self._shown(path)}"
            if path
            else ", for now: there is no folder for settings"
        )
