"""Status pages as their interfaces give them: Statuspage and Instatus incidents with updates."""

from incident_tui.intake.containers.items import Contained, Lines, Object, add

_LABELS = {"resolved": "resolved"}


def status_page(data: object, lines: Lines) -> Contained | None:
    """The updates of one incident, or of several; None where the data is no status page's."""
    incidents = _incidents(data)
    if not incidents:
        return None
    kind = "Statuspage" if any("incident_updates" in one for one in incidents) else "Instatus"
    title = str(incidents[0].get("name") or "") if len(incidents) == 1 else ""
    contained = Contained(kind, title)
    for incident in incidents:
        name = "" if len(incidents) == 1 else f"{incident.get('name')}: "
        for update in incident.get("incident_updates") or incident.get("updates") or []:
            when = _first(update, "display_at", "created_at", "started", "createdAt")
            status = str(update.get("status") or "").replace("_", " ").capitalize()
            body = str(_first(update, "body", "message") or "")
            text = f"{name}{status}: {body}" if status else f"{name}{body}"
            label = _LABELS.get(status.lower(), "")
            add(contained.gathered, lines.of(when), when, text, kind="status page", label=label)
    return contained


def _incidents(data: object) -> list[Object]:
    if not isinstance(data, dict):
        return [one for one in data if _is_incident(one)] if isinstance(data, list) else []
    inside = data.get("incidents") or [data.get("incident") or data]
    return [one for one in inside if _is_incident(one)] if isinstance(inside, list) else []


def _is_incident(one: object) -> bool:
    if not isinstance(one, dict):
        return False
    updates = one.get("incident_updates", one.get("updates"))
    return isinstance(updates, list) and all(isinstance(each, dict) for each in updates)


def _first(item: Object, *names: str) -> object:
    return next((item[name] for name in names if item.get(name)), None)
