"""Screens to write in: updates, checkpoints, declarations, fields, pasted lines."""
