"""What is set or told under a name that means a secret: `DB_PASS=…`, `mot de passe : …`.

What names mean stands in names.py, which values are believed in values.py.
"""

import re
from collections.abc import Iterator

from incident_tui.service.secrets.forms.names import is_variable, meaning
from incident_tui.service.secrets.forms.patterns import compiled
from incident_tui.service.secrets.forms.values import (
    Meaning,
    believed,
    is_chosen,
    is_digest,
    is_striking,
)

KIND = "password or key"
# A name and the sign behind it. Possessive, so that no run of letters is walked through twice.
_SIGNED = (
    r"""(?<![\w.\-])([\w.\-\u0900-\u0eff]++)(["'`\]\\)]{0,4}[ \t]{0,8}+)"""
    r"""(=>|:=|\?=|={1,3}|::?|[：＝])([ \t]?)"""
)
_OPTION = r"(?<![\w\-])(--?[A-Za-z][\w.\-]++)[ \t]++(?=[^\s\-=:])"
_CALL = r"""(?<![\w.\-])([\w.]*(?:[Ss]et|[Ww]ith)[\w]++)\(\s{0,3}(?=["'])"""
_NEXT = r"(?<![\w.\-])([\w.\-]++)(?:[ \t]++|\r?\n)"
_ELEMENT = r"<([\w.:\-]++)>(?=[^<\s])"
_PAIR = r"""["']([\w.\- ]{1,120}+)["'],?\s{1,40}+["']?[Vv]alue["']?\s{0,3}+[:=]"""
_LISTED = (
    r"""[Nn]ame["']?[ \t]*+[:=][ \t]*+["']?([\w.\-]++)"""
    r"""["']?,?\s{1,40}+["']?[Vv]alue["']?\s{0,3}+[:=]"""
)
_VALUE = (
    r"""[ \t\u3000]{0,8}+(?:[|>][-+]?(?=\r?\n))?"""
    r"""(\\?\r?\n(?:[ \t]{0,40}+\r?\n)?[ \t]{0,40}+)?\\{0,2}(["'`„“«「]?)"""
)
_QUOTED = r"""[^"'`\n\\”“»」]{1,4096}+"""
_BARE = r"""[^\s'"`“”«»「」<>;,]{1,4096}+"""
# What says that a value follows. Of `to` and the like, more is asked below.
_VERB = (
    r"""[ \t](?:is|was|are|ist|lautet|war|est|es|era|è|e|é|foi|är|er|on|to|jest|je|este|является"""
    r"""|это|είναι|adalah|là|yra|ir|هي|هو|היא|है)(?:[ \t]*:)?(?=\s)"""
    r"""(?:[ \t](?:now|jetzt|nun|still|just|ahora|maintenant)(?=\s))?"""
    r"""|[ \t]?(?:->|→|—|–)|(?:は|が|是|为|為|는|은|이|가|คือ)"""
    r"""|[ \t]?[:=：](?=\s)"""
)
_FINNISH = ("salasana", "salasõna", "parool")
_CHANGED = frozenset(("set", "reset", "changed", "updated", "rotated", "hasło", "haslo"))
_REACH, _WORDS_BETWEEN = 120, 6
# Characters of a value, and of one that begins within a longer one.
_LONGEST, _SHORT = 4096, 128


class _Reach:
    """How far values are read, so that no place of a text is read for more than a few of them.

    What begins within a long value is read as far as a short one goes.
    """

    def __init__(self) -> None:
        self._until = 0

    def limit(self, match: re.Match[str]) -> int:
        """Characters that the value behind a match may have."""
        return _SHORT if match.start() < self._until else _LONGEST

    def read(self, begin: int, end: int) -> None:
        """Take note of a value that was read."""
        if end - begin > _SHORT:
            self._until = max(self._until, end)


def assigned(text: str) -> Iterator[tuple[str, str]]:
    """Each secret that stands behind a name that means one."""
    reach = _Reach()
    for match in compiled(_SIGNED).finditer(text):
        name, gap, sign, blank = match.groups()
        means = _meaning_at(text, match.start(), name)
        if means is None or (sign == ":" and _is_part_of_a_path(text, match.start())):
            continue
        if sign.startswith("==") or (sign == "=" and not gap and blank):
            continue  # compared, or set to nothing by a shell: `MYSQL_PWD= mysqldump`
        loose = sign == "：" or (sign == ":" and bool(blank))
        yield from _behind(text, match, name, means, reach, loose=loose)
    for mark, pattern in (
        ("-", _OPTION),
        ("<", _ELEMENT),
        ("(", _CALL),
        ("alue", _PAIR),
        ("alue", _LISTED),
    ):
        if mark in text:
            reach = _Reach()
            for match in compiled(pattern).finditer(text):
                if means := meaning(match[1]):
                    yield from _behind(text, match, match[1], means, reach, loose=False)


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
    text: str, match: re.Match[str], name: str, means: Meaning, reach: _Reach, *, loose: bool
) -> Iterator[tuple[str, str]]:
    value, broken, quoted, end = _value_at(text, match.end(), reach.limit(match))
    reach.read(match.end(), end)
    settings = loose and _fills_its_line(text, match.start(), end)
    is_set = not broken and (quoted or not loose or settings)
    if believed(value, means, "set" if is_set else "told", bare=name.lower() == "pass") or (
        means == "secret" and is_set and is_variable(name) and is_chosen(value)
    ):
        yield value, KIND


def _value_at(text: str, at: int, limit: int) -> tuple[str, bool, bool, int]:
    """The value, whether it stands on the next line, whether it is quoted, and where it ends."""
    lead = compiled(_VALUE).match(text, at)
    if lead is None:
        return "", False, False, at
    quoted = bool(lead[2])
    match = compiled(_QUOTED if quoted else _BARE).match(text, lead.end(), lead.end() + limit)
    if match is None:
        return "", False, False, at
    return match[0] if quoted else _unquoted(match[0]), bool(lead[1]), quoted, match.end()


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


def in_sentences(text: str) -> Iterator[tuple[str, str]]:
    """Each secret that a sentence tells: `the password for admin is …`, `lösenordet är …`."""
    reach = _Reach()
    for match in compiled(_VERB).finditer(text):
        command = match[0].strip(" \t:=：")
        means, between = _subject(text[max(0, match.start() - _REACH) : match.start()], command)
        if means is None or (between == 0 and not command):
            continue  # without words between, it is an assignment
        value, _, quoted, end = _value_at(text, match.end(), reach.limit(match))
        reach.read(match.end(), end)
        value = value if quoted else value.rstrip("?!")
        if " " not in value and believed(value, means, "told") and not is_digest(value):
            yield value, KIND


def next_to(text: str) -> Iterator[tuple[str, str]]:
    """Each secret that follows its word with nothing between: `temporary password …`."""
    reach = _Reach()
    for match in compiled(_NEXT).finditer(text):
        means = _meaning_at(text, match.start(), match[1])
        if means is None:
            continue
        if bare := compiled(_BARE).match(text, match.end(), match.end() + reach.limit(match)):
            reach.read(match.end(), bare.end())
            value = _unquoted(bare[0]).rstrip("?!")
            variable = is_variable(match[1]) and believed(value, means, "told")
            if variable or is_striking(value, means):
                yield value, KIND


def _subject(before: str, command: str) -> tuple[Meaning | None, int]:
    """What a command speaks of: what that means, and how many words stand between them."""
    clause = compiled(r"[.;!?,][ \t]|\n").split(before)[-1]
    words = clause.replace("(", " ").replace(")", " ").split()
    for between, word in enumerate(reversed(words[-_WORDS_BETWEEN:])):
        earlier = words[-between - 2] if len(words) > between + 1 else ""
        means = meaning(word.strip("\"'`*_"), earlier)
        if means is None:
            continue
        if command == "on" and not word.lower().endswith(_FINNISH):
            return None, between
        if command == "to" and not _CHANGED.intersection(clause.lower().split()):
            return None, between
        return (None if means == "key" else means), between
    return None, 0
