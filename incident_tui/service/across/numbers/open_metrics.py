"""The numbers of a home as OpenMetrics text. What is unknown has no sample; no person is named."""

from collections.abc import Callable, Iterator, Mapping

from incident_tui.documents.text.open_metrics import Family, Sample, exposition
from incident_tui.service.across.numbers import Statistics
from incident_tui.service.across.numbers.counted import Counted
from incident_tui.service.across.numbers.groups import DIMENSIONS
from incident_tui.service.across.numbers.spreads import COMMON, Spread

Labels = Mapping[str, str]
QUANTILES: Mapping[float, Callable[[Spread], float]] = {
    0.5: lambda one: one.median,
    COMMON: lambda one: one.p90,
    1: lambda one: one.longest,
}
"""The quantile that each number of a spread is."""


def open_metrics(statistics: Statistics) -> str:
    """Each family with the kind of incident as a label; durations are in seconds."""

    def family(
        name: str,
        description: str,
        samples: Callable[[Labels, Counted], Iterator[Sample]],
        unit: str = "",
        type: str = "gauge",
    ) -> Family:
        rows = [
            sample
            for kind, one in statistics.kinds.items()
            for sample in samples({"kind": kind}, one)
        ]
        return Family(name, description, rows, unit, type)

    return exposition(
        [
            family("incidents", "Incidents that were declared.",
                   _one(lambda numbers: numbers.incidents)),
            family("incidents_going_on", "Incidents that are not closed.",
                   _one(lambda numbers: numbers.going_on)),
            family("incidents_grouped", "Incidents put together by what they have in common.",
                   _grouped),
            family("incidents_duration_seconds", "How long incidents took.", _durations,
                   "seconds", "summary"),
            family("incidents_grouped_duration_seconds", "How long the incidents of a group took.",
                   _grouped_durations, "seconds", "summary"),
            family("incidents_impact_seconds", "How long users were affected, by severity.",
                   _impact, "seconds"),
            family("incidents_promises", "Updates and postmortems that were owed.", _promises),
            family("incidents_action_items", "Action items by their class.", _action_items),
            family("incidents_action_items_overdue", "Action items past their day.", _overdue),
            family("incidents_waived_checks", "Checks that were passed by a waiver.",
                   _one(lambda numbers: numbers.waived)),
            family("incidents_reopened_stages", "Stages that were gone back to.",
                   _one(lambda numbers: numbers.reopened)),
            Family("incidents_none", "Incidents that turned out to be none.",
                   [Sample({}, statistics.none)]),
            Family("incidents_unread", "Incidents whose record cannot be read.",
                   [Sample({}, len(statistics.unread))]),
        ]
    )  # fmt: skip


def _one(number: Callable[[Counted], int]) -> Callable[[Labels, Counted], Iterator[Sample]]:
    return lambda own, numbers: iter([Sample(own, number(numbers))])


def _grouped(own: Labels, numbers: Counted) -> Iterator[Sample]:
    for dimension in DIMENSIONS:
        for key, group in numbers.groups(dimension, ()).items():
            yield Sample({**own, "by": dimension, "group": key}, group.incidents)


def _durations(own: Labels, numbers: Counted) -> Iterator[Sample]:
    for name, one in numbers.durations.items():
        yield from _summary({**own, "span": name}, one)


def _grouped_durations(own: Labels, numbers: Counted) -> Iterator[Sample]:
    for dimension in DIMENSIONS:
        for key, group in numbers.groups(dimension).items():
            for name, one in group.durations.items():
                yield from _summary({**own, "by": dimension, "group": key, "span": name}, one)


def _summary(own: Labels, one: Spread) -> Iterator[Sample]:
    for quantile, of in QUANTILES.items():
        yield Sample({**own, "quantile": f"{quantile:g}"}, of(one))
    yield Sample(own, one.incidents, "_count")


def _impact(own: Labels, numbers: Counted) -> Iterator[Sample]:
    for level, one in numbers.impact.items():
        yield Sample({**own, "severity": level}, one.seconds)


def _promises(own: Labels, numbers: Counted) -> Iterator[Sample]:
    for name, one in {"updates": numbers.updates, "postmortems": numbers.postmortems}.items():
        standing = {"kept": one.kept, "broken": one.broken, "waiting": one.undecided}
        for word, count in standing.items():
            yield Sample({**own, "promise": name, "standing": word}, count)


def _action_items(own: Labels, numbers: Counted) -> Iterator[Sample]:
    for name, one in numbers.classes.items():
        for word, count in {"settled": one.settled, "open": one.total - one.settled}.items():
            yield Sample({**own, "class": name, "standing": word}, count)


def _overdue(own: Labels, numbers: Counted) -> Iterator[Sample]:
    for name, one in numbers.classes.items():
        yield Sample({**own, "class": name}, one.overdue)
