"""The line that a red flag proposes is one that helps: entered, the flag is gone.

A snooze, a waiver, or saying that something is not needed, is no way out.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest

from incident_tui.domain import discovery
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.secrets import SecretSuspected
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.rules import Raised, every_flag
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.learning.actions.summaries import EARLIER
from incident_tui.domain.learning.postmortem import record_of
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.flags import Flag, raised
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
from incident_tui.domain.values.playbook import Playbook
from tests.playbooks.scripts.all import NAMES, WALKED
from tests.support.incidents import Story, playbook
from tests.support.playbooks.processes import process

# Of everything that a line leaves open, what somebody would write there.
FILLED = {
    "…": "0.3 %",
    "@…": "@14:02",
    "WHY": "it has to be so",
    "SIGNAL": "5xx",
    "PERSON": "ben",
    "NAME": "ben",
}
NO_WAY_OUT = ("/snooze", "/waive", "not-needed")
DECIDED = ("/sev SEV2 x", "/impact users all", "/role all ana", "/role scribe ben")


class Case(NamedTuple):
    """What raises a flag: its threshold, lines of ana, minutes after the last of them."""

    threshold: int
    lines: tuple[str, ...]
    minutes: float = 0
    begin: Callable[[Playbook], Story] | None = None
    """A story that goes before the lines, where that is not a new incident."""


def _until(under: Playbook, reached: Callable[[Incident], bool]) -> Story:
    """The script of the process that ships under that name, as far as something is reached."""
    story = Story(under)
    for step in WALKED[under.id]:
        if reached(story.incident):
            break
        story.say(step.line, actor=step.by)
    return story


def _all_hats_but_one(under: Playbook) -> Story:
    level = under.severities[1].id
    *hats, _ = [hat.id for hat in under.hats if level in hat.needed_for]
    return Story(under).tell([f"/sev {level} x", *(f"/role {hat} ana" for hat in hats)])


def _with_a_secret(under: Playbook) -> Story:
    story = Story(under).tell(["a word that looks like a key"])
    story.record([SecretSuspected(target=story.entries[-1].id, what="a key")])
    return story


def _redacted(under: Playbook) -> Story:
    story = _with_a_secret(under)
    story.record([EntryRedacted(target=story.entries[1].id, in_git=True)])
    return story


def _postmortem(incident: Incident) -> StageRecord:
    record = record_of(incident)
    assert record is not None
    return record


def _begun(under: Playbook) -> Story:
    """The postmortem is begun, and nothing is in it yet."""
    return _until(under, lambda incident: _postmortem(incident).state == "open")


def _written(under: Playbook) -> Story:
    """The postmortem waits for its approval, and the incident is over."""
    story = _until(under, lambda incident: _postmortem(incident).state == "review")
    return story.tell(["/state resolved over"] if story.incident.of(Lifecycle).unresolved else [])


def _recorded(at: timedelta) -> Callable[[Playbook], Story]:
    def rising_after(under: Playbook) -> Story:
        begun = Story(under).tell(_in_words_of(under, line) for line in DECIDED)
        begun.record([FactRecorded(text="rising")], at=begun.now + at)
        return begun

    return rising_after


def _jumped(under: Playbook) -> Story:
    story = Story(under).tell(["one"])
    story.say("two", at=story.now + timedelta(hours=9))
    story.say("three", at=story.now - timedelta(hours=8, minutes=58))
    return story


CASES = {
    "actions.none": Case(30, (), 31, _begun),
    "actions.overdue": Case(0, ("+ an alert on the pool due:+2h",), 121),
    "actions.unverifiable": Case(60, ("+ an alert on the pool",), 61),
    "blameless.single-cause": Case(2, ("? pool", "/hyp 1 confirm seen", "/state resolved over")),
    "blameless.wording": Case(0, ("ana forgot the limit",)),
    "checkpoints.due": Case(0, ("/role all ana",), 60 * 9),
    "checkpoints.missing": Case(5, ("/role commander ana", "/role commander ben"), 6),
    "clock.jumped": Case(1, (), 0, _jumped),
    "containment.kept-open": Case(10, ("/contain keep most are fine",), 11),
    "fixes.untested": Case(0, ("? pool", "/hyp 1 for full src:logs", "> hotfix of the pool")),
    "guardrails.left": Case(0, ("/guardrail deploys are frozen", "/state resolved over")),
    "hats.alone": Case(20, ("/sev SEV2 x", "/role all ana"), 21),
    "hats.missing": Case(5, (), 6),
    "hats.neglected": Case(5, ("/sev SEV1 x", "/role all ana", *(["smoke"] * 30)), 8),
    "hats.unanswered": Case(15, (), 16, _all_hats_but_one),
    "hypotheses.guessing": Case(
        15, ("? the pool", "/hyp 1 for it feels so", "/hyp 1 confirm so"), 16
    ),
    "impact.missing": Case(5, (), 6),
    "lifecycle.unverified": Case(
        0, ("/mitigate rollback back to v41", "/fail 1 no", "/state resolved x")
    ),
    "mitigations.left": Case(
        0,
        (
            "@14:02 = 5xx 1 % -> 12 % src:pager",
            "/mitigate scale 12 more pods undo:back",
            "= 5xx 12 % -> 0.3 % src:pager",
            "/verify 1 5xx at 0.3 %",
            "/state resolved over",
        ),
    ),
    "mitigations.none": Case(15, (*DECIDED, "? the pool"), 16),
    "mitigations.stalled": Case(15, ("/mitigate rollback back to v41",), 16),
    "mitigations.two-in-flight": Case(0, ("> one", "> two")),
    "mitigations.untried": Case(20, DECIDED, 21),
    "postmortem.due": Case(24, (), 60 * 121, _written),
    "questions.left": Case(0, ("/question were webhooks lost?", "/state resolved over")),
    "redactions.in-history": Case(0, (), 0, _redacted),
    "secrets.suspected": Case(0, (), 0, _with_a_secret),
    "severity.missing": Case(5, (), 6),
    "sources.missing": Case(0, ("the pool is full",)),
    "strategy.due": Case(30, ("/role all ana", "> one"), 31),
    "triggers.due": Case(0, ("/strategy-trigger 5xx above 1 % +10m -> switch it off",), 11),
    "timeline.future": Case(5, (), 0, _recorded(timedelta(hours=2))),
    "timeline.milestones": Case(
        30,
        (
            "@14:02 = 5xx 1 % -> 12 % src:pager",
            "/update we look. next:+30m",
            "? the pool",
            "/state resolved over",
        ),
        31,
    ),
    "timeline.order": Case(60, ("@-9h the oven was cold",)),
    "timeline.silent": Case(20, (), 21),
    "timeline.wrong-year": Case(10, (), 0, _recorded(timedelta(days=-365))),
    "updates.no-next": Case(0, ("/state resolved x", "/update it is over", "/state active back")),
    "updates.none": Case(15, (), 16),
    "updates.overdue": Case(0, ("/sev SEV1 x",), 31),
}


CAUSE = ("? pool", "/hyp 1 for full src:logs", "/hyp 1 confirm seen")


def _is_stopped(incident: Incident) -> bool:
    in_flight = incident.of(Mitigations).in_flight()
    return incident.of(Lifecycle).status != "active" and not in_flight


def _back(under: Playbook) -> Story:
    stopped = _until(under, _is_stopped)
    return stopped.tell(["/state active it is back"])


OTHER_WAYS = [
    ("fixes.untested", Case(0, (*CAUSE, "/fix 1 patched the pool", "> hotfix by hand"))),
    ("fixes.untested", Case(0, (*CAUSE, "/fix 1 patched the pool", "/fix 1 deployed v3"))),
    ("fixes.untested", Case(0, (*CAUSE, "/mitigate hotfix patched pool undo:none"))),
    ("fixes.untested", Case(0, ("/milestone fix-deployed v3",))),
    ("lifecycle.unverified", Case(0, ("/state resolved it went away",))),
    ("hypotheses.guessing", Case(15, ("? the pool", "/cause the pool"), 16)),
    ("hypotheses.guessing", Case(15, ("? the pool", "/hyp 1 for see #99"), 16)),
    ("hypotheses.guessing", Case(15, ("? the pool", "/hyp 1 test look at it"), 16)),
    ("mitigations.none", Case(15, ("? the pool",), 16, _back)),
    ("mitigations.stalled", Case(15, ("/mitigate rollback v41 undo:x", "/fail 1 no"), 16)),
    ("mitigations.stalled", Case(15, ("> restarted",), 16)),
    (
        "mitigations.left",
        Case(0, ("/mitigate rollback v41 undo:x", "/fail 1 no", "/state resolved")),
    ),
    ("blameless.wording", Case(0, ("! ana is to blame",))),
    ("blameless.wording", Case(0, ("a fact", "/amend 2 ana forgot the limit"))),
    ("hats.unanswered", Case(15, ("/sev SEV1 x",), 16)),
    ("updates.overdue", Case(0, ("/update for one audience for:leadership next:+10m",), 12)),
    ("timeline.order", Case(60, ("@12:00 /milestone mitigated", "@13:00 /milestone started"))),
]
"""The same said in other ways: a flag looks at what is on record, not at one verb."""


def _all_flags() -> Playbook:
    return process(**{name.replace(".", "__").replace("-", "_"): 0 for name in every_flag()})


def _in_words_of(under: Playbook, line: str) -> str:
    """A line of the default process with the levels, kinds and hats of another one."""
    hats = [hat.id for hat in under.hats if under.severities[1].id in hat.needed_for]
    words = {
        "SEV1": under.severities[0].id,
        "SEV2": under.severities[1].id,
        "commander": next(hat.id for hat in under.hats if hat.commands),
        "operations": hats[-2],
        "scribe": hats[-1],
    }
    known = {kind.id for kind in under.mitigation_kinds}
    if line.startswith("/mitigate "):
        kind = line.split()[1]
        words[kind] = kind if kind in known else under.mitigation_kinds[0].id
    return " ".join(words.get(word, word) for word in line.split(" "))


def raise_flag(name: str, case: Case, under: Playbook | None = None) -> Story:
    """An incident in which that flag is up, under that process or the default one."""
    under = under or _all_flags()
    shipped = playbook(under.id).flags
    story = case.begin(under) if case.begin else Story(under)
    story.playbook.flags.clear()
    story.playbook.flags.update(shipped | {name: case.threshold})
    story.tell(_in_words_of(under, line) for line in case.lines)
    story.now += timedelta(minutes=case.minutes)
    return story


def _filled(line: str) -> str:
    words = [FILLED.get(word, word) for word in line.split(" ")]
    words = [word.partition("|")[0] if word.isascii() else word for word in words]
    return " ".join(words).replace(":…", ":so").replace("…", "so").replace("NAME", "ben")


def _up(outage: Story, known: dict[str, Raised] | None = None) -> dict[str, Flag]:
    return {flag.id: flag for flag in raised(outage.incident, outage.now, known)}


def test_every_flag_has_a_case() -> None:
    discovery.load()
    assert {*CASES, EARLIER} == set(every_flag())


@pytest.mark.parametrize(
    ("under", "name", "case"),
    [
        (process, name, case)
        for process in NAMES
        for name, case in [*CASES.items(), *OTHER_WAYS]
        if name in playbook(process).flags
    ],
)
def test_the_line_of_a_flag_lowers_it_and_raises_none_that_is_worse(
    under: str, name: str, case: Case
) -> None:
    """In each process, each of the flags that it turns on."""
    story = raise_flag(name, case, playbook(under))
    before = _up(story)
    line = _filled(before[name].mend)
    assert not any(way in line for way in NO_WAY_OUT), line
    story.say(line, at=story.now)
    after = _up(story)
    assert name not in after, line
    worse = every_flag()[name].worst
    assert [new for new in after.keys() - before.keys() if every_flag()[new].worst > worse] == []


def test_what_an_earlier_incident_owes_is_taken_up_as_a_suspicion() -> None:
    story = Story(process(actions__earlier=0, impact__missing=0))
    known = {EARLIER: Raised("overdue", story.now, "? because this is still not done: x (other)")}
    story.say(_up(story, known)[EARLIER].mend)
    assert _up(story, known).keys() == {"impact.missing"}
