"""When the impact ended, as far as that was measured: by the readings behind a verified change.

Whoever approves a stage does so minutes later, and users felt nothing by then.
"""

from itertools import takewhile

from incident_tui.domain.core.events import Entry, Incident
from incident_tui.domain.findings.improvement import NORMAL, no_better, recovered
from incident_tui.domain.findings.milestones.stops import measures_the_end
from incident_tui.domain.findings.readings import Reading, Readings
from incident_tui.domain.mitigation.mitigations import Mitigations, MitigationVerified, Verdict
from incident_tui.domain.process.episodes import Episode, Episodes


@measures_the_end
def measured_end(incident: Incident, episode: Episode) -> Entry | None:
    """The reading from which on the signal was normal, until the state says that it is over.

    Where nobody knows what is normal it is the reading of the newest verdict. None where no change
    of the episode is verified, and while the effect of another one is still to be seen.
    """
    of, until = incident.of(Episodes).of_entry, episode.stopped_at
    judged = [
        (item, own[-1])
        for item in incident.of(Mitigations).items
        if (own := [each for each in item.verdicts if of(each.entry) == episode.number])
    ]
    worked = [(item.entry.at, each) for item, each in judged if _measures(each)]
    if not worked or (until is None and incident.of(Mitigations).in_flight()):
        return None
    since, verdict = min(at for at, _ in worked), worked[-1][1]
    read = [
        each
        for each in sorted(incident.of(Readings).since(since), key=lambda each: each.entry.at)
        if of(each.entry) == episode.number and (until is None or each.entry.at <= until)
    ]
    if not read or no_better(incident, read):
        return None
    if recovered(incident, read[-1]) is None:
        return next((each.entry for each in read if each == verdict.reading), None)

    def normal(reading: Reading) -> bool:
        return (recovered(incident, reading) or 0) >= NORMAL

    return next((each.entry for each in [*takewhile(normal, reversed(read))][-1:]), None)


def _measures(verdict: Verdict) -> bool:
    event = verdict.entry.event
    return isinstance(event, MitigationVerified) and event.measures
