"""What tells strangers who or where: names of people, hosts, addresses, links, numbers of tickets.

Each is found by its form, names by those that are known. What may be a name that nobody knows is
only told. What has no form of its own is not found, so whoever publishes a text has to read it.
"""

import re
from collections.abc import Collection, Iterable
from ipaddress import ip_address

import msgspec

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.wording.people import name_spans

STAND_INS = {
    "person": "a colleague",
    "mail address": "(a mail address)",
    "link": "(a link)",
    "address": "(an address)",
    "host": "(a host)",
    "resource": "(a resource)",
    "file": "(a file)",
    "channel": "(a channel)",
    "phone number": "(a phone number)",
    "reference": "(a reference)",
}
"""Kind -> what stands in the place of one; the first kind that claims a place has it."""

_TOP = (
    "com|net|org|io|dev|app|cloud|co|info|biz|eu|de|uk|us|fr|nl|ch|at|es|it|se|dk|no|fi|pl|cz|br|"
    "in|jp|cn|au|ca|internal|local|localdomain|lan|corp|intra|intranet|private|svc|cluster|home|"
    "arpa|test|example|invalid|consul"
)
_PATH = r"(?:/[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]])?"
_FORMS = (
    ("mail address", later(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("link", later(r"\b[a-z][a-z0-9+.-]{1,15}://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]]", re.I)),
    ("resource", later(r"\barn:[a-z-]*:[^\s,;)\"']+")),
    ("file", later(
        r"(?<![\w/.])(?:~|/(?:etc|var|home|usr|opt|srv|mnt|root|tmp|data|run|Users))"
        r"(?:/[\w.@+-]*\w)+/?")),
    ("file", later(r"(?:\b[A-Z]:|\\\\[\w.-]+)\\[^\s,;:\"]*[\w\\]")),
    ("person", later(r"<@[\w|.-]+>|(?<![\w@])@[a-z][\w.-]*[\w]", re.I)),
    ("person", later(
        r"\b(?:Dr|Prof|Mr|Mrs|Ms|Herr|Frau|Señora?|Mme)\b\.?\s+[^\W\d_][\w'-]+"
        r"|\b[A-Z][^\W\d_]+-(?:san|sama|kun|chan)\b")),
    ("phone number", later(
        r"(?<![\w+])\+\d{1,3}(?:[ ().-]{0,2}\d{2,11}){1,5}(?!\w)|(?<!\w)\(\d{2,5}\) ?\d{3}[ .-]?"
        r"\d{3,5}(?!\w)|(?<![\w.-])\d{3}[-.]\d{3}[-.]\d{4}(?![\w.-])")),
    ("reference", later(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.I)),
    ("address", later(
        r"(?<![\w:.\[])\[?(?:(?:[0-9a-f]{0,4}:){2,6}\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}"
        r"(?::[0-9a-f]{0,4}){2,7})(?:%\w+)?(?:\](?::\d{1,5})?|/\d{1,3})?(?![\w:])", re.I)),
    ("address", later(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d{1,5})?(?![\w.-]*\w)")),
    ("address", later(r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b", re.I)),
    ("host", later(
        rf"(?<![\w@.-])(?:[a-z0-9_-]+\.)+(?:{_TOP})(?::\d{{1,5}})?(?![\w-]){_PATH}", re.I)),
    ("host", later(rf"(?<![\w@.-])(?:[a-z0-9_-]+\.){{3,}}[a-z]{{2,}}(?![\w-]){_PATH}", re.I)),
    ("host", later(rf"\blocalhost\b(?::\d{{1,5}})?{_PATH}", re.I)),
    ("resource", later(
        r"(?<![\w/-])(?:deployment|statefulset|daemonset|configmap|cronjob|namespace|ingress)s?"
        r"(?:\.\w+)*/[a-z0-9][a-z0-9.-]*\b|(?<![\w/-])(?:pod|svc|service|node|job|secret|pvc|ns)s?/"
        r"(?=\w*[\d-])[a-z0-9][a-z0-9.-]*\b|(?<![\w/-])[a-z0-9-]*-(?:system|prod|production|"
        r"staging|public)/[a-z][a-z0-9-]*\b")),
    ("channel", later(r"(?<![\w&#/])#[a-z][\w-]*\w", re.I)),
    ("host", later(
        r"(?<![\w@.-])(?:web|www|db|app|api|node|host|srv|server|vm|pod|worker|master|primary|"
        r"replica|standby|cache|redis|mysql|pg|kafka|lb|proxy|gw|bastion|jump|k8s|es|mq|ns|mx|ldap)"
        r"-?\d+(?!\w|\.\w)", re.I)),
    ("reference", later(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b")),
    ("reference", later(r"(?<![\w-])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?![\w-])")),
    ("reference", later(
        r"\b(?:customer|account|tenant|order|invoice|case|contract)\s(?:(?:id|no|number)\b\.?\s)?"
        r"#?\d{4,}\b", re.I)),
    ("host", later(r"(?<![\w@.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)*-[a-z]*\d[a-z0-9]*(?!\w|\.\w)")),
)  # fmt: skip
_ORDINARY = later(
    r"(?:utf|sha|md|base|tls|ssl|http|ipv|sev|inc|rfc|iso|x86|cve|covid|ec|p|v|gpt|es)-?\d.*|"
    r"(?:us|eu|ap|sa|ca|me|af|il|cn|asia|europe|northamerica|southamerica|australia)-"
    r"(?:gov-)?(?:north|south|east|west|central)\w*-?\d*[a-z]?",
    re.I,
)
"""What looks like the name of a host or a ticket and is none: standards, levels, cloud regions."""


_FEWEST_DIGITS = 9
"""Digits of a phone number with its code; fewer may be any number."""
_DOES = (
    "restarted|reverted|deployed|merged|noticed|saw|fixed|took|said|asked|called|paged|wrote|approved|"
    "decided|confirmed|reported|told|thinks|thought|suggested|handed|joined|rolled|realised|realized|"
    "spotted|escalated|investigated|acknowledged|volunteered|left|switched|turned|pushed"
)
_PERHAPS_A_NAME = later(
    rf"(?<=[a-z,;] )(?P<within>[A-Z][a-zà-ÿ]+)(?![\w-])|(?:^|(?<=[.!?] )|(?<=\n))"
    rf"(?P<first>[A-Z][a-zà-ÿ]+)(?='s?\s|’s?\s| and [A-Z]| (?:{_DOES})\b)"
)
_WORDS = """
i it we you they he she this that these those the our users customers nobody everybody somebody
someone anyone everyone people monday tuesday wednesday thursday friday saturday sunday january
february march april may june july august september october november december
"""


class Identifier(msgspec.Struct, frozen=True):
    """What was found: one of the kinds of `STAND_INS`, and the words."""

    kind: str
    words: str


def identifiers(text: str, people: Iterable[str] = ()) -> list[tuple[int, int, str]]:
    """Where something stands that tells who or where: begin, end, kind; none overlaps another.

    Begin and end count characters, the end is the first that is no part of it.
    """
    places: list[tuple[int, int, str]] = []

    def claim(begin: int, end: int, kind: str) -> None:
        if all(end <= other[0] or other[1] <= begin for other in places):
            places.append((begin, end, kind))

    for kind, form in _FORMS[:2]:  # names stand inside of these, too
        for match in form.finditer(text):
            claim(match.start(), match.end(), kind)
    for begin, end in name_spans(text, people):
        claim(begin, end, "person")
    for kind, form in _FORMS[2:]:
        for match in form.finditer(text):
            if _is_one(kind, match[0]):
                claim(match.start(), match.end(), kind)
    return sorted(places)


def _is_one(kind: str, words: str) -> bool:
    if kind == "address":
        return _is_address(words)
    if kind == "phone number":
        return sum(letter.isdigit() for letter in words) >= _FEWEST_DIGITS
    return kind not in ("host", "reference") or not _ORDINARY.fullmatch(words)


def _is_address(words: str) -> bool:
    if re.fullmatch(r"[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}", words, re.I):
        return True
    bare = re.sub(r"\](?::\d+)?$|%\w+", "", words.lstrip("["))
    bare = re.sub(r"(?:(?<=\d):|/)\d{1,5}$", "", bare) if bare.count(":") < 2 else bare
    bare = bare.partition("/")[0]
    try:
        return ip_address(bare).exploded != "0000:0000:0000:0000:0000:0000:0000:0000"
    except ValueError:
        return False


def perhaps_names(text: str, known: Collection[str] = ()) -> list[str]:
    """Words that may be names of somebody or something that nobody knows here, each once.

    They begin with a capital letter within a sentence, or at its head do what people do. `known`
    are words, in small letters, that are none: the services of the incident.
    """
    names = (match["within"] or match["first"] for match in _PERHAPS_A_NAME.finditer(text))
    none = {*_WORDS.split(), *known}
    return [word for word in dict.fromkeys(names) if word.casefold() not in none]


def without_identifiers(
    text: str, people: Iterable[str], keep: Collection[str] = ()
) -> tuple[str, list[Identifier]]:
    """The text with a stand-in for whatever tells who or where, and what that was.

    `keep` are words that may be told, in any letter case: the address of a status page.
    """
    kept = {word.casefold() for word in keep}
    parts: list[str] = []
    replaced: list[Identifier] = []
    place = 0
    for begin, end, kind in identifiers(text, people):
        words = text[begin:end]
        if words.casefold() in kept:
            continue
        parts += [text[place:begin], _stand_in(kind, text, begin)]
        replaced.append(Identifier(kind, words))
        place = end
    return "".join([*parts, text[place:]]), replaced


def _stand_in(kind: str, text: str, begin: int) -> str:
    """The words for it, with a capital letter where a sentence begins."""
    words = STAND_INS[kind]
    opens = not text[:begin].strip() or text[:begin].rstrip()[-1] in ".!?\n"
    return words[0].upper() + words[1:] if opens else words
