"""Texts as documents write them: Markdown, HTML, CSV, times."""
