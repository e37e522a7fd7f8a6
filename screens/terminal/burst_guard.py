"""The guard against typing into the wrong pane: letters that look like text are not run as keys.

What becomes of the text is the host's: it gets a `Burst` and hands it to the log line.
"""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from incident_tui.screens.terminal.typed_ahead import bring_on, is_gone, is_opening, is_sending

TOGETHER = 0.035
"""Seconds: letters closer than this were not pressed one by one to act."""
NEXT = 0.6
"""Seconds within which whoever types words presses the next letter, with what a busy machine or a
distant terminal adds to the slowest pace."""
ENOUGH_TOGETHER = 3
ENOUGH_IN_A_RUN = 4


@dataclass
class Burst(Message):
    """Text was typed, or pasted, into a pane that takes none; `text` holds all of it."""

    text: str
    key: events.Key | None = None
    """The key behind it, where that was no letter: it belongs to whatever takes the text."""
    done: tuple[str, ...] = ()
    """What the first letters did before they were known to be text: the ids of bindings."""
    entered: bool = False
    """Whether Enter was pressed behind it, which was taken for a list: the whole is a line."""
    at: float = float("inf")
    """When its last letter was pressed: what was typed later stands behind it."""
    since: float = float("inf")
    """When its first letter was pressed: right behind another letter it goes on with that word."""


class LetterGuard:
    """Holds the letters typed into `owner` for a moment and decides whether they are keys or text.

    The owner passes each key event to `key`. A letter acts `TOGETHER` seconds after it was pressed,
    unless more follow: several together, or a run of letters that mean nothing here, become a
    `Burst`. Bindings whose id is in `motions` are harmless, so they act at once, and a string of
    nothing but motions (a key held down, a slow connection) is never text. What `parts` with the
    console acts `NEXT` seconds after: in a word that is typed at leisure it is a letter of it.
    Letters and actions are paired by the owner's bindings alone, so a remapped key is guarded like
    any other.

    `clock` gives seconds that never run backwards; without one, keys count as they were pressed.
    """

    def __init__(
        self,
        owner: Widget,
        *,
        clock: Callable[[], float] | None = None,
        motions: frozenset[str] = frozenset(),
        parts: frozenset[str] = frozenset(),
    ) -> None:
        self._owner = owner
        self._clock = clock
        self._motions = motions
        self._parts = parts
        self._held: list[events.Key] = []
        self._decided = 0  # keys that were decided about, and whose turn has not come yet
        self._run: list[tuple[str, bool]] = []  # each character, and whether it means nothing here
        self._last = float("-inf")
        self._timer: Timer | None = None

    @property
    def is_holding(self) -> bool:
        """Whether letters are held that nothing is decided about yet."""
        return bool(self._held)

    def answered(self) -> None:
        """A key was the answer to a question: the letter before it is done with."""
        self._run = []

    def left(self) -> None:
        """The owner lost the focus; what is held is decided as ever."""

    def bring_on_held(self) -> None:
        """Give what is held to the screen that was opened by a key before, or comes to light."""
        self._stop_timer()
        held, self._held, self._run = self._held, [], []
        for key in held:
            bring_on(self._owner, key)

    def paste(self, text: str, time: float, *, entered: bool = False) -> None:
        """Take text that was pasted into the owner, at that second of the clock of keys."""
        self._owner.post_message(Burst(text))

    def key(self, event: events.Key) -> bool:
        """Take a key of the owner; one that is held or belongs to a text goes no further.

        Whether it is one of those.
        """
        if is_gone(self._owner):
            event.stop().prevent_default()
            bring_on(self._owner, event)
            return True
        now = self._clock() if self._clock else event.time
        since, self._last = now - self._last, now
        if self._held and since > self._patience:
            self._settle()  # the timer is late, the letters were alone all the same
        if not event.is_printable or event.character is None:
            text = self._settle()
            if text:
                event.stop().prevent_default()
            self._run = []
            return text
        active = self._owner.screen.active_bindings.get(event.key)
        if since > NEXT:
            self._run = []
        self._run.append((event.character, active is None))
        alone = not self._held and not self._decided  # else a key before it may lead elsewhere
        if alone and active is not None and active.binding.id in self._motions:
            return False
        event.stop().prevent_default()
        self._held.append(event)
        self._start_timer()
        return True

    @property
    def _patience(self) -> float:
        """How long what is held waits for more."""
        return NEXT if self._would_part else TOGETHER

    @property
    def _would_part(self) -> bool:
        """Whether one of the letters that are held would part with the console."""
        return any(self._binding(event.key) in self._parts for event in self._held)

    def _binding(self, key: str) -> str | None:
        active = self._owner.screen.active_bindings.get(key)
        return None if active is None else active.binding.id

    def _start_timer(self) -> None:
        self._stop_timer()
        self._timer = self._owner.set_timer(self._patience, self._settle_in_time)

    def _settle_in_time(self) -> None:
        if is_sending(self._owner.app):  # what was pressed together is not all here yet
            self._start_timer()
        elif not is_gone(self._owner):
            self._settle()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _settle(self) -> bool:
        """Decide what the held letters are; true if they are text."""
        self._stop_timer()
        apart, held, self._held = self._would_part, self._held, []
        if not held:
            return False
        if self._is_text({event.key for event in held}, len(held), apart=apart):
            self._owner.post_message(Burst("".join(character for character, _ in self._run)))
            self._run = []
            return True
        # From the application's queue, as any other binding: an action may take its screen away.
        screen = self._owner.screen
        self._decided += 1
        self._owner.app.call_later(
            self._take_turn, self._without_repeats(held), screen, screen.focused
        )
        return False

    def _is_text(self, keys: set[str], together: int, *, apart: bool) -> bool:
        enough = 2 if apart else ENOUGH_TOGETHER
        if together >= enough and len(keys) > 1 and not all(map(self._is_motion, keys)):
            return True
        strange = {character for character, unbound in self._run if unbound}
        return len(self._run) >= ENOUGH_IN_A_RUN and len(strange) > 1

    def _is_motion(self, key: str) -> bool:
        return self._binding(key) in self._motions

    def _without_repeats(self, held: list[events.Key]) -> list[events.Key]:
        """The keys to act on: a letter held down acts once, unless it only moves."""
        return [
            event
            for before, event in zip([None, *held], held, strict=False)
            if before is None or before.key != event.key or self._is_motion(event.key)
        ]

    async def _take_turn(
        self, keys: list[events.Key], screen: Screen[object], focused: Widget | None
    ) -> None:
        try:
            await self._act(keys, screen, focused)
        finally:
            self._decided -= 1

    async def _act(
        self, keys: list[events.Key], screen: Screen[object], focused: Widget | None
    ) -> None:
        app = self._owner.app
        for at, key in enumerate(keys):
            # The first may have opened something: what followed was typed for that.
            if app.screen is not screen or app.focused is not focused or is_opening(app):
                for later in keys[at:]:
                    bring_on(self._owner, later)
                return
            active = screen.active_bindings.get(key.key)
            if active is not None and active.enabled:
                await app.run_action(active.binding.action, active.node)
