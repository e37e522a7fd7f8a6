"""The rules of the house that a machine can watch: arrows, what a door may load, size of files."""

import ast
import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.house.sources import nodes, one_process, tree_of
from tests.support.paths import ROOT

MOST_CODE = 280
"""Lines of code in a file; imports, docstrings, comments and blank lines do not count."""
MOST_ENTRIES = 16
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"

# Through the links, so that screens are seen under the name everybody uses for them.
SOURCES = sorted(
    path
    for top in ("incident_tui", "incident_tui/screens")
    for path in (ROOT / top).rglob("*.py")
    if "__pycache__" not in path.parts
)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules_loaded_by(code: str) -> set[str]:
    """Run Python code in a fresh process and tell the top-level names it has loaded in the end."""
    tell = (
        "import sys\n"
        "try:\n"
        "    exec(sys.argv[1])\n"
        "except SystemExit as end:\n"
        "    assert not end.code, f'ended with {end.code}'\n"
        "print('LOADED', *{name.partition('.')[0] for name in sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", tell, code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_the_arrows_between_layers_point_down() -> None:
    """Every import-linter contract of pyproject.toml holds."""
    done = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import incident_tui.cli", id="imported"),
        pytest.param(
            "import sys; sys.argv = ['incident-tui', '--help']\n"
            "from incident_tui.__main__ import main; main()",
            id="asked-for-help",
        ),
    ],
)
def test_the_command_line_starts_without_the_console_and_without_gitpython(code: str) -> None:
    assert not modules_loaded_by(code) & {"textual", "git"}


LOOKS = (("list",), ("show",), ("show", "--json"))


def test_recording_and_looking_never_load_gitpython(tmp_path: Path) -> None:
    """Also in a home that is in a repository, of which they ask, and where they commit."""
    home = tmp_path / "work" / "incidents"
    home.mkdir(parents=True)
    settings = tmp_path / "gitconfig"
    settings.write_text("[user]\n\tname = Ana\n\temail = ana@example.org\n")
    subprocess.run(["git", "init", "--quiet"], cwd=home.parent, check=True)
    outside = {
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_CONFIG_NOSYSTEM": "1",
        "INCIDENT_TUI_HOME": str(home),
    }

    def loaded(*command: str) -> set[str]:
        return modules_loaded_by(
            f"import os, sys; os.environ.update({outside!r})\n"
            f"sys.argv = ['incident-tui', *{command!r}]\n"
            "from incident_tui.__main__ import main; main()"
        )

    def commits() -> int:
        count = ["git", "rev-list", "--count", "HEAD"]
        return int(subprocess.run(count, cwd=home, capture_output=True, check=True).stdout)

    assert "git" not in loaded("declare", "Checkout fails")
    assert commits() == 1
    assert "git" not in loaded("log", "it began", "/sev SEV2 checkout fails")
    assert commits() == 2
    assert [words for words in LOOKS if "git" in loaded(*words)] == []
    assert commits() == 2
    assert "git" in modules_loaded_by("import incident_tui.history.git.reader")


def test_the_domain_loads_nothing_that_draws_stores_commits_or_parses_a_command_line() -> None:
    domain = ROOT / "incident_tui" / "domain"
    modules = sorted(
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in domain.rglob("*.py")
    )
    assert modules
    loaded = modules_loaded_by(
        "import importlib\n" + "\n".join(f"importlib.import_module({name!r})" for name in modules)
    )
    assert not loaded & {"textual", "rich", "tinydb", "git", "click", "jinja2", "platformdirs"}


def test_every_module_can_be_imported() -> None:
    """And so is counted by `make coverage`, which knows only of what was imported."""
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in SOURCES}
    names = sorted(name.removesuffix(".__init__") for name in modules)
    assert [name for name in names if importlib.import_module(name).__name__ != name] == []


def test_screens_have_one_name() -> None:
    """A screen found as incident_tui.screens is the file in screens/, and no second copy of it."""
    spec = importlib.util.find_spec("incident_tui.screens")
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).resolve() == ROOT / "screens" / "__init__.py"


def _holds_sources(entry: Path) -> bool:
    """Whether it is more than what Python compiled, which stays where a folder was moved away."""
    if entry.is_dir():
        return entry.name != "__pycache__" and any(map(_holds_sources, entry.iterdir()))
    return True


def test_a_listing_shows_about_fifteen_entries() -> None:
    """Whoever looks for something reads the names of a folder, not a page of them."""
    tests = [path for path in (ROOT / "tests").rglob("*.py") if "__pycache__" not in path.parts]
    folders = {path.parent for path in (*SOURCES, *tests)}
    entries = {named(folder): sum(map(_holds_sources, folder.iterdir())) for folder in folders}
    assert {name: count for name, count in entries.items() if count > MOST_ENTRIES} == {}


def test_no_hall_has_two_files_of_one_name() -> None:
    """A concept bears its name in several halls, as a pane and as a command; nothing else does."""
    places: dict[tuple[str, str], list[str]] = {}
    for path in SOURCES:
        hall = path.relative_to(ROOT / "incident_tui").parts[0]
        if path.stem not in {"__init__", "__main__"}:
            places.setdefault((hall, path.stem), []).append(named(path))
    assert [files for files in places.values() if len(files) > 1] == []


def lines_of_code(source: str, tree: ast.AST) -> int:
    """How much there is to read: what explains or names other files is no reason to cut a file."""
    left_out: set[int] = set()
    for node in nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            left_out |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        number not in left_out and bool(text.strip()) and not text.lstrip().startswith("#")
        for number, text in enumerate(source.splitlines(), start=1)
    )


@one_process
def test_no_file_outgrows_a_few_screens() -> None:
    lengths = {
        named(path): lines_of_code(path.read_text("utf-8"), tree_of(path)) for path in SOURCES
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_CODE} == {}


def test_explaining_does_not_count_as_code() -> None:
    code = '"""What."""\n\nimport os\n\n# Why.\nx = """\na\n"""\n'
    assert lines_of_code(code, ast.parse(code)) == 3


FROM_OUTSIDE = {
    "date.today",
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "os.environ",
    "os.getenv",
    "time.time",
    "uuid.uuid4",
}


ENDS = {name.partition(".")[2] for name in FROM_OUTSIDE}


def reads_of_the_outside(tree: ast.AST) -> Iterator[str]:
    """Where code reads the clock, the environment or makes an id by itself: `name, line`."""
    for node in nodes(tree):
        if isinstance(node, ast.Attribute) and node.attr in ENDS:
            last_two = ".".join(ast.unparse(node).split(".")[-2:])
            if last_two in FROM_OUTSIDE:
                yield f"{last_two}, line {node.lineno}"
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if f"{node.module}.{alias.name}" in FROM_OUTSIDE:
                    yield f"{node.module}.{alias.name}, line {node.lineno}"


@one_process
def test_only_the_front_door_reads_the_clock_the_environment_or_makes_ids() -> None:
    """Everything else is handed them, so that tests and users go through the same factories."""
    doors = {ROOT / "incident_tui" / "__main__.py"}
    reads = [
        f"{named(path)}: {read}"
        for path in SOURCES
        if path not in doors
        for read in reads_of_the_outside(tree_of(path))
    ]
    assert reads == []


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("import datetime\ndatetime.datetime.now(zone)", ["datetime.now, line 2"]),
        ("from os import environ", ["os.environ, line 1"]),
        ("import os\nhome = os.environ['HOME']", ["os.environ, line 2"]),
        ("clock.now()", []),
    ],
)
def test_a_read_of_the_outside_is_noticed(code: str, reads: list[str]) -> None:
    assert list(reads_of_the_outside(ast.parse(code))) == reads


def test_every_folder_of_pictures_belongs_to_a_test_module() -> None:
    """A renamed test module takes its pictures along; what stays behind is compared by nobody."""
    snapshots = ROOT / "snapshots"
    modules = {picture.parent.relative_to(snapshots) for picture in snapshots.rglob("*.svg")}
    orphans = [
        module for module in modules if not (ROOT / "tests" / module).with_suffix(".py").is_file()
    ]
    assert orphans == []


def test_the_text_beside_each_picture_says_what_the_picture_shows(
    text_of_picture: Callable[[str], str],
) -> None:
    pictures = sorted((ROOT / "snapshots").rglob("*.svg"))
    texts = sorted((ROOT / "snapshots").rglob("*.txt"))
    assert [picture.with_suffix(".txt") for picture in pictures] == texts
    stale = [
        named(picture)
        for picture in pictures
        if text_of_picture(picture.read_text("utf-8"))
        != picture.with_suffix(".txt").read_text("utf-8")
    ]
    assert stale == []


NETWORK = {
    "aiohttp", "asyncio.streams", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "xmlrpc",
}  # fmt: skip
"""What opens a connection. `urllib.parse` opens none."""


def imported_by(path: Path) -> Iterator[str]:
    for node in nodes(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@one_process
def test_nothing_reaches_for_the_network() -> None:
    """`serve` leaves that to the server it starts, and deliveries to the user's git and gh."""
    assert [
        f"{named(path)}: {module}"
        for path in SOURCES
        for module in imported_by(path)
        if {module.partition(".")[0], ".".join(module.split(".")[:2])} & NETWORK
    ] == []
