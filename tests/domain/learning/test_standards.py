"""What recurs can be marked as input for a standard, where the incident has it."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.learning.standards import Standards, recurrences
from tests.support.incidents import Story


@pytest.fixture
def story() -> Story:
    return Story().tell(
        [
            "/impact services checkout, gift cards",
            "/factor detection nobody watched the pool",
            "+ alert on pool usage class:detect owner:ana",
        ]
    )


def test_layers_services_and_classes_may_recur(story: Story) -> None:
    assert set(recurrences(story.incident)) == {
        "layer:detection", "service:checkout", "service:gift cards", "class:detect",
    }  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "/feed observability layer:detection alerts on pools, wiki/OBS-12",
        '/feed platform "service:gift cards" a common client',
        "/feed Observability CLASS:detect alerts on pools",
    ],
)
def test_what_was_fed_is_on_record(story: Story, typed: str) -> None:
    story.say(typed)
    (fed,) = story.incident.of(Standards).fed
    assert fed.recurrence in recurrences(story.incident)
    assert fed.at == story.now.timestamp()


@pytest.mark.parametrize(
    "typed",
    [
        "/feed nonesuch layer:detection x",
        "/feed observability layer:control x",
        "/feed observability service:mail x",
    ],
)
def test_what_the_incident_does_not_have_is_refused_with_what_it_has(
    story: Story, typed: str
) -> None:
    with pytest.raises(Refused) as refused:
        story.say(typed)
    assert refused.value.reasons


def test_without_any_of_it_nothing_can_be_fed() -> None:
    with pytest.raises(Refused, match="no factor"):
        Story().say("/feed observability layer:detection x")
