"""What each log line records, and how each is refused, under an invented playbook."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from incident_tui.domain.core import commands, line_grammar
from incident_tui.domain.core.events import Event
from incident_tui.domain.findings.decisions import DecisionMade
from incident_tui.domain.findings.hypotheses import (
    EvidenceWeighed,
    HypothesisConfirmed,
    HypothesisProposed,
    HypothesisRefuted,
    HypothesisTested,
)
from incident_tui.domain.findings.milestones import MilestoneReached
from incident_tui.domain.findings.questions import QuestionAnswered, QuestionAsked
from incident_tui.domain.findings.readings import ReadingTaken
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.domain.impact.impact import ImpactSet, ScopeSet
from incident_tui.domain.impact.severity import SeverityChanged
from incident_tui.domain.impact.updates import CadenceSet, UpdatePosted, UpdateSnoozed
from incident_tui.domain.learning.actions import ActionAdded, ActionChanged, ActionMoved
from incident_tui.domain.learning.factors import FactorNamed, WhyAnswered
from incident_tui.domain.mitigation.guardrails import GuardrailLifted, GuardrailRaised
from incident_tui.domain.mitigation.mitigations import (
    ChangeMade,
    MitigationFailed,
    MitigationUndone,
    MitigationVerified,
    ReversalNamed,
)
from incident_tui.domain.people.hats import HatAssigned, HatNotNeeded, HatTakenOff
from incident_tui.domain.people.identity import Identity, Introduced, hat_of
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.quality.evidence import EvidenceAttached, LinkKept
from tests.support.engine import baking, mends, refusal
from tests.support.incidents import DECLARED_AT

# Lines that come before; the first is entry e00002, typed at 14:06.
NOW = DECLARED_AT + timedelta(minutes=1)
FRIDAY = datetime(2026, 11, 27, 17, 0, tzinfo=UTC)

RECORDED: list[tuple[str, str, Sequence[Event]]] = [
    ("", "the oven is cold", [FactRecorded(text="the oven is cold")]),
    ("", r"\/sev is a command", [FactRecorded(text="/sev is a command")]),
    ("", "! bake again", [DecisionMade(text="bake again")]),
    ("", "? no gas", [HypothesisProposed(text="no gas")]),
    ("", "> new flour", [ChangeMade(text="new flour")]),
    ("", '> new flour undo:"the old one"', [ChangeMade(text="new flour", undo="the old one")]),
    ("", "= heat 20 -> 200", [ReadingTaken(name="heat", before="20", after="200")]),
    ("= heat 20 -> 200", "= Heat 210", [ReadingTaken(name="Heat", before="200", after="210")]),
    ("", "= heat 20", [ReadingTaken(name="heat", after="20")]),
    ("", "+ a second oven", [ActionAdded(text="a second oven")]),
    (
        "",
        '+ a second oven owner:ana due:fri class:prevent prio:P1 verify:"it bakes" ref:B-7',
        [
            ActionAdded(
                text="a second oven", owner="ana", due=FRIDAY, action_class="prevent",
                priority="P1", verify="it bakes", ref="B-7",
            )
        ],
    ),
    ("+ oven", "/act 1 owner:ben", [ActionChanged(action="e00002", owner="ben")]),
    ("+ oven", "/act 1 done", [ActionMoved(action="e00002", step="done")]),
    ("+ oven", "/act #1 verify hot", [ActionMoved(action="e00002", step="verify", text="hot")]),
    ("+ oven", "/act 1 drop no room", [ActionMoved(action="e00002", step="drop", text="no room")]),
    (
        "+ oven",
        "/act 1 hand-over mill, M-1",
        [ActionMoved(action="e00002", step="hand-over", text="mill, M-1")],
    ),
    ("", "/sev high no bread", [SeverityChanged(level="HIGH", why="no bread")]),
    ("/sev HIGH", "/sev LOW", [SeverityChanged(level="LOW", before="HIGH")]),
    ("", "/impact users all", [ImpactSet(field="users", text="all")]),
    ("", "/scope dependency unknown", [ScopeSet(row="dependency", text="unknown")]),
    ("", "/role Taster ben", [HatAssigned(hat="taster", person="ben")]),
    (
        "",
        "/role all ana",
        [HatAssigned(hat="lead", person="ana"), HatAssigned(hat="speaker", person="ana")],
    ),
    ("/role lead ana", "/role all ana", [HatAssigned(hat="speaker", person="ana")]),
    ("/role lead ana", "/role lead -", [HatTakenOff(hat="lead")]),
    ("", "/role speaker not-needed alone", [HatNotNeeded(hat="speaker", why="alone")]),
    ("? gas", "/hyp 1 test sniff", [HypothesisTested(hypothesis="e00002", text="sniff")]),
    (
        "? gas",
        "/hyp 1 for it smells",
        [EvidenceWeighed(hypothesis="e00002", text="it smells", speaks_for=True)],
    ),
    (
        "? gas",
        "/hyp 1 against it burns",
        [EvidenceWeighed(hypothesis="e00002", text="it burns", speaks_for=False)],
    ),
    ("? gas", "/hyp 1 refute burns", [HypothesisRefuted(hypothesis="e00002", text="burns")]),
    ("? gas", "/hyp 1 confirm smells", [HypothesisConfirmed(hypothesis="e00002", text="smells")]),
    (
        "",
        "/mitigate rebake all of it undo:eat",
        [ChangeMade(text="all of it", mitigates="rebake", undo="eat")],
    ),
    ("> flour", "/verify 1 it rises", [MitigationVerified(mitigation="e00002", text="it rises")]),
    ("> flour", "/fail 1 flat", [MitigationFailed(mitigation="e00002", text="flat")]),
    ("> flour", "/undone 1", [MitigationUndone(mitigation="e00002")]),
    ("> flour", "/reverse 1 sieve it", [ReversalNamed(mitigation="e00002", text="sieve it")]),
    (
        "",
        "/update soon next:+30m",
        [UpdatePosted(text="soon", form="initial", next_at=NOW + timedelta(minutes=30))],
    ),
    (
        "/update soon next:+30m",
        "/update sooner next:tomorrow 09:00",
        [UpdatePosted(text="sooner", next_at=datetime(2026, 11, 21, 9, 0, tzinfo=UTC))],
    ),
    ("/state resolved", "/update it is over", [UpdatePosted(text="it is over", form="resolution")]),
    ("", "/cadence 20m", [CadenceSet(seconds=1200)]),
    (
        "/sev HIGH",
        "/snooze 10m on the phone",
        [UpdateSnoozed(until=NOW + timedelta(minutes=11), text="on the phone")],
    ),
    ("", "/set seen smoke", [FieldSet(stage="look", field="seen", text="smoke")]),
    ("", "/set seen -", [FieldSet(stage="look", field="seen", text="")]),
    ("", "/factor oven too old", [FactorNamed(layer="oven", text="too old")]),
    ("", "/factor oven old candidate", [FactorNamed(layer="oven", text="old", candidate=True)]),
    ("", "/factor oven old (candidate)", [FactorNamed(layer="oven", text="old", candidate=True)]),
    ("", "/why nobody looked", [WhyAnswered(text="nobody looked")]),
    ("", "/guardrail two bakers", [GuardrailRaised(text="two bakers")]),
    ("/guardrail two", "/lift 1 enough", [GuardrailLifted(guardrail="e00002", text="enough")]),
    ("", "/question who ate it?", [QuestionAsked(text="who ate it?")]),
    ("/question who?", "/answer 1 the cat", [QuestionAnswered(question="e00002", text="the cat")]),
    ("", "/milestone detected smoke", [MilestoneReached(name="detected", text="smoke")]),
    (
        "@-2m smoke",
        "/milestone detected #2",
        [MilestoneReached(name="detected", text="#2 smoke")],
    ),
    ("", "/evidence oven.png", [EvidenceAttached(name="", origin="oven.png")]),
    ("", "/link HTTPS://example.org oven", [LinkKept(url="HTTPS://example.org", text="oven")]),
    ("", "/gate", []),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "events"), RECORDED, ids=[r[1] for r in RECORDED])
def test_a_line_records(before: str, line: str, events: Sequence[Event]) -> None:
    story = baking(*([before] if before else []))
    assert [entry.event for entry in story.say(line)] == list(events)


@pytest.mark.parametrize(("before", "line", "events"), RECORDED, ids=[r[1] for r in RECORDED])
def test_what_a_line_records_is_told_in_one_line(
    before: str, line: str, events: Sequence[Event]
) -> None:
    story = baking(*([before] if before else []))
    for entry in story.say(line):
        told = entry.event.tell(entry, story.incident)
        assert "\n" not in told
        assert told or isinstance(entry.event, EvidenceAttached)


def test_a_milestone_of_an_entry_takes_its_time() -> None:
    story = baking("@-2m smoke")
    (entry,) = story.say("/milestone detected 2")
    assert entry.at == story.incident.entries[1].at


REFUSED: list[tuple[list[str], str, str, list[str]]] = [
    ([], "/sev AWFUL", "'AWFUL' is not a severity", ["/sev HIGH", "/sev LOW"]),
    (["/sev HIGH"], "/sev HIGH", "the severity is HIGH already", []),
    ([], "/impact user all", "did you mean users?", ["/impact users …"]),
    ([], "/scope user all", "did you mean users?", ["/scope users …"]),
    ([], "/role baker ben", "'baker' is not a hat", []),
    ([], "/role lead not-needed alone", "somebody has to own", ["/role lead PERSON"]),
    ([], "/role taster not-needed", "why is the hat", ["/role taster not-needed WHY"]),
    ([], "/role taster -", "nobody wears", []),
    (["/role taster ben"], "/role taster ben", "ben wears the hat taster already", []),
    (["/role all ana"], "/role all ana", "ana wears every hat already", []),
    (["/role taster ben"], "/role all -", "one by one", ["/role taster -"]),
    ([], "/hyp 1 test x", "there is no hypothesis 1", ["? what you suspect"]),
    (["? gas"], "/hyp 2 for x", "hypothesis 2: they go to 1", ["? what you suspect"]),
    (["? gas", "/hyp 1 refute x"], "/hyp 1 refute x", "refuted already", []),
    (["? gas", "/hyp 1 confirm x"], "/hyp 1 confirm x", "confirmed already", []),
    ([], "/verify 1 x", "there is no change 1: none is on record yet", ["> what was changed"]),
    (["> a"], "/reverse 2 x", "there is no change 2: they go to 1", ["> what was changed"]),
    (["> a"], "/fail 2 x", "they go to 1", ["> what was changed"]),
    (["> a", "/undone 1"], "/verify 1 x", "change 1 (a) is undone already", []),
    ([], "/reverse 1 x", "there is no change 1: none is on record yet", ["> what was changed"]),
    ([], "/mitigate rebak x", "did you mean rebake?", ["/mitigate rebake …"]),
    ([], "= heat 20 ->", "has no value after the arrow", ["= heat 20 -> 310ms"]),
    (
        [],
        "+ be more careful",
        "cannot be seen to be done",
        ["+ alert when pool usage exceeds 80 %"],
    ),
    ([], "+ oven class:fix", "'fix' is not a class of action items", []),
    ([], "+ oven prio:P9", "'P9' is not a priority", []),
    ([], "+ oven due:14.02", "the due date '14.02'", []),
    ([], "/act 1 done", "there is no action item 1", ["+ what will be done owner:NAME"]),
    (["+ oven"], "/act 1", "what about action item 1?", ["/act 1 done"]),
    (["+ oven", "/act 1 drop x"], "/act 1 done", "dropped already", []),
    (["+ oven"], "/act 1 prio:P9", "'P9' is not a priority", []),
    ([], "/factor oven human error", "ends the inquiry", ["/factor oven …"]),
    ([], "/factor oxen old", "did you mean oven?", ["/factor oven …"]),
    ([], "/why the baker was careless", "'careless'", ["/why …"]),
    ([], "/lift 1 x", "there is no guardrail 1", ["/guardrail …"]),
    (["/guardrail a", "/lift 1 x"], "/lift 1 x", "lifted already", []),
    ([], "/answer 1 x", "there is no question 1", ["/question …"]),
    ([], "/milestone detcted", "did you mean detected or", ["/milestone started"]),
    ([], "/milestone detected 9", "there is no entry 9", []),
    (["a", "/undo"], "/milestone detected 2", "does not count", ["/redo"]),
    ([], "/link example.org", "not a link", ["/link https://example.org", "/evidence PATH"]),
    ([], "/cadence soon", "the interval 'soon'", []),
    (["/sev HIGH"], "/snooze soon x", "the delay 'soon'", []),
    ([], "/snooze 5m x", "no update is owed", []),
    ([], "/update soon", "leaves people waiting", ["/update soon next:+30m"]),
    ([], "/update soon next:yesterday", "the time of the next update 'yesterday'", []),
    ([], "/hat baker", "'baker' is not a hat", []),
]


@pytest.mark.parametrize(("before", "line", "says", "mend"), REFUSED, ids=[r[1] for r in REFUSED])
def test_a_line_is_refused_with_its_reason_and_mends(
    before: list[str], line: str, says: str, mend: list[str]
) -> None:
    refused = refusal(baking(*before), line)
    assert says in refused.message
    assert mends(refused)[: len(mend)] == mend


@pytest.mark.parametrize(("before", "line", "says", "mend"), REFUSED, ids=[r[1] for r in REFUSED])
def test_each_mend_is_a_line_that_can_be_typed(
    before: list[str], line: str, says: str, mend: list[str]
) -> None:
    for offered in mends(refusal(baking(*before), line)):
        assert line_grammar.parse(offered.replace("…", "x")).command.name


class TestTypingAs:
    def test_somebody_else_can_type(self) -> None:
        with pytest.raises(Introduced) as caught:
            baking().say('/me "Ana B"')
        assert caught.value.identity == Identity("Ana B")

    def test_a_hat_can_be_chosen(self) -> None:
        with pytest.raises(Introduced) as caught:
            baking().say("/hat Taster")
        assert caught.value.identity == Identity("ana", "taster")

    @pytest.mark.parametrize(
        ("lines", "hat"),
        [
            ([], ""),
            (["/role taster ana"], "taster"),
            (["/role taster ana", "/role lead ana"], "lead"),
            (["/role lead ben"], ""),
        ],
    )
    def test_else_the_most_commanding_hat_worn_is_recorded(
        self, lines: list[str], hat: str
    ) -> None:
        incident = baking(*lines).incident
        assert hat_of(incident, Identity("ana")) == hat
        assert hat_of(incident, Identity("ana", "speaker")) == "speaker"


class TestEveryVerb:
    FORMS = commands.every_command()

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.syntax))
    def test_it_has_a_help_and_an_example_that_means_this_very_form(
        self, form: commands.Command
    ) -> None:
        assert form.help
        assert line_grammar.parse(form.example).command is form

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.syntax))
    def test_its_example_reads_back_from_what_it_is_formatted_as(
        self, form: commands.Command
    ) -> None:
        line = line_grammar.parse(form.example)
        assert line_grammar.parse(line_grammar.format_line(line)) == line

    def test_no_two_forms_of_a_command_have_one_name(self) -> None:
        names = [form.name for form in self.FORMS]
        assert sorted(set(names)) == sorted(names)

    def test_a_key_starts_one_command_only(self) -> None:
        keys = [form.key for form in self.FORMS if form.key]
        assert len(set(keys)) == len(keys)
