"""Intake of foreign timelines: text in, typed rows out. Knows nothing of an incident's events."""

from incident_tui.intake.reader import read_timeline
from incident_tui.intake.rows import WRONG_YEAR, Reading, TimelineRow, Unread

__all__ = ["WRONG_YEAR", "Reading", "TimelineRow", "Unread", "read_timeline"]
