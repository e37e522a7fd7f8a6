"""Lines that programs log, where the time does not stand first or has a form of its own.

Told apart by content: most lines have the form. A line that has none belongs to the one above, as
the lines of a stack trace do, unless it begins with a date and a time of its own.
"""

import re
from datetime import date
from typing import Final

from incident_tui.intake.containers.items import Contained, add
from incident_tui.intake.foreign_timeline import Unread
from incident_tui.intake.times.dates import Day
from incident_tui.intake.times.stamps import Stamp, read_stamp

_LEVEL: Final = (
    r"(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRIT(?:ICAL)?|FATAL|ALERT|EMERG)"
)
_WHOLE: Final = (
    r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"(?:\s?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2}))?"
)
_FORMS: Final = (
    # RFC 3164 and RFC 5424, with their priority in front.
    ("syslog", re.compile(
        r"<[0-9]{1,3}>(?P<when>[A-Z][a-z]{2}\s+[0-9]{1,2}\s[0-9:]{8})\s(?P<text>.+)")),
    ("syslog", re.compile(
        r"<[0-9]{1,3}>[0-9]{1,2}\s(?P<when>[0-9]{4}-\S+|-)\s\S+\s(?P<unit>\S+)\s\S+\s\S+\s"
        r"(?:-|(?:\[(?:[^\]\"\\]|\"(?:[^\"\\]|\\.)*\"|\\.)*\])+)\s*\ufeff?(?P<text>.*)")),
    # The Common Log Format of web servers.
    ("access log", re.compile(
        r"\S+ \S+ \S+ \[(?P<when>[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9:]{8} [+-][0-9]{4})\] "
        r"(?P<text>.+)")),
    # klog, the form of Kubernetes' own components: "E0401 08:05:11.123456  1 file.go:55] text".
    ("klog", re.compile(
        r"(?P<level>[IWEF])(?P<month>[01][0-9])(?P<day>[0-3][0-9]) "
        r"(?P<clock>[0-9:]{8}(?:\.[0-9]+)?)\s+[0-9]+ [^\]]{1,80}\] ?(?P<text>.*)")),
    # logfmt: pairs in any order.
    ("logfmt", re.compile(
        r"(?=.*?(?:^|\s)(?:ts|time|timestamp|t|at|date)="
        r"\"?(?P<when>[0-9][^\s\"]*(?: [0-9:.,]+)?)\"?)"
        r"(?=.*?(?:^|\s)(?:msg|message|event|err|error)="
        r"(?:\"(?P<text>(?:[^\"\\]|\\.)*)\"|(?P<bare>\S+)))"
        r"[A-Za-z_@][\w.@-]*=.*")),
    # A level, a host or a container's name before a whole date and time.
    ("log", re.compile(
        rf"\[?(?P<level>{_LEVEL})\]?[\s:|-]+[\[(]?(?P<when>{_WHOLE})[\])]?[\s:|-]*(?P<text>\S.*)")),
    ("log", re.compile(
        rf"(?P<unit>[A-Za-z\[](?=\S*[0-9_/|.\]-])[\w./\[\]:@-]{{1,60}})\s*(?:\|\s*|\s)[\[(]?(?P<when>{_WHOLE})[\])]?[\s:|-]*"
        r"(?P<text>\S.*)")),
)  # fmt: skip
_CLF: Final = re.compile(r"([0-9]{2})/([A-Z][a-z]{2})/([0-9]{4}):(\S+) (\S+)")
_LOOKED_AT: Final = 200
_MOST_TEXT: Final = 2_000


def log_lines(text: str, day: date | None = None) -> Contained | None:
    """The lines of a log with one of these forms; None where fewer than two, or half, have it.

    `day` gives the year where a form writes none.
    """
    lines = text.split("\n")
    some = [line.rstrip() for line in lines if line.strip()][:_LOOKED_AT]
    counted = [sum(form.fullmatch(line) is not None for line in some) for _, form in _FORMS]
    best = max(counted)
    if best < 2 and best != len(some):
        return None
    if not best or best * 2 < len(some):
        return None
    kind, form = _FORMS[counted.index(best)]
    if kind == "log" and form.fullmatch(some[0]) is None:
        return None  # words above the first row are those of a document
    contained = Contained(kind)
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip()
        match = form.fullmatch(line) if line else None
        if match is not None:
            _add(contained, number, match, day)
        elif line:
            _below(contained, number, line)
    return contained


def _add(contained: Contained, number: int, match: re.Match[str], day: date | None) -> None:
    parts = match.groupdict()
    text = parts.get("text") or parts.get("bare") or match.group()
    head = [parts[name] for name in ("level", "unit") if parts.get(name) not in (None, "-")]
    mark = " ".join(str(part).strip("[]:") for part in head)
    words = f"{mark}: {text}" if mark else text
    when = parts.get("when") or _klog_time(parts, day)
    clf = _CLF.fullmatch(when)
    if clf is not None:
        when = f"{clf[1]} {clf[2]} {clf[3]} {clf[4]} {clf[5]}"
    add(contained.gathered, number, when, words, kind="log")


def _klog_time(parts: dict[str, str | None], day: date | None) -> str:
    year = f"{day.year}-" if day is not None else ""
    return f"{year}{parts['month']}-{parts['day']} {parts['clock']}"


def _below(contained: Contained, number: int, line: str) -> None:
    entries = contained.gathered.entries
    stamp = read_stamp(line)
    if isinstance(stamp, Stamp) and stamp.clock is not None and isinstance(stamp.day, Day):
        add(contained.gathered, number, stamp.written, stamp.rest, kind="log")  # of another program
        return
    if not entries:
        contained.gathered.unread.append(Unread(number, line.strip(), "stands above the first row"))
        return
    if len(entries[-1].text) < _MOST_TEXT:
        entries[-1].text = f"{entries[-1].text} {line.strip()}"
    entries[-1].last_line = number
    contained.gathered.covered[number] = entries[-1].line
