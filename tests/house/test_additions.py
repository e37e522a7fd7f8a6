"""What a contributor touches: each kind of addition is made in a copy of the tree, and counted.

The additions are in `additions/`: files to add, with `.txt` behind their names so that no checker
takes them for the project's, and `edits.toml` with what is written into files that exist. How many
of these there may be is what CONTRIBUTING.md says.
"""

import filecmp
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.support.paths import ROOT

ADDITIONS = ROOT / "tests" / "house" / "additions"
COPIED = ("incident_tui", "screens", "styles", "docs", "ARCHITECTURE.md", "pyproject.toml")
MANUAL = {"docs/man/incident-tui.1", "docs/man/incident-tui-lines.7"}
PAGES = {"docs/keys.md", "docs/log-lines.md", "docs/playbook-words.md", "docs/processes.md"}
GENERATED = MANUAL | PAGES | {"docs/report.schema.json"}
"""What `make docs` writes; nobody edits these."""

# Each builds and checks a whole tree.
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Changed:
    """How a copy of the tree differs from the project."""

    root: Path
    touched: set[str]
    added: set[str]
    generated: set[str]
    answer: str
    """What the code printed that was run in the copy."""

    def program(self, *command: str) -> str:
        """What a program says that runs in the copy, where it succeeds."""
        done = subprocess.run(
            command,
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(self.root)},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def files_of(root: Path) -> dict[str, Path]:
    """The files of a tree by name, each once: links are left out."""
    files = {}
    for top in COPIED:
        for path in [root / top, *(root / top).rglob("*")]:
            if path.is_file() and "__pycache__" not in path.parts:
                files[path.relative_to(root).as_posix()] = path
    return files


WRITE_DOCS = """
import gc, runpy, sys
gc.disable()  # nothing of what is loaded becomes garbage
sys.argv, more = sys.argv[:1], sys.argv[1:]
try:
    runpy.run_path("docs/generate", run_name="__main__")
except SystemExit as end:
    assert not end.code
sys.argv += [*more]
"""


def add(kind: str, root: Path, code: str, *arguments: str) -> Changed:
    """Make the addition of this kind in a copy of the project at `root`, and write its docs.

    What it does is asked by `code`, in the same process.
    """
    for top in COPIED:
        if (ROOT / top).is_file():
            shutil.copy2(ROOT / top, root / top)
        else:
            shutil.copytree(ROOT / top, root / top, symlinks=True)  # what is compiled as well
    for path in (ADDITIONS / kind).rglob("*.txt"):
        target = root / path.relative_to(ADDITIONS / kind).with_suffix("")
        assert not target.exists()
        shutil.copy2(path, target)
    for edit in tomllib.loads((ADDITIONS / kind / "edits.toml").read_text("utf-8"))["edit"]:
        path = root / edit["file"]
        text = path.read_text("utf-8")
        place = edit.get("below") or edit["replace"]
        assert text.count(place) == 1, f"{edit['file']} has no single place {place!r} any more"
        written = edit["write"].removeprefix("\n")
        kept = f"{place}\n" if "below" in edit else ""
        path.write_text(text.replace(place, kept + written), "utf-8")
    made = Changed(root, set(), set(), set(), "")
    asked = WRITE_DOCS + textwrap.dedent(code)
    answer = made.program(sys.executable, "-c", asked, os.fspath(ROOT), *arguments)
    before, after = files_of(ROOT), files_of(root)
    assert set(before) <= set(after)
    changed = {name for name in before if not filecmp.cmp(before[name], after[name], shallow=False)}
    return replace(
        made,
        touched=changed - GENERATED,
        added=set(after) - set(before),
        generated=changed & GENERATED,
        answer=answer,
    )


def limit(kind: str) -> int:
    """How many existing files CONTRIBUTING.md says that such an addition touches."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    row = re.search(rf"^\| {re.escape(kind)} \|.*\| (\d) \|$", text, flags=re.MULTILINE)
    assert row is not None, f"CONTRIBUTING.md has no row for {kind!r}"
    return int(row[1])


@pytest.fixture(scope="module")
def concept(tmp_path_factory: pytest.TempPathFactory) -> Changed:
    """The project with a concept and its pane."""
    root = tmp_path_factory.mktemp("concept")
    return add("concept", root, ASKED_OF_CONCEPT, os.fspath(root / "data"))


ASKED_OF_CONCEPT = """
    import asyncio, sys
    from pathlib import Path

    sys.path.append(sys.argv[1])
    from incident_tui.app import IncidentApp, make_app
    from incident_tui.domain import discovery
    from incident_tui.domain.core import commands
    from incident_tui.domain.core.line_grammar import parse
    from incident_tui.screens.panes.pane import Pane
    from incident_tui.screens.panes.registry import PANES
    from tests.support.console import declare, make_service, settle

    line = parse("/contacted acme they wait")
    print(line.command.lead, line.values, PANES[-1].__name__)
    names = discovery.vocabulary()
    print("customer_contacts.made" in names.checks, "customer_contacts.list" in names.sources)
    print("customer_contacts.none" in names.flags)

    async def main() -> None:
        service = make_service(Path(sys.argv[2]))
        session = declare(service, ["/contacted acme page is up"])
        app = make_app(service, incident=session.id)
        async with app.run_test(size=(200, 50)) as pilot:
            await settle(pilot)
            shown(app)
            await pilot.press("f20")  # which alt+8 arrives as
            await settle(pilot)
            shown(app)
            await pilot.press("f13")
            await settle(pilot)
            shown(app)

    def shown(app: IncidentApp) -> None:
        print(*(pane.title.split()[0] for pane in app.screen.query(Pane) if pane.display))

    asyncio.run(main())
    """


@pytest.mark.xdist_group("concept")
def test_a_concept_with_a_pane_is_two_files_and_one_line_in_the_list_of_panes(
    concept: Changed,
) -> None:
    made = concept
    assert made.touched == {"screens/panes/registry.py"}
    assert len(made.touched) <= limit("a concept") + limit("a pane")
    assert made.generated & PAGES == PAGES - {"docs/processes.md"}
    assert len(made.added) == 2
    line, *names = made.answer.splitlines()[:3]
    assert "/contacted" in line
    assert "acme" in line
    assert line.endswith(" CustomerContactsPane")
    assert " ".join(names).split() == ["True"] * 3
    page = (made.root / "docs" / "keys.md").read_text("utf-8")
    assert "| `alt+8` | Go to Contacts | `room.pane_8` |" in page
    assert "/contacted CUSTOMER TEXT" in (made.root / "docs" / "log-lines.md").read_text("utf-8")
    # And it is at home where it stands.
    made.program(sys.executable, "-m", "ruff", "check", "--no-cache", "incident_tui", "screens")
    made.program(
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
        "--no-cache",
    )


@pytest.mark.xdist_group("concept")
def test_a_pane_without_a_place_on_the_board_is_shown_alone_by_its_key(concept: Changed) -> None:
    """So that no picture changes but those that show it."""
    board, alone, board_again = concept.answer.splitlines()[-3:]
    assert "Contacts" not in board.split()
    assert len(board.split()) == 7
    assert alone == "Contacts"
    assert board_again == board


def test_a_key_is_one_word_where_its_command_is_declared(tmp_path: Path) -> None:
    made = add(
        "key",
        tmp_path,
        """
        from incident_tui.screens.terminal import command_keys
        bindings = next(
            made for name, made in vars(command_keys).items() if name.endswith("_bindings")
        )()
        print([binding.key for binding in bindings if "question" in binding.id])
        """,
    )
    assert made.touched == {"incident_tui/domain/findings/questions.py"}
    assert len(made.touched) <= limit("a key")
    assert made.added == set()
    assert made.generated & PAGES == {"docs/keys.md", "docs/log-lines.md"}
    page = (tmp_path / "docs" / "keys.md").read_text("utf-8")
    assert re.search(r"^\| `f11` \| something is not known \| `\w+\.question` \|$", page, re.M)
    assert made.answer.strip() == "['f11']"


ASKED_OF_SCREEN = """
    import asyncio, sys
    from pathlib import Path

    sys.path.append(sys.argv[1])
    from incident_tui.app import make_app
    from tests.support.console import declare, make_service, settle, until

    async def main() -> None:
        service = make_service(Path(sys.argv[2]))
        app = make_app(service, incident=declare(service).id)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await pilot.press("f11")
            await until(pilot, lambda: type(app.screen).__name__ == "SeveritiesScreen")
            await pilot.press("f1")
            await until(pilot, lambda: type(app.screen).__name__ == "HelpScreen")
            print("opened, with help")

    asyncio.run(main())
    """


def test_a_screen_is_its_file_its_style_and_one_declaration(tmp_path: Path) -> None:
    made = add("screen", tmp_path, ASKED_OF_SCREEN, os.fspath(tmp_path / "data"))
    assert made.touched == {"screens/war_room/overlays.py"}
    assert len(made.touched) <= limit("a screen")
    assert made.added == {"screens/browse/severities.py", "styles/browse/severities.tcss"}
    assert made.generated & PAGES == {"docs/keys.md"}
    page = (tmp_path / "docs" / "keys.md").read_text("utf-8")
    assert "| `f11` | What each severity means here | `room.severities` |" in page
    assert "`severities.leave`" in page
    assert made.answer.endswith("opened, with help\n")


ASKED_OF_FORMAT = """
    import sys
    from pathlib import Path

    sys.path.append(sys.argv[1])
    from tests.cli.conftest import Terminal

    folder = Path(sys.argv[2])
    folder.mkdir()
    terminal = Terminal(folder)
    terminal.declared("Checkout answers 5xx")
    print(terminal.ok("export", "--help"))
    print("EXPORTED", terminal.ok("export", "--format", "txt"))
    """


def test_an_export_format_is_its_file_and_one_place(tmp_path: Path) -> None:
    made = add("export_format", tmp_path, ASKED_OF_FORMAT, os.fspath(tmp_path / "data"))
    assert made.touched == {"incident_tui/service/exchange/export.py"}
    assert len(made.touched) <= limit("an export format")
    assert made.added == {"incident_tui/service/exchange/forms/plain_text.py"}
    assert made.generated & PAGES == set()
    offered, _, exported = made.answer.partition("EXPORTED")
    assert "txt" in offered
    assert "Checkout answers 5xx" in exported
