"""One page of HTML about an incident that needs nothing else: no script, no link, no font.

Every word of a person passes `html.escape`; what is withheld is decided before.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #8888; padding: .3rem .6rem .3rem 0; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
del { opacity: .6; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #ddd; } }
""".strip()
# Nothing may be loaded and nothing run, whatever got in here.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def html_page(data: Mapping[str, Any], legal: Sequence[Mapping[str, Any]], note: str) -> str:
    """The page of a report (see `domain.report`), with conclusions in law apart from the facts.

    `note` says what the reader should know of the page itself; empty for nothing.
    """
    title = str(data["title"])
    facts = [
        ("Incident", data["id"]),
        ("State", data["status"]),
        ("Severity", data["severity"]),
        ("Started", data["started_at"]),
        ("Detected", data["detected_at"]),
        ("Declared", data["declared_at"]),
        ("Mitigated", data["mitigated_at"]),
        ("Resolved", data["resolved_at"]),
    ]
    facts += [(f"Impact: {name}", text) for name, text in data["impact"].items()]
    facts += [(f"Scope: {name}", text) for name, text in data["scope"].items()]
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(note)}</p>" if note else "",
        _table((), [(name, value) for name, value in facts if value]),
        *_section("Hypotheses", ("#", "Text", "Status"), "number text status", data["hypotheses"]),
        *_section(
            "Mitigations",
            ("#", "Kind", "Text", "Status", "How it is undone"),
            "number kind text status undo",
            data["mitigations"],
        ),
        *_section("Contributing factors", ("#", "Layer", "Text"), "number layer text",
                  data["factors"]),
        *_section(
            "Action items",
            ("#", "Text", "Owner", "Due", "Priority", "Status"),
            "number text owner due priority status",
            data["actions"],
        ),
        "<h2>Timeline</h2>",
        "<p>Times are in UTC.</p>",
        _timeline(data["timeline"]),
    ]  # fmt: skip
    if legal:
        parts += ["<h2>Legal conclusions</h2>", "<p>Apart from the facts above.</p>"]
        parts.append(_timeline(legal))
    parts += ["</body>", "</html>"]
    return "\n".join(part for part in parts if part) + "\n"


def _section(
    title: str, heads: Sequence[str], names: str, rows: Iterable[Mapping[str, Any]]
) -> list[str]:
    cells = [[row[name] for name in names.split()] for row in rows]
    return [f"<h2>{escape(title)}</h2>", _table(heads, cells)] if cells else []


def _timeline(rows: Iterable[Mapping[str, Any]]) -> str:
    heads = ("#", "Time", "Kind", "What", "Who", "Source")
    names = ("number", "at", "kind", "text", "actor", "source")
    lines = []
    for row in rows:
        cells = [_cell(row[name]) for name in names]
        if row["retracted"]:
            cells[3] = f"<del>{cells[3]}</del>"
        lines.append("".join(f"<td>{cell}</td>" for cell in cells))
    return _rows(heads, lines)


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["".join(f"<td>{_cell(cell)}</td>" for cell in row) for row in rows]
    return _rows(heads, lines)


def _rows(heads: Sequence[str], lines: Iterable[str]) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "\n".join(f"<tr>{line}</tr>" for line in lines)
    return f"<table>\n{f'<tr>{head}</tr>{chr(10)}' if head else ''}{body}\n</table>"


def _cell(value: object) -> str:
    return "" if value is None else escape(str(value)).replace("\n", "<br>")
