"""The open incident as the screens see it."""
