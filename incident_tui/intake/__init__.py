"""Intake of foreign timelines: text in, typed rows out. Knows nothing of an incident's events."""

from incident_tui.intake.reading import WRONG_YEAR, Reading, TimelineRow, Unread
from incident_tui.intake.timeline_reader import read_timeline

__all__ = ["WRONG_YEAR", "Reading", "TimelineRow", "Unread", "read_timeline"]
