"""The line that hands an update on: it opens the screen, and elsewhere names the command."""

import pytest

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Refused
from tests.support.incidents import Story
from tests.support.playbooks.processes import process


def test_where_there_is_no_screen_the_command_is_named_and_nothing_is_recorded() -> None:
    story = Story(process())
    before = story.entries
    with pytest.raises(Refused) as refused:
        story.say("/send")
    assert [mend for _, mend in refused.value.reasons] == ["incident-tui send"]
    assert story.entries == before


@pytest.mark.parametrize("word", ["/webhook", "/mail", "/curl"])
def test_the_words_of_what_hands_on_lead_to_it(word: str) -> None:
    assert commands.lead_of(word) == "/send"
