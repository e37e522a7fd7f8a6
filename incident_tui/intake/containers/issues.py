"""Issues with their comments: GitHub's as `gh` prints them in JSON, GitLab's from its interface."""

from incident_tui.intake.containers.items import Contained, Lines, Object, add


def issue(data: object, lines: Lines) -> Contained | None:
    """An issue's opening, comments and close as entries; None where the data is no issue."""
    if isinstance(data, list):
        notes = [note for one in data for note in _notes(one)]
        if not any(map(_is_issue, data)):
            return _comments(Contained("issue comments"), notes, lines) if notes else None
        several = Contained("issues")
        for one in filter(_is_issue, data):
            _add_issue(several, one, lines)
        return several
    if not _is_issue(data):
        return None
    assert isinstance(data, dict)
    github = "createdAt" in data or "number" in data
    contained = Contained("GitHub issue" if github else "GitLab issue", str(data["title"]))
    _add_issue(contained, data, lines)
    return contained


def _is_issue(data: object) -> bool:
    named = isinstance(data, dict) and "title" in data and bool(_author(data))
    return named and isinstance(data, dict) and bool(_opened(data))


def _opened(data: Object) -> object:
    return data.get("createdAt") or data.get("created_at")


def _add_issue(contained: Contained, data: Object, lines: Lines) -> None:
    opened = _opened(data)
    url = str(data.get("url") or data.get("html_url") or data.get("web_url") or "")
    body = str(data.get("body") or data.get("description") or "").split("\n\n")[0]
    text = f"{data['title']}. {body}".strip()
    line = lines.of(opened)
    add(contained.gathered, line, opened, text, kind="issue", who=_author(data), source=url)
    notes = [note for name in ("comments", "notes", "discussions") for note in _all(data.get(name))]
    _comments(contained, notes, lines)
    if closed := data.get("closedAt") or data.get("closed_at"):
        add(contained.gathered, lines.of(closed), closed, "The issue is closed", kind="issue")


def _comments(contained: Contained, notes: list[Object], lines: Lines) -> Contained:
    for note in notes:
        when = note.get("createdAt") or note.get("created_at")
        url = str(note.get("url") or note.get("html_url") or "")
        add(
            contained.gathered,
            lines.of(when),
            when,
            str(note.get("body") or ""),
            kind="issue",
            who=_author(note),
            source=url,
        )
    return contained


def _all(notes: object) -> list[Object]:
    return [note for one in notes for note in _notes(one)] if isinstance(notes, list) else []


def _notes(one: object) -> list[Object]:
    """A comment, or the notes of a GitLab discussion."""
    if not isinstance(one, dict):
        return []
    if isinstance(one.get("notes"), list):
        return [note for inner in one["notes"] for note in _notes(inner)]
    timed = one.get("createdAt") or one.get("created_at")
    return [one] if timed and "body" in one and _author(one) else []


def _author(item: Object) -> str:
    person = item.get("author") or item.get("user") or {}
    if not isinstance(person, dict):
        return ""
    return str(person.get("login") or person.get("username") or person.get("name") or "")
