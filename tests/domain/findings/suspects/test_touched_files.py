"""What a file is, by its path."""

import pytest

from incident_tui.domain.findings.suspects.touched_files import kind_of


@pytest.mark.parametrize(
    ("path", "kind"),
    [("README.md", "words"), ("src/checkout.py", "code"), (".github/workflows/ci.yml", "pipeline"),
     ("requirements.txt", "dependencies"), ("app/settings/base.py", "configuration"),
     ("Dockerfile", "configuration"), ("tests/config.yml", "test"), ("V12__add.sql", "migration")],
)  # fmt: skip
def test_a_file_is_known_by_its_path(path: str, kind: str) -> None:
    assert kind_of(path) == kind
