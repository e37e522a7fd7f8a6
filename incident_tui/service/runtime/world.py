"""What comes from outside: the clock, ids, the environment. Nothing below reads them by itself."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import msgspec


class World(msgspec.Struct, frozen=True):
    """Everything that differs between two runs of the same keys.

    `clock` gives the present as an aware UTC datetime; `new_id` an id no entry has had yet;
    `login` how the system calls whoever started this, empty where it does not say.
    """

    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    env: Mapping[str, str]
    cwd: Path
    login: Callable[[], str] = msgspec.field(default=lambda: "")
    localtime: Path = Path("/etc/localtime")

    def shown(self, path: Path) -> str:
        """A path as people write it: with a tilde below the user's own folder."""
        own, text = self.env.get("HOME", ""), str(path)
        return f"~{text[len(own) :]}" if own and text.startswith(f"{own}/") else text
