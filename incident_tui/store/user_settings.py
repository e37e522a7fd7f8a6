"""What one person has set for every home on their machine: who they are, how it looks and calls."""

import json
import re
from pathlib import Path
from typing import Any, Literal

import msgspec

from incident_tui.domain.values.text import clean_line
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import BadConfig, not_saved
from incident_tui.store.files.send_command import SendCommand
from incident_tui.store.files.toml_text import LARGEST, BadToml, read_toml

FILE = "config.toml"
_HEAD = """\
# What incident-tui knows of you, for every home on this machine.

# me: who is typing, your name in the log, and in commits where git does not know you.
# theme: the colours of the console, as /theme sets them.
# layout: the panes of the war room, as /layout sets them; without it they stand as at first.
# notify: how the terminal calls for you: "auto" (where it is known to), "off", "osc9" or "osc777".
# [keys]: other keys for what the console does; docs/keys.md has the names.
"""


_ALLOWED = (
    'Only me = "YOUR NAME", theme = "THEME", layout = "PANES", notify = "auto", "off", "osc9" '
    'or "osc777", and a table [keys] stand there.'
)


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of a user; an empty one was never made."""

    me: str = ""
    """Who they are."""
    theme: str = ""
    """The name of the theme they have chosen."""
    layout: str = ""
    """How they have arranged the panes, as `Arrangement` writes it; empty where they have not."""
    notify: Literal["auto", "off", "osc9", "osc777"] = "auto"
    """How their terminal calls for them when they look elsewhere."""
    send: SendCommand = SendCommand()
    """What their status updates are handed to, before what the home says."""
    keys: dict[str, Any] = {}
    """Their keys by the action, as TOML has them: which actions there are the console knows."""


DEFAULTS = Settings()
"""Nothing is set."""


class UserSettings:
    """The settings in a folder, which need not be there; with None there are none."""

    def __init__(self, folder: Path | None) -> None:
        self.path = None if folder is None else folder / FILE

    def read(self) -> Settings:
        """What is set. A file that cannot be opened sets nothing. Raises `BadConfig`."""
        if self.path is None or not (content := _content(self.path)):
            return Settings()
        try:
            return msgspec.convert(read_toml(content), Settings)
        except BadToml as error:
            raise BadConfig(self.path, error.problem, error.remedy) from None
        except msgspec.ValidationError as error:
            problem = str(error).replace(" - at `$.", ", in `")
            raise BadConfig(self.path, problem, _ALLOWED) from None

    def remember(self, name: str, value: str) -> Path | None:
        """Make one setting; what else stands in the file stays. The file, None without one.

        Raises `NotSaved`.
        """
        if self.path is None:
            return None
        before = _content(self.path).decode("utf-8", "replace") or _HEAD
        line = f"{name} = {json.dumps(clean_line(value), ensure_ascii=False)}\n"
        head, table = _before_tables(before)
        head = re.sub(rf"^[ \t]*{name}[ \t]*=.*\n?", "", head, flags=re.MULTILINE)
        text = f"{head.rstrip()}\n{line}{table}"
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Where it is a link, as those who keep such files elsewhere have it, it stays one.
            replace_file(self.path.resolve(), text.encode(), mode=0o600)
        except OSError as error:
            raise not_saved(self.path, error) from error
        return self.path


def _before_tables(text: str) -> tuple[str, str]:
    """The text in front of its first table, where settings stand; and that table with the rest."""
    match = re.search(r"^[ \t]*\[", text, flags=re.MULTILINE)
    at = len(text) if match is None else match.start()
    return text[:at], f"\n{text[at:]}" if text[at:] else ""


def _content(path: Path) -> bytes:
    """What stands in an ordinary file; nothing where there is none that can be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError:
        return b""
