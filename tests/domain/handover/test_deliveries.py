"""The line that asks for a delivery records nothing: it says what delivers."""

import pytest

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Refused
from tests.support.incidents import Story


def test_a_delivery_is_refused_as_a_line_with_the_commands_that_do_it() -> None:
    story = Story()
    with pytest.raises(Refused) as refused:
        story.say("/deliver")
    mends = [mend for _, mend in refused.value.reasons]
    assert mends == ["incident-tui deliver", "incident-tui deliver --check"]
    assert len(story.entries) == 1


def test_whoever_looks_for_a_merge_or_a_pull_request_finds_it() -> None:
    assert {commands.lead_of(f"/{word}") for word in ("pr", "push", "merged")} == {"/deliver"}
