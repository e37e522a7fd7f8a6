"""A status update handed to a command of the user's own: shown in full, trusted as it is, kept.

Trust is for the words of the command and for the content of each file of the home or its repository
that they name: whoever changes one of them has to be read again.
"""

import hashlib
import json
import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import msgspec

from incident_tui.documents import render_folder
from incident_tui.documents.pages.update_pages import chat_path, plain_path
from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.events import Incident, fold
from incident_tui.domain.core.typed_text import REMOVED
from incident_tui.domain.impact.updates import Update, Updates
from incident_tui.domain.process.runs import CommandRun
from incident_tui.domain.values.text import clean_line
from incident_tui.door import read_file
from incident_tui.service.runtime.command_runner import Ran, run_command
from incident_tui.service.runtime.trust import hash_of, is_trusted, trust
from incident_tui.service.runtime.world import World
from incident_tui.service.secrets.texts import HeldBack, must_not_leave, without_secrets
from incident_tui.service.session.check_commands import kept_output
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.session.receipts import Receipt
from incident_tui.store.files.errors import BadConfig
from incident_tui.store.files.send_command import SendCommand
from incident_tui.store.files.user_folders import config_root
from incident_tui.store.home import Home, home_at, repository_top
from incident_tui.store.user_settings import UserSettings

LARGEST = 16 * 1024 * 1024
"""Bytes of a file that a command names; a larger one is not looked into, and not trusted."""
MARK = 12
"""Characters of the hash that are asked for."""
_PARTS = re.compile(r"[\s=@;:,&|<>'\"(){}$`]")
"""What may stand before or behind the name of a file within a word."""
_LONGEST = 255
"""Characters of a name that is looked for within a word; at the end of one it may be longer."""
_OPTION = 2
"""Characters of a short option, which its file may follow at once."""


class Dispatch(msgspec.Struct, frozen=True):
    """What would be run, where, with which text; `files` are those that the trust is for too."""

    setting: SendCommand
    update: int
    text: str
    cwd: Path
    files: tuple[tuple[str, str], ...]
    """Path and hash of each."""
    content: bytes
    """What is trusted."""
    trusted: bool

    @property
    def line(self) -> str:
        """The command in full."""
        return clean_line(shlex.join(self.setting.command))

    @property
    def mark(self) -> str:
        """The hash of what is trusted."""
        return hash_of(self.content)


def dispatch_of(session: IncidentSession, number: int | None = None) -> Dispatch:
    """How an update would be sent: the newest, or that of the number.

    Raises `Refused` where there is no command, no such update, or something must not leave, and
    `BadConfig`.
    """
    home = home_at(session.folder.parent, session.world.env)
    setting = _setting(home, session.world)
    # A view of its own: a console asks for it beside the thread that the state belongs to.
    incident = fold(tuple(session.incident.recorded), session.playbook)
    item = _update(incident, number)
    try:
        must_not_leave(incident)
    except HeldBack as held:
        raise held.refused from held
    path = chat_path(item) if setting.form == "chat" else plain_path(item)
    text = render_folder(incident)[path]
    cwd = repository_top(home.path) or home.path
    files = tuple(_named_files(setting.command, cwd, home.path, session.world.env.get("PATH", "")))
    content = json.dumps([setting.command, files]).encode()
    return Dispatch(setting, item.number, text, cwd, files, content, is_trusted(home, content))


def program_of(session: IncidentSession) -> str:
    """The program that updates are handed to; empty where none is set, or the setting is broken."""
    home = home_at(session.folder.parent, session.world.env)
    try:
        return clean_line(os.path.basename(_setting(home, session.world).command[0]))
    except (Refused, BadConfig):
        return ""


def trust_dispatch(session: IncidentSession, plan: Dispatch) -> Path:
    """Trust exactly this from now on; the mark, which may be deleted. Raises `NotSaved`."""
    return trust(home_at(session.folder.parent, session.world.env), plan.content)


def send(session: IncidentSession, plan: Dispatch) -> tuple[Ran, Receipt]:
    """Run what was trusted, and record that it ran, how it ended and what it said.

    Raises what `run_dispatch` raises, and `StoreError`.
    """
    ran, pending = run_dispatch(session, plan)
    return ran, session.record(lambda incident: pending)


def run_dispatch(session: IncidentSession, plan: Dispatch) -> tuple[Ran, list[PendingEvent]]:
    """Run what was trusted, as long as it takes, and what is to be recorded of it.

    Raises `Refused` where it is not trusted as it is now, or cannot be started.
    """
    now = dispatch_of(session, plan.update)
    if not now.trusted or (now.content, now.text) != (plan.content, plan.text):
        raise Refused("the command is not trusted as it is now", [("read it", "incident-tui send")])
    before = session.world.clock()
    ran = run_command(
        plan.setting.command,
        cwd=plan.cwd,
        env=session.world.env,
        seconds=plan.setting.seconds,
        stdin=plan.text.encode(),
    )
    took = max(0, round((session.world.clock() - before).total_seconds()))
    # Its words may hold an address that is as good as a password: the log has only the program.
    text = without_secrets(f"update {plan.update} handed to {program_of(session)}", REMOVED)
    name, kept = kept_output(session.folder, f"send-{plan.update}.txt", text, ran)
    event = CommandRun(text=text, exit_code=ran.exit_code, seconds=took, output=name)
    return ran, [PendingEvent(event, at=before), *kept]


def _setting(home: Home, world: World) -> SendCommand:
    """The user's own command before that of the home."""
    setting = UserSettings(config_root(world.env)).read().send
    if not setting.command:
        setting = home.config.send
    if not setting.command or not setting.command[0]:
        raise Refused(
            "no command is set that updates are handed to",
            [
                (
                    "Set it in the settings of the home or your own, below [send]",
                    'command = ["curl", "--fail", "--data-binary", "@-", "https://…"]',
                )
            ],
        )
    return setting


def _update(incident: Incident, number: int | None) -> Update:
    updates = [item for item in incident.of(Updates).items if number in (None, item.number)]
    if not updates:
        what = "no update was posted yet" if number is None else f"there is no update {number}"
        raise Refused(what, [("post one", "/update …")])
    return updates[-1]


def _named_files(
    words: tuple[str, ...], cwd: Path, home: Path, search: str
) -> list[tuple[str, str]]:
    """The files inside of the home or its repository that a command names, with their hashes.

    A word may be a path, or hold some: ``@file``, ``--config=my file``, ``-Kfile``, a line for a
    shell. `search` is the PATH: a program without a folder may lie in the repository too.
    """
    digests: dict[str, str] = {}
    places = [cwd, *(cwd / place for place in search.split(os.pathsep) if place)]
    inside = [place for place in places if _top_above(place / "x", home, cwd)]
    for name in {name for word in words for name in _names_in(word)}:
        for place in inside if "/" not in name else [cwd]:
            path = Path(os.path.normpath(place / name))
            # A path through a link elsewhere leads into the home as well.
            real = Path(os.path.realpath(path.parent)) / path.name
            seen = next((each for each in (path, real) if _top_above(each, home, cwd)), None)
            if seen is not None and os.path.isfile(seen):  # also of no name that there can be
                digests[str(seen)] = _digest(seen, _top_above(seen, home, cwd) or home)
    return sorted(digests.items())


def _names_in(word: str) -> Iterator[str]:
    """Whatever in a word may be the name of a file: it, and what stands between its signs."""
    starts = [0, *(part.end() for part in _PARTS.finditer(word))]
    ends = [*(part.start() for part in _PARTS.finditer(word)), len(word)]
    for start in starts:
        for end in ends:
            name = word[start:end]
            if name and "\0" not in name and (len(name) <= _LONGEST or end == len(word)):
                yield name
                if len(name) > _OPTION and name[0] == "-":
                    yield name[_OPTION:]


def _top_above(path: Path, home: Path, cwd: Path) -> Path | None:
    """Which of the two a path lies in, however they are written."""
    tops = (home, cwd, Path(os.path.realpath(home)), Path(os.path.realpath(cwd)))
    return next((top for top in tops if top in path.parents), None)


def _digest(path: Path, below: Path) -> str:
    try:
        content = read_file(path, below=below, limit=LARGEST)
    except OSError as error:
        why = error.strerror or error
        raise Refused(f"{path}, which the command names, cannot be read: {why}") from error
    return hashlib.sha256(content).hexdigest()
