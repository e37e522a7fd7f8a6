"""A test file is named after what it tests: by its name, a concept finds its tests."""

from pathlib import Path

import pytest

from tests.support.paths import ROOT

DOMAIN = ROOT / "incident_tui" / "domain"
FLOORS = (
    "impact", "findings", "people", "mitigation", "learning", "confidential", "quality", "handover",
)  # fmt: skip


def concepts() -> list[Path]:
    """The file or package of each concept, below the domain."""
    files = [path for floor in FLOORS for path in (DOMAIN / floor).rglob("*.py")]
    own = [path.parent if path.name == "__init__.py" else path for path in files]
    return sorted(path.relative_to(DOMAIN) for path in own if path.parent != DOMAIN)


def test_there_are_concepts_on_every_floor() -> None:
    assert {path.parts[0] for path in concepts()} == set(FLOORS)


@pytest.mark.parametrize("concept", concepts(), ids=str)
def test_a_concept_has_tests_of_its_own_name(concept: Path) -> None:
    expected = ROOT / "tests" / "domain" / concept.parent / f"test_{concept.stem}.py"
    assert expected.is_file(), f"{concept} has no {expected.relative_to(ROOT)}"
