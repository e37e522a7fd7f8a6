"""Pages for man(1): the commands as they are declared, and the log lines.

See man-pages(7) for the sections and groff_man(7) for the macros.
"""

import re
from collections.abc import Iterable, Iterator

import click

from incident_tui import __version__
from incident_tui.cli import root
from incident_tui.domain.core import commands

MADE = r".\" Made by docs/generate from the declarations; change those, then run `make docs`."
VARIABLES = (
    ("INCIDENT_TUI_HOME", "Where the incidents are, unless --home says so."),
    ("INCIDENT_TUI_ME", "Who is typing, unless --as says so."),
    ("XDG_STATE_HOME", "Below it lie drafts, entries kept aside, and trust in playbooks."),
    ("XDG_CONFIG_HOME", "Below it lies what you set for every home: who you are."),
    ("NO_COLOR", "Where it is set, nothing is told by colours."),
    ("EDITOR", "What texts of the console are edited with."),
)
FILES = (
    ("incident-tui.toml", "In the home: its settings. `incident-tui init` writes it, commented."),
    ("~/.config/incident-tui/config.toml", "Your name, for every home."),
    ("*/incident.json", "In the home: the log of each incident, one entry a line."),
)
BEFORE_A_LINE = (
    "In the syntax, N is a number, a word in capitals is what you put there, square brackets mean "
    "that it may be left out. Attributes such as owner:ana stand last; a value with blanks may be "
    "quoted. Any line may begin with the time it happened, such as @14:02 or @-5m.",
)


def program_page() -> str:
    """incident-tui(1): what the program is, and each command with its options."""
    context = click.Context(root, info_name="incident-tui")
    about = _paragraphs(root.help or "")
    lines = [
        *_head("INCIDENT-TUI", 1, "incident-tui", "run an incident in a terminal, from a log line"),
        ".SH SYNOPSIS",
        *_synopsis(context),
        ".SH DESCRIPTION",
        *_text(about),
        ".SH OPTIONS",
        *_options(context),
        ".SH COMMANDS",
        "Options of the program may stand before or after the name of a command, and each command "
        r"explains itself with \-\-help.",
    ]
    for below in _below(context):
        lines += [f".SS {_plain(below.command_path)}", *_synopsis(below), ".PP"]
        lines += _text(_paragraphs(below.command.help or ""))
        lines += _options(below, besides=[param.name for param in root.params])
    lines += [".SH EXIT STATUS", *_text([root.epilog or ""])]
    lines += [".SH ENVIRONMENT", *_terms(VARIABLES)]
    lines += [".SH FILES", *_terms(FILES)]
    lines += [".SH SEE ALSO", r".BR incident\-tui\-lines (7),", ".BR git (1)", ""]
    return "\n".join(lines)


def lines_page() -> str:
    """incident-tui-lines(7): every form of every log line."""
    lines = [
        *_head("INCIDENT-TUI-LINES", 7, "incident-tui-lines", "what can be typed into a log"),
        ".SH DESCRIPTION",
        *_text(BEFORE_A_LINE),
        ".SH LINES",
    ]
    for form in commands.every_command():
        example = f" For example: {form.example}" if form.example else ""
        lines += _terms([(form.syntax, form.help.rstrip(".") + "." + example)])
    lines += [".SH SEE ALSO", r".BR incident\-tui (1)", ""]
    return "\n".join(lines)


def _head(title: str, section: int, name: str, what: str) -> list[str]:
    return [
        MADE,
        f'.TH {_plain(title)} {section} "" "incident\\-tui {__version__}"',
        ".SH NAME",
        rf"{_plain(name)} \- {_plain(what)}",
    ]


def _below(context: click.Context) -> Iterator[click.Context]:
    """The commands of a group, and of the groups in it, but for those not meant for people."""
    group = context.command
    assert isinstance(group, click.Group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, context, info_name=name)
        if isinstance(command, click.Group):
            yield from _below(inner)
        elif not command.hidden:
            yield inner


def _synopsis(context: click.Context) -> list[str]:
    words = " ".join(context.command.collect_usage_pieces(context))
    return [rf"\fB{_plain(context.command_path)}\fR {_plain(words)}"]


def _options(context: click.Context, *, besides: Iterable[str | None] = ()) -> list[str]:
    records = (
        param.get_help_record(context)
        for param in context.command.get_params(context)
        if param.name not in besides and "--help" not in param.opts
    )
    # An argument has no text of its own: what it stands for is told by the text of the command.
    return _terms(record for record in records if record and record[1])


def _paragraphs(help_text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", help_text) if part.strip()]


def _text(paragraphs: Iterable[str]) -> list[str]:
    return "\n.PP\n".join(map(_plain, paragraphs)).splitlines()


def _terms(pairs: Iterable[tuple[str, str]]) -> list[str]:
    lines: list[str] = []
    for term, meaning in pairs:
        lines += [".TP", rf"\fB{_plain(term)}\fR", _plain(meaning)]
    return lines


def _plain(text: str) -> str:
    """Text that is no request: see groff(7), "Escape Sequences" and "Requests"."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("`", r"\(ga").replace("'", r"\(aq")
    text = text.replace('"', r"\(dq").replace("^", r"\(ha").replace("~", r"\(ti")
    return rf"\&{text}" if text.startswith(".") else text
