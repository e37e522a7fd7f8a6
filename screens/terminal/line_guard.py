"""The guard of a list that lies beside the log line: whoever types there means the log line.

People type a key every 120 to 400 ms, so that no pause tells words from keys: what follows does.
`burst_guard` is for lists with no line beside them, where text has nowhere to go.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, replace

from textual import events
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from incident_tui.screens.terminal.burst_guard import NEXT, TOGETHER, Burst
from incident_tui.screens.terminal.typed_ahead import bring_on, is_gone, is_opening

WORD = 2.5
"""Seconds: letters that are older belong to no word that is being typed. Two, with what a busy
machine adds: at the slowest pace the sixth letter, which may be the first that is no key, is
pressed two seconds behind the first one."""
HELD_DOWN = 3
"""Presses of one motion in a row that are no letters of a word."""

Restore = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Letter:
    at: float
    character: str
    binding: str | None
    """The id of what the letter does here; None where it does nothing."""
    restore: Restore
    """Puts the list back to where it was before the letter."""


class LineGuard:
    """Decides which letters typed into `owner` are keys, and which are text for the log line.

    `motions` and `shows` are ids of bindings that change what is seen and nothing else: they act at
    once, and are taken back when what follows is no key of this place. Any other binding leads
    elsewhere: it acts when `NEXT` seconds have passed without another letter. All letters of the
    last `WORD` seconds become one `Burst`, and whatever is typed before its receiver has the focus
    follows in further ones, Enter and the like as `Burst.key`.

    `remember` says how the list is put back to where it is now.
    """

    def __init__(
        self,
        owner: Widget,
        *,
        motions: frozenset[str],
        shows: frozenset[str],
        remember: Callable[[], Restore],
    ) -> None:
        self._owner = owner
        self._motions = motions
        self._shows = shows
        self._remember = remember
        self._word: list[_Letter] = []
        self._held: events.Key | None = None
        self._text = ""
        self._text_at = float("inf")
        """When the first letter of the text was pressed."""
        self._begun: list[_Letter] = []
        """The letters that a text began with, which have acted by the time it is sent."""
        self._done: tuple[str, ...] = ()
        self._is_text = False  # what comes is text until the receiver has the focus
        self._last = float("-inf")
        self._timer: Timer | None = None

    @property
    def is_holding(self) -> bool:
        """Whether a letter or a text is held that nothing was done with yet."""
        return self._held is not None or bool(self._text)

    def paste(self, text: str, time: float, *, entered: bool = False) -> None:
        """Take text pasted into the owner at that second; what is typed behind it goes with it.

        It is a whole line where it was `entered`.
        """
        self._last, self._is_text = time, True
        self._report(Burst(text, entered=entered, at=time))

    def answered(self) -> None:
        """A key was the answer to a question: the letter before it is done with."""
        self._word = []

    def go_on(self, before: "LineGuard", undo: Restore) -> None:
        """Take over what was typed where the focus was, whose last letter led here.

        `undo` takes back what it did beside that.
        """
        self.left()
        if not before._word:
            return
        *earlier, last = before._word

        def restore() -> None:
            undo()
            last.restore()

        self._word = [*earlier, replace(last, restore=restore)]
        self._last = before._last

    def begin(self, typed: Sequence[events.Key], binding: str) -> None:
        """The focus comes because of these letters, which did what this binding stands for."""
        self.left()
        back = self._remember()
        self._word = [_Letter(key.time, key.character or "", binding, back) for key in typed]
        self._last = typed[-1].time if typed else self._last

    def left(self) -> None:
        """The owner lost the focus: what was typed goes where it was meant to, a key nowhere."""
        self._held, self._word, self._is_text = None, [], False
        if self._text:
            self._send()
        self._stop_timer()

    def bring_on_held(self) -> None:
        """Give the letter that is held to the screen that was opened by a key before."""
        held, self._held = self._held, None
        if held is not None:
            self._stop_timer()
            self._word = []
            bring_on(self._owner, held)

    def key(self, event: events.Key) -> bool:
        """Take a key of the owner; one that is held or belongs to a text goes no further.

        Whether it is one of those.
        """
        now = event.time  # when it was pressed, however late its turn comes
        since, self._last = now - self._last, now
        if since > NEXT:
            self._act_on_held()  # the timer is late
            self._is_text = bool(self._text)
        letter = event.character if event.is_printable else None
        gone = self._is_gone  # by what was typed just before: this was pressed before it was seen
        if self._is_text or gone:
            behind = copy(event)  # before it is stopped: it still has to act elsewhere
            event.stop().prevent_default()
            if letter is None:
                self._send(behind)
            else:
                self._add(letter)
                if gone:  # no timer of the owner runs any more
                    self._send()
            return True
        if letter is None:
            self._act_on_held()
            self._word = []
        elif self._letter(event, letter, now, since):
            event.stop().prevent_default()
            return True
        return False

    def _letter(self, event: events.Key, character: str, now: float, since: float) -> bool:
        """Take a letter; true if it is held, or part of a text."""
        active = self._owner.screen.active_bindings.get(event.key)
        binding = active.binding.id if active is not None else None
        before = self._word[-1] if self._word else None
        repeated = before is not None and before.character == character and since <= NEXT
        recent = [one for one in self._word if now - one.at <= WORD]
        self._word = [*recent, _Letter(now, character, binding, self._remember())]
        moves, shows = binding in self._motions, binding in self._shows
        if binding is None or (self._held is not None and not repeated):
            self._begin_text()
        elif moves:
            return False
        elif repeated:
            # A key held down acts once; in a word the letter is there twice all the same.
            self._word[-1] = replace(self._word[-1], binding=None)
        elif shows:
            if not self._follows_letter(before, since):
                return False
            self._begin_text()
        else:
            self._held = event
            self._start_timer(NEXT, self._act_on_held)
        return True

    def _follows_letter(self, before: _Letter | None, since: float) -> bool:
        """Whether a letter that did not only move was pressed just before."""
        return before is not None and since <= NEXT and before.binding not in self._motions

    def _begin_text(self) -> None:
        self._held, word = None, self._word
        self._word = []
        while _held_down(word):  # a list was gone through: no word begins so
            word = word[_held_down(word) :]
        self._is_text = True
        self._text = "".join(one.character for one in word)
        self._text_at = word[0].at
        # When it is sent, what the letters did has been done, and can be taken back.
        self._begun, self._done = word, tuple(one.binding for one in word if one.binding)
        self._start_timer(TOGETHER, self._send)

    def _add(self, character: str) -> None:
        if not self._text:
            self._text_at = self._last
        self._text += character
        self._start_timer(TOGETHER, self._send)

    def _send(self, key: events.Key | None = None) -> None:
        """Send what was typed so far, with the key behind it."""
        self._stop_timer()
        text, self._text = self._text, ""
        done, self._done = self._done, ()
        for letter in reversed(self._begun):  # which may have been typed into several lists
            letter.restore()
        self._begun = []
        self._report(Burst(text, key=key, done=done, at=self._last, since=self._text_at))

    def _report(self, burst: Burst) -> None:
        """Give text to the owner, or to the screen that is left where the owner's was taken away.

        What a screen was still sent while it goes reaches nobody.
        """
        if self._is_gone:
            self._owner.app.screen.post_message(burst)
        else:
            self._owner.post_message(burst)

    @property
    def _is_gone(self) -> bool:
        return is_gone(self._owner)

    def _act_on_held(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            self._stop_timer()
            # From the application's queue, as any other binding: it may take its screen away.
            screen = self._owner.screen
            self._owner.app.call_later(self._act, held, screen, screen.focused)

    async def _act(self, held: events.Key, screen: Screen[object], focused: Widget | None) -> None:
        app = self._owner.app
        if app.screen is not screen or is_opening(app):
            bring_on(self._owner, held)  # it was pressed behind what opens that, which took long
            return
        active = screen.active_bindings.get(held.key)
        if app.focused is focused and active and active.enabled:
            await app.run_action(active.binding.action, active.node)

    def _start_timer(self, seconds: float, then: Callable[[], None]) -> None:
        self._stop_timer()
        self._timer = self._owner.set_timer(seconds, then)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


def _held_down(word: list[_Letter]) -> int:
    """How many letters at the beginning are one key that was held down or pressed in a row."""
    same = 0
    while same < len(word) and word[same].character == word[0].character:
        same += 1
    return same if HELD_DOWN <= same < len(word) else 0
