"""Names are found as people write them, and what is called like a thing is none."""

import tomllib
from pathlib import Path

import pytest

import incident_tui
from incident_tui.domain.values.wording import blame_in
from incident_tui.domain.values.wording.people import MARK, marked

PLAYBOOKS = sorted((Path(incident_tui.__file__).parent / "playbooks").glob("*.toml"))


@pytest.mark.parametrize(
    ("text", "people", "names"),
    [
        ("ben fixed it", ["Ben Roe"], ["ben"]),
        ("Ben Roe fixed it with @lee", ["Ben Roe", "lee"], ["Ben Roe", "@lee"]),
        ("ana fixed it", ["ana.roe@example.org"], ["ana"]),
        ("benchmarks of Ben's pool", ["ben"], ["Ben"]),
        ("it will be up when Will is back", ["will"], ["Will"]),
        ("root cause: the platform", ["root", "platform"], []),
        ("the platform team took it", ["platform team"], ["platform team"]),
    ],
)
def test_each_letter_of_a_name_is_marked_in_its_place(
    text: str, people: list[str], names: list[str]
) -> None:
    expected = text
    for name in names:
        expected = expected.replace(name, MARK * len(name), 1)
    assert marked(text, people) == expected


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda path: path.stem)
def test_whoever_wears_a_hat_is_somebody(playbook: Path) -> None:
    hats = [hat["title"].lower() for hat in tomllib.loads(playbook.read_text("utf-8"))["hats"]]
    assert hats
    for hat in hats:
        assert blame_in(f"The {hat} forgot to page the vendor.")
        assert blame_in(f"Nothing was wrong but the {hat}'s mistake.")
        assert not blame_in(f"The {hat} restarted the worker at 14:05.")
