"""Alerts as monitoring sends them: Alertmanager's webhook, PagerDuty's webhooks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from incident_tui.intake.containers.items import Contained, Lines, add

_NO_END: Final = "0001-01-01"
_EVENTS: Final = {
    "incident.triggered": "triggered",
    "incident.acknowledged": "acknowledged",
    "incident.resolved": "resolved",
    "incident.reopened": "reopened",
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert: what it is about, when it began and, if it is over, when it ended.

    `fingerprint` tells that two messages are about the same alert; `labels` name what it is about.
    """

    fingerprint: str
    title: str
    starts: object
    ends: object | None
    labels: dict[str, str] = field(default_factory=dict)
    source: str = ""
    sender: str = ""


def alerts_in(data: object) -> list[Alert]:
    """The alerts of a webhook's message, or of a list of them; none where it is no such message."""
    messages = data if isinstance(data, list) else [data]
    alerts: list[Alert] = []
    for message in messages:
        if isinstance(message, dict):
            alerts += _alertmanager(message)
            alerts += _pagerduty(message)
            alerts += _pagerduty_incidents(message)
    return alerts


def says_that_nothing_fires(data: object) -> bool:
    """Whether a message is a list of alerts that holds none, as an interface answers in peace."""
    lists = (data.get("alerts"), data.get("incidents")) if isinstance(data, dict) else (data,)
    return any(each == [] for each in lists)


def alert_messages(data: object, lines: Lines) -> Contained | None:
    """The alerts as entries: the first firing is the detection; None where there are none."""
    alerts = alerts_in(data)
    if not alerts:
        return None
    contained = Contained(alerts[0].sender, alerts[0].title)
    is_first = True
    for alert in alerts:
        if alert.starts is not None:
            label = "detected" if is_first else ""
            is_first = False
            line = lines.of(alert.starts)
            text = f"{alert.title} fires"
            add(
                contained.gathered,
                line,
                alert.starts,
                text,
                kind="alert",
                source=alert.source,
                label=label,
            )
        if alert.ends is not None:
            text = f"{alert.title} no longer fires"
            add(contained.gathered, lines.of(alert.ends), alert.ends, text, kind="alert")
    return contained


def _alertmanager(message: dict[str, Any]) -> Iterator[Alert]:
    inside = message.get("alerts") if isinstance(message.get("alerts"), list) else [message]
    for alert in inside or []:
        if not (isinstance(alert, dict) and "startsAt" in alert and "labels" in alert):
            continue
        labels = {str(name): str(value) for name, value in dict(alert["labels"]).items()}
        notes = dict(alert.get("annotations") or {})
        ends = str(alert.get("endsAt") or _NO_END)
        # What `GET /api/v2/alerts` lists goes on, and its end is when it would be given up.
        goes_on = alert.get("status") == "firing" or isinstance(alert.get("status"), dict)
        over = not ends.startswith(_NO_END) and not goes_on
        name = labels.get("alertname", "alert")
        summary = notes.get("summary") or notes.get("description") or notes.get("message")
        yield Alert(
            fingerprint=str(alert.get("fingerprint") or sorted(labels.items())),
            title=f"{name}: {summary}" if summary else name,
            starts=alert["startsAt"],
            ends=ends if over else None,
            labels=labels,
            source=str(alert.get("generatorURL") or ""),
            sender="Alertmanager",
        )


def _pagerduty(message: dict[str, Any]) -> Iterator[Alert]:
    for event in [message.get("event"), *(message.get("messages") or [])]:
        if not (isinstance(event, dict) and str(event.get("event_type")) in _EVENTS):
            continue
        data = event.get("data") or {}
        service = data.get("service") or {}
        name = str(service.get("summary") or "")
        over = event["event_type"] == "incident.resolved"
        begins = data.get("created_at") or event.get("occurred_at")
        yield Alert(
            fingerprint=str(data.get("id") or data.get("incident_key") or data.get("title")),
            title=str(data.get("title") or data.get("summary") or "incident"),
            starts=begins,
            ends=event.get("occurred_at") if over else None,
            labels={"service": name} if name else {},
            source=str(data.get("html_url") or ""),
            sender="PagerDuty",
        )


def _pagerduty_incidents(message: dict[str, Any]) -> Iterator[Alert]:
    """Incidents as PagerDuty's interface lists them: https://developer.pagerduty.com/api-reference"""
    inside = message.get("incidents") if isinstance(message.get("incidents"), list) else [message]
    for one in inside or []:
        named = isinstance(one, dict) and "incident_number" in one and "created_at" in one
        if not named or "title" not in one:
            continue
        over = one.get("status") == "resolved"
        changed = one.get("resolved_at") or one.get("last_status_change_at")
        service = one.get("service") if isinstance(one.get("service"), dict) else {}
        name = str((service or {}).get("summary") or "")
        yield Alert(
            fingerprint=str(one.get("id") or one.get("incident_key") or one["title"]),
            title=str(one["title"]),
            starts=one["created_at"],
            ends=(changed or one.get("updated_at")) if over else None,
            labels={"service": name} if name else {},
            source=str(one.get("html_url") or ""),
            sender="PagerDuty",
        )
