"""What changed before the start: each change that may be the cause, and how it is put on record.

Where changes are read from is the service's; which of them is likelier is told in `ranking`.
"""

from datetime import datetime

import msgspec

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.core.line_grammar import Line, format_line
from incident_tui.domain.findings.milestones import Milestones
from incident_tui.domain.findings.readings import Readings
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import iso

SHORT = 10
"""Characters of the name of a commit that are shown; sources carry the whole name."""


class Candidate(msgspec.Struct, frozen=True):
    """A change from before the start. `at` is when it took effect or landed, in UTC.

    `kind` is "commit", "merge", "tag", "deploy" or "flag"; `where` the repository or the log that
    tells of it; `sha` the commit, empty where there is none; `source` where it can be looked up;
    `paths` the files that it touched, `more` how many of those are not listed.
    """

    at: datetime
    kind: str
    where: str
    text: str
    source: str
    who: str = ""
    sha: str = ""
    paths: tuple[str, ...] = ()
    more: int = 0

    def line_text(self) -> str:
        """The change in one line, as it is put on record: what it did, not whose it was."""
        named = f"{self.kind} {self.sha[:SHORT]}" if self.sha else self.kind
        return clean_line(f"{named} in {self.where}: {self.text}")


def start_of(incident: Incident) -> datetime | None:
    """The moment before which the cause must lie: when users felt it, or the first sign of it."""
    milestones = incident.of(Milestones)
    known = (milestones.at(name) for name in ("started", "detected", "declared"))
    return next((moment for moment in known if moment is not None), None)


def suspect_line(candidate: Candidate) -> str:
    """The line that records a change as one from before the start, with where it is found."""
    values = {"text": candidate.line_text(), "src": candidate.source}
    return format_line(Line(_form(">"), values, at=iso(candidate.at) or ""))


def hypothesis_line(candidate: Candidate, incident: Incident) -> str:
    """The line that proposes a change as the cause, with the test that would tell."""
    what = clean_line(f"{candidate.line_text()} is the cause")
    values = {"text": what, "test": _test(candidate, incident), "src": candidate.source}
    return format_line(Line(_form("?"), values))


def on_record(candidate: Candidate, incident: Incident) -> Entry | None:
    """The entry that has this change as its source already."""
    return next((each for each in incident.recorded if each.source == candidate.source), None)


def _form(lead: str) -> commands.Command:
    return next(form for form in commands.forms(lead) if form.lead == lead)


def _test(candidate: Candidate, incident: Incident) -> str:
    """Take it away in one place, and read the signal again that showed the incident."""
    readings = incident.of(Readings)
    shown = readings.first_signal or (readings.items[0] if readings.items else None)
    signal = shown.name if shown else "the signal that showed it"
    named = candidate.sha[:SHORT] or candidate.text
    away = {
        "flag": f"set the flag back ({named})",
        "deploy": f"take {named} off one instance",
        "tag": f"run what was there before {candidate.text} on one instance",
    }.get(candidate.kind, f"revert {named} on one instance")
    return clean_line(f"{away} and read {signal} there and beside it")


@command(
    "/changes",
    help="what changed before the start: commits, merges, tags, deploys, the likeliest first",
    example="/changes",
    opens="changes",
    words=("commits", "deploys", "suspects", "flags"),
)
def ask_for_changes(context: CommandContext) -> Planned:
    """Records nothing: the screen lists them, and the command line does.

    `Refused` with both ways.
    """
    raise Refused(
        "what changed is listed and not recorded",
        [("list it", "incident-tui changes"), ("or record a change", "> …")],
    )
