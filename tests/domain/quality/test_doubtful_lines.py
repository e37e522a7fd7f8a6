"""The rules of the engine: what each asks, the lines that would get past it, and those meant."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from incident_tui.domain import discovery
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.doubts import Doubted, DoubtOverruled, every_doubt_rule
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from tests.support.homes import Kitchen
from tests.support.incidents import TRIAGE, Story, playbook, story
from tests.support.playbooks.engine import bakery

SHOWN = "@-5m = 5xx 0.2 % -> 12 % src:pager"
TRIED = "/mitigate rollback to v41 undo:again"
CAUSE = ("? the pool", "/hyp 1 test look")
FIX = (*CAUSE, "/hyp 1 for seen src:logs", "/hyp 1 confirm it is", "/fix 1 bounded")
REDUCED = (
    "@@mitigate", SHOWN, "/mitigate restart node 3 undo:none", "= 5xx 0.2 %", "/verify 1 back",
    "/set residual-risk none", "/attest impact-reduced",
)  # fmt: skip
CONTAINED = (
    "@@mitigate", SHOWN, "/contain roll-back it is unsafe", "/set residual-risk none",
    "/attest data-first",
)  # fmt: skip
WHY = 'why:"the provider confirmed it"'
CAME_BACK = (SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x", "@-10m /state mitigated",
             "@-5m /state active it is back")  # fmt: skip
UPDATE = "/update we are on it next:+30m"


@dataclass(frozen=True)
class Held:
    """A rule: the lines that would get past it after `before`, and what leaves no doubt."""

    rule: str
    doubtful: tuple[tuple[tuple[str, ...], str], ...]
    fine: tuple[tuple[tuple[str, ...], str], ...]
    under: str = "war-room"


RULES = [
    Held(
        "lifecycle.unverified",
        doubtful=(
            ((), "/state resolved all good"),
            ((), "/state mitigated"),
            ((), "/state monitoring"),
            ((), "/state postmortem-only"),
            ((SHOWN, TRIED), "/state mitigated"),
            ((SHOWN, TRIED, "= 5xx 11 %"), "/state mitigated"),
            ((SHOWN, TRIED, "= 5xx 9 %", "/verify 1 x", "/fail 1 no"), "/state resolved"),
            ((SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x", "/state mitigated", "/state active back"),
             "/state mitigated"),
            ((SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x", "= 5xx 14 %"), "/state mitigated"),
            ((SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x", "/retract 4 another host"),
             "/state mitigated"),
            ((SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x", "/retract 4 another host"),
             "/milestone mitigated"),
            ((SHOWN, TRIED, "= 5xx 11.99 %", "/verify 1 x", "/retract 4 no"), "/state resolved"),
            ((SHOWN, TRIED, f"/verify 1 x {WHY}"), "/state mitigated"),
            ((), "/milestone mitigated"),
            ((SHOWN,), "@-1m /milestone resolved gone by itself"),
            ((*CAME_BACK,), "/milestone mitigated"),
        ),
        fine=(
            ((SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x"), "/state mitigated"),
            ((SHOWN, "= 5xx 0.2 %"), "/state resolved it went away"),
            ((SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x", "/undone 1"), "/state resolved"),
            (("/state mitigated",), "/state active it is back"),
            (("/state mitigated",), "@-1m /milestone mitigated"),
            ((*CAME_BACK,), "@-9m /milestone mitigated"),
            ((SHOWN, TRIED, "= 5xx 9 %", "/verify 1 x"), "/state mitigated"),
            ((SHOWN, TRIED, "= 5xx 0.2 %", "/verify 1 x", "/retract 4 no", "= 5xx 0.3 %"),
             "/state mitigated"),
        ),
    ),
    Held(
        "mitigations.unread",
        doubtful=(
            ((TRIED,), "/verify 1 looks fine"),
            ((SHOWN, TRIED), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "= 5xx 12 % -> 20 %"), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "= 5xx 12 % -> 11.99 %"), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "= 5xx 14 %", "= 5xx 13.8 %"), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "= 5xx 20 %", "= 5xx 12 %"), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "= 5xx 0.3 %", "= 5xx 12 %"), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "= p95 4s -> 1s"), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "= 5xx 12 % -> 310 ms"), "/verify 1 looks fine"),
            ((SHOWN, TRIED, "/fail 1 no"), "/verify 1 it works after all"),
        ),
        fine=(
            ((SHOWN, TRIED, "= 5xx 12 % -> 0.3 %"), "/verify 1 back"),
            ((TRIED, "= 5xx 12 % -> 0.3 %"), "/verify 1 back"),
            ((SHOWN, "= 5xx 20 %", TRIED, "= 5xx 12 %"), "/verify 1 half of the way"),
            ((SHOWN, TRIED, "= 5xx 4 %", "= 5xx 4 %"), "/verify 1 it stays there"),
            ((TRIED, "= p95 3ms -> 1ms", "= p95 15ms -> 7ms"), "/verify 1 on the other host"),
            ((SHOWN, TRIED, "= 5xx 0.3 %", "/verify 1 x", "> pool 2x", "= 5xx 0.3 %"),
             "/verify 2 nothing got worse"),
            ((SHOWN, TRIED, "= 5xx 0.30 %", "= 5xx 0.29 %"), "/verify 1 stays at normal"),
            ((SHOWN, TRIED, "= 5xx 12 % -> 10 %"), "/verify 1 a little"),
            ((SHOWN, TRIED), "/fail 1 no effect"),
        ),
    ),
    Held(
        "hypotheses.unproven",
        doubtful=(
            (CAUSE, "/hyp 1 confirm it is"),
            ((*CAUSE, "/hyp 1 against no"), "/hyp 1 confirm it is"),
            ((*CAUSE, "/hyp 1 for feels like it"), "/hyp 1 confirm it is"),
            ((*CAUSE, "/hyp 1 for see #1, as declared"), "/hyp 1 confirm it is"),
            ((*CAUSE, "/hyp 1 for see #2"), "/hyp 1 confirm it is"),
            ((*CAUSE, "? dns", "/hyp 1 for see #4"), "/hyp 1 confirm it is"),
            ((*CAUSE, "/hyp 1 for seen", "/hyp 1 for see #4"), "/hyp 1 confirm it is"),
        ),
        fine=(
            ((*CAUSE, "/hyp 1 for seen src:logs"), "/hyp 1 confirm it is"),
            ((SHOWN, *CAUSE, "/hyp 1 for see #2"), "/hyp 1 confirm it is"),
            ((*CAUSE, "the pool is full", "/hyp 1 for see #4"), "/hyp 1 confirm it is"),
            ((*CAUSE, "/hyp 1 for seen https://example.org/1"), "/hyp 1 confirm it is"),
            (CAUSE, "/hyp 1 refute it is not"),
        ),
    ),
    Held(
        "gates.order",
        under="mitigate-first",
        doubtful=(
            (("@@fix",), "/attest deployed run 12"),
            (("@@fix", "/attest reproduced a1"), "/attest staged run 4"),
            (("@@fix", "/attest reproduced a1"), "/attest confirmed all fine"),
        ),
        fine=(
            (("@@fix",), "/attest reproduced a1"),
            (("@@fix", "/attest reproduced a1"), "/attest implemented #8"),
        ),
    ),
    Held(
        "gates.ticker",
        under="studio",
        doubtful=(
            (("@@resolve", "/role engineer ana"), "/attest cause-met"),
            (("@@resolve", "/role engineer ana", "/role reviewer ben"), "/attest deployment-sound"),
        ),
        fine=((("@@resolve", "/role reviewer ana"), "/attest cause-met"),),
    ),
    Held(
        "fixes.untested",
        doubtful=(
            (FIX, "/fix 1 deployed v43"),
            (FIX, "/milestone fix-deployed"),
            ((), "/milestone fix-deployed v43"),
        ),
        fine=(
            ((*FIX, "/fix 1 bounded test:storm"), "/fix 1 deployed v43"),
            (("/tested by replaying the orders",), "/milestone fix-deployed"),
            ((), "/milestone detected"),
        ),
    ),
    Held(
        "fixes.ticked-untested",
        under="mitigate-first",
        doubtful=((("@@fix",), "/attest deployed run 12"),),
        fine=((("@@fix", "/tested by a replay"), "/attest deployed run 12"),
              (("@@fix",), "/attest staged run 12")),
    ),
    Held(
        "lifecycle.was-one",
        doubtful=(
            (("/sev SEV1 down",), "/close not-an-incident it was small"),
            (("/sev SEV2 down",), "/close false-positive it was small"),
            ((TRIED,), "/close not-an-incident it was small"),
            (("/impact users everybody",), "/close false-positive never mind"),
            (("/sev SEV1 down", "/sev SEV4 not so bad"), "/close not-an-incident it was small"),
            (("/impact users all", "/impact users none"), "/close false-positive never mind"),
            (("/impact business no orders for an hour",), "/close not-an-incident it was small"),
            ((TRIED, "we look on", "/retract 2 never mind"), "/close not-an-incident small"),
            (("/sev SEV1 down", "so", "/retract 2 no"), "/close not-an-incident it was small"),
            (("/impact users all", "so", "/retract 2 no"), "/close false-positive never mind"),
        ),
        fine=(
            ((), "/close false-positive the probe was wrong"),
            (("/sev SEV1 down", "/undo"), "/close false-positive a typing error"),
            ((TRIED, "/undo"), "/close false-positive a typing error"),
            (("we look on", "/retract 2 no"), "/close false-positive never mind"),
            (("/sev SEV4 odd", "/impact users none"), "/close not-an-incident a typing error"),
            (("/sev SEV1 down",), "/close duplicate of the other one"),
        ),
    ),
    Held(
        "updates.untold",
        under="gated",
        doubtful=((("@@action-items", UPDATE, "/state resolved"), "/close"),
                  (("/sev minor odd", UPDATE), "/close false-positive nothing")),
        fine=((("@@action-items", UPDATE, "/state resolved", "/update it is over"), "/close"),
              (("@@action-items", "/state resolved"), "/close"),
              ((UPDATE,), "/close merged into another")),
    ),
    Held(
        "actions.last",
        doubtful=((("+ an alert",), "/act 1 drop not worth it"),
                  (("+ an alert", "+ a test", "/act 1 drop no"), "/act 2 drop no")),
        fine=((("+ an alert", "+ a test"), "/act 2 drop no"), (("+ an alert",), "/act 1 done"),
              (("+ an alert",), "/undo"), (("+ an alert",), "/retract 2 a typing error")),
    ),
    Held(
        "actions.last-words",
        doubtful=((("@@@", "/act 1 drop no"), "/redact 64 a name"),
                  (("@@@", "/act 1 drop no"), "/retract 64 it is another team's")),
        fine=((("@@@",), "/redact 64 a name"), (("@@@",), "/retract 64 it is another team's"),
              (("+ an alert",), "/redact 2 a name")),
    ),
    Held(
        "lifecycle.earlier",
        doubtful=(
            (("/state mitigated",), "@-5m /state active it is back"),
            (("/state resolved",), "@-9m /state mitigated"),
            (("@@@",), "@-55m /state monitoring"),
        ),
        fine=(
            (("/state mitigated",), "/state active it is back"),
            (("/state mitigated", "/state active it is back"), "@-3m /state active it came then"),
            (("@-9m /state mitigated",), "@-5m /state active it is back"),
            (("/state mitigated",), "@-9m /milestone mitigated"),
        ),
    ),
    Held(
        "actions.none-at-close",
        doubtful=((("@@@", "/act 1 drop no", f"/act 2 drop no {WHY}"), "/close"),),
        fine=((("@@@", "/act 1 drop no", "/act 2 hand-over platform team"), "/close"),
              ((), "/close duplicate of the other one")),
    ),
    Held(
        "protection.claimed",
        under="command",
        doubtful=(((), "/set track protected (security)"),
                  (("/set track ordinary",), "/amend 2 protected (security)")),
        fine=(((), "/set track ordinary"), (("@@postmortem",), "/set lessons protected by nobody"),
              (("/protect a breach",), "/set track protected (security)")),
    ),
    Held(
        "blameless.one-cause",
        under="lifecycle",
        doubtful=(((), "/set failing-behaviour Root cause: the filter. Nothing else."),
                  ((), "/set failing-behaviour It fails. The root cause was the filter.")),
        fine=(((), "/set failing-behaviour the filter set it off; nobody was told"),
              ((), "/set failing-behaviour we have no root cause yet")),
    ),
    Held(
        "actions.promise",
        doubtful=((("the pool is full", "+ alert at 80 % of the pool"), "/amend 3 be more careful"),
                  (("+ cap retries at 3",), "/amend 2 double-check the retries")),
        fine=((("the pool is full", "+ alert at 80 % of the pool"), "/amend 2 be more careful"),
              (("+ cap retries at 3",), "/amend 2 cap retries at 2"),
              (("+ cap retries at 3",), "/amend 2 @-1m")),
    ),
    Held(
        "updates.two-times",
        doubtful=((("/update u next:+10m",), "/amend 2 u. Next update in 25 minutes."),
                  (("/update u next:+10m",), "/amend 2 We write again in an hour."),
                  (("/update u. Next update in 10 minutes. next:+10m",), "/amend 2 @-9m"),
                  (("/update Back in 10 minutes. next:+10m",), "/amend 2 @-9m"),
                  (("/update Switched over 5 minutes ago. next:+10m",), "/amend 2 @-9m")),
        fine=((("/update u next:+10m",), "/amend 2 u. Next update in 10 minutes."),
              (("/update u next:+10m",), "/amend 2 v"), (("/update u next:+10m",), "/amend 2 @-1m"),
              (("Next update in 5 minutes.",), "/amend 2 Next update in 9 minutes."),
              (("/update All is well again. next:+10m",), "/amend 2 @-9m"),
              (("the pool filled in 10 minutes",), "/amend 2 @-9m")),
    ),
    Held(
        "timeline.wish",
        doubtful=(((), "help"), ((), "Exit"), ((), "quit")),
        fine=(((), "@now help"), ((), "help came from the provider"), ((), "! quit")),
    ),
    Held(
        "impact.list",
        under="gated",
        doubtful=(((), "/impact data two orders may be written twice"),
                  ((), "/impact data maybe"), (("/impact data none",), "/amend 2 maybe")),
        fine=((("/impact data maybe",), "/amend 2 perhaps"), (("it fails",), "/amend 2 maybe"),
              ((), "/impact data none"), ((), "/impact data read degraded"),
              ((), "/impact data unknown"), ((), "/impact users some")),
    ),
    Held(
        "lifecycle.ended-unverified",
        under="lifecycle",
        doubtful=(
            ((*CONTAINED, TRIED, "/fail 1 no", "/advance"), "/approve"),
            ((*CONTAINED, TRIED, "/undone 1", "/advance"), "/approve"),
            ((*CONTAINED, TRIED, "= 5xx 11 %", "/fail 1 no", "/advance"), "/approve"),
        ),
        fine=(
            ((*CONTAINED, TRIED, "= 5xx 0.2 %", "/verify 1 x", "/advance"), "/approve"),
            ((*CONTAINED, TRIED, f"/verify 1 x {WHY}", "/advance"), "/approve"),
            ((*CONTAINED, TRIED, "/fail 1 no", f"/state mitigated {WHY}", "/advance"), "/approve"),
        ),
    ),
    Held(
        "duplicates.unnamed",
        doubtful=(
            (("/sev SEV1 down",), "/close duplicate seen before"),
            (("/impact users all",), "/close merged it goes on elsewhere"),
            (("> restarted",), "/close duplicate of the other one from 2026-11-20"),
        ),
        fine=(
            (("/sev SEV1 down",), "/close duplicate covered by 2026-11-20-checkout-5xx"),
            ((), "/close duplicate declared twice"),
            (("/sev SEV4 x",), "/close merged into the other one"),
        ),
    ),
    Held(
        "artifacts.contradicted",
        under="gated",
        doubtful=(((*REDUCED, "/set current-status mitigation failed"), "/advance"),),
        fine=((REDUCED, "/advance"),),
    ),
    Held(
        "hats.outsider",
        under="studio",
        doubtful=((("@@postmortem!", "/role author cleo"), "/approve by:cleo ref:mail"),
                  (("@@postmortem!", "/role engineer cleo"), "/approve by:Cleo ref:mail"),
                  (("@@postmortem!", "/role commander cleo"), "/approve by:cleo ref:mail"),
                  (("@@postmortem!", "/role author cleo", "/role author dan"),
                   "/approve by:cleo ref:mail"),
                  (("@@postmortem!", "/role author Cleo Roe"), "/approve by:@cleo ref:mail"),
                  (("@@postmortem!",), '/approve by:"Ana Roe" ref:mail')),
        fine=((("@@postmortem!", "/role reviewer cleo"), "/approve by:cleo ref:mail"),
              (("@@postmortem!",), "/approve by:cleo ref:mail")),
    ),
]  # fmt: skip


def outage(under: str, before: tuple[str, ...]) -> Story:
    """The incident after those lines.

    ``@@stage`` stands at that stage, ``!`` at its approval, ``@@@`` behind all that are approved.
    """
    if before and before[0] == "@@@":
        return story(5).tell([*before[1:], "/lift 2 it stays"])
    data = playbook(under)
    mark = before[0].removeprefix("@@") if before and before[0].startswith("@@") else ""
    if not mark:
        return Story(data).tell(before)
    stage_id = mark.removesuffix("!")
    places = [stage.id for stage in data.stages]
    free = [
        type(stage)(id=stage.id, title=stage.title, purpose=stage.purpose, review="none")
        for stage in data.stages[: places.index(stage_id)]
    ]
    last = data.stages[places.index(stage_id)]
    if mark.endswith("!"):
        last = type(last)(
            id=last.id, title=last.title, purpose=last.purpose, review=last.review,
        )  # fmt: skip
    rest = data.stages[places.index(stage_id) + 1 :]
    given = {name: getattr(data, name) for name in data.__struct_fields__}
    under_test = type(data)(**given | {"stages": (*free, last, *rest), "closing": ()})
    begun = Story(under_test).tell(["/advance"] * len(free)).tell(before[1:])
    return begun.tell(["/advance"]) if mark.endswith("!") else begun


DOUBTFUL = [
    pytest.param(held, before, line, id=f"{held.rule}: {line} ({len(before)})")
    for held in RULES
    for before, line in held.doubtful
]
REASONED = [
    pytest.param(held, before, line, id=f"{held.rule}: {line} ({len(before)})")
    for held in RULES
    if held.rule != "timeline.wish"  # a fact takes no reason: it is entered again, or with a time
    for before, line in held.doubtful
]
FINE = [
    pytest.param(held, before, line, id=f"{held.rule}: {line} ({len(before)})")
    for held in RULES
    for before, line in held.fine
]


def test_the_table_has_every_rule_and_each_says_what_it_asks() -> None:
    discovery.load()
    rules = every_doubt_rule()
    assert {held.rule for held in RULES} == rules.keys()
    assert all(rule.asks and rule.events for rule in rules.values())


@pytest.mark.parametrize(("held", "before", "line"), DOUBTFUL)
def test_a_line_that_would_get_past_a_rule_is_doubted(
    held: Held, before: tuple[str, ...], line: str
) -> None:
    story = outage(held.under, before)
    doubts = story.plan(line).doubts
    assert held.rule in doubts
    assert doubts[held.rule].text


@pytest.mark.parametrize(("held", "before", "line"), REASONED)
def test_the_same_line_with_its_reason_is_taken_and_says_so_in_the_log(
    held: Held, before: tuple[str, ...], line: str
) -> None:
    story = outage(held.under, before)
    story.say(f"{line} {WHY}")
    answered = [e.event for e in story.entries if isinstance(e.event, DoubtOverruled)]
    assert held.rule in [event.rule for event in answered]
    assert {event.text for event in answered} == {"the provider confirmed it"}


@pytest.mark.parametrize(("held", "before", "line"), FINE)
def test_what_is_meant_is_not_asked_about(held: Held, before: tuple[str, ...], line: str) -> None:
    assert held.rule not in outage(held.under, before).plan(line).doubts


def test_who_says_that_it_is_over_is_offered_to_say_what_the_change_shows() -> None:
    doubt = (
        outage("war-room", (SHOWN, TRIED)).plan("/state mitigated").doubts["lifecycle.unverified"]
    )
    assert doubt.mends == (
        ("read the signal again", "= 5xx 12 % -> … src:…"),
        ("say what it shows", "/verify 1 …"),
    )


def test_no_playbook_closes_an_incident_that_nobody_saw_end() -> None:
    first = msgspec.structs.replace(playbook().stages[0], review="none", checks=())
    own = msgspec.structs.replace(playbook(), stages=(first,), closing=(), flags={})
    story = Story(own).tell([SHOWN, TRIED])
    assert "lifecycle.ended-unverified" in story.plan("/close").doubts
    story.tell(["= 5xx 0.2 %", "/verify 1 it is back"])
    assert "lifecycle.ended-unverified" not in story.plan("/close").doubts


def test_the_minute_of_triage_is_typed_without_a_question() -> None:
    story = Story()
    assert len(TRIAGE) <= 15
    for line in TRIAGE:
        assert story.plan(line).doubts == {}, line
        story.say(line)


class TestAskedOnce:
    """At the doors: nothing is recorded until the line comes again, or with its reason."""

    def test_nothing_is_recorded_and_the_line_that_is_taken_is_named(self, tmp_path: Path) -> None:
        session = Kitchen(tmp_path).open()
        with pytest.raises(Doubted) as doubted:
            session.enter("/state resolved it went away")
        assert len(session.incident.recorded) == 1
        assert doubted.value.message == "nothing on record shows that it is resolved"
        assert doubted.value.reasons[-1][1] == '/state resolved it went away why:"…"'

    def test_the_line_with_its_reason_is_recorded_with_it(self, tmp_path: Path) -> None:
        session = Kitchen(tmp_path).open()
        session.enter('/state resolved it went away why:"seen at the till"')
        state, doubt = session.incident.recorded[1:]
        assert doubt.event == DoubtOverruled(
            rule="lifecycle.unverified",
            doubt="nothing on record shows that it is resolved",
            text="seen at the till",
        )
        assert doubt.part_of == state.id

    def test_in_a_group_the_other_lines_are_recorded(self, tmp_path: Path) -> None:
        session = Kitchen(tmp_path).open()
        results = session.enter_group(["smoke", "/state resolved", "more smoke"])
        assert [isinstance(result, Doubted) for result in results] == [False, True, False]

    def test_entered_again_it_is_recorded_and_says_that_it_was_doubted(
        self, tmp_path: Path
    ) -> None:
        session = Kitchen(tmp_path).open()
        session.enter(sure(parse("/state resolved")))
        assert isinstance(session.incident.recorded[-1].event, DoubtOverruled)

    def test_an_undo_takes_the_line_back_as_a_whole(self, tmp_path: Path) -> None:
        session = Kitchen(tmp_path).open()
        session.enter("> flour")
        session.enter('/verify 1 it rises why:"seen"')
        session.enter("/undo")
        assert len(session.incident.retracted) == 2

    def test_a_reason_that_answers_nothing_is_not_lost(self) -> None:
        story = Story(bakery())
        with pytest.raises(Refused) as refused:
            story.say('/impact users all why:"y"')
        assert refused.value.reasons == (("enter it without", "/impact users all"),)
