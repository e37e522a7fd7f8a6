"""An action item that names nothing to be seen is a promise, whatever is said around it."""

import pytest

from incident_tui.domain.values.wording import is_vague


@pytest.mark.parametrize(
    "promise",
    [
        "be more careful",
        "Monitor better",
        "improve tests",
        "improve the tests of checkout under retry storms",
        "double-check",
    ],
)
@pytest.mark.parametrize("before", ["", "we will ", "Ana should ", "from now on, always "])
@pytest.mark.parametrize("after", ["", " owner:ana due:fri", ' verify:"nobody complains"'])
def test_no_opening_and_no_attribute_makes_a_task_of_a_promise(
    before: str, promise: str, after: str
) -> None:
    assert is_vague(before + promise + after)


@pytest.mark.parametrize(
    "task",
    [
        "alert on pool usage above 80 %",
        "improve p95 of the login from 900 ms to 200 ms",
        "be stricter in CI: a migration without a down step fails",
        "We will cap retries at 3",
        "double-check step in the release form",
    ],
)
def test_what_can_be_seen_is_a_task(task: str) -> None:
    assert not is_vague(task)
