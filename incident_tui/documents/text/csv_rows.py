"""Rows as CSV that spreadsheets show as text, whatever people typed."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

HEADS = (
    "number", "id", "at", "recorded_at", "kind", "actor", "hat", "text", "source", "amended",
    "retracted",
)  # fmt: skip
# What spreadsheets take for the start of a formula (OWASP, "CSV Injection"), also in full width.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def csv_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows of a report's timeline under their heads."""
    return csv_table(HEADS, ([row[name] for name in HEADS] for row in rows))


def csv_table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows under their heads. Every cell is quoted (RFC 4180)."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def _safe(value: object) -> str:
    """The cell, after an apostrophe where a spreadsheet would compute it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if text.lstrip(" '\"").startswith(_FORMULA) else text
