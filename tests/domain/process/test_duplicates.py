"""What the log says of incidents that this one covers."""

import pytest

from incident_tui.domain.process.duplicates import DuplicateNoted, Duplicates
from tests.support.incidents import Story

ID = "01J00000000000000000000001"


@pytest.mark.parametrize(
    ("reopened", "says", "covered"),
    [
        (False, f"{ID} is closed: this incident covers it", [ID]),
        (True, f"{ID} is open again, as an incident of its own", []),
    ],
)
def test_it_says_whether_this_incident_covers_the_other_one_from_now_on(
    reopened: bool, says: str, covered: list[str]
) -> None:
    story = Story()
    story.record([DuplicateNoted(ID)])
    [entry] = story.record([DuplicateNoted(ID, reopened=reopened)])
    assert entry.event.tell(entry, story.incident) == says
    assert story.incident.of(Duplicates).covered == covered
