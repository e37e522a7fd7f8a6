"""What every test stands on: a neutral environment, and an author for git.

Which runs first, when garbage is looked for, where pictures are kept and what no test waits for:
support/plugins. Factories stand in the folders that need them.
"""

import os
import shutil
import sys
import tempfile
import time
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
    "tests.support.plugins.garbage",
    "tests.support.plugins.order",
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
    """Choose the hypothesis profile: quick, or what HYPOTHESIS_PROFILE says (CI: deterministic)."""
    if config.getoption("--hypothesis-profile", default=None) is None:
        hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the temporary home away again."""
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
