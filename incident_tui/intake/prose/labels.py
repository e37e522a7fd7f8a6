"""Labels of moments: which milestone "First detected" or "(resolved)" stands for.

The names of the milestones are those of the incident's log. One table, from the surest word to the
least: where a label has several, as in "Repaired declared", what was reached counts.
"""

import re
from typing import Final

_NOT: Final = r"(?<!not )(?<!not yet )(?<!partially )(?<!un)"
_KINDS: Final = (
    ("recurred", r"recurr(?:ed|ence)|came back"
     r"|(?:incident|impact|outage) (?:starts|started|begins|began) again"),
    ("resolved", _NOT + r"\bresolved|all clear|incident (?:over|closed|ends|ended)"
     r"|resolution(?: time)?|^(?:end(?:ed)?|closed)(?: time| at)?$|end of (?:the )?incident"
     r"|behoben|behebung|gelöst|entwarnung|ende der störung|résolue?|résolution|fin de l'incident"
     r"|resuelt[oa]|resolución|fin del incidente|resolvid[oa]|resolução|fim do incidente"),
    ("fix-deployed", r"(?:permanent )?fix (?:deployed|released|rolled out|shipped)"),
    ("mitigated", _NOT + r"(?:mitigat(?:ed|ion)|repaired|restored|recover(?:ed|y)|"
     r"(?:impact|outage|fault|problem) (?:ends|ended|stops|stopped|over))"
     r"|end of (?:the )?(?:impact|outage)|service restored|wiederhergestellt"
     r"|wiederherstellung|entschärft"
     r"|rétabli(?:e|ssement)?|atténuation|mitigad[oa]|mitigación|mitigação|restaurad[oa]"
     r"|recuperación|recuperação|restablecid[oa]"),
    ("cause-identified", r"(?:root )?cause (?:was )?(?:identified|found|known)"
     r"|(?:root )?cause identification|ursache (?:gefunden|erkannt|bekannt)"
     r"|cause (?:identifiée|trouvée)|causa (?:identificada|encontrada)"),
    ("detected", r"(?<!un)detect(?:ed|ion)|noticed|discovered|(?:team|we) (?:aware|alerted)"
     r"|first (?:alert|alarm|report|page)(?:ed|s)?|erkannt|erkennung|entdeckt|entdeckung|bemerkt"
     r"|détectée?|détection"
     r"|detectad[oa]|detección|detecção"),
    ("communicated", r"(?:first )?(?:customers?|users?|stakeholders?) (?:informed|notified|told)"
     r"|first communication|first (?:status )?update"),
    ("started", r"(?<!re)\bstart(?:ed|s)?\b|began|begins?|onset|beginn"
     r"|(?:fault|incident|impact|outage|problem|issue) (?:occur(?:s|red)|introduced)"
     r"|impact start|start of (?:the )?(?:incident|outage|impact)|störungsbeginn"
     r"|(?:störung|ausfall|vorfall) beginnt|début"
     r"|inicio|início|comienzo"),
    ("declared", r"declared|declaration|ausgerufen|erklärt|déclarée?|déclaration|declarad[oa]"
     r"|declaración|declaração"),
)  # fmt: skip
_PATTERNS: Final = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in _KINDS
)
# At the head of a row only these are labels: "**Cause identified:**" is, "**Started:**" too, while
# "**Update:**" and "**Resolution plan:**" are not.
_HEAD = re.compile(r"^\W*?(\*\*|__)(?P<label>[^*_]{3,48}?)(?:\1\s*(?P<after>[:.–—-])|[:.]\s*\1)")
_HEAD_ALONE = re.compile(r"(\*\*|__)(?P<label>[^*_]{3,48}?)[.!]?\1\s*$")
_IN_CAPITALS = re.compile(r"^(?P<label>[A-ZÀ-Ž][A-ZÀ-Ž ]{4,40}):\s")
_COLON = re.compile(r"^(?P<label>[A-ZÀ-Ž][^\W\d_]*(?: [^\W\d_]+){0,5}?)\s*[:.–—]\s")
_LAST = re.compile(r"[(\[](?P<label>[^()\[\]]{3,40})[)\]]\W*$")
_CLAUSE: Final = re.compile(
    r"(?:^|[.,;:!–—-]\s*|\band\s+)(?:the\s+)?(?P<label>(?:major\s+)?(?:incident|outage|impact|problem"
    r"|issue|fault)\s+(?:is\s+|was\s+|has been\s+|now\s+|formally\s+|officially\s+){0,2}"
    r"(?:declared|detected|repaired|mitigated|resolved|closed|over|starts|started|begins|began"
    r"|ends|ended|stops|stopped))(?:\s+(?:by|in|as|on)\s[^.]{0,40})?\W*$",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(
    r"(?:the\s+)?(?P<label>(?:incident|outage|issue|problem|impact|fault)\s+"
    r"(?:is\s+|was\s+|has been\s+)?(?:declared(?:\s+resolved)?|detected|repaired|mitigated|resolved"
    r"|closed|over|started|begins|began|ended)"
    r"|(?:start|end) of (?:the )?(?:incident|outage|impact))"
    r"(?=\s*(?:[.,;:!–—-]|$|\s(?:and|with|by|via|after|when|as|at|in)\b|\s\(?https?:))",
    re.IGNORECASE,
)
_LINKED: Final = re.compile(r"\(?\[[^\[\]]*\]\([^()]*\)\)?")
_MOST_WORDS: Final = 4


def milestone_of(label: str) -> str:
    """The milestone that a label stands for; empty where it stands for none."""
    for name, pattern in _PATTERNS:
        if pattern.search(label):
            return name
    return ""


def milestone_in_row(marked: str, text: str) -> str:
    """The milestone a row is labelled with, as a bold head, as its whole text, or at its end.

    `marked` is the text with its markup, `text` without. What a sentence merely mentions is none.
    """
    words = text.strip()
    # "Detected, [thread](https://…)": where it was said is no part of what was.
    for alone in (words, _LINKED.sub("", marked) if "](" in marked else ""):
        if len(alone.split()) <= _MOST_WORDS and (whole := _whole(alone)):
            return whole
    for form, where in (
        (_HEAD, marked), (_HEAD_ALONE, marked), (_IN_CAPITALS, words), (_COLON, words),
        (_LAST, words), (_CLAUSE, words), (_FIRST, words),
    ):  # fmt: skip
        match = form.match(where) if form is _FIRST else form.search(where)
        if match is not None and (name := _whole(match["label"])):
            return name
    return ""


def whole_label(words: str) -> str:
    """The milestone of a cell or a title that is nothing but its label; empty for any other."""
    return _whole(words) if len(words.split()) <= _MOST_WORDS else ""


def _whole(label: str) -> str:
    """The milestone of a label that is about the incident, and says little else."""
    words = [word for word in re.findall(r"[\w-]+", label.lower()) if word not in _FILLERS]
    name = milestone_of(label)
    own = next((p for n, p in _PATTERNS if n == name), None)
    if not name or own is None or len(words) > _MOST_WORDS:
        return ""
    rest = re.findall(r"[\w-]+", own.sub(" ", label.lower()))
    return name if all(word in _FILLERS or word in _SUBJECTS for word in rest) else ""


_FILLERS: Final = frozenset(
    (
        "the", "is", "was", "has", "been", "now", "an", "a", "of", "time", "at",
        "der", "die", "das", "des", "den", "ist", "wurde", "le", "la", "les", "l", "de", "du",
        "est", "été", "el", "los", "del", "fue", "o", "do", "da", "dos", "foi",
    )
)  # fmt: skip
_SUBJECTS: Final = frozenset(
    (
        "first", "incident", "impact", "outage", "fault", "problem", "issue", "service", "services",
        "fully", "finally", "officially", "formally", "initial", "initially", "root", "cause",
        "alert", "alerts", "alarm", "report", "received", "declared", "customer", "customers",
        "user", "users", "full", "complete", "completely", "major", "error", "errors", "probable",
        "again", "all",
        "störung", "ausfall", "vorfall", "panne", "incidente", "incidencia", "caída", "falha",
        "interruption", "interrupção", "dienst", "dienste", "servicio", "servicios", "serviço",
        "serviços", "problème", "problema", "erste", "erster", "premier", "première", "primer",
        "primera", "primeiro", "primeira", "alarm", "alarme", "alerte", "alerta",
    )
)  # fmt: skip
