"""The home's configuration: `incident-tui.toml`, which also marks a folder as a home.

What the settings do is decided by those who read them.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from incident_tui.domain.values.patterns import later
from incident_tui.door import NotAFile, read_file
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import BadConfig, not_saved
from incident_tui.store.files.send_command import SendCommand
from incident_tui.store.files.toml_text import LARGEST as LARGEST_TOML, BadToml, read_toml

MARKER = "incident-tui.toml"

# A setting of that name with its list, whatever brackets stand in the texts and comments of it.
_WATCH = later(
    r"""^(\#\ )?watch[ \t]*=[ \t]*\[
    (?:"(?:[^"\\\n]|\\.)*" | '[^'\n]*' | \#[^\n]* | [^\]"'\#])*
    \][^\n]*\n?""",
    flags=re.MULTILINE | re.VERBOSE,
)

DEFAULT_TEXT = """\
# This folder holds incidents. Each setting below shows its default; remove the # to change it.

# The time zone that times are read and shown in, such as "Europe/Berlin"; "" is the system's.
# zone = ""

# Tags that completion offers behind /tag.
# tags = []

# Services that completion offers behind /impact services, with who answers for each and where it is
# written what to do, such as:
# services.checkout = { owner = "team payments", runbook = "https://wiki.example.org/checkout" }

# Who is typing; "" asks git for your name.
# me = ""

# The process that new incidents run on; `incident-tui playbook list` names them.
# playbook = "war-room"

# Whether a gate that needs somebody else's approval may be approved by an author.
# Documents then say that they were self-reviewed.
# self-review = false

# Folders of repositories in which `incident-tui changes` looks for what changed before the start,
# such as "../checkout" seen from this one, or "~/src/payments"; without any, the repository
# around it. `incident-tui init --watch` adds one.
# watch = []

[git]
# Whether commits of incidents run your git hooks.
# hooks = false

# Whether commits of incidents are signed. A signing prompt cannot be answered from the console.
# sign = false

# The remote that `incident-tui deliver` pushes to.
# remote = "origin"

[send]
# The command that `incident-tui send` hands a status update to, on its standard input. Its words
# stand as a list, no shell; whoever uses it reads and trusts it first. Such as for a webhook:
# ["curl", "--silent", "--fail", "--data-binary", "@-", "https://example.org/hook"]
# command = []

# The text as it is handed on: "plain", or as chats show it, "chat".
# form = "plain"

# After how many seconds the command is stopped.
# seconds = 30
"""


class GitConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """How commits are made, and where they are delivered."""

    hooks: bool = False
    sign: bool = False
    remote: str = "origin"


class ServiceConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Who answers for a service, and where it is written what to do."""

    owner: str = ""
    runbook: str = ""

    @property
    def in_words(self) -> str:
        """Both, as completion tells them."""
        named = {"owner": self.owner, "runbook": self.runbook}
        return " · ".join(f"{name} {value}" for name, value in named.items() if value)


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The settings of a home. Empty texts mean that the system or git is asked."""

    zone: str = ""
    me: str = ""
    playbook: str = "war-room"
    self_review: bool = False
    watch: tuple[str, ...] = ()
    git: GitConfig = GitConfig()
    send: SendCommand = SendCommand()
    services: dict[str, ServiceConfig] = {}
    tags: tuple[str, ...] = ()

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """What this home names: the beginning of a line -> what may follow, and what that means."""
        services = {name: service.in_words for name, service in self.services.items()}
        return {"/impact services": services, "/tag": dict.fromkeys(self.tags, "")}


def load_config(path: Path) -> Config:
    """The settings in a file; the defaults when there is none.

    Raises `BadConfig` naming the file and the key, or the line and column.
    """
    try:
        config = msgspec.convert(read_toml(_content(path)), Config)
    except FileNotFoundError:
        return Config()
    except BadToml as error:
        raise BadConfig(path, error.problem, error.remedy) from None
    except NotAFile as error:
        raise BadConfig(path, error.strerror, "Put a file there, or take it away.") from error
    except OSError as error:
        raise BadConfig(
            path, f"it cannot be read ({error.strerror})", "Change its permissions."
        ) from error
    except msgspec.ValidationError as error:
        raise BadConfig(path, *_in_words(str(error))) from None
    if config.zone and not is_zone(config.zone):
        raise BadConfig(
            path,
            f"zone: {config.zone!r} is not a time zone of this system",
            'Write an IANA name, such as "Europe/Berlin", or leave it out.',
        )
    return config


def add_watched(path: Path, folder: str) -> bool:
    """Add a folder to those that the configuration watches; whether it was not there yet.

    What else stands in the file stays. Raises `BadConfig`, and `NotSaved`.
    """
    before = load_config(path)
    if folder in before.watch:
        return False
    listed = ", ".join(json.dumps(each, ensure_ascii=False) for each in (*before.watch, folder))
    try:
        text = _content(path).decode() if path.exists() else DEFAULT_TEXT
        top, table, rest = text.partition("\n[")
        top = _WATCH.sub("", top)
        written = f"{top.rstrip()}\nwatch = [{listed}]\n{table}{rest}"
        if msgspec.convert(read_toml(written.encode()), Config).watch != (*before.watch, folder):
            raise BadToml("the list cannot be found in it", "")
        replace_file(path, written.encode())
    except (BadToml, msgspec.ValidationError):
        label = "its setting `watch` is written in a way that only its author can change"
        raise BadConfig(path, label, f"Write there: watch = [{listed}]") from None
    except OSError as error:
        raise not_saved(path, error) from error
    return True


def _content(path: Path) -> bytes:
    return read_file(path, below=path.parent, limit=LARGEST_TOML)


def default_zone(env: Mapping[str, str], etc_localtime: Path) -> str:
    """The system's time zone by its IANA name: from TZ, else from the link; "UTC" when unknown."""
    wanted = env.get("TZ")
    if wanted is None:
        try:
            wanted = str(etc_localtime.readlink())
        except OSError:
            return "UTC"
    name = wanted.removeprefix(":").rpartition("zoneinfo/")[2]
    name = re.sub(r"^(posix|right)/", "", name)
    return name if is_zone(name) else "UTC"


def is_zone(name: str) -> bool:
    """Whether the system knows a time zone of that name."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _in_words(error: str) -> tuple[str, str]:
    problem, _, place = error.partition(" - at `$")
    section = place.strip("`").lstrip(".")
    unknown = re.search(r"unknown field `(.+)`", problem)
    if unknown is None:
        return f"{section or 'the top'}: {problem}", "Change that setting."
    key = f"{section}.{unknown[1]}" if section else unknown[1]
    tables: dict[str, type[msgspec.Struct]] = {"git": GitConfig, "send": SendCommand}
    tables["services"] = ServiceConfig
    known = tables.get(section.partition("[")[0], Config)
    names = ", ".join(field.encode_name for field in msgspec.structs.fields(known))
    return f"{key}: there is no such setting", f"Remove it; known here: {names}."
