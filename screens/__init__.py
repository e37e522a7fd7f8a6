"""The Textual screens and their panes, seen by everybody else as `incident_tui.screens`.

They render the service's state and send it log lines. No rule of the incident process lives here.
"""
