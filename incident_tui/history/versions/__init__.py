"""Older versions of files, wherever git keeps them."""
