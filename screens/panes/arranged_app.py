"""An app with the colours and the panes that its user has chosen, kept for the next start."""

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import Any

from textual import work
from textual.app import App, ReturnType
from textual.reactive import reactive
from textual.theme import Theme

from incident_tui.screens.panes.arrangement import Arrangement
from incident_tui.screens.panes.registry import STANDARD
from incident_tui.screens.terminal.themed_app import ThemedApp
from incident_tui.store.files.errors import StoreError
from incident_tui.store.user_settings import DEFAULTS, Settings

Keep = Callable[[str, str], object]
"""Keeps a setting: its name and its value. Raises `StoreError`."""


class ArrangedApp(ThemedApp[ReturnType]):
    """Begins with the settings; a change of theme or panes is the user's, and is kept."""

    arrangement: reactive[Arrangement] = reactive(STANDARD)

    def __init__(
        self, *given: Any, settings: Settings = DEFAULTS, keep: Keep | None = None, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self._keep = keep
        self._settings_lock = Lock()
        if settings.theme in self.available_themes:
            self.theme = settings.theme
        self.set_reactive(ArrangedApp.arrangement, STANDARD.read(settings.layout))

    def on_mount(self) -> None:
        """From here on a change is the user's."""
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.watch(self, "arrangement", self._arrangement_changed, init=False)

    def _theme_changed(self, theme: Theme) -> None:
        self._remember("theme", theme.name)

    def _arrangement_changed(self, arrangement: Arrangement) -> None:
        self._remember("layout", "" if arrangement == STANDARD else str(arrangement))

    def _remember(self, name: str, value: str) -> None:
        if self._keep is not None:
            self._keep_setting(partial(self._keep, name, value), name)

    @work(thread=True, exit_on_error=False, group="settings")
    def _keep_setting(self, keep: Callable[[], object], name: str) -> None:
        with self._settings_lock:  # the last of several is what stands there
            try:
                keep()
            except StoreError as problem:
                text = f"The {name} is not kept: {problem.brief}"
                self.call_from_thread(self.notify, text, markup=False)


def arrangement_of(app: App[Any]) -> Arrangement:
    """How the user of this app has arranged the panes."""
    return app.arrangement if isinstance(app, ArrangedApp) else STANDARD
