"""Suspected secrets: what is asked, and when it is settled."""

from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.secrets import Secrets, SecretSuspected
from incident_tui.domain.process.flags import raised
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking, refusal


def suspected() -> Story:
    story = baking("login with open-sesame", flags={"secrets.suspected": 0})
    target = story.entries[1].id
    story.record([SecretSuspected(target=target, what="password or key")])
    return story


def test_a_flag_names_the_entry_and_both_ways_out() -> None:
    story = suspected()
    (flag,) = raised(story.incident, story.now)
    assert "#2" in flag.text
    assert "/keep-secret 2" in flag.text
    assert flag.mend == "/redact 2 WHY"


def test_a_flag_says_how_many_more_entries_look_so() -> None:
    story = suspected()
    story.record([SecretSuspected(target=story.entries[0].id, what="another key")])
    (flag,) = raised(story.incident, story.now)
    assert "a secret (password or key), and so does 1 more; nothing is committed" in flag.text


def test_keeping_it_with_a_reason_settles_it() -> None:
    story = suspected()
    story.say("/keep-secret 2 an example from the manual")
    assert raised(story.incident, story.now) == []
    assert "kept already" in refusal(story, "/keep-secret 2 again").message


def test_taking_that_back_asks_again() -> None:
    story = suspected()
    story.say("/keep-secret 2 an example from the manual")
    story.say("/undo")
    assert len(story.incident.of(Secrets).open) == 1


def test_redacting_it_settles_it() -> None:
    story = suspected()
    story.record([EntryRedacted(target=story.entries[1].id)])
    assert raised(story.incident, story.now) == []


def test_retracting_it_does_not_since_the_words_are_still_there() -> None:
    story = suspected()
    story.say("/retract 2 not meant for here")
    assert len(raised(story.incident, story.now)) == 1


def test_undo_takes_back_the_entry_that_is_suspected() -> None:
    story = suspected()
    story.say("/undo")
    assert not story.incident.counts(story.incident.entries[1])


def test_an_entry_that_is_not_there_cannot_be_kept() -> None:
    assert "no entry 9" in refusal(baking(), "/keep-secret 9 why not").message
