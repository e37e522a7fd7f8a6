"""The terminal underneath: its driver, its keys, its letters."""
