"""The command palette: every line that can be begun, and every key's action, found by name.

The palette reads what it is handed as markup, so it is handed rich's text, which is none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Command
from incident_tui.screens.painted_text import visible
from incident_tui.screens.terminal.command_keys import verb_action
from incident_tui.screens.terminal.known_keys import KnownKey, known_keys
from incident_tui.screens.war_room.war_room import WarRoom

WHOLE_WORD = 20.0
"""What the beginning of another word for it counts; letters scattered over a name count less."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the palette offers: how it is called, what it does, and the doing."""

    name: str
    help: str
    do: IgnoreReturnCallbackType
    words: tuple[str, ...] = ()
    """Other words that it is looked for by."""

    def shown(self, marked: Callable[[int], bool] = lambda offset: False) -> Text:
        """Name and meaning on two lines, the letters that were looked for underlined."""
        name, meaning = visible(self.name), visible(self.help)
        text = Text(f"{name}\n  {meaning}", end="")
        text.stylize("dim", len(name))
        for offset in range(len(name)):
            if marked(offset):
                text.stylize("bold underline", offset, offset + 1)
        return text


class RoomCommands(Provider):
    """The lines and actions of the war room; of another screen, its actions."""

    _keys: dict[str, str] = {}

    async def discover(self) -> Hits:
        for command in self._commands():
            yield DiscoveryHit(command.shown(), command.do, text=visible(command.name))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for command in self._commands():
            name = visible(command.name)
            score, offsets = matcher.fuzzy_search.match(query, name)
            begins = [word for word in command.words if word.startswith(query.casefold())]
            in_meaning = matcher.match(visible(command.help)) / 2
            if likeness := max(score, in_meaning, WHOLE_WORD if begins else 0):
                offer = command if score or not begins else replace(
                    command, help=f"{begins[0]}: {command.help}"
                )  # fmt: skip
                yield Hit(likeness, offer.shown(set(offsets).__contains__), command.do, text=name)

    def _commands(self) -> Iterator[Offer]:
        screen = self.screen
        if isinstance(screen, WarRoom):
            self._keys = {known.id: known.keys for known in known_keys(screen)}
            yield from (self._begin(screen, form) for form in commands.every_command())
        else:
            choose = self.app.action_change_theme
            yield Offer("Theme", "the colours of the console", choose, ("colours", "dark", "light"))
        for node in (screen, self.app):
            for known in known_keys(node):
                if not known.id.startswith("verb."):
                    yield self._act(known)

    def _begin(self, war_room: WarRoom, form: Command) -> Offer:
        impossible = form.possible(war_room.controller.incident)
        text = f"not now: {impossible}" if impossible else ""
        lead = f"{form.lead} " if form.lead else ""
        key = self._keys.get(verb_action(form), "")
        text = "  ".join(filter(None, [form.syntax, key and f"key {key}", text]))
        words = (form.name.removeprefix("/"), *form.words)
        return Offer(form.title, text, partial(war_room.start_line, lead), words)

    def _act(self, known: KnownKey) -> Offer:
        do = partial(self.app.run_action, known.action, known.node)
        return Offer(known.help, f"key {known.keys}", do, known.words)
