"""What users install: one package with everything it needs, from a clone or a source archive."""

import fnmatch
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import incident_tui
from tests.support.paths import ROOT

# Builds take seconds and are shared: under xdist one worker gets all of these tests.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("packaging")]


def build(kind: str, source: Path, target: Path) -> Path:
    """Build a wheel or sdist without network, with the backend of the development environment."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            f"--{kind}",
            "--no-isolation",
            f"--outdir={target}",
            source,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = target.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


def contents(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def package_files() -> set[str]:
    """Every file of the package as a user should find it, the linked folders included."""
    folders = {"incident_tui": "incident_tui"} | {
        name: f"incident_tui/{name}" for name in ("screens", "styles")
    }
    return {
        f"{installed}/{path.relative_to(ROOT / folder).as_posix()}"
        for folder, installed in folders.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    installed = {name for name in contents(wheel) if name.startswith("incident_tui/")}
    assert installed == package_files()


def test_the_wheel_brings_pages_for_man_to_where_man_looks(wheel: Path) -> None:
    shared = f"incident_tui-{incident_tui.__version__}.data/data/share/man"
    pages = {"man1/incident-tui.1", "man7/incident-tui-lines.7"}
    names = {name for name in contents(wheel) if ".data/" in name}
    assert names == {f"{shared}/{page}" for page in pages}
    for page in pages:
        source = ROOT / "docs" / "man" / page.partition("/")[2]
        assert contents(wheel)[f"{shared}/{page}"] == source.read_bytes()


@pytest.mark.parametrize(
    "pattern",
    [
        "incident_tui/screens/**/*.py",
        "incident_tui/styles/**/*.tcss",
        "incident_tui/playbooks/*.toml",
        "incident_tui/playbooks/tables.json",
        "incident_tui/documents/templates/*.j2",
        "incident_tui/py.typed",
    ],
)
def test_the_wheel_brings_what_the_program_reads_at_run_time(wheel: Path, pattern: str) -> None:
    assert fnmatch.filter(contents(wheel), pattern)


def test_installing_claims_a_single_top_level_name(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in contents(wheel)}
    made = {f"incident_tui-{incident_tui.__version__}.{kind}" for kind in ("dist-info", "data")}
    assert tops == {"incident_tui"} | made


def test_a_wheel_from_the_source_archive_equals_the_wheel_from_a_clone(
    wheel: Path, sdist: Path, tmp_path: Path
) -> None:
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    rebuilt = build("wheel", unpacked, tmp_path / "rebuilt")
    assert contents(rebuilt) == contents(wheel)


def test_the_installed_program_is_called_incident_tui(wheel: Path) -> None:
    folder = f"incident_tui-{incident_tui.__version__}.dist-info"
    entry_points = contents(wheel)[f"{folder}/entry_points.txt"].decode()
    assert "incident-tui = incident_tui.__main__:main" in entry_points


def test_the_metadata_bounds_textual_and_names_the_licence(wheel: Path) -> None:
    folder = f"incident_tui-{incident_tui.__version__}.dist-info"
    metadata = Parser().parsestr(contents(wheel)[f"{folder}/METADATA"].decode())
    assert metadata["License-Expression"] == "MIT"
    assert "textual<9,>=8.2.8" in (metadata.get_all("Requires-Dist") or [])


def test_the_source_archive_holds_each_file_that_it_names(sdist: Path) -> None:
    """A file that was renamed would be left out without a word."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = data["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    # The linked folders stand in the place of their links, once.
    tops = {name.removeprefix("incident_tui/").partition("/")[0] for name in names} | {
        "incident_tui"
    }
    assert {name.strip("/") for name in wanted} - tops == set()


def checked_release(folder: Path, version: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ".ci/check_release.py", version, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_what_a_release_builds_passes_its_check(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    shutil.copy2(wheel, tmp_path)
    shutil.copy2(sdist, tmp_path)
    done = checked_release(tmp_path, incident_tui.__version__)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_release_of_another_version_does_not(wheel: Path, sdist: Path, tmp_path: Path) -> None:
    shutil.copy2(wheel, tmp_path)
    shutil.copy2(sdist, tmp_path)
    done = checked_release(tmp_path, "9.9.9")
    assert done.returncode == 1
    assert "are not named after version 9.9.9" in done.stderr
    assert f"says that it is version {incident_tui.__version__}" in done.stderr


def test_half_a_release_does_not(wheel: Path, tmp_path: Path) -> None:
    shutil.copy2(wheel, tmp_path)
    done = checked_release(tmp_path, incident_tui.__version__)
    assert done.returncode == 1
    assert "should hold one wheel and one source archive" in done.stderr
