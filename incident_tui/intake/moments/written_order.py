"""In which order a text was written, and which clocks follow below a row."""

from collections.abc import Sequence
from datetime import time

from incident_tui.intake.entries import Entry
from incident_tui.intake.times.dates import Day, WrittenDay
from incident_tui.intake.times.stamps import Stamp


def newest_first(entries: Sequence[Entry]) -> bool:
    """Whether a text is written backwards: more steps back than forward, and not one only."""
    back = forward = 0
    last: tuple[WrittenDay | None, time] | None = None
    for entry in entries:
        stamp = entry.stamp
        if not isinstance(stamp, Stamp) or stamp.clock is None:
            continue
        written = stamp.day if stamp.day is not None else entry.day_above
        day = written if isinstance(written, Day) else None
        if last is not None:
            step = _step(last, (day, stamp.clock))
            back, forward = back + (step < 0), forward + (step > 0)
        last = (day, stamp.clock)
    # Status pages and answered mails show the newest first, and there may be two of them.
    a_page = all(entry.form in ("status page", "mail") for entry in entries)
    return back > max(0 if a_page else 1, 2 * forward)


def _step(first: tuple[WrittenDay | None, time], second: tuple[WrittenDay | None, time]) -> int:
    if isinstance(first[0], Day) and isinstance(second[0], Day):
        keys = [
            (day.year or 0, day.month, day.day, clock)
            for day, clock in (first, second)
            if isinstance(day, Day)
        ]
        return (keys[1] > keys[0]) - (keys[1] < keys[0])
    if first[0] is None and second[0] is None:
        return (second[1] > first[1]) - (second[1] < first[1])
    return 0


def latest_clocks_below(entries: Sequence[Entry]) -> list[time]:
    """For each entry the latest clock from it down to the end of its run without dates."""
    latest_below: list[time] = []
    latest, line = time(), -1
    for entry in reversed(entries):
        stamp = entry.stamp
        if entry.day_line != line or (isinstance(stamp, Stamp) and stamp.day is not None):
            latest, line = time(), entry.day_line
        if isinstance(stamp, Stamp) and stamp.clock is not None and stamp.day is None:
            latest = max(latest, stamp.clock)
        latest_below.append(latest)
    return latest_below[::-1]
