"""Commits of an incident folder, made beside the user's own work."""
