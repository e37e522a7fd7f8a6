"""The war room, and what opens over it."""
