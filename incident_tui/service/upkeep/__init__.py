"""Keeping incidents whole: verification, recovery, merges of two copies."""
