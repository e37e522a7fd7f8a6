"""Intake of foreign timelines: text in, typed rows out. Knows nothing of an incident's events."""

from incident_tui.intake.foreign_timeline import ForeignTimeline, Stated, TimelineRow, Unread
from incident_tui.intake.timeline_reader import read_timeline

__all__ = ["ForeignTimeline", "Stated", "TimelineRow", "Unread", "read_timeline"]
