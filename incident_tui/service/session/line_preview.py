"""How a text is understood while it is typed, and how it can go on."""

import re
from collections.abc import Mapping

import msgspec

from incident_tui.domain.core import commands, quoted_entries
from incident_tui.domain.core.commands import (
    Command,
    LineError,
    Part,
    Refused,
    Unfinished,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.help_line import UnknownCommand
from incident_tui.domain.core.key_names import KeyOf, as_it_comes
from incident_tui.domain.findings.corrections import effect
from incident_tui.domain.line_plan import Plan
from incident_tui.domain.process import transitions
from incident_tui.domain.values import time_grammar
from incident_tui.domain.values.text import with_article
from incident_tui.service.session.incident_session import IncidentSession

TRY = "  try: "
"""Stands before the line that mends what is wrong, at the end of what is said of a line."""


class LinePreview(msgspec.Struct, frozen=True):
    """What a text means (`ok`), or what is wrong with it, at a column where there is one."""

    ok: bool
    note: str
    column: int | None = None
    whole: bool = False
    """Whether Enter would do it: nothing is missing."""


class Suggestion(msgspec.Struct, frozen=True):
    """`insert` can stand from column `start` on; `meaning` says what it stands for."""

    insert: str
    meaning: str
    start: int


def understand(session: IncidentSession, text: str, key_of: KeyOf = as_it_comes) -> LinePreview:
    """What entering `text` will record; `key_of` gives the keys that the user has."""
    if not text.strip():
        return LinePreview(True, "")
    try:
        plan = session.plan(text)
    except LineError as error:
        if error.column >= len(text.rstrip()):
            # Nothing is wrong yet with a line that is not finished.
            return LinePreview(True, error.message)
        words = error.explanation(key_of) if isinstance(error, UnknownCommand) else error.message
        return LinePreview(False, words, error.column)
    except Refused as refused:
        mends = "".join(f"{TRY}{mend}" for _, mend in refused.first)
        return LinePreview(isinstance(refused, Unfinished), refused.message + mends)
    if not plan.events:
        return LinePreview(True, plan.line.command.help, whole=True)
    doubts = "; ".join(doubt.text for doubt in plan.doubts.values())
    if doubts:
        return LinePreview(True, f"asks first: {doubts}", whole=True)
    return LinePreview(True, _record_text(session, plan), whole=True)


def final_step(session: IncidentSession, text: str) -> str:
    """What entering `text` would do that nobody can take back, for a question; else empty."""
    try:
        plan = session.plan(text)
    except (LineError, Refused):
        return ""
    return transitions.final_step(session.incident, [pending.event for pending in plan.events])


_NO_NOUN = re.compile(
    r".*ed|all the same|containment|evidence|kept|legal|public|read back|ruled out|sent back|stays"
    r"|undone|why"
)
"""Kinds that take no article, and are quoted as the timeline shows them."""


def _record_text(session: IncidentSession, plan: Plan) -> str:
    first, context, count = plan.events[0], plan.context, len(plan.events)
    if changed := effect(session.incident, [pending.event for pending in plan.events]):
        return changed
    kind = first.event.kind
    one = f'"{kind}"' if _NO_NOUN.fullmatch(kind) else with_article(kind)
    kinds = one if count == 1 else f"{count} x {kind}"
    text = f"records {kinds}, now"
    moment = first.at or context.at
    if moment is not None:
        late = time_grammar.format_duration(context.now - moment)
        shown = time_grammar.format_when(moment, session.zone, reference=context.now)
        text = f"records {kinds}, at {shown} (late: +{late})"
    if read_as := "; ".join(filter(None, (pending.event.read_as() for pending in plan.events))):
        text += f" · {read_as}"
    text += "".join(f" · {quotation}" for quotation in _quoted(session, plan))
    return f"{text} · source {first.source}" if first.source else text


def _quoted(session: IncidentSession, plan: Plan) -> list[str]:
    """Which entries the numbers in the text mean: ``#12 = 5xx rising, 14:02``."""
    incident, quotations = session.incident, []
    for number, _ in dict.fromkeys(pair for pending in plan.events for pair in pending.quotes):
        if (entry := incident.by_number(number)) is not None:
            at = time_grammar.format_when(entry.at, session.zone, reference=plan.context.now)
            quotations.append(f"#{number} = {entry.event.tell(entry, incident)}, {at}")
    return quotations


def suggest(
    incident: Incident, text: str, cursor: int, words: Mapping[str, Mapping[str, str]] = {}
) -> list[Suggestion]:
    """How the word before the cursor can go on.

    `words` are those of the home: beginnings of lines, and what may follow each, with its meaning.
    """
    before = text[:cursor]
    start = max(before.rfind(" "), before.rfind("\t")) + 1
    word = before[start:]
    head = before[:start]
    if head.lstrip().startswith("@"):
        _, rest = time_grammar.take_when(head.lstrip()[1:])
        head = rest
    head = head.lstrip()
    if not head:
        return _commands(incident, word, start) if word.startswith("/") else []
    lead = head.split(maxsplit=1)[0]
    if not lead.startswith("/"):
        lead = lead[0] if lead[0] in commands.SIGNS else ""
    given = head[len(lead) :].split()
    options: dict[str, str] = {}
    for form in commands.forms(lead):
        options |= dict(_continuations(form, given, word, incident))
    begun = " ".join([lead, *given]) + " "
    for beginning, named in words.items():
        options |= named if begun.startswith(f"{beginning} ") else {}
    suggestions = [
        Suggestion(option, meaning, start)
        for option, meaning in options.items()
        if option.lower().startswith(word.lower()) and option != word
    ]
    if word.startswith("#") and not suggestions:
        return _entries(incident, given, word, start)
    return suggestions if word or lead.startswith("/") else []


def _entries(incident: Incident, given: list[str], word: str, start: int) -> list[Suggestion]:
    """The entries that a number may quote, newest first, behind a word that says it quotes one."""
    lead = "" if given and given[-1].lower() in quoted_entries.WORDS else "see "
    newest = [entry for entry in reversed(incident.entries) if incident.counts(entry)]
    numbered = [(f"#{incident.number(entry.id)}", entry) for entry in newest]
    return [
        Suggestion(f"{lead}{number}", entry.event.tell(entry, incident), start)
        for number, entry in numbered
        if number.startswith(word) and (lead or number != word)
    ][:8]


def _commands(incident: Incident, word: str, start: int) -> list[Suggestion]:
    if word in commands.leads():
        return []  # Enter would take a longer name in the place of the one that was typed
    suggestions = []
    for lead in commands.leads():
        if lead.startswith(word) and lead != word:
            form = commands.forms(lead)[-1]
            reason = form.possible(incident)
            suggestions.append(
                Suggestion(lead, f"not now: {reason}" if reason else form.help, start)
            )
    return suggestions


def _continuations(
    form: Command, given: list[str], word: str, incident: Incident
) -> list[tuple[str, str]]:
    """What may stand where `word` is, after the words in `given`."""
    positional = [part for part in form.parts if part.kind != "attribute"]
    for index, given_word in enumerate(given):
        if index >= len(positional) or positional[index].kind == "rest":
            break
        if positional[index].kind == "literal" and positional[index].name != given_word:
            return []
    options: list[tuple[str, str]] = []
    if len(given) < len(positional):
        options += _of(positional[len(given)], form, incident)
    if ":" in word:
        name, _, _ = word.partition(":")
        if name in form.attributes:
            options += [
                (f"{name}:{value}", meaning) for value, meaning in _values(name, name, incident)
            ]
    elif _attributes_may_follow(form, positional, given):
        options += [(f"{name}:", form.help) for name in sorted(form.attributes)]
    return options


def _attributes_may_follow(form: Command, positional: list[Part], given: list[str]) -> bool:
    if len(given) >= len(positional):
        return bool(given)
    return any(part.kind == "rest" for part in positional[: len(given)])


def _of(part: Part, form: Command, incident: Incident) -> list[tuple[str, str]]:
    if part.kind == "literal":
        return [(part.name, form.help)]
    return _values(f"{form.lead} {part.name.upper()}", part.name.upper(), incident)


def _values(special: str, general: str, incident: Incident) -> list[tuple[str, str]]:
    return commands.choices_for(special, incident) or commands.choices_for(general, incident)
