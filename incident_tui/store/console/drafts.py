"""Unsent texts of one person in one console, by the place where they were typed.

They survive a crash: what a console leaves that died is taken up by the next one of its owner.
Typing never waits for the disk: texts are kept in memory, and written by a thread of their own.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread

import msgspec

from incident_tui.domain.values.text import clean
from incident_tui.store.console.console_folder import (
    NEW,
    ConsoleFolder,
    HeldLock,
    lock_folder,
    remove_empty,
)
from incident_tui.store.console.machine_state import State
from incident_tui.store.files.atomic import SYSTEM, System, replace_file

FILE = "drafts.json"
_CLOSING_SECONDS = 10.0
"""How long leaving waits for the disk before what is not written yet is given up."""


class Texts(msgspec.Struct):
    """What a console's file of drafts holds: whose it is, and the texts by place.

    `edits` are places whose text is open in an outside editor, by the name of the file there.
    """

    actor: str
    texts: dict[str, str] = {}
    edits: dict[str, str] = {}


class Drafts:
    """The drafts of `actor` in the console that the folder is of.

    Places are names such as "log-line" or "update". Nothing here raises but `edit_file`: losing a
    draft's file must not cost the console; `trouble` says why the disk has not what is typed.
    """

    def __init__(self, place: ConsoleFolder, actor: str, *, system: System = SYSTEM) -> None:
        self.trouble = ""
        self._place = place
        self._system = system
        self._mine = Texts(actor)
        self._wrote = False
        self._left: list[_Left] = []
        """What was taken up here and still lies in the files of dead consoles."""
        # Guards what follows; never held while the disk is waited for.
        self._changed = Condition()
        self._dirty = False
        self._is_busy = False
        self._ends = False
        self._thread: Thread | None = None
        self._take_up()

    def get(self, place: str) -> str:
        """The text that was typed there and not sent; empty when there is none."""
        return self._mine.texts.get(place, "")

    def keep(self, place: str, text: str) -> None:
        """Keep the text of a place; returns at once."""
        text = text.encode(errors="replace").decode()
        with self._changed:
            if text == self.get(place) and not self.trouble:
                return
            if text:
                self._mine.texts[place] = text
            else:
                self._mine.texts.pop(place, None)
            self._wake()

    def clear(self, place: str) -> None:
        """Forget the text of a place, once it was sent; returns at once."""
        self.keep(place, "")

    def belong_to(self, actor: str) -> None:
        """Keep the drafts for whoever has that name from now on; returns at once."""
        with self._changed:
            self._mine.actor = actor
            self._wake()

    def settle(self, seconds: float = _CLOSING_SECONDS) -> bool:
        """Wait until the disk has what was kept so far; False where it has not."""
        with self._changed:
            written = self._changed.wait_for(lambda: not (self._dirty or self._is_busy), seconds)
            return written and not self.trouble

    def close(self) -> None:
        """Write what is not written yet, and let others have what stays."""
        with self._changed:
            self._ends = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(_CLOSING_SECONDS)
        for left in self._left:
            left.release()
        self._left = []

    def edit_file(self, place: str) -> Path:
        """A free file for an outside editor to work on the text of a place. Raises OSError.

        What is saved there is taken up like a draft, should this console die meanwhile.
        """
        folder = self._place.make()
        name = f"edit-{os.urandom(4).hex()}.txt"
        with self._changed:
            self._mine.edits = {**self._mine.edits, name: place}
            self._wake()
        self.settle()
        return folder / name

    def edited(self, file: Path) -> None:
        """The outside editor is done with that file: its text was taken over, and it goes."""
        with suppress(OSError):
            file.unlink(missing_ok=True)
        with self._changed:
            self._mine.edits = {n: at for n, at in self._mine.edits.items() if n != file.name}
            self._wake()

    # --- the writing thread --------------------------------------------------------------------

    def _wake(self) -> None:
        self._dirty = True
        if self._thread is None:
            self._thread = Thread(target=self._work, name="drafts", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._dirty or self._ends)
                if not self._dirty:
                    return
                self._dirty, self._is_busy = False, True
                data = msgspec.json.encode(self._mine)
                empty = not (self._mine.texts or self._mine.edits)
            trouble = self._written(data, empty=empty)
            with self._changed:
                self.trouble = trouble
                self._is_busy = False
                self._changed.notify_all()

    def _written(self, data: bytes, *, empty: bool) -> str:
        """Write, and say why that failed, if so. What was taken up then goes where it lay."""
        try:
            if not empty:
                path = self._place.make() / FILE
                replace_file(path, data + b"\n", system=self._system, mode=0o600)
                self._wrote = True
            elif self._wrote:
                (self._place.make() / FILE).unlink(missing_ok=True)
        except OSError as error:
            return error.strerror or str(error)
        while self._left:
            self._left.pop().forget()
        return ""

    # --- what dead consoles left ---------------------------------------------------------------

    def _take_up(self) -> None:
        for left in _left_by(self._place.state, self._place.incident, self._mine.actor):
            wanted = {p: t for p, t in left.texts.items() if p not in self._mine.texts}
            if not wanted:
                left.release()
                continue
            # Of two texts for one place the older waits where it is for the next console.
            left.taken = set(wanted)
            self._mine.texts |= wanted
            self._left.append(left)
        if self._left:
            with self._changed:
                self._wake()


class _Left:
    """The file of drafts of a dead console, whose lock is held here. Made by `_left_by`."""

    def __init__(self, folder: Path, lock: HeldLock, kept: Texts) -> None:
        self._folder = folder
        self._lock = lock
        self._kept = kept
        self.texts = kept.texts | dict(self._saved())
        self.taken: set[str] = set()

    def _saved(self) -> Iterator[tuple[str, str]]:
        """What stands in files of an outside editor, by place: it is newer than the draft."""
        for name, place in self._kept.edits.items():
            with suppress(OSError):
                if text := clean((self._folder / name).read_text("utf-8", "replace")).strip("\n"):
                    yield place, text

    def forget(self) -> None:
        """Remove what was taken up and is durable elsewhere; the rest stays for another console."""
        rest = {p: t for p, t in self.texts.items() if p not in self.taken}
        with suppress(OSError):
            if rest:
                data = msgspec.json.encode(Texts(self._kept.actor, rest)) + b"\n"
                replace_file(self._folder / FILE, data, mode=0o600)
            else:
                (self._folder / FILE).unlink(missing_ok=True)
            for name in self._kept.edits:
                (self._folder / name).unlink(missing_ok=True)
            if not rest:
                remove_empty(self._folder)
        self.release()

    def release(self) -> None:
        """Let another console have it."""
        self._lock.release()


def _left_by(state: State, incident_id: str, actor: str) -> Iterator[_Left]:
    """What dead consoles of that person left on an incident, the newest first."""
    for folder in state.consoles(incident_id):
        try:
            lock = lock_folder(folder)
        except OSError:
            continue
        if lock is None:
            continue
        kept = _read(folder)
        if kept is not None and kept.actor == actor:
            yield _Left(folder, lock, kept)
        else:
            lock.release()


def _read(console: Path) -> Texts | None:
    """The texts in the folder of a console; None where there are none. A broken file is renamed."""
    path = console / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Texts)
    except (msgspec.DecodeError, UnicodeDecodeError):
        with suppress(OSError):
            path.replace(path.with_suffix(".unreadable"))
    except OSError:
        pass
    return None


def unsent(state: State, incident_id: str) -> Iterator[tuple[Path, Texts]]:
    """Every file of drafts on an incident, of live and dead consoles, with what it holds."""
    for console in state.consoles(incident_id or NEW):
        if (kept := _read(console)) is not None:
            yield console / FILE, kept
