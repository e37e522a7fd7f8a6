"""Who a sentence is about: the words that stand for people, as pieces of regular expressions.

Names are those that the incident knows. Before anything is looked for they are replaced, letter by
letter, by a mark, so that the expressions are compiled once and places stay what they are.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

MARK = "\ue000"
"""Stands for each letter of a name; a private character that no text uses."""

_TITLES = (
    "engineers?|developers?|devs|reviewers?|approvers?|committers?|authors?|"
    "admins?(?! (?:consoles?|pages?|panels?|ui|tools?|apis?|roles?|users?|accounts?|passwords?|"
    "rights?|interfaces?|access|keys?|tokens?|ports?|portals?)\\b)|"
    "(?:(?<=the )|(?<=our )|(?<=my )|(?<=his )|(?<=her ))(?:manager|lead)|"
    "sysadmins?|administrators?|dbas?|sres?|on[- ]?call(?:s|er|ers)?(?: person)?|"
    "(?:first )?responders?|commanders?|deput(?:y|ies)|liaisons?|investigators?|analysts?|"
    "mitigators?|verifiers?|debuggers?|communicators?|facilitators?|moderators?|"
    "(?:incident )coordinators?|"
    "(?:review )panel|smes?|experts?|(?<!issue )(?<!bug )(?<!request )(?<!error )trackers?|"
    "(?:duty|safety|security) officers?|"
    "(?:tech|team|ops|operations|shift|engineering|communications?|comms|support|customer|"
    "incident|"
    "service|technical) leads?|interns?|trainees?|juniors?|"
    "contractors?|(?:individual )?contributors?|individuals?|(?:new )?hires?|newcomers?|newbies?|"
    "colleagues?|team ?mates?|co-?workers?|"
    "(?:engineering|product|release|duty|incident|project) managers?|boss|management|guys?|person|"
    "(?<!the )(?<!our )team [\\w-]+|teams?|crews?|squads?|departments?|staff|ops|technicians?|"
    "maintainers?|testers?|qa|scribe|"
    "owners?(?! (?:fields?|ids?|columns?|references?|tags?|labels?))|"
    "(?:release|shift|incident) captains?|deployers?|submitters?|uploaders?|"
    "architects?|(?:night|day|early|late|first|second|third|next|last) shift|group|seniors?|"
    "employees?|programmers?|coders?|(?:support|service desk|help ?desk|call cent(?:er|re)) agents?"
)
# "the tool lets anyone push" says what a tool does.
_SOMEBODY = r"someone|somebody|(?<!let )(?<!lets )any(?:one|body)|whoever|who|he|she|i"
_MANY = "we|people|one of (?:us|them)|everyone|everybody|they all|all of us|folks"

# A software operator (Kubernetes' word) is a thing, and so is what is named after a role.
_SOFTWARE = "".join(
    rf"(?<!{name} )"
    for name in (
        "kubernetes", "k8s", "postgres", "postgresql", "mysql", "kafka", "redis", "etcd", "vault",
        "prometheus", "elastic", "strimzi", "rabbitmq", "cassandra", "mongodb", "helm", "flink",
        "spark", "logical", "boolean", "ternary", "comparison", "modulo", "bitwise", "database",
        "the cert-manager", "thanos", "backup", "ingress", "node",
    )
)  # fmt: skip
ROLES = rf"(?:{_TITLES}|(?=o){_SOFTWARE}operators?(?! (?:reconcil|crash|loop|hung|hang|restart)))"
_START = rf"(?<![\w{MARK}@'/-])"
_END = rf"(?![\w{MARK}'/-])"
_PLACE = (
    r"(?:\s(?:on|in|of|from|at|with)\s(?:(?:the|our|that|this|his|her|their|my)\s)?"
    rf"(?:[\w:{MARK}-]{{1,24}})(?:\s(?:teams?|crew|duty|shift|side|rota|group|department))?)?"
    rf"(?:,\s{MARK}{{1,60}},)?"
)

NAME = rf"{MARK}{{1,60}}"
ONE = rf"(?:{_START}(?:{NAME}|{ROLES}|{_SOMEBODY}){_END}{_PLACE})"
"""Somebody of whom one may say that they did it."""
ANY = rf"(?:{_START}(?:{NAME}|{ROLES}|{_SOMEBODY}|{_MANY}){_END}{_PLACE})"
"""Anybody, "we" and "people" included."""
NOBODY = (
    rf"(?:{_START}(?<!that )(?<!which )(?<!where )(?:nobody|no-? ?one|none of (?:us|them)|not a "
    rf"soul){_END}{_PLACE})"
)
# "The tool let ben drop it" is about the tool.
_HANDED = r"(?:let|made|make|asked|ask|told|tell|allowed|allow|gave|give|showed|show|sent|send)s?"
SUBJECT = (
    r"(?:(?:the|our|an?|any|that|this|his|her|some|each|every|one of the|"
    rf"my)\s(?:(?!{_HANDED}\s)[\w-]{{1,20}}\s){{0,2}}?)?" + ANY
)
"""Anybody, with what may stand before the word."""
OBJECT = (
    rf"(?:{NAME}|whoever|(?:(?-i:us)|him|her|someone|somebody)|"
    rf"(?:the |our |an? |his |her |their |those |that |two |one |some )"
    rf"(?:[\w'-]{{1,20}} ){{0,2}}?{ROLES}){_END}"
)
"""Somebody after a preposition."""
OWNER = (
    rf"(?<![\w{MARK}-])(?:{NAME}|(?:{ROLES}|someone|somebody|nobody|everybody|everyone)(?=')|"
    r"(?:his|her|their|our|my|your|whose)(?![\w-]))(?:'s|')?"
)
"""Somebody to whom something belongs."""

WITH_A_REASON = (
    r"(?![^.;]{0,120}\b(?:because|since|as|so that|until|while|which|"
    r"for(?! (?:an?|two|three|four|five|six|ten|several|some|many) "
    r"(?:\w+ )?(?:second|minute|while|hour|night|day|week|month|year)s?\b)) (?:the|its?|"
    r"both|all|no|none|there|an?|neither|either|every|each|access|two|three|four|several|some|many|"
    r"most|such|these|those|agreed|planned|ordered|names|h(?:is|er) (?:phone|pager|laptop|terminal|"
    r"shell|screen|access))\b)"
)
"""What is told with the thing that made it easy is no blame: not followed by its reason."""

_WORDS_TOO = """
will may mark bill art rob sue pat drew grant chase rich penny page bug max rose grace hope faith
joy summer june april august dean guy miles chance victor crystal ruby jade amber
"""
"""Names that are words as well: with a capital letter only."""
_THINGS = """
root admin administrator user ubuntu debian system test tests build ci bot cron all me ops dev team
staff nobody somebody anybody everybody someone the and for not platform service server backend
frontend database api web app infra network support security payments checkout storage search data
monitoring
"""
"""What stands where a person is named, and is none: accounts, teams called after a service."""


@lru_cache(maxsize=64)
def _names(people: frozenset[str]) -> re.Pattern[str] | None:
    words, things = _WORDS_TOO.split(), _THINGS.split()
    whole = {name.strip().lstrip("@") for name in people}
    # "Ben Roe" and "ben.roe@example.org" are called Ben as well; "platform team" is nobody's name.
    several = [name.partition("@")[0] for name in whole if " " not in name or name.istitle()]
    parts = {part for name in several for part in re.split(r"[\s._+-]+", name)}
    names = {name for name in whole | parts if len(name) > 2 and name.lower() not in things}
    if not names:
        return None
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    pieces = [
        f"{re.escape(name.capitalize())}" if name.lower() in words else f"(?i:{re.escape(name)})"
        for name in longest_first
    ]
    return re.compile(rf"(?<![\w-])@?(?:{'|'.join(pieces)})(?![\w-])")


_STEMS = (
    "operator", "engineer", "developer", "reviewer", "approver", "committer", "author", "admin",
    "sysadmin", "on-call", "oncall", "responder", "commander", "lead", "intern", "trainee",
    "junior", "contractor", "hire", "newcomer", "newb", "colleague", "team", "mate", "cowork",
    "co-work", "worker", "manage", "guy", "person", "crew", "squad", "department", "technician",
    "maintainer", "tester", "architect", "shift", "group", "senior", "employee", "programmer",
    "coder", "individual", "contributor", "owner", "deput", "liaison", "coordinator", "analyst",
    "investigator", "mitigator", "verifier", "debugger", "communicator", "facilitator",
    "moderator", "panel", "sme", "expert", "tracker", "officer", "captain", "deployer",
    "submitter", "uploader", "human", "who", "people", "folks", "someone", "somebody", "anyone",
    "anybody", "everyone", "everybody", "nobody", "soul", "dbas", "sres",
)  # fmt: skip
_SHORT = frozenset(
    ("he", "she", "i", "we", "us", "him", "his", "her", "their", "our", "my", "your", "no",
     "no-one", "noone", "none", "ops", "qa", "boss", "devs", "dba", "sre", "staff", "scribe",
     "them", "they")
)  # fmt: skip
_BEGINNINGS = (MARK, *_STEMS)


def speaks_of_people(word: str) -> bool:
    """Whether a word in small letters, or of marks, may stand for somebody."""
    return word.startswith(_BEGINNINGS) or word in _SHORT


def name_spans(text: str, people: Iterable[str]) -> list[tuple[int, int]]:
    """The positions, begin and end, of the names of these people or parts of them in a text."""
    names = _names(frozenset(people))
    return [match.span() for match in names.finditer(text)] if names else []


def marked(text: str, people: Iterable[str]) -> str:
    """The text with its apostrophes made straight and each name replaced by marks, as long as it
    was.
    """
    straight = text.replace("\u2019", "'")
    names = _names(frozenset(people))
    return names.sub(lambda name: MARK * len(name[0]), straight) if names else straight
