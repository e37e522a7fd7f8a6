"""Changes from before the start of an incident, as tests of them need some."""

from datetime import timedelta

from incident_tui.domain.findings.suspects import Candidate, start_of
from tests.support.incidents import Story


def change(story: Story, minutes: int = 300, **more: object) -> Candidate:
    """A commit so many minutes before the start; `more` says what else is so."""
    start = start_of(story.incident)
    assert start is not None
    given: dict[str, object] = {
        "kind": "commit", "where": "shop", "text": "tidy", "source": f"shop@{minutes}", **more
    }  # fmt: skip
    return Candidate(at=start - timedelta(minutes=minutes), **given)  # type: ignore[arg-type]
