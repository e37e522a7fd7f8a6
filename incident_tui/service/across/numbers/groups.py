"""Groups: incidents put together by their start, their severity, and what they were about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo

import msgspec

from incident_tui.domain.confidential.shared_incident import NEED_TO_KNOW
from incident_tui.domain.findings.metrics import DURATIONS
from incident_tui.domain.outline import Outline
from incident_tui.service.across.numbers.spreads import Spread, spread

UNSET = "unset"
"""The severity of an incident that was given none."""
UNKNOWN = "unknown"
"""Where nobody said what an incident belongs to."""

DIMENSIONS: Mapping[str, str] = {
    "month": "by month",
    "quarter": "by quarter",
    "severity": "by severity",
    "service": "by service that was affected",
    "tag": "by tag",
    "playbook": "by playbook",
    "layer": "by layer of contributing factors",
    "detection": "by what showed it",
}
"""What incidents are put together by. One may belong to several services, tags and layers."""


class Group(msgspec.Struct, frozen=True):
    """Some of the incidents, with each duration that is known of any of them."""

    incidents: int
    durations: dict[str, Spread]


def grouped(
    outlines: Sequence[Outline], dimension: str, zone: tzinfo, names: Iterable[str] = DURATIONS
) -> dict[str, Group]:
    """The groups of a dimension: periods in their order, others by size."""
    keys = _KEYS[dimension]
    parts: dict[str, list[Outline]] = {}
    for known in outlines:
        for key in keys(known, zone):
            parts.setdefault(key, []).append(known)
    if dimension in ("month", "quarter", "severity"):
        order = sorted(parts, key=lambda key: (key in (UNKNOWN, UNSET), key))
    else:
        order = sorted(parts, key=lambda key: (key in (UNKNOWN, UNSET), -len(parts[key]), key))
    names = list(names)
    return {key: Group(len(parts[key]), spreads_of(parts[key], names)) for key in order}


def spreads_of(outlines: Iterable[Outline], names: Iterable[str] = DURATIONS) -> dict[str, Spread]:
    """Each duration that is known of any incident."""
    durations = [known.durations for known in outlines]
    spreads = {name: spread(one[name] for one in durations if name in one) for name in names}
    return {name: one for name, one in spreads.items() if one is not None}


def _month(known: Outline, zone: tzinfo) -> Sequence[str]:
    local = known.began.astimezone(zone)
    return (f"{local.year:04}-{local.month:02}",)


def _quarter(known: Outline, zone: tzinfo) -> Sequence[str]:
    (month,) = _month(known, zone)
    return (f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}",)


def _detection(known: Outline, zone: tzinfo) -> Sequence[str]:
    return _shown_names(known, (known.detection.casefold(),) if known.detection else ())


def _shown_names(known: Outline, names: Sequence[str]) -> Sequence[str]:
    """Those names, of a protected incident that it has some."""
    if not names:
        return (UNKNOWN,)
    return (NEED_TO_KNOW,) if known.protected else names


def _layer(known: Outline, zone: tzinfo) -> Sequence[str]:
    return tuple({factor.layer: None for factor in known.factors}) or (UNKNOWN,)


_KEYS: Mapping[str, Callable[[Outline, tzinfo], Sequence[str]]] = {
    "month": _month,
    "quarter": _quarter,
    "severity": lambda known, zone: (known.severity or UNSET,),
    "service": lambda known, zone: _shown_names(known, known.services),
    "tag": lambda known, zone: _shown_names(known, known.tags),
    "playbook": lambda known, zone: (known.playbook,),
    "layer": _layer,
    "detection": _detection,
}
