"""Words of headings: which field of a record a heading is that of, and which heads a timeline.

In five languages. What stands below a heading is read in the files beside this one.
"""

import re
from typing import Final

TIMELINE: Final = re.compile(
    r"\b(?:time\s?lines?|chronology|chronological|(?:sequence|course|log|chain|history) of events"
    r"|(?:event|incident) (?:log|history)|what happened when"
    r"|zeitleiste|zeitstrahl|zeitlicher (?:ablauf|verlauf)|ablauf|verlauf|chronologie|déroulé"
    r"|cronología|cronologia|línea (?:de(?:l)? tiempo|temporal)|linha do tempo|tidslinje"
    r"|tijdlijn)\b",
    re.I,
)
_NAMES: Final = (
    ("summary", r"(?:executive |incident |issue )?summary|tl;?dr|zusammenfassung|résumé|resumen"
     r"|resumo"),
    ("impact", r"(?:customer |user |business |service )?impact(?: analysis| assessment)?"
     r"|impact (?:on|to) (?:users|customers)|auswirkung(?:en)?|conséquences|impacto"),
    ("cause", r"(?:primary |probable )?root causes?(?: analysis)?|causes?|trigger|auslöser"
     r"|(?:grund)?ursachen?(?:analyse)?|causes? (?:racines?|profondes?)|causas?(?: raíz| raiz)?"),
    ("factors", r"contributing (?:factors?|causes?)|beitragende (?:faktoren|ursachen)"
     r"|facteurs (?:contributifs|aggravants)|factores contribuyentes|fatores contribuintes"),
    ("went-well", r"(?:what|things that) went well(?: (?:&|and) where (?:did )?we g[eo]t lucky)?"
     r"|what worked(?: well)?|was gut lief"
     r"|ce qui a bien (?:marché|fonctionné)|(?:lo )?que (?:salió|fue) bien|o que deu certo"),
    ("went-poorly", r"(?:what|things that) (?:went (?:wrong|poorly|badly)|could have gone better)"
     r"|what did(?:n't| not) (?:go|work) well|was (?:schlecht|nicht gut) lief"
     r"|ce qui a mal (?:marché|fonctionné)|(?:lo )?que salió mal|o que deu errado"),
    ("got-lucky", r"where we got lucky|what we got lucky with|luck|wo wir glück hatten"
     r"|où nous avons eu de la chance|dónde tuvimos suerte|onde tivemos sorte"),
    ("lessons", r"lessons?(?:\s+learn(?:ed|t))?|learnings?|(?:key )?takeaways|lehren|erkenntnisse"
     r"|leçons(?: apprises| tirées)?|enseignements|lecciones(?: aprendidas)?"
     r"|lições(?: aprendidas)?"),
    ("actions", r"(?:(?:corrective|preventi?ve|follow[- ]?up|review|remediation|future)\s+)?"
     r"action\s?(?:items?|s)|follow[- ]?ups?|next steps|remediations?|preventions?|to-?dos?"
     r"|(?:corrective|corrective and preventat?ive|preventi?ve) measures?"
     r"|maßnahmen|nächste schritte|folgeaufgaben|plan d'actions?|prochaines étapes"
     r"|actions (?:correctives|de suivi)|acciones(?: correctivas| de seguimiento)?"
     r"|próximos pasos|ações(?: corretivas| de acompanhamento)?|próximos passos"),
)  # fmt: skip
ACTIONS: Final = "actions"
REST: Final = "rest"
"""The name of what no field of a record has a place for."""
PASSAGE_NAMES: Final = (*(name for name, _ in _NAMES), REST)
_FORMS: Final = tuple((name, re.compile(words, re.IGNORECASE)) for name, words in _NAMES)
_NUMBER: Final = re.compile(r"^[\W\d_]+")
_BRACKETS: Final = re.compile(r"\s*(?:\([^()]*\)|,\s(?:all times )?(?:in )?[A-Z]{2,5})$")


def field_named(words: str) -> str:
    """The name of the field that a heading is the heading of; empty for any other."""
    bare = _NUMBER.sub("", words).replace("’", "'").strip(" :.–—-?")
    return next((name for name, form in _FORMS if form.fullmatch(bare)), "")


def heads_a_section(words: str) -> bool:
    """Whether a line without marks, as a word processor exports it, is nothing but a heading."""
    bare = _BRACKETS.sub("", words.strip().rstrip(":"))
    whole = TIMELINE.search(bare)
    rest = bare.replace(whole.group(), "") if whole is not None else bare
    timeline = whole is not None and rest.strip().lower() in _BESIDE_TIMELINE
    return bare[:1].isupper() and (timeline or bool(field_named(bare)))


_BESIDE_TIMELINE: Final = ("", "incident", "event", "detailed", "of events", "of the incident")
