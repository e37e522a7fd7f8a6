"""Unsent texts of one incident, by the place where they were typed; they survive a crash.

Nothing here raises: losing a draft's file must not cost the console.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from incident_tui.store.atomic import SYSTEM, System, replace_file
from incident_tui.store.private import make_private


class Drafts:
    """The drafts in one file. Places are names such as "log-line" or "update".

    They may come before the home itself, where that is a `new_home`. Where `private` says so, the
    file is its owner's alone.
    """

    def __init__(
        self,
        path: Path,
        *,
        system: System = SYSTEM,
        new_home: bool = False,
        private: Callable[[], bool] = lambda: False,
    ) -> None:
        self.path = path
        self._new_home = new_home
        self._private = private
        self._system = system
        self._own: dict[str, str] = {}

    def get(self, place: str) -> str:
        """The text that was typed there and not sent; empty when there is none."""
        return {**self._stored(), **self._own}.get(place, "")

    def keep(self, place: str, text: str) -> bool:
        """`put` what changed, and once more what so far could only be kept in memory."""
        if place not in self._own and text == self.get(place):
            return True
        return self.put(place, text)

    def put(self, place: str, text: str) -> bool:
        """Keep a text. False when it could only be kept in memory."""
        self._own[place] = text.encode(errors="replace").decode()
        # Another console may have drafts for other places of the same incident.
        drafts = {**self._stored(), **self._own}
        kept = {name: draft for name, draft in drafts.items() if draft}
        try:
            if kept:
                make_private(self.path.parent, new_home=self._new_home)
                data = msgspec.json.encode(kept) + b"\n"
                mode = 0o600 if self._private() else None
                replace_file(self.path, data, system=self._system, sync_folder=False, mode=mode)
            else:
                self.path.unlink(missing_ok=True)
        except OSError:
            return False
        self._own = {}
        return True

    def clear(self, place: str) -> bool:
        """Forget the text of a place, once it was sent."""
        return self.put(place, "")

    def _stored(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            with suppress(OSError):
                self.path.replace(self.path.with_suffix(".unreadable"))
            return {}
