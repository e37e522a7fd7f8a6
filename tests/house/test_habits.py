"""What surrounds the code agrees with it: the changelog, hosted CI, the hook before a commit."""

import re
import tomllib
from importlib.metadata import packages_distributions
from urllib.parse import unquote

import incident_tui
from tests.support.paths import ROOT


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_newest_release_in_the_changelog_is_the_version_of_the_package() -> None:
    headings = re.findall(r"^## (.+)$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    version, _, day = headings[1].partition(" - ")
    assert version == incident_tui.__version__
    assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", day)


def test_hosted_ci_does_what_ci_run_does_with_every_python_that_is_supported() -> None:
    workflow = text_of(".github/workflows/ci.yml")
    steps = re.findall(r"^ +- run: (.+)$", workflow, re.MULTILINE)
    assert steps == [".ci/run"]
    matrix = re.search(r"^ +python: \[(.+)\]$", workflow, re.MULTILINE)
    assert matrix is not None
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    supported = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    assert re.findall(r'"(3\.\d+)"', matrix[1]) == supported


def test_hosted_ci_runs_no_action_that_could_change_under_its_name() -> None:
    """A tag can be moved; the digits of a commit cannot."""
    actions = re.findall(r"uses: (\S+)", text_of(".github/workflows/ci.yml"))
    assert actions
    assert [name for name in actions if not re.search(r"@[0-9a-f]{40}$", name)] == []


def test_the_hook_before_a_commit_runs_the_checks() -> None:
    hook = text_of(".pre-commit-config.yaml")
    assert re.search(r"^ +entry: make check$", hook, re.MULTILINE)
    assert re.search(r"^ +pass_filenames: false$", hook, re.MULTILINE)


def test_every_target_of_make_says_what_it_does() -> None:
    makefile = text_of("Makefile")
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert targets is not None
    for target in targets[1].split():
        assert re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE), target


def test_the_pictures_of_the_readme_are_those_that_tests_compare() -> None:
    pictures = [
        unquote(path) for path in re.findall(r"!\[[^]]+\]\(([^)]+)\)", text_of("README.md"))
    ]
    assert len(pictures) >= 3
    assert [path for path in pictures if not (ROOT / path).is_file()] == []
    assert all(path.startswith("snapshots/") for path in pictures)


def test_the_page_on_weaknesses_leads_to_the_one_on_threats() -> None:
    assert "(docs/threats.md)" in text_of("SECURITY.md")
    assert "(SECURITY.md)" in text_of("README.md")


def test_every_dependency_of_the_program_is_imported_by_it() -> None:
    """What is no longer needed is not installed either; each has its reason beside it."""
    required = tomllib.loads(text_of("pyproject.toml"))["project"]["dependencies"]
    sources = [*(ROOT / "incident_tui").rglob("*.py"), *(ROOT / "screens").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    modules = set(re.findall(r"^ *(?:from|import) (\w+)", text, re.MULTILINE))
    imported = {
        distribution.lower()
        for module, distributions in packages_distributions().items()
        if module in modules
        for distribution in distributions
    }
    assert [one for one in required if one.partition(">")[0].lower() not in imported] == []
