"""What every test stands on: a neutral environment, and an author for git.

Where pictures are kept: support/plugins/pictures.py; what no test waits for: unseen_work.py there.
Factories stand in the folders that need them.
"""

import gc
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import hypothesis
import pytest
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.support.thorough import EVERYTHING

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
MEMORY = Path("/dev/shm")


def _has_room(memory: Path) -> bool:
    """Whether the files of all tests fit into it, and programs among them can be run."""
    if not os.access(memory, os.W_OK | os.X_OK):
        return False
    room = os.statvfs(memory)
    return room.f_bavail * room.f_frsize > 2 * 1024**3 and not room.f_flag & os.ST_NOEXEC


# What the program writes is made sure on the disk, and half of what a test of git takes was waiting
# for that. In CI it is a disk all the same.
if not EVERYTHING and _has_room(MEMORY):
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

TESTER_HOME = Path(
    tempfile.mkdtemp(prefix="incident-tui-tests-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
)

KEPT = {
    "INCIDENT_TUI_CORPUS",  # where the real postmortems lie that tests/playbooks/real reads
    "INCIDENT_TUI_AXE",  # where axe.min.js lies, with which pages are looked through for barriers
    "TEXTUAL_SNAPSHOT_TEMPDIR",  # the picture plugin tells its worker processes where to meet
}

REMOVED = {
    "COLORTERM",
    "COLUMNS",
    "EDITOR",
    "EMAIL",  # git would take an identity from it
    "ESCDELAY",
    "FORCE_COLOR",
    "LANGUAGE",
    "LINES",
    "NO_COLOR",
    "PYTHONDONTWRITEBYTECODE",  # each process that a test starts would compile all of it anew
    "TERM_PROGRAM",
    "TMUX",
    "VISUAL",
}
QUICK = {"documents", "domain", "intake", "store"}
"""Folders whose tests take milliseconds."""

OF_CONSOLES = {"flows", "screens"}
"""Folders whose tests wait for a console more than they work."""

REMOVED_PREFIXES = ("GIT_", "INCIDENT_TUI_", "LC_", "TEXTUAL_", "XDG_")


def _leave_the_testers_own_configuration_out() -> None:
    """Change os.environ in place, so that child processes of a test start from the same ground."""
    for name in list(os.environ):
        if name not in KEPT and (name in REMOVED or name.startswith(REMOVED_PREFIXES)):
            del os.environ[name]
    git_configuration = TESTER_HOME / "gitconfig"
    # Else git guesses an identity from the machine's name; a test that wants one asks for it.
    git_configuration.write_text("[user]\n\tuseConfigOnly = true\n[init]\n\tdefaultBranch = main\n")
    os.environ |= {
        "GIT_CONFIG_GLOBAL": str(git_configuration),
        "GIT_CONFIG_SYSTEM": os.devnull,
        "HOME": str(TESTER_HOME),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "TZ": "UTC",
        "XDG_CACHE_HOME": str(TESTER_HOME / "cache"),
        "XDG_CONFIG_HOME": str(TESTER_HOME / "config"),
        "XDG_DATA_HOME": str(TESTER_HOME / "data"),
        "XDG_STATE_HOME": str(TESTER_HOME / "state"),
    }
    sys.dont_write_bytecode = False
    time.tzset()


# Textual reads its settings when it is imported, so the plugin that imports it comes after this;
# that is why pyproject.toml keeps pytest from loading it by itself.
assert "textual" not in sys.modules, "Textual was imported before the environment was made neutral"
_leave_the_testers_own_configuration_out()
pytest_plugins = [
    "pytest_textual_snapshot",
    "tests.support.plugins.pictures",
    "tests.support.plugins.unseen_work",
]

hypothesis.settings.register_profile(
    "dev",
    max_examples=25,
    deadline=None,
    database=DirectoryBasedExampleDatabase(ROOT / ".hypothesis" / "examples"),
)
hypothesis.settings.register_profile(
    "ci", max_examples=60, deadline=None, derandomize=True, database=None
)


def pytest_configure(config: pytest.Config) -> None:
    """Choose the hypothesis profile: quick, or what HYPOTHESIS_PROFILE says (CI: deterministic).

    Until all tests are collected no garbage is looked for: nearly all that is made stays.
    """
    gc.disable()
    if config.getoption("--hypothesis-profile", default=None) is None:
        hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Start the slow ones first: of several processes none then ends long after the others.

    Quick ones are handed out file by file: to send for each took a tenth of what they take. Those
    that wait are spread among the others, so that no processor rests beside them.
    """
    items.sort(key=_is_quick)
    if not hasattr(config, "workerinput"):
        return
    for item in items:
        if _folder(item) in QUICK and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(str(item.path.relative_to(TESTS))))
    of_each_kind = Counter(map(_kind, items))
    before: Counter[tuple[bool, bool]] = Counter()
    place: dict[pytest.Item, float] = {}
    for item in items:
        kind = _kind(item)
        place[item] = before[kind] / of_each_kind[kind]
        before[kind] += 1
    items.sort(key=lambda item: (_is_quick(item), place[item]))


def _is_quick(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is None


def _kind(item: pytest.Item) -> tuple[bool, bool]:
    return _is_quick(item), _folder(item) in OF_CONSOLES


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage rarely: at a gigabyte where there is room, and in CI as the program does.

    Consoles are full of circles: to find theirs was a tenth of what the tests took. What lies in
    them and should have been closed is an error of the test during which it is found: so CI looks.
    """
    gc.collect()
    gc.freeze()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    elsewhere = 8_000_000 if memory > 12 * 1024**3 else 2_000_000
    gc.set_threshold(50_000 if EVERYTHING else elsewhere, 10, 10)
    gc.enable()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the temporary home away again; pytest looks for garbage five times behind it."""
    if EVERYTHING:
        gc.collect()
    gc.freeze()
    shutil.rmtree(TESTER_HOME, ignore_errors=True)


@pytest.fixture
def git_identity(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """An author for git, with fixed dates; without this fixture git refuses to commit."""
    names = {
        "GIT_AUTHOR_NAME": "Ana Tester",
        "GIT_AUTHOR_EMAIL": "ana@example.invalid",
        "GIT_AUTHOR_DATE": "2026-11-20T14:00:00+0000",
        "GIT_COMMITTER_NAME": "Ana Tester",
        "GIT_COMMITTER_EMAIL": "ana@example.invalid",
        "GIT_COMMITTER_DATE": "2026-11-20T14:00:00+0000",
    }
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    return names
