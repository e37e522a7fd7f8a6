"""Reading a machine: the only file here that looks at disks, processes and other programs."""

import os
import re
import stat
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

from incident_tui.domain.core.commands import Refused
from incident_tui.history import GitUnavailableError, open_or_create
from incident_tui.history.git.runner import GitRunner
from incident_tui.service.machine.facts import (
    Folder,
    Git,
    Lock,
    Machine,
    Package,
    Repository,
    Terminal,
    Version,
)
from incident_tui.service.machine.git_rules import INSTALLERS
from incident_tui.service.machine.terminal_rules import NAMES
from incident_tui.service.runtime.command_runner import run_command
from incident_tui.service.runtime.world import World
from incident_tui.store.files.errors import BadConfig
from incident_tui.store.files.flock import holder, is_held
from incident_tui.store.home import Home
from incident_tui.store.log.lock import lock_of
from incident_tui.store.user_settings import UserSettings

CheckKeys = Callable[[Mapping[str, object]], Sequence[str]]
"""What is wrong with keys as a user has set them, a sentence each."""
DISTRIBUTION = "incident-tui"
_SECONDS = 5.0
_LONG_FOR_A_LOCK = 0.3
"""Seconds after which a lock that is still held is told: a line takes milliseconds."""
_DESCRIPTIONS = (
    "/etc/terminfo",
    "/lib/terminfo",
    "/usr/share/terminfo",
    "/usr/lib/terminfo",
    "/usr/share/misc/terminfo",
)


def read_machine(
    home: Home,
    settings: UserSettings,
    world: World,
    *,
    program: str,
    encoding: str,
    attached: bool,
    typist: str,
    supposed: str,
    check_keys: CheckKeys,
    sleep: Callable[[float], None] = time.sleep,
) -> Machine:
    """The machine as it is now. `typist` and `supposed` are who types, as said and as guessed.

    `check_keys` says what is wrong with keys that are set: which actions there are the console
    knows.
    """
    where = home.path if os.path.isdir(home.path) else world.cwd
    path = world.env.get("PATH", "").split(os.pathsep)
    return Machine(
        program=program,
        python=sys.version_info[:3],
        executable=sys.executable,
        platform=sys.platform,
        installers=tuple(name for name in INSTALLERS if _on(path, name)),
        packages=_packages(),
        terminal=Terminal(
            world.env,
            encoding,
            attached,
            _types(world.env),
            _tmux(world.env, world.cwd),
        ),
        gits=_gits(path, world),
        committer=_committer(where, world.env),
        unsigned_beside_signed=_signs(where, world.env) and not _signs_ours(home),
        typist=typist,
        supposed=supposed,
        home=home.path,
        settings=_unreadable(home, settings),
        keys=_keys(settings, check_keys),
        place=_folder(home.path),
        state=home.state.root,
        state_trouble=home.state.trouble,
        locks=_locks(home, sleep),
        repository=_repository(home.path, world),
    )


def _on(path: list[str], name: str) -> bool:
    return any(os.access(os.path.join(folder, name), os.X_OK) for folder in path if folder)


def _packages() -> tuple[Package, ...] | None:
    try:
        needed = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return None
    packages = []
    for line in needed:
        requirement, _, condition = line.partition(";")
        parts = re.match(r"\s*([\w.-]+)\s*(.*)", requirement)
        if parts and not condition:
            packages.append(Package(parts[1], parts[2].strip(), _installed(parts[1])))
    return tuple(packages)


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _types(env: Mapping[str, str]) -> frozenset[str] | None:
    """Of the types that matter, those with a description; see terminfo(5), "Fetching"."""
    named = [env.get("TERMINFO", ""), f"{env['HOME']}/.terminfo" if env.get("HOME") else ""]
    named += env.get("TERMINFO_DIRS", "").split(":")
    folders = [Path(name) for name in (*named, *_DESCRIPTIONS) if name]
    if not any(map(os.path.isdir, folders)):
        return None
    wanted = {name for name in (env.get("TERM", ""), *NAMES) if name and "/" not in name}
    return frozenset(
        name
        for name in wanted
        if any(
            os.path.isfile(folder / letter / name)
            for folder in folders
            # Where file names do not tell a letter's case, folders have its number.
            for letter in (name[0], f"{ord(name[0]):x}")
        )
    )


def _tmux(env: Mapping[str, str], cwd: Path) -> Mapping[str, str] | None:
    if not env.get("TMUX"):
        return None
    options = _output(["tmux", "show-options", "-s"], cwd, env)
    if options is None:
        return None
    pairs = (line.partition(" ") for line in options.splitlines())
    return {name: value.strip('"') for name, _, value in pairs}


def _output(words: list[str], cwd: Path, env: Mapping[str, str]) -> str | None:
    """What a command prints; None where it fails, is not there or takes too long."""
    try:
        ran = run_command(words, cwd=cwd, env=env, seconds=_SECONDS)
    except Refused:
        return None
    return ran.output.decode(errors="replace") if ran.exit_code == 0 else None


def _gits(path: list[str], world: World) -> tuple[Git, ...]:
    gits: dict[Path, Git] = {}
    for folder in path:
        git = Path(folder, "git")
        if folder and os.path.isfile(git) and os.access(git, os.X_OK) and git.resolve() not in gits:
            version = _version(_output([str(git), "--version"], world.cwd, world.env) or "")
            gits[git.resolve()] = Git(git, version)
    return tuple(gits.values())


def _version(printed: str) -> Version:
    numbers = re.search(r"\d+(\.\d+)+", printed)
    return tuple(map(int, numbers[0].split("."))) if numbers else (0,)


def _committer(where: Path, env: Mapping[str, str]) -> str:
    """As for a commit of ours: a name that git made up does not count."""
    try:
        ident = GitRunner(env).run(
            ["var", "GIT_COMMITTER_IDENT"], cwd=where, timeout_seconds=_SECONDS
        )
    except GitUnavailableError:
        return ""
    return ident.out.rpartition(">")[0] + ">" if ident.status == 0 and ">" in ident.out else ""


def _signs(where: Path, env: Mapping[str, str]) -> bool:
    try:
        setting = GitRunner(env).run(
            ["config", "--type=bool", "--get", "commit.gpgSign"],
            cwd=where,
            timeout_seconds=_SECONDS,
        )
    except GitUnavailableError:
        return False
    return setting.status == 0 and setting.out.strip() == "true"


def _signs_ours(home: Home) -> bool:
    try:
        return home.config.git.sign
    except BadConfig:
        return True  # the broken file is a finding of its own


def _keys(settings: UserSettings, check: CheckKeys) -> Mapping[Path, tuple[str, ...]]:
    try:
        wanted = settings.read().keys
    except BadConfig:
        return {}  # which is a finding of its own
    return {settings.path: tuple(check(wanted))} if wanted and settings.path else {}


def _unreadable(home: Home, settings: UserSettings) -> Mapping[Path, str]:
    problems = {}
    for read in (lambda: home.config, settings.read):
        try:
            read()
        except BadConfig as error:
            problems[error.path] = error.problem
    return problems


def _folder(path: Path) -> Folder:
    """The folder, or the nearest one above it: where the next one is made."""
    at = next(each for each in (path, *path.parents) if os.path.lexists(each))
    try:
        about = at.stat()
        disk = os.statvfs(at).f_flag
    except OSError:
        return Folder(at, writable=False, owned=False, mode=0)
    is_folder = stat.S_ISDIR(about.st_mode)
    return Folder(
        at,
        writable=is_folder and os.access(at, os.R_OK | os.W_OK | os.X_OK),
        owned=about.st_uid == os.geteuid(),
        mode=stat.S_IMODE(about.st_mode),
        is_folder=is_folder,
        read_only_disk=bool(disk & os.ST_RDONLY),
    )


def _locks(home: Home, sleep: Callable[[float], None]) -> tuple[Lock, ...]:
    def held() -> list[str]:
        names = (folder.name for folder in home.folders())
        return [name for name in names if is_held(lock_of(home.path, name))]

    if not held():
        return ()
    sleep(_LONG_FOR_A_LOCK)
    paths = ((name, lock_of(home.path, name)) for name in held())
    return tuple(Lock(path, name, holder(path)) for name, path in paths)


def _repository(home: Path, world: World) -> Repository | None:
    if not os.path.isdir(home):
        return None
    try:
        repository = open_or_create(home, create=False, env=world.env)
    except GitUnavailableError as unavailable:
        if not any(os.path.exists(at / ".git") for at in (home, *home.parents)):
            return None  # it is made with the first commit
        return Repository(home, unavailable.reason)
    lock = repository.git_dir / "index.lock"
    try:
        age = world.clock().timestamp() - lock.stat().st_mtime
    except OSError:
        return Repository(repository.top, repository.obstacle() or "")
    return Repository(repository.top, lock=lock, lock_seconds=age)
