"""Redaction and protection on the disk: the log, copies of it, history, permissions."""
