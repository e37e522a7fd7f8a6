"""The log line: one typed line split according to the command that it names, and back again.

Purely a matter of text: what a line does to an incident is decided by the command's own function.
"""

import re
from functools import lru_cache

import msgspec

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import SIGNS, Command, LineError, Part
from incident_tui.domain.core.help_line import UnknownCommand
from incident_tui.domain.values import time_grammar
from incident_tui.domain.values.text import clean, clean_line


class Line(msgspec.Struct, frozen=True, eq=False):
    """A line as it was understood, before any rule has looked at it.

    `values` holds what was given for placeholders and attributes, by lower-case name.
    """

    command: Command
    values: dict[str, str] = {}
    at: str = ""
    columns: dict[str, int] = {}
    """Where each value and the time (`at`) start in the typed text, for messages."""

    def __eq__(self, other: object) -> bool:
        """Whether it says the same, wherever in the text that stands."""
        if not isinstance(other, Line):
            return NotImplemented
        return (self.command, self.values, self.at) == (other.command, other.values, other.at)


class _Unfit(LineError):
    """A form that the line does not have: `literal` is the word it has there; empty for an end."""

    def __init__(self, message: str, column: int, literal: str = "") -> None:
        super().__init__(message, column)
        self.literal = literal


class _EmptyAttribute(LineError):
    """A form that the line has, but for the value of an attribute that it names."""


_ESCAPED = (*SIGNS, "/", "@", "\\")
_QUOTED = r'"((?:[^"\\]|\\.)*)"(?=\s|$)'
_QUOTED_VALUE = re.compile(_QUOTED)
_WORD = re.compile(rf"{_QUOTED}|(\S+)")


@lru_cache(maxsize=64)
def parse(text: str) -> Line:
    """The line in `text`. Nobody may change it: who asks for the same text again is given the same.

    While a line is typed, sent and recorded its text is asked about many times.

    Line breaks are blanks, except in the last placeholder of a command that declares to keep them.
    Raises `LineError`, with the column, when it fits no declared form.
    """
    indent = len(text) - len(text.lstrip())
    try:
        line = _parse(clean(text))
    except LineError as error:
        error.column += indent
        raise
    columns = {name: column + indent for name, column in line.columns.items()}
    return msgspec.structs.replace(line, columns=columns)


def parsed(typed: str | Line) -> Line:
    """The line that was typed, where it was not parsed before. Raises `LineError`."""
    return typed if isinstance(typed, Line) else parse(typed)


def line_or_none(text: str) -> Line | None:
    """The line in `text`; None where it fits no declared form, which `parse` says why."""
    try:
        return parse(text)
    except LineError:
        return None


def _parse(text: str) -> Line:
    source = _on_one_line(text)
    if not source:
        raise LineError("an empty line: type what happened, or / for the commands")
    at, start = "", 0
    if source.startswith("@"):
        at, rest = time_grammar.take_when(source[1:])
        start = len(source) - len(rest)
        if not at:
            raise LineError("a time is expected after @, such as @14:02 or @-5m", 1)
        if at.startswith('"'):
            raise LineError('the quotes around the time are not closed: @"yesterday 23:10"', 1)
        if not rest.strip():
            raise LineError("the time is there; what happened then?", len(source))
    body = source[start:]
    start += len(body) - len(body.lstrip())
    body = source[start:]
    if body.startswith("/"):
        lead = body.split(maxsplit=1)[0]
    else:
        lead = body[0] if body[0] in SIGNS else ""
    known_as = commands.lead_of(lead)
    candidates = [] if known_as is None else commands.forms(known_as)
    if not candidates:
        known = [name for name in commands.leads() if name.startswith("/")]
        begun = [name for name in known if name.startswith(lead)]
        if begun and body == lead:
            raise LineError("a command: " + ", ".join(begun), len(source))
        raise UnknownCommand(lead, known, start)
    start += len(lead)
    errors: list[LineError] = []
    for form in candidates:
        try:
            values, columns = _match(form, text, start)
        except _EmptyAttribute:
            raise
        except LineError as error:
            errors.append(error)
            continue
        return Line(form, values, at, columns | ({"at": source.index(at, 1)} if at else {}))
    column = max(error.column for error in errors)
    problem = _together([error for error in errors if error.column == column], source[column:])
    usage = "  or  ".join(form.syntax for form in candidates)
    raise LineError(f"{problem}; the form is: {usage}", column)


def _together(errors: list[LineError], rest: str) -> str:
    """What the forms that came furthest say, in one sentence."""
    plain = [error.message for error in errors if not isinstance(error, _Unfit)]
    if plain:
        return plain[0]
    literals = [error.literal for error in errors if isinstance(error, _Unfit) and error.literal]
    if not literals:
        return errors[0].message
    word = rest.split(maxsplit=1)[0] if rest else ""
    text = f"{word!r} does not fit here" if word else "a word is missing"
    return f"{text}: {commands.nearest(word, literals)}"


def _on_one_line(text: str) -> str:
    """The text with a blank for each line break, so that columns stay what they are."""
    return text.replace("\n", " ")


def _match(form: Command, text: str, start: int) -> tuple[dict[str, str], dict[str, int]]:
    source = _on_one_line(text)
    values: dict[str, str] = {}
    columns: dict[str, int] = {}
    end = _take_attributes(form, text, start, values, columns)
    position = start
    for part in form.parts:
        if part.kind == "attribute":
            continue
        while position < end and source[position].isspace():
            position += 1
        if part.kind == "literal":
            word, after = _word(source, position, end)
            if word == part.name:
                position = after
            elif not part.optional:
                raise _Unfit(f"expected {part.name!r}", position, part.name)
            continue
        if position >= end:
            if part.optional:
                continue
            raise LineError(f"{part.name.upper()} is missing", position)
        columns[part.name] = position
        if part.kind == "rest":
            rest = text[position:end].strip()
            if rest in ('""', "''") and form.syntax.startswith("/"):
                raise LineError(f"{part.name.upper()} is empty", position)
            values[part.name] = _unescape(form, rest if form.lines else clean_line(rest))
            position = end
            continue
        word, position = _word(source, position, end)
        if not word.strip():
            raise LineError(f"{part.name.upper()} is empty", columns[part.name])
        values[part.name] = _number(word, columns[part.name]) if part.kind == "number" else word
    if source[position:end].strip():
        surplus = position + len(source[position:end]) - len(source[position:end].lstrip())
        raise _Unfit("nothing is expected here", surplus)
    given = [name for name in form.keys if _key(form, name) in values]
    if empty := next((name for name in given if not values[_key(form, name)].strip()), ""):
        raise _EmptyAttribute(
            f"{empty}: is empty: its value follows without a blank; \\{empty}: is the word",
            columns[_key(form, empty)],
        )
    return values, columns


def _number(word: str, column: int) -> str:
    number = commands.typed_number(word)
    if not number:
        raise LineError(f"a number is expected, not {word!r}", column)
    return str(number)


def _word(source: str, position: int, end: int) -> tuple[str, int]:
    match = _WORD.match(source, position, end)
    if match is None:
        return "", position
    if match[1] is not None:
        return re.sub(r"\\(.)", r"\1", match[1]), match.end()
    return match[2], match.end()


def _take_attributes(
    form: Command, text: str, start: int, values: dict[str, str], columns: dict[str, int]
) -> int:
    """Read the attributes, which stand last; return where the text before them ends."""
    if not form.keys:
        return len(text)
    matches = _attributes_in(form, _on_one_line(text[start:]))
    end = len(text)
    for index in reversed(range(len(matches))):
        match = matches[index]
        value_start = start + match.end()
        name = _key(form, match[1])
        if name in values:
            raise LineError(f"{match[1]}: is given twice", start + match.start())
        values[name] = _attribute_value(clean_line(text[value_start:end]))
        columns[name] = value_start
        end = start + match.start()
    missing = [
        part.name
        for part in form.parts
        if part.kind == "attribute" and not part.optional and part.name not in values
    ]
    if missing:
        raise LineError(f"{missing[0]}: is missing", len(text))
    return end


def _attributes_in(form: Command, text: str) -> list[re.Match[str]]:
    """Where attributes begin; what looks like one inside the quotes of another is its value.

    One without a value is a word of a fact, which is never refused: it may be a line of a chat.
    """
    name = _attribute_name(form.keys, form.lead != "")
    matches: list[re.Match[str]] = []
    match = name.search(text)
    while match:
        matches.append(match)
        value = _QUOTED_VALUE.match(text, match.end())
        match = name.search(text, value.end() if value else match.end())
    return matches


@lru_cache(maxsize=256)  # more than there are forms, each of which is looked for at each key
def _attribute_name(keys: tuple[str, ...], may_be_empty: bool) -> re.Pattern[str]:
    names = "|".join(keys)
    empty = rf"|\s*$|\s+(?:{names}):" if may_be_empty else ""
    return re.compile(rf"(?<=\s)({names}):(?=\S{empty})")


def _key(form: Command, name: str) -> str:
    """The name under which a line holds what was given for an attribute."""
    return f"{name}:" if form.doubted and name == "why" else name


def _like_attributes(form: Command) -> str:
    """What text could be taken for an attribute, behind the backslashes that say it is none."""
    names = rf"\\*(?:{_names(form)}):"
    return rf"({names})(?=\S|\s*$|\s+{names})"


def _names(form: Command) -> str:
    return "|".join(form.keys)


def _attribute_value(text: str) -> str:
    match = _WORD.fullmatch(text)
    return re.sub(r"\\(.)", r"\1", match[1]) if match and match[1] is not None else text


def _unescape(form: Command, text: str) -> str:
    if not form.lead and text.startswith("\\") and text[1:2] in _ESCAPED:
        text = text[1:]
    if form.keys and "\\" in text:
        text = re.sub(rf"(^|\s)\\{_like_attributes(form)}", r"\1\2", text)
    return text


def _escape(form: Command, text: str) -> str:
    if form.keys:
        text = re.sub(rf"(^|\s){_like_attributes(form)}", r"\1\\\2", text)
    if not form.lead and text.startswith(_ESCAPED):
        text = "\\" + text
    return text


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def format_line(line: Line) -> str:
    """The text that `parse` reads back as the same line."""
    pieces = [line.command.lead] if line.command.lead else []
    for part in line.command.parts:
        if part.kind == "literal":
            pieces.append(part.name)
        elif part.name in line.values:
            pieces.append(_formatted(line.command, part, line.values[part.name]))
    if line.values.get("why:"):
        pieces.append(f"why:{_quoted(line.values['why:'])}")
    text = " ".join(pieces)
    if not line.at:
        return text
    # Quotes are needed where the time would otherwise take words of the text along.
    plain = f"{line.at} {text}"
    taken = time_grammar.take_when(_on_one_line(plain))
    return f"@{plain}" if taken == (line.at, _on_one_line(text)) else f'@"{line.at}" {text}'


def _formatted(form: Command, part: Part, value: str) -> str:
    if part.kind == "attribute":
        return f"{part.name}:{_quoted(value)}"
    if part.kind == "word":
        if re.fullmatch(r'[^\s"\\]+', value):
            return value
        quoted = _quoted(value)
        if form.keys:
            quoted = re.sub(rf"(\s)((?:{_names(form)}):)", r"\1\\\2", quoted)
        return quoted
    return value if part.kind == "number" else _escape(form, value)
