"""Building blocks that several panes share: lists of rows, the log line, the guard against bursts.

They know Textual and nothing of incidents; what a row or a line means is told to them from outside.
"""
