"""Fixes: what removes a confirmed cause for good, and the test that would have caught it."""

import re
from datetime import datetime

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
    projects_where,
)
from incident_tui.domain.core.numbered import completes_numbers
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.findings.hypotheses import Hypotheses, Hypothesis, is_confirmed
from incident_tui.domain.findings.milestones import MilestoneReached, Milestones
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.text import with_reason, with_words

_FIX = later(r"\b(?:hot-?)?(?:fix(?:ed|es)?|patch(?:ed|es)?)\b", re.IGNORECASE)


@facts(kind="fix", about="cause")
class FixNamed(Event, frozen=True, tag="fix.named"):
    """What fixes the cause that a hypothesis names; an empty attribute stays as it was."""

    hypothesis: Reference
    text: Words
    test: Words = ""
    ref: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The fix, and the hypothesis that it answers."""
        line = f"{self.text} (cause {incident.of(Hypotheses).number_of(self.hypothesis)})"
        return f"{line} {self.ref}" if self.ref else line

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """The fix, the cause that it removes, its test and its change."""
        cause = incident.of(Hypotheses).by_id.get(self.hypothesis)
        parts = {"for": cause.text if cause else "", "test": self.test, "change": self.ref}
        return ", ".join([self.text, *(f"{name}: {text}" for name, text in parts.items() if text)])


@facts(
    kind="fix deployed",
    lead="the permanent fix was in production",
    changes_production=True,
    wants_source=True,
    emphasis="strong",
    in_story=True,
    says_what_happened=True,
)
class FixDeployed(Event, frozen=True, tag="fix.deployed"):
    """The permanent fix of a cause is in production. It is no mitigation."""

    hypothesis: Reference
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The fix, the hypothesis that it answers, and what was said."""
        fix = incident.of(Fixes).by_cause.get(self.hypothesis)
        number = incident.of(Hypotheses).number_of(self.hypothesis)
        line = f"{fix.text} (cause {number})" if fix else f"cause {number}"
        return with_words(line, self.text)

    def sentence(self, entry: Entry, incident: Incident) -> str:
        """The fix itself, and what was said."""
        fix = incident.of(Fixes).by_cause.get(self.hypothesis)
        return with_reason(self.lead, fix.text if fix else "", self.text)


class Fix(msgspec.Struct):
    """One fix for one cause: the entries that `named` it last, and say that it is in production."""

    cause: Hypothesis
    text: str
    named: Entry
    test: str = ""
    ref: str = ""
    deployed: Entry | None = None


class Fixes(Projection):
    """The fix of each cause, in the order first named."""

    by_cause: dict[str, Fix] = {}

    @property
    def items(self) -> list[Fix]:
        """The fixes whose cause is still held to be one."""
        return [fix for fix in self.by_cause.values() if fix.cause.status == "confirmed"]

    def came_back(self, fix: Fix) -> str:
        """That the impact came back after the fix was deployed or named; empty where it did not."""
        back = self.incident.of(Milestones).at("recurred")
        if back is None or (fix.deployed or fix.named).at >= back:
            return ""
        return "it came back after that" if fix.deployed else "named before it came back"

    @property
    def in_words(self) -> list[str]:
        """Each fix, and that the impact came back in spite of it where it did."""
        listed = [(fix.text, self.came_back(fix)) for fix in self.items]
        return [f"{text} ({back})" if back else text for text, back in listed]


@projects(FixNamed, Fixes)
def _named(fixes: Fixes, event: FixNamed, entry: Entry) -> None:
    cause = fixes.incident.of(Hypotheses).by_id.get(event.hypothesis)
    if cause is None:
        return
    before = fixes.by_cause.get(event.hypothesis, Fix(cause, event.text, entry))
    before.text, before.named = event.text, entry
    before.test, before.ref = event.test or before.test, event.ref or before.ref
    fixes.by_cause[event.hypothesis] = before


@projects(FixDeployed, Fixes)
def _deployed(fixes: Fixes, event: FixDeployed, entry: Entry) -> None:
    if (fix := fixes.by_cause.get(event.hypothesis)) is not None:
        fix.deployed = entry


def _none_named(incident: Incident) -> str | None:
    named = incident.of(Fixes).by_cause
    return Hypotheses.none_yet(incident) or (None if named else "no fix is named yet")


@command(
    "/fix N deployed [TEXT] [src:TEXT]",
    doubted=True,
    help="the permanent fix of cause N is in production; no mitigation, but its milestone",
    example="/fix 1 deployed v43 everywhere src:deploys",
    possible=_none_named,
)
def deploy_fix(context: CommandContext, n: int, text: str = "", src: str = "") -> Planned:
    """The fix is in production from the line's time on. `Refused` where the cause has none."""
    item = context.incident.of(Hypotheses).nth(n)
    if item.entry.id not in context.incident.of(Fixes).by_cause:
        raise Refused(
            _none_named(context.incident) or f"cause {n} ({item.text}) has no fix yet",
            [("name it first, with the test that would have caught it", f"/fix {n} … test:NAME")],
        )
    return [
        FixDeployed(hypothesis=item.entry.id, text=text),
        MilestoneReached(name="fix-deployed", text=text),
    ]


@command(
    "/fix N TEXT [test:TEXT] [ref:TEXT]",
    help="the permanent fix of confirmed cause N, the test that would have caught it, its change",
    example="/fix 1 retries are bounded to three test:test_retry_storm ref:#812",
    possible=Hypotheses.none_yet,
)
def name_fix(context: CommandContext, n: int, text: str, test: str = "", ref: str = "") -> Planned:
    """A fix stands against a cause that is confirmed; said again, it replaces the text.

    `Refused` for any other hypothesis.
    """
    item = context.incident.of(Hypotheses).nth(n)
    if item.status != "confirmed":
        raise Refused(
            f"hypothesis {n} ({item.text}) is {item.status}: a fix is for a cause, not for a guess",
            [("confirm it with what proves it", f"/hyp {n} confirm …")],
        )
    return FixNamed(hypothesis=item.entry.id, text=text, test=test, ref=ref)


completes_numbers("/fix N", of=lambda incident: incident.of(Hypotheses).with_status("confirmed"))


def _line(incident: Incident, attribute: str = "") -> str:
    confirmed = incident.of(Hypotheses).with_status("confirmed")
    number = confirmed[0].number if confirmed else 1
    return f"/fix {number} … {attribute}".strip()


@check("fixes.named", title="the fix refers to the cause")
def named(incident: Incident) -> Missing | None:
    """At least one confirmed cause has its fix."""
    if incident.of(Fixes).items:
        return None
    if unconfirmed := is_confirmed(incident):
        return unconfirmed
    return Missing("nobody said what fixes the cause", _line(incident))


@check("fixes.tested", title="a regression test is named")
def tested(incident: Incident) -> Missing | None:
    """Each fix names the test that would have caught the incident."""
    fixes = incident.of(Fixes).items
    untested = [fix for fix in fixes if not fix.test]
    if fixes and not untested:
        return None
    if not fixes and (unconfirmed := is_confirmed(incident)):
        return unconfirmed
    if not fixes:
        return Missing("there is no fix that a test could guard", _line(incident, "test:NAME"))
    fix = untested[0]
    return Missing(
        f"the fix of cause {fix.cause.number} names no test that would have caught it",
        f"/fix {fix.cause.number} {fix.text} test:NAME",
    )


@source("fixes.all")
def listed(incident: Incident) -> Rows:
    """Each fix with its cause, one a line."""
    return item_rows(
        f"{fix.text}, for: {fix.cause.text}" + (f" ({fix.ref})" if fix.ref else "")
        for fix in incident.of(Fixes).items
    )


@source("fixes.tests")
def tests(incident: Incident) -> Rows:
    """The regression tests, one a line."""
    return item_rows(fix.test for fix in incident.of(Fixes).items if fix.test)


@facts(kind="tested", lead="a test saw it work", in_story=True, says_what_happened=True)
class FixTested(Event, frozen=True, tag="fix.tested"):
    """What is in production was seen to work by a test, whatever the cause turns out to be."""

    text: Words


class Deployed(Projection):
    """Changes to production that are called a fix, and the tests that saw one."""

    changes: list[Entry] = []
    tests: list[Entry] = []


@projects_where("changes_production", Deployed)
def _changed(deployed: Deployed, event: Event, entry: Entry) -> None:
    text = f"{getattr(event, 'mitigates', '')} {getattr(event, 'text', '')}"
    if _FIX.search(text):
        deployed.changes.append(entry)


@projects(FixTested, Deployed)
def _seen(deployed: Deployed, event: FixTested, entry: Entry) -> None:
    deployed.tests.append(entry)


@command(
    "/tested TEXT [src:TEXT]",
    help="by which test the fix that is in production was seen to work",
    example="/tested the replayed orders pass in staging, run 812",
)
def name_test(context: CommandContext, text: str, src: str = "") -> Planned:
    """A fix that went out before its cause was known has been tested."""
    return FixTested(text=text)


@flag("fixes.untested", why="A fix that no test has seen is the next incident.", worst=45)
def untested(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """A fix is in production, by whatever line that was said, and no test is named for it."""
    deployed = incident.of(Deployed)
    milestone = incident.of(Milestones).at("fix-deployed")
    since = [entry.at for entry in deployed.changes] + ([milestone] if milestone else [])
    fixes = incident.of(Fixes).items
    if not since or deployed.tests or (fixes and all(fix.test for fix in fixes)):
        return None
    cause = incident.of(Hypotheses).with_status("confirmed")
    return Raised(
        "A fix is in production, and no test is named that would have caught the incident.",
        min(since),
        _line(incident, "test:NAME") if cause else "/tested …",
    )
