"""Names are found as people write them, and what is called like a thing is none."""

import pytest

from incident_tui.domain.values.wording.people import MARK, marked


@pytest.mark.parametrize(
    ("text", "people", "found"),
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
    text: str, people: list[str], found: list[str]
) -> None:
    expected = text
    for name in found:
        expected = expected.replace(name, MARK * len(name), 1)
    assert marked(text, people) == expected
