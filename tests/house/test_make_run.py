"""`make run` on a fresh machine: only what running needs, and not in silence.

An interpreter of the test's own stands for Python, so that nothing is downloaded.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT

FAKE = """\
#!/bin/sh
case "$*" in
    *sys.version_info*) exit 0 ;;
    "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python"
        printf '#!/bin/sh\\necho opened "$@"\\n' >"$3/bin/incident-tui"
        chmod +x "$3/bin/incident-tui" ;;
    *"pip install"*) echo "$*" >>installed
        echo "Collecting textual<9,>=8.2.8 (from incident-tui==1.0)"
        echo "  Using cached textual.whl"
        echo "Collecting click"
        echo "Installing collected packages: click, textual"
        exit {status} ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone, as far as make looks at it."""
    if shutil.which("make") is None:
        pytest.skip("there is no make here")
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy2(ROOT / name, tmp_path)
    return tmp_path


def make(clone: Path, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """Run make with the interpreter of the test, whose pip ends with that status."""
    python = clone / "python"
    python.write_text(FAKE.replace("{status}", str(status)))
    python.chmod(0o755)
    return subprocess.run(
        ["make", f"PYTHON={python}", *words],
        cwd=clone,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_first_run_installs_what_running_needs_and_opens_the_console(clone: Path) -> None:
    done = make(clone, "run", "ARGS=demo")
    assert (done.returncode, done.stdout) == (0, "opened demo\n")
    installed = (clone / "installed").read_text()
    assert "--editable ." in installed
    assert "dev" not in installed


def test_the_first_run_says_what_it_is_at(clone: Path) -> None:
    printed = make(clone, "run").stderr
    assert printed.startswith(
        "Setting up incident-tui in .venv, this once: textual click, installing"
    )
    assert printed.endswith("done.\n")


def test_the_second_run_installs_nothing_and_says_nothing(clone: Path) -> None:
    make(clone, "run")
    before = (clone / "installed").read_text()
    assert make(clone, "run").stderr == ""
    assert (clone / "installed").read_text() == before


def test_an_installation_that_fails_opens_nothing_and_is_tried_again(clone: Path) -> None:
    done = make(clone, "run", status=7)
    assert done.returncode != 0
    assert "opened" not in done.stdout
    assert make(clone, "run").stdout == "opened\n"


def test_development_installs_what_it_needs_over_that(clone: Path) -> None:
    make(clone, "run")
    make(clone, ".venv/.installed")
    assert ".[dev]" in (clone / "installed").read_text()
