"""An app in the colours of the product: its themes, their meanings, and text that can be read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import ReturnType
from textual.command import CommandPalette, Hit, Hits
from textual.filter import LineFilter
from textual.theme import ThemeProvider

from incident_tui.screens.terminal.contrast import ReadableText
from incident_tui.screens.terminal.themes import (
    DARK,
    THEMES,
    meanings,
    with_few_colours,
    without_colour,
)
from incident_tui.screens.terminal.typed_ahead import TypedAheadApp

OWN = frozenset(theme.name for theme in THEMES)
LEAD = 1000.0
"""By how much a theme of the product is a better find than one of the others."""


class OwnThemesFirst(ThemeProvider):
    """The themes by name, those of the product before the others; "light" finds its own first."""

    @property
    def commands(self) -> list[tuple[str, Callable[[], None]]]:
        return sorted(super().commands, key=lambda one: one[0] not in OWN)

    async def search(self, query: str) -> Hits:
        async for hit in super().search(query):
            if isinstance(hit, Hit) and hit.text in OWN:
                yield replace(hit, score=hit.score + LEAD)
            else:
                yield hit


class ThemedApp(TypedAheadApp[ReturnType]):
    """Begins in the dark theme; every theme of Textual can be chosen."""

    KEY_WORDS: ClassVar[dict[str, str]] = {
        "app.quit": "exit close leave logout",
        "app.incidents": "list switch open other declare new",
        "app.follow_up": "todo tasks debts owed",
    }
    """By which other words the keys of the console are looked for, by the id of the binding."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._readable = ReadableText(few_colours=self.few_colours)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def search_themes(self) -> None:
        """Show the themes, to choose one."""
        self.push_screen(CommandPalette([OwnThemesFirst], placeholder="Search for themes…"))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What each painted line goes through."""
        return [*super().get_line_filters(), self._readable]

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; with NO_COLOR those that tell it by light and dark alone."""
        variables = super().get_css_variables()
        if self.few_colours:
            variables |= with_few_colours(variables)
        if self.no_color:
            variables |= without_colour(variables)
        self.theme_variables = variables
        return variables

    @property
    def few_colours(self) -> bool:
        """Whether the terminal has 16 colours, or 8."""
        return self.console.color_system == "standard"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What colours mean in a theme that is none of the product's."""
        return meanings(self.current_theme)
