"""Tags: put on and taken off, in small letters, each once."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.impact.tags import Tags, tags_in
from tests.support.incidents import Story


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("Retries, #Config-change", ["retries", "config-change"]),
        ("db db DB", ["db"]),
        ("k8s/ingress v1.2", ["k8s/ingress", "v1.2"]),
        ("über", ["über"]),
        ("… , #", []),
    ],
)
def test_a_text_names_tags(typed: str, tags: list[str]) -> None:
    assert tags_in(typed) == tags


def test_tags_are_put_on_taken_off_and_undone() -> None:
    story = Story().tell(["/tag retries config", "/tag retries db", "/untag config"])
    assert story.incident.of(Tags).names == ["retries", "db"]
    story.say("/retract 4 it was the configuration")
    assert story.incident.of(Tags).names == ["retries", "config", "db"]


def test_what_is_taken_off_where_nothing_was_put_on_is_refused() -> None:
    with pytest.raises(Refused, match="it has no tag yet"):
        Story().say("/untag retries")


@pytest.mark.parametrize("typed", ["/tag …", "/tag retries", "/untag nonesuch"])
def test_what_would_change_nothing_is_refused(typed: str) -> None:
    story = Story().tell(["/tag retries"])
    with pytest.raises(Refused):
        story.say(typed)
