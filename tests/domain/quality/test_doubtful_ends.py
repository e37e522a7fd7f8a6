"""An incident does not end as nobody has seen it end; which lines are asked about stands in
`test_doubtful_lines`.
"""

from incident_tui.domain.confidential.redactions import rewritten
from incident_tui.domain.core.events import fold
from incident_tui.domain.learning.actions import Actions
from incident_tui.domain.learning.actions.summaries import exist
from incident_tui.domain.quality.doubtful_ends import closed_as_none_although
from tests.support.incidents import Story, story


def test_the_last_action_is_not_taken_back_unasked_once_its_gate_was_passed_on_it() -> None:
    outage = story(5)
    first, last = (item.entry for item in outage.incident.of(Actions).live)
    line = f"/retract {outage.incident.number(first.id)} it is another team's"
    assert outage.plan(line).doubts == {}
    outage.say(line)
    line = f"/retract {outage.incident.number(last.id)} as well"
    assert list(outage.plan(line).doubts) == ["actions.last-words"]
    outage.say(f'{line} why:"both went into PLAT-311"')


def test_the_words_of_the_last_action_are_not_taken_unasked_once_its_gate_was_passed() -> None:
    outage = story(5)
    first, last = (item.entry for item in outage.incident.of(Actions).live)
    line = f"/redact {outage.incident.number(first.id)} a name"
    assert outage.plan(line).doubts == {}
    redact(outage, first.id)
    assert list(outage.plan("/act 2 drop not worth it").doubts) == ["actions.last"]
    line = f"/redact {outage.incident.number(last.id)} a name"
    assert list(outage.plan(line).doubts) == ["actions.last-words"]
    redact(outage, last.id, ' why:"both went into PLAT-311"')
    missing = exist(outage.incident)
    assert missing is not None
    assert missing.why.startswith("0 action items")


def redact(outage: Story, target: str, why: str = "") -> None:
    """Redact an entry as it is done on the disk: the log is folded anew without its words."""
    outage.say(f"/redact {outage.incident.number(target)} a name{why}")
    new = {entry.id: entry for entry in rewritten(outage.entries, target)}
    outage.incident = fold([new.get(e.id, e) for e in outage.entries], outage.playbook)


def test_closed_as_none_against_what_is_on_record_it_stays_counted() -> None:
    story = Story().tell(["/sev SEV1 down", "/close not-an-incident it was small"])
    assert closed_as_none_although(story.incident)
    story = Story().tell(["/close not-an-incident it was small"])
    assert not closed_as_none_although(story.incident)


def test_who_closes_it_as_none_against_what_is_on_record_is_shown_to_its_gates() -> None:
    story = Story().tell(["/sev SEV1 down"])
    doubt = story.plan("/close not-an-incident it was small").doubts["lifecycle.was-one"]
    assert doubt.mends == (("go through its gates", "/gate"),)
