"""What is set or told under a name that means a secret: `DB_PASS=…`, `mot de passe : …`.

What names mean stands in names.py, which values are believed in values.py.
"""

import re
from collections.abc import Iterator

from incident_tui.service.secret_forms.names import is_variable, meaning
from incident_tui.service.secret_forms.patterns import compiled
from incident_tui.service.secret_forms.values import (
    Meaning,
    believed,
    is_chosen,
    is_digest,
)

KIND = "password or key"
# A name and the sign behind it. Possessive, so that no run of letters is walked through twice.
_SIGNED = (
    r"""(?<![\w.\-])([\w.\-]++)(["'`\]\\)]{0,4}[ \t]{0,8}+)(=>|:=|\?=|={1,3}|::?|[：＝])([ \t]?)"""
)
_OPTION = r"(?<![\w\-])(--?[A-Za-z][\w.\-]++)[ \t]++(?=[^\s\-=:])"
_ELEMENT = r"<([\w.:\-]++)>(?=[^<\s])"
_PAIR = r"""["']([\w.\- ]{1,120}+)["'],?\s{1,40}+["']?[Vv]alue["']?\s{0,3}+[:=]"""
_LISTED = (
    r"""[Nn]ame["']?[ \t]*+[:=][ \t]*+["']?([\w.\-]++)"""
    r"""["']?,?\s{1,40}+["']?[Vv]alue["']?\s{0,3}+[:=]"""
)
_VALUE = r"""[ \t\u3000]{0,8}+(\\?\r?\n[ \t]{0,40}+)?\\{0,2}(["'`„“«「]?)"""
_QUOTED = r"""[^"'`\n\\”“»」]{1,4096}+"""
_BARE = r"""[^\s'"`“”«»「」<>;,]{1,4096}+"""
# What says that a value follows. Of `to` and the like, more is asked below.
_VERB = (
    r"""[ \t](?:is|was|are|ist|lautet|war|est|es|era|è|e|é|foi|är|er|on|to|jest|je|este|является"""
    r"""|это|είναι|adalah|là|yra|ir|هي|هو|היא|है)(?:[ \t]*:)?(?=\s)"""
    r"""|[ \t]?(?:->|→)|(?:は|が|是|为|為|는|은|이|가|คือ)"""
    r"""|[ \t]?[:=：](?=\s)"""
)
_FINNISH = ("salasana", "salasõna", "parool")
_CHANGED = (
    "set",
    "reset",
    "changed",
    "updated",
    "rotated",
    "back",
    "now",
    "hasło",
    "haslo",
    "gesetzt",
)
_REACH, _WORDS_BETWEEN = 120, 6


def assigned(text: str) -> Iterator[tuple[str, str]]:
    """Each secret that stands behind a name that means one."""
    for match in compiled(_SIGNED).finditer(text):
        name, gap, sign, blank = match.groups()
        means = _meaning_at(text, match.start(), name)
        if means is None or (sign == ":" and _is_part_of_a_path(text, match.start())):
            continue
        if sign == "=" and not gap and blank:
            continue  # a shell sets nothing here: `MYSQL_PWD= mysqldump`
        loose = sign == "：" or (sign == ":" and bool(blank))
        yield from _behind(text, match, name, means, loose=loose)
    for mark, pattern in (("-", _OPTION), ("<", _ELEMENT), ("alue", _PAIR), ("alue", _LISTED)):
        if mark in text:
            for match in compiled(pattern).finditer(text):
                if means := meaning(match[1]):
                    yield from _behind(text, match, match[1], means, loose=False)


def _meaning_at(text: str, at: int, name: str) -> Meaning | None:
    """What a name means in its place: the word before it tells an API key from any other."""
    means = meaning(name)
    if (means == "secret" or name.lower() == "key") and text[at - 1 : at] == " ":
        before = text[max(0, at - 24) : at].split()
        return meaning(name, before[-1].strip("\"'([{")) if before else means
    return means


def _is_part_of_a_path(text: str, at: int) -> bool:
    """Whether the name is a part of an ARN, a URN or a path: `…:secret:prod/db`."""
    return at > 0 and text[at - 1] in ":/"


def _behind(
    text: str, match: re.Match[str], name: str, means: Meaning, *, loose: bool
) -> Iterator[tuple[str, str]]:
    value, broken, quoted, end = _value_at(text, match.end())
    settings = loose and _fills_its_line(text, match.start(), end)
    is_set = not broken and (quoted or not loose or settings)
    if believed(value, means, "set" if is_set else "told", bare=name.lower() == "pass") or (
        means == "secret" and is_set and is_variable(name) and is_chosen(value)
    ):
        yield value, KIND


def _value_at(text: str, at: int) -> tuple[str, bool, bool, int]:
    """The value, whether it stands on the next line, whether it is quoted, and where it ends."""
    lead = compiled(_VALUE).match(text, at)
    if lead is None:
        return "", False, False, at
    quoted = bool(lead[2])
    found = compiled(_QUOTED if quoted else _BARE).match(text, lead.end())
    if found is None:
        return "", False, False, at
    return found[0] if quoted else _unquoted(found[0]), bool(lead[1]), quoted, found.end()


def _unquoted(value: str) -> str:
    """The value without what ends a sentence, a bracket or a part of a query behind it."""
    query = compiled(r"&(?:amp;)?[\w.\[\]-]{1,60}=").search(value)
    return (value[: query.start()] if query else value).rstrip(".:)]}\\、。」")


def _fills_its_line(text: str, start: int, end: int) -> bool:
    """Whether name and value fill a line of several, as in YAML."""
    before = text.rfind("\n", max(0, start - 80), start)
    lead = text[before + 1 : start]
    if "\n" not in text[max(0, start - 2000) : end + 2000] or lead.strip(" \t\"'-"):
        return False
    return len(lead) < 80 and text[end : end + 1] in ("", "\n", "\r")


def told(text: str) -> Iterator[tuple[str, str]]:
    """Each secret that a sentence tells: `the password for admin is …`, `lösenordet är …`."""
    for match in compiled(_VERB).finditer(text):
        verb = match[0].strip(" \t:=：")
        means, between = _subject(text[max(0, match.start() - _REACH) : match.start()], verb)
        if means is None or (between == 0 and not verb):
            continue  # without words between, it is an assignment
        value, _, quoted, _ = _value_at(text, match.end())
        value = value if quoted else value.rstrip("?!")
        if " " not in value and believed(value, means, "told") and not is_digest(value):
            yield value, KIND


def _subject(before: str, verb: str) -> tuple[Meaning | None, int]:
    """What a verb speaks of: what that means, and how many words stand between them."""
    clause = compiled(r"[.;!?,][ \t]|\n").split(before)[-1]
    words = clause.replace("(", " ").replace(")", " ").split()
    for between, word in enumerate(reversed(words[-_WORDS_BETWEEN:])):
        earlier = words[-between - 2] if len(words) > between + 1 else ""
        means = meaning(word.strip("\"'`*_"), earlier)
        if means is None:
            continue
        if verb == "on" and not word.lower().endswith(_FINNISH):
            return None, between
        if verb == "to" and words[-1].lower() not in _CHANGED:
            return None, between
        return (None if means == "key" else means), between
    return None, 0
