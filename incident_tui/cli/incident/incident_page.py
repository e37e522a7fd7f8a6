"""An incident as a readable page, made from its report; times in the incident's zone."""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo

from incident_tui.cli.frame.lines import Share, Tone, Toned, columns
from incident_tui.domain.findings.metrics import length_text
from incident_tui.domain.findings.timeline import ONE_GO
from incident_tui.domain.process.lifecycle import AFTERWARDS, UNRESOLVED
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import counted
from incident_tui.domain.values.time_grammar import format_duration, format_measured, format_when

LAST = 10
"""Entries of the timeline that a page shows."""


def page(data: Data, *, now: datetime, zone: tzinfo) -> list[str]:
    """The page of one incident as it stands at `now`."""

    def shown(moment: str | None) -> str:
        return format_when(datetime.fromisoformat(moment), zone, reference=now) if moment else "-"

    parts = [
        _head(data, now),
        _pairs("Impact", data["impact"] | _by_severity(data)),
        _pairs("Scope", data["scope"]),
        _section(
            "Hats",
            ((hat, worn["person"], f"since {shown(worn['since'])}")
             for hat, worn in data["roles"].items()),
        ),
        _section(
            "Hypotheses",
            ((str(item["number"]), item["status"], item["text"]) for item in data["hypotheses"]),
        ),
        _section("Changes", (_change(item, data["started_at"]) for item in data["mitigations"])),
        _section("Actions", (_action(item, shown(item["due"])) for item in data["actions"])),
        _section(
            "Open questions",
            ((str(item["number"]), item["text"])
             for item in data["questions"] if not item["answer"]),
        ),
        _section(
            "Guardrails",
            ((str(item["number"]), item["text"])
             for item in data["guardrails"] if not item["lifted"]),
        ),
        _section("Red flags", ((flag["text"], flag["mend"]) for flag in data["flags"])),
        _gate(data),
        _timeline(data, zone, now),
    ]  # fmt: skip
    lines: list[str] = []
    for part in filter(None, parts):
        lines += ["", *part] if lines else part
    return lines


def _head(data: Data, now: datetime) -> list[str]:
    marks = [_status(data), "drill" if data["kind"] == "drill" else ""]
    marks.append("protected" if data["protected"] else "")
    stages = data["stages"]
    at = next(index for index, stage in enumerate(stages) if stage["id"] == data["stage"])
    gate = data["gate"]
    done = sum(check["state"] != "failing" for check in gate["checks"])
    early = bool(data["closed"] and data["closed"]["reason"])
    asked = gate["checks"] and not early
    rows = [
        ("Severity", data["severity"] or "not set"),
        ("State", ", ".join(mark for mark in marks if mark)),
        ("Since", _since(data, now)),
        ("Stage", f"{stages[at]['title']} ({at + 1} of {len(stages)}), {stages[at]['state']}"),
        ("Gate", Share(done, len(gate["checks"])) if asked else "none"),
        ("Update", _owed(data["next_update_due"], now)),
        *([("Duplicates", ", ".join(data["duplicates"]))] if data["duplicates"] else []),
    ]
    if _is_history(data):
        rows = [("Severity", data["severity"] or "not set"), ("State", "recorded afterwards"),
                ("Since", _since(data, now))]  # fmt: skip
    return [Toned(data["title"], Tone.HEAD), data["id"], "", *columns(rows)]


def _status(data: Data) -> str:
    """The state; of what was closed early, the reason too."""
    closed = data["closed"]
    if closed is None or not closed["reason"]:
        return str(data["status"])
    return f"{data['status']} early as {closed['reason']}: {closed['text']}"


def _is_history(data: Data) -> bool:
    """Whether it was over when it was recorded here."""
    return data["closed"] is not None and data["closed"]["reason"] == AFTERWARDS


def _since(data: Data, now: datetime) -> str:
    if data["started_at"] is None:
        return "unknown"
    started = datetime.fromisoformat(data["started_at"])
    over = data["resolved_at"] if data["status"] not in UNRESOLVED else None
    ended = datetime.fromisoformat(over) if over else None
    episodes = data["episodes"]
    if len(episodes) > 1:
        begun = datetime.fromisoformat(episodes[-1]["begun_at"])
        known = [span["seconds"] for span in episodes if span["seconds"] is not None]
        whole = format_measured(timedelta(seconds=sum(known)))
        if len(known) == len(episodes):
            return f"users were affected for {whole} in {len(episodes)} spans"
        before = f"episode {len(episodes)}, after {whole} of impact before"
        return f"{_length(now - begun)} ago ({before})"
    if ended is not None:
        impact = episodes[0]["seconds"] if episodes else None
        affected = timedelta(seconds=impact) if impact is not None else None
        return f"it lasted {length_text(max(ended - started, timedelta(0)), affected, 1)}"
    return f"{_length(now - started)} ago"


def _length(span: timedelta) -> str:
    return format_duration(span) if span > timedelta(0) else "0m"


def _owed(due: str | None, now: datetime) -> str:
    if due is None:
        return "none is owed"
    moment = datetime.fromisoformat(due)
    if moment > now:
        return f"due in {_length(moment - now)}"
    return Toned(f"overdue by {_length(now - moment)}", Tone.BAD)


def _change(item: Data, started: str | None) -> tuple[str, ...]:
    if started is not None and item["at"] < started:  # a suspect, which nobody has to judge
        return str(item["number"]), "before it began", item["kind"], item["text"], ""
    undo = f"undo: {item['undo']}" if item["undo"] else "no undo named"
    text = f"{item['text']} ({undo})"
    return str(item["number"]), item["status"], item["kind"], text, item["outcome"] or ""


def _action(item: Data, due: str) -> tuple[str, ...]:
    owner = item["owner"] or "no owner"
    return str(item["number"]), item["status"], item["priority"] or "-", owner, due, item["text"]


def _pairs(title: str, words_by_key: dict[str, str]) -> list[str]:
    return _section(title, words_by_key.items())


def _by_severity(data: Data) -> dict[str, str]:
    """How long users were affected at each severity, once that is known."""
    lengths = data["impact_seconds_by_severity"] or {}
    return {
        f"time at {level}": _length(timedelta(seconds=seconds))
        for level, seconds in lengths.items()
        if level
    }


def _section(title: str, rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = columns(rows, indent="  ")
    return [Toned(title, Tone.HEAD), *lines] if lines else []


def _gate(data: Data) -> list[str]:
    if data["closed"]:
        return []  # nothing has to be passed any more
    unmet = [check for check in data["gate"]["checks"] if check["state"] == "failing"]
    rows = [(f"{check['title']}: {check['why']}", check["mend"]) for check in unmet]
    return _section("Missing for the gate", rows)


def _timeline(data: Data, zone: tzinfo, now: datetime) -> list[str]:
    entries = data["timeline"]
    shown = entries[-LAST:]
    beside = zip([None, *shown], shown, strict=False)
    rows = [_row(row, zone, now, late=_tells_lateness(row, above)) for above, row in beside]
    return _section(f"Last of {counted(len(entries), 'entry', 'entries')} ({data['zone']})", rows)


def _lateness(row: Data) -> timedelta:
    """How much later than it happened an entry was recorded; nothing for one taken over."""
    at, recorded = (datetime.fromisoformat(row[name]) for name in ("at", "recorded_at"))
    late = recorded - at
    return late if late >= timedelta(minutes=1) and not row["copied"] else timedelta()


def _tells_lateness(row: Data, above: Data | None) -> bool:
    """Whether an entry came late, and not in one go with the one above it, which tells it."""
    if above is None or not _lateness(above):
        return bool(_lateness(row))
    recorded = [datetime.fromisoformat(each["recorded_at"]) for each in (above, row)]
    return bool(_lateness(row)) and abs(recorded[1] - recorded[0]) > ONE_GO


def _row(row: Data, zone: tzinfo, now: datetime, *, late: bool) -> tuple[str, ...]:
    when = format_when(datetime.fromisoformat(row["at"]), zone, reference=now)
    if late:
        when += f" (+{format_duration(_lateness(row))})"
    who = f"{row['actor']}/{row['hat']}" if row["hat"] else row["actor"]
    text = f"{row['text']} [{row['source']}]" if row["source"] else row["text"]
    if row["retracted"]:
        text = f"retracted: {text}"
    return f"#{row['number']}", when, row["kind"], who, text
