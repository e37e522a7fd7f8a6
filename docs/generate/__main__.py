"""Writes the reference pages from the declarations: `python docs/generate`; `--check` compares.

A page is made from the code alone, so it is never out of step with what the program does; the one
of real records from the records too, where these are at hand.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from floors import picture
from key_page import keys
from man_pages import lines_page, program_page
from needed_words import needed_words
from process_page import processes
from real_records import real_records
from tables import MADE, table

from incident_tui.domain import discovery
from incident_tui.domain.core import commands
from incident_tui.domain.core.rules import every_flag, every_rule, every_source
from incident_tui.service.exchange.forms.report_schema import schema
from incident_tui.store.playbook_files import tables_of

DOCS = Path(__file__).parents[1]


def log_lines() -> str:
    """Every form of every line."""
    forms = commands.every_command()
    signs = [form for form in forms if not form.lead.startswith("/")]
    slashed = [form for form in forms if form.lead.startswith("/")]
    body = ["# Log lines", MADE, ""]
    body += [
        "Whatever the console can do can be typed as one line: in the log line of the console, or "
        "with `incident-tui log`.",
        "",
        "`N` is a number, a word in capitals is what you put there, square brackets mean that it "
        "may be left out. Attributes such as `owner:ana` stand last; a value with blanks may be "
        "quoted. Any line may begin with the time it happened: `@14:02`, `@14:02Z`, `@-5m`, "
        "`@5m ago`, `@yesterday 23:10`, or ISO 8601. Times that lie ahead (`next:`, `due:`) are "
        "written `+30m`, `14:45`, `tomorrow 09:00`, `fri`, `2w`, `eom`. A fact that must begin "
        "with a sign is written with a backslash before it.",
        "",
        "## Signs",
        "",
        *table(
            ("line", "what it records", "for example"),
            ((f"`{form.syntax}`", form.help, f"`{form.example}`") for form in signs),
        ),
        "",
        "## Commands",
        "",
        *table(
            ("line", "effect", "for example", "key"),
            (
                (f"`{form.syntax}`", form.help, f"`{form.example}`", form.key and f"`{form.key}`")
                for form in slashed
            ),
        ),
        "",
    ]
    return "\n".join(body)


def playbook_words() -> str:
    """What a playbook of your own may use."""
    body = ["# Words for playbooks", MADE, ""]
    body += ["A playbook is a TOML file; `incident-tui playbook new NAME` starts one.", ""]
    body += ["## Checks", ""]
    body += table(
        ("check", "what it asks for"),
        ((f"`{n}`", r.title) for n, r in sorted(every_rule().items())),
    )
    body += ["", "## Field sources", ""]
    body += table(
        ("source", "what fills the field"),
        ((f"`{name}`", _first_line(made)) for name, made in sorted(every_source().items())),
    )
    body += ["", "## Red flags", ""]
    body += table(
        ("flag", "when it is up", "why it matters"),
        (
            (f"`{name}`", _first_line(rule.detect), rule.why)
            for name, rule in sorted(every_flag().items())
        ),
    )
    body.append("")
    return "\n".join(body)


def _first_line(function: Callable[..., object]) -> str:
    return next(iter((function.__doc__ or "").strip().splitlines()), "")


BEGIN = "<!-- floors: made by docs/generate; run `make docs` -->"
END = "<!-- end of floors -->"


def architecture() -> str:
    """The page on the architecture, which is written by hand but for the picture of the floors."""
    text = (DOCS.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{picture()}\n{END}{after}"


def report_schema() -> str:
    """The JSON Schema of a report."""
    return json.dumps(schema(), indent=2, sort_keys=True) + "\n"


PAGES = {
    "../ARCHITECTURE.md": architecture,
    "log-lines.md": log_lines,
    "keys.md": keys,
    "processes.md": processes,
    "playbook-words.md": playbook_words,
    "real-records.md": real_records,
    "man/incident-tui.1": program_page,
    "man/incident-tui-lines.7": lines_page,
    "report.schema.json": report_schema,
    "../incident_tui/playbooks/tables.json": tables_of,
    "../incident_tui/domain/values/wording/needed_words.py": needed_words,
}


def main(arguments: list[str]) -> int:
    """Write the pages, or with --check say which are stale (1)."""
    discovery.load()
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in arguments:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in arguments:
        sys.stderr.write("stale: " + ", ".join(stale) + "; run `make docs`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
