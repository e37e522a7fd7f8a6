"""Commits and deliveries of an incident, and what they say."""
