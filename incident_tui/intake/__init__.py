"""Intake of foreign timelines: text in, typed rows out. Knows nothing of an incident's events."""

from incident_tui.intake.foreign_timeline import Reading, Stated, TimelineRow, Unread
from incident_tui.intake.timeline_reader import read_timeline

__all__ = ["Reading", "Stated", "TimelineRow", "Unread", "read_timeline"]
