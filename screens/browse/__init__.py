"""Screens to read and choose in: gates, documents, flags, incidents, help."""
