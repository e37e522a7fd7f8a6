"""ARCHITECTURE.md shows the house as the import contracts have it, and names files that exist."""

import re
import tomllib

from tests.support.paths import ROOT

PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
DRAWN = re.compile(r"(?P<indent> *)(?P<floor>\d+) (?P<name>\w+) +(?P<holds>\S.*)")


def contracts() -> dict[str, int]:
    """Every folder and file that stands on a floor, with the number of that floor."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    floors = {}
    for contract in data["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            for container in contract["containers"]:
                for floor, layer in enumerate(reversed(contract["layers"]), 1):
                    for name in layer.split("|"):
                        floors[f"{container}.{name.strip()}"] = floor
    return floors


def drawn() -> dict[str, tuple[int, str]]:
    """What the picture shows: each name with its floor and what it holds."""
    floors = {}
    path = ["incident_tui"]
    picture = PAGE.partition("<!-- floors")[2].partition("<!-- end of floors")[0]
    for line in filter(DRAWN.fullmatch, picture.splitlines()):
        match = DRAWN.fullmatch(line)
        assert match is not None
        depth = len(match["indent"]) // 4
        path[depth + 1 :] = [match["name"]]
        floors[".".join(path)] = (int(match["floor"]), match["holds"])
    return floors


def test_every_hall_and_package_of_the_contracts_is_in_the_picture_on_its_floor() -> None:
    shown = {name: floor for name, (floor, _) in drawn().items()}
    assert len(shown) > 40
    assert shown == contracts()


def test_every_folder_of_the_package_has_its_floor() -> None:
    """One that no contract names would be in no picture."""
    package = ROOT / "incident_tui"
    halls = {path.parent for path in package.glob("*/__init__.py")}
    assert {f"incident_tui.{hall.name}" for hall in halls} <= set(contracts())


def test_the_picture_says_what_each_holds() -> None:
    assert [name for name, (_, holds) in drawn().items() if len(holds) < 20] == []


NAMED = re.compile(r"`((?:[\w-]+/)*[\w-]+\.(?:py|md|toml))`|\]\(((?:[\w-]+/)*[\w-]+\.md)\)")


def test_every_file_that_the_page_names_is_there() -> None:
    named = {first or second for first, second in NAMED.findall(PAGE)}
    assert len(named) > 25
    files = [
        path.as_posix()
        for top in (ROOT, ROOT / "screens", ROOT / "incident_tui", ROOT / "tests")
        for path in ([*top.glob("*.*")] if top == ROOT else top.rglob("*.py"))
    ]
    files += [path.as_posix() for path in (ROOT / "docs").glob("*.md")]
    named.discard("incident-tui.toml")  # which lies in a home
    assert [name for name in named if not any(file.endswith(f"/{name}") for file in files)] == []


STEPS = re.compile(r"^\| [MWC](?:→[MWC])? \|.*\| ([^|]+) \|$", re.MULTILINE)


def test_every_module_on_the_way_of_a_line_is_there() -> None:
    modules = [name for step in STEPS.findall(PAGE) for name in re.findall(r"`([\w/]+)`", step)]
    assert len(modules) > 30
    known = [
        path.with_suffix("").as_posix()
        for top in ("incident_tui", "screens")
        for path in (ROOT / top).rglob("*.py")
    ]
    assert [name for name in modules if not any(one.endswith(f"/{name}") for one in known)] == []


def test_each_promise_of_the_guarantees_has_its_place() -> None:
    """In their words and in their order; below them stands what docs/threats.md promises."""
    guarantees = (ROOT / "docs" / "guarantees.md").read_text("utf-8")
    promises = [
        promise.rstrip(".") for promise in re.findall(r"^\*\*([^*]+)\*\*", guarantees, re.MULTILINE)
    ]
    rows = PAGE.partition("## Where each promise is kept")[2].partition("\n## ")[0]
    cells = [line.split("|")[1].strip() for line in rows.splitlines() if line.startswith("| ")]
    assert promises
    assert cells[1 : len(promises) + 1] == promises
