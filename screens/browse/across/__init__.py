"""Screens over all incidents together: searching them, and what they come to in numbers."""
