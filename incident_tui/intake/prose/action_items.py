"""What an action item says of its owner, its due date and its ticket: in columns, or in its words.

A heading of a table names what its column holds, in five languages. In the words of a list only
what is marked is taken: `@ana` at the head, `owner: Ana`, brackets at the end, "by 2025-03-20".
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from incident_tui.intake.prose.markup import plain
from incident_tui.intake.times.dates import find_date

_TITLES: Final = (
    ("owner", r"(?:action )?owner(?:s|\(s\))?|dri|assignees?|assigned(?: to)?|who"
     r"|responsible(?: \w+)?|lead|person|people|team|poc|contact|zuständig"
     r"|verantwortlich(?:e[rn]?)?|wer|responsables?|qui|propriétaire|quién|responsáve(?:l|is)"
     r"|dono|quem"),
    ("due", r"due(?: (?:date|by|on))?|deadline|eta|target(?: date)?|by(?: when)?|when|date"
     r"|fällig(?:keit)?(?: (?:am|bis))?|frist|termin|bis(?: wann)?|wann|échéance|délai"
     r"|date limite|quand|vencimiento|plazo|fecha(?: límite)?|cuándo|prazo|vencimento"
     r"|data(?: limite)?|quando"),
    ("ref", r"(?:jira )?tickets?|issues?|jira|links?|tracking(?: \w+)?|bugs?|ref(?:erence)?s?"
     r"|prs?|url|vorgang|tâche|enlace|referencia|incidencia|referência"),
    ("status", r"(?:current )?(?:status|state|progress)|done|complete(?:d)?|stand|erledigt|état"
     r"|statut|fait|estado|hecho|feito|situação"),
    ("number", r"#|no\.?|nr\.?|number|nummer|n°|nº"),
)  # fmt: skip
_COLUMNS: Final = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _TITLES)
_TICK: Final = r"[✅✔☑🗹]\ufe0f?"
_BOX: Final = re.compile(
    rf"(?:\[(?P<mark>[ xX]?)\]|(?P<tick>{_TICK}|:(?:white_)?check_mark(?:_button)?:))\s*"
)
_DONE: Final = re.compile(
    rf"(?:(?:already )?(?:done|complete[d]?|closed|finished|fixed|merged|shipped|deployed|yes|x)"
    r"|erledigt|fertig|umgesetzt|abgeschlossen|ja|fait(?:e)?|terminée?|hecho|hecha|completad[oa]"
    rf"|feit[oa]|concluíd[oa]|{_TICK})(?:\W.{{0,40}})?",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"open|to-?do|new|not started|offen|neu|à faire|pendiente|pendente|no|nein", re.I
)
_DONE_MARK: Final = re.compile(
    r"\s*[(\[](?:already )?(?:done|complete[d]?|erledigt|fait|terminé|hecho|feito)[)\]]\.?$"
    r"|^[(\[]?(?:DONE|COMPLETED?|ERLEDIGT|FAIT|HECHO|FEITO)(?:[)\]]\s*[:–—-]?|\s*[:–—-])\s+",
)
_STRUCK: Final = re.compile(r"~~(.{2,400})~~\.?")
_AT_HEAD: Final = re.compile(r"@(?P<owner>[A-Za-z0-9][\w.-]*)(?:\s*[:–—,-])?\s+(?=\S)")
_OWNER: Final = re.compile(
    r"[\s,;(–—-]*\b(?:owner|assignee|assigned to|dri|zuständig|verantwortlich|responsable"
    r"|responsável)\s*[:=]\s*(?P<owner>@?[^,;()|–—]{2,40}?)(?=\s*(?:[,;()|–—]|$))\)?",
    re.IGNORECASE,
)
_DUE: Final = re.compile(
    r"[\s,;(–—-]*\b(?:due|by|deadline|eta|bis|fällig|avant le|échéance|antes del?|até|prazo)\b"
    r"[:=\s]*(?P<due>[^,;()]*[0-9][^,;()]*?)\s*\)?\.?$",
    re.IGNORECASE,
)
_AT_END: Final = re.compile(r"\s*[(\[](?P<parts>[^()\[\]]{2,80})[)\]]\.?$")
_PERSON: Final = re.compile(r"@[\w.-]+|[A-ZÀ-Ž][\w.'’-]+(?: [A-ZÀ-Ž][\w.'’-]*){0,2}")
_TICKET: Final = re.compile(r"(?<![\w-])(?:[A-Z][A-Z0-9]{1,9}-[0-9]+|[\w.-]*#[0-9]+)(?![\w-])")
_TO_A_DATE: Final = re.compile(r"^(?:due|by|bis|am|until|eta|le|el)\b[:\s]*", re.IGNORECASE)
_NOBODY: Final = re.compile(r"(?:tbd|tba|n/?a|none|unassigned|unknown|\W*)", re.IGNORECASE)
_EMPTY: Final = re.compile(r"(?:tbd|tba|n/?a|none|\W*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ActionItem:
    """An action as written; `due` is None where no whole date is said, `ref` a ticket or link.

    `done` says that its author ticked it off.
    """

    text: str
    owner: str = ""
    due: date | None = None
    ref: str = ""
    done: bool = False


def action_columns(titles: list[str]) -> dict[int, str]:
    """What each column of a table of actions holds, for those whose title says so.

    The first of each kind counts; "Date" and "When" are due dates beside actions.
    """
    columns: dict[int, str] = {}
    for at, title in enumerate(titles):
        name = next((n for n, form in _COLUMNS if form.fullmatch(plain(title).text)), "")
        if name and name not in columns.values():
            columns[at] = name
    return columns


def action_in_cells(cells: list[str], columns: dict[int, str]) -> ActionItem:
    """The action of one row; what no title explains, or cannot be read, stays in its words."""
    parts: list[str] = []
    item = ActionItem("")
    for at, cell in enumerate(cells):
        words, name = plain(cell), columns.get(at, "")
        if name == "status" and _DONE.fullmatch(words.text):
            item = replace(item, done=True)
            continue
        if _EMPTY.fullmatch(words.text) or name == "number":
            continue
        due = find_date(words.text) if name == "due" else None
        if name == "owner":
            item = replace(item, owner=words.text.replace("@", ""))
        elif name == "ref":
            item = replace(item, ref=words.source or words.text)
        elif due is not None:
            item = replace(item, due=due)
        elif name == "status" and _OPEN.fullmatch(words.text):
            continue
        else:
            parts.append(f"due {words.text}" if name == "due" else words.text)
    struck = len(parts) == 1 and _STRUCK.fullmatch(parts[0])
    return (
        replace(item, text=struck[1], done=True)
        if struck
        else replace(item, text=" · ".join(parts))
    )


def action_in_words(words: str, source: str = "") -> ActionItem:
    """The action of an item of a list; `source` is the one address in it, if any."""
    box = _BOX.match(words)
    text = words[box.end() :] if box is not None else words
    ticked = box is not None and bool(box["tick"] or box["mark"].strip())
    struck = _STRUCK.fullmatch(text)
    text = struck[1] if struck is not None else text
    bare = _DONE_MARK.sub("", text).strip()
    item = ActionItem("", ref=source, done=ticked or struck is not None or bare != text.strip())
    text = bare
    for take in (_head, _end, _owner, _due, _end):
        item, text = take(item, text)
    ticket = _TICKET.search(text)
    if ticket is not None and not item.ref:
        item = replace(item, ref=ticket.group())
    return replace(item, text=text.strip()) if text.strip() else ActionItem(words)


def _head(item: ActionItem, text: str) -> tuple[ActionItem, str]:
    match = _AT_HEAD.match(text)
    if match is None:
        return item, text
    return replace(item, owner=match["owner"]), text[match.end() :]


def _owner(item: ActionItem, text: str) -> tuple[ActionItem, str]:
    match = _OWNER.search(text)
    if match is None or item.owner or _NOBODY.fullmatch(match["owner"]):
        return item, text
    left = f"{text[: match.start()]}{text[match.end() :]}"
    return replace(item, owner=match["owner"].replace("@", "").strip()), left


def _due(item: ActionItem, text: str) -> tuple[ActionItem, str]:
    match = _DUE.search(text)
    due = find_date(match["due"]) if match is not None else None
    if match is None or due is None or item.due is not None:
        return item, text
    return replace(item, due=due), text[: match.start()]


def _end(item: ActionItem, text: str) -> tuple[ActionItem, str]:
    """What brackets at the end hold, if all of it is a person, a date or a ticket."""
    match = _AT_END.search(text)
    parts = re.split(r"\s*[,;|/]\s*|\s+[–—-]\s+", match["parts"]) if match is not None else []
    known = item
    for part in parts:
        due = find_date(_TO_A_DATE.sub("", part))
        if due is not None:
            known = replace(known, due=due)
        elif _TICKET.fullmatch(part):
            known = replace(known, ref=known.ref or part)
        elif _PERSON.fullmatch(part) and not known.owner:
            known = replace(known, owner=part.lstrip("@"))
        else:
            return item, text
    return (known, text[: match.start()]) if match is not None else (item, text)
