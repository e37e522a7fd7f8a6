"""A mutant is killed by a test that catches it, and named where none does; the tree stays."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.mutants.__main__ import draw, equivalents, key_of, line_of, report, share_killed
from tests.mutants.coverage_map import FOLDER, CoverageMap
from tests.mutants.operators import Mutant, mutants_of
from tests.mutants.trials import Copy, Tried, Verdict, try_all, within_budget

pytestmark = pytest.mark.xdist_group("trials")  # the project is measured once

RULES = "incident_tui/domain/rules.py"
SOURCE = """
def is_late(minutes):
    return minutes > 30


def first_of(days):
    while len(days) > 1:
        days = days[:-1]
    return days


def unreached(days):
    return not days
"""
TESTS = """
from incident_tui.domain.rules import first_of, is_late


def test_an_hour_is_late():
    assert is_late(60)


def test_one_day_is_left():
    assert first_of([1, 2, 3]) == [1]


def test_it_fails_of_any_mutant():
    assert is_late(0)
"""

SETTINGS = """
[tool.pytest.ini_options]
# What these tests need none of.
addopts = ["-p", "no:textual-snapshot", "-p", "no:asyncio", "-p", "no:hypothesispytest"]

[tool.coverage.run]
source = ["incident_tui"]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small product with its tests, measured as the real one is."""
    root = tmp_path_factory.mktemp("project")
    for path, text in (
        ("incident_tui/__init__.py", ""),
        ("incident_tui/domain/__init__.py", ""),
        (RULES, SOURCE),
        ("tests/test_rules.py", TESTS),
        ("pyproject.toml", SETTINGS),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(dedent(text))
    (root / FOLDER).mkdir(parents=True)
    here = Path(__file__).resolve().parents[2]
    subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-p", "tests.mutants.durations",
            "--durations-file", FOLDER / "durations.json", "--import-mode=importlib",
            "--cov", "--cov-context=test", "--cov-report=",
        ],
        cwd=root, check=False, capture_output=True,
        env=os.environ | {
            "COVERAGE_FILE": str(root / FOLDER / "coverage"),
            "PYTHONPATH": os.pathsep.join([str(root), str(here)]),
        },
    )  # fmt: skip
    (root / FOLDER / "made_of.json").write_text(json.dumps(["", str(root)]))
    return root


def mutant(project: Path, change: str) -> Mutant:
    mutants = mutants_of(RULES, (project / RULES).read_bytes())
    return next(one for one in mutants if one.change == change)


def verdict(project: Path, base: Path, change: str) -> Verdict:
    coverage = CoverageMap(project)
    coverage.load()
    chosen = [mutant(project, change)]
    (tried,) = try_all(chosen, coverage, [Copy(project, base)], lambda: 3600)
    return tried.verdict


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("return minutes > 30 → return None", Verdict.KILLED),
        ("minutes > 30 → minutes >= 30", Verdict.SURVIVED),
        ("return not days → return None", Verdict.UNREACHED),
    ],
)
def test_a_test_that_fails_kills_it(
    project: Path, tmp_path: Path, change: str, expected: Verdict
) -> None:
    assert verdict(project, tmp_path, change) is expected
    assert (project / RULES).read_text() == SOURCE


@pytest.mark.slow
def test_one_that_goes_round_in_circles_is_killed(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.mutants.trials.START", 5)
    assert verdict(project, tmp_path, "len(days) > 1 → len(days) >= 1") is Verdict.KILLED


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        # with the mutant, without it, with it at twice the limit, ...
        ([None, None, True], Verdict.SURVIVED),
        ([None, True, True], Verdict.SURVIVED),
        ([None, True, None], Verdict.KILLED),
        ([None, None, None, True, None], Verdict.KILLED),
        ([None, True, False], Verdict.KILLED),
    ],
)
def test_one_is_killed_by_time_only_where_the_program_needs_less_than_half_of_it(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    runs: list[bool | None],
    expected: Verdict,
) -> None:
    answers = iter(runs)
    monkeypatch.setattr(Copy, "_passed", lambda self, tests, limit: next(answers))
    late = mutant(project, "minutes > 30 → minutes >= 30")
    assert Copy(project, tmp_path).try_out(late, [], limit=1) is expected
    assert next(answers, "none left") == "none left"


def test_the_tests_of_a_line_are_those_that_pass_and_reach_it_the_quickest_first(
    project: Path,
) -> None:
    durations = project / FOLDER / "durations.json"
    assert json.loads(durations.read_text()).keys() == {
        "tests/test_rules.py::test_an_hour_is_late",
        "tests/test_rules.py::test_one_day_is_left",
    }
    coverage = CoverageMap(project)
    coverage.load()
    assert coverage.tests(RULES, [3]) == ["tests/test_rules.py::test_an_hour_is_late"]
    assert len(coverage.tests(RULES, [2])) == 2, "read with the module: whatever uses it"
    assert coverage.tests(RULES, [13]) == []


def test_the_tests_that_are_named_after_a_file_come_sooner(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project / FOLDER, tmp_path / FOLDER)
    named, other = "tests/domain/test_rules.py::test_all", "tests/store/test_log.py::test_it"
    (tmp_path / FOLDER / "durations.json").write_text(json.dumps({other: 10, named: 30}))
    coverage = CoverageMap(tmp_path)
    coverage.load()
    assert coverage.tests(RULES, [2]) == [named, other]
    assert coverage.tests("incident_tui/store/log.py", [2]) == []


def test_the_quickest_tests_are_tried_as_far_as_the_time_goes() -> None:
    seconds = {"a": 1.0, "b": 20.0, "c": 30.0, "d": 60.0}
    assert within_budget(list("abcd"), seconds.__getitem__) == ["a", "b"]
    assert within_budget(["d"], seconds.__getitem__) == ["d"], "one at least"
    assert within_budget([], seconds.__getitem__) == []


def test_a_run_without_time_left_says_what_it_did_not_try(project: Path, tmp_path: Path) -> None:
    coverage = CoverageMap(project)
    coverage.load()
    chosen = [mutant(project, "minutes > 30 → minutes >= 30")]
    (tried,) = try_all(chosen, coverage, [Copy(project, tmp_path)], lambda: 1)
    assert tried.verdict is Verdict.UNTRIED


def test_a_seed_draws_the_same_mutants_each_of_another_line(project: Path) -> None:
    first = draw(project, 7, 3)
    assert draw(project, 7, 3) == first
    assert len({one.line for one in first}) == 3
    assert len(draw(project, 7, 400)) == len({one.line for one in draw(project, 8, 400)})


def test_the_report_names_the_living_and_counts_only_what_a_test_could_notice(
    project: Path,
) -> None:
    known = mutant(project, "minutes > 30 → minutes >= 30")
    tried = [
        *[Tried(known, Verdict.KILLED)] * 3,
        Tried(known, Verdict.SURVIVED, 2),
        Tried(known, Verdict.EQUIVALENT),
        Tried(known, Verdict.UNTRIED),
    ]
    assert share_killed(tried) == 0.75
    assert share_killed([]) == 1
    where = f"{RULES}:3: minutes > 30 → minutes >= 30: survived (2 slower tests left out)"
    assert line_of(tried[3]) == where
    assert report(tried)[0] == where
    assert report(tried)[1:] == [
        "killed: 3; survived: 1; equivalent: 1; not tried, the time was over: 1",
        "75.0% killed, at least 85% are asked for",
    ]


def test_an_equivalent_one_is_known_wherever_its_line_moves(project: Path, tmp_path: Path) -> None:
    listed = tmp_path / "equivalents.toml"
    listed.write_text(
        f'[[equivalent]]\npath = "{RULES}"\nline = "return minutes > 30"\n'
        'change = "minutes > 30 → minutes >= 30"\nreason = "nobody counts seconds"\n'
    )
    assert key_of(project, mutant(project, "minutes > 30 → minutes >= 30")) in equivalents(listed)
    assert key_of(project, mutant(project, "30 → 31")) not in equivalents(listed)


def test_every_listed_equivalent_is_a_mutant_that_there_is() -> None:
    from tests.mutants.__main__ import EQUIVALENTS, ROOT

    known = equivalents(EQUIVALENTS)
    there = {
        key_of(ROOT, one)
        for path in {path for path, _, _ in known}
        for one in mutants_of(path, (ROOT / path).read_bytes())
    }
    assert known <= there
