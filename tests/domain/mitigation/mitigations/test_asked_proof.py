"""What a gate asks of mitigation, and the line that it offers next."""

from incident_tui.domain.core.rules import rule
from tests.support.incidents import Story, playbook

DOWN = ("= 5xx 0.2 % -> 12 % src:pager", "/mitigate rollback to v41 undo:again")


def command(*lines: str) -> Story:
    return Story(playbook("command")).tell([*DOWN, *lines])


def test_the_signal_is_read_before_a_verdict_is_asked_for() -> None:
    verified = rule("mitigations.verified")
    assert verified is not None
    story = command()
    missing = verified.decide(story.incident)
    assert missing is not None
    assert missing.mend == "= 5xx 12 % -> … src:…"
    story.say("= 5xx 12 % -> 0.3 % src:pager")
    missing = verified.decide(story.incident)
    assert missing is not None
    assert missing.mend == "/verify 1 … inside:…"


def test_the_inside_is_seen_where_a_verification_that_still_holds_says_so() -> None:
    inside = rule("mitigations.inside")
    assert inside is not None
    story = command()
    missing = inside.decide(story.incident)
    assert missing is not None
    assert missing.mend == "/verify 1 … inside:…"
    story.say('/verify 1 5xx is normal inside:"no queue is longer than usual"')
    assert inside.decide(story.incident) is None
    story.say("/fail 1 it came back")
    assert inside.decide(story.incident) is not None
