"""Blame: a sentence that answers *who* where the record asks *what made it easy*.

A thing may break, forget and fail as it likes; what is looked for is somebody as the subject of a
failing, judgements of people, and what would not have happened if they had been better.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from incident_tui.domain.values.wording import (
    blame_minds,
    blame_phrases,
    insinuations,
    ironies,
)
from incident_tui.domain.values.wording.judgements import JUDGEMENTS, VIRTUES
from incident_tui.domain.values.wording.people import (
    ANY,
    NAME,
    NOBODY,
    OBJECT,
    ONE,
    OWNER,
    SUBJECT,
    WITH_A_REASON,
    marked,
)
from incident_tui.domain.values.wording.signed_rules import Signed, SignedRules

# --- pieces -------------------------------------------------------------------------------------

_ADVERBS = (
    r"(?:,?\s(?:just|simply|clearly|obviously|apparently|again|once more|also|then|really|even|"
    r"still|"
    r"completely|totally|utterly|blindly|merely|probably|certainly|surely|seemingly|once again|had|"
    r"has|have|to have|must have|may have|might have|seems to have|always|somehow|actually|twice|"
    r"once|yet again|as usual|managed to|went and|as always|again and again|repeatedly),?){0,3}"
)
_NOT = r"(?:(?:n'?t| not| never| hardly| barely)(?: even| once| ever| really| properly)?)"
_FAILINGS = (
    r"faults?|mistakes?|typos?|slip(?:-?ups?)?|carelessness|sloppiness|negligence|incompetence|"
    r"laziness|ignorance|oversights?|blunders?|failings?|inattention|haste|impatience|stupidity|"
    r"recklessness|neglect|inexperience|judge?ment|misjudge?ments?|lack of|misconfiguration|"
    r"screw-?ups?|mess-?ups?|panic|arrogance|stubbornness|complacency|clumsiness|indifference|"
    r"errors?(?! ?-?(?:rates?|budgets?|counts?|messages?|codes?|pages?|logs?|handl\w+|reports?))|"
    r"failure(?! ?-?(?:rates?|domains?|detectors?|modes?|counts?|injection))|forgetfulness|bad "
    r"call|poor (?:judge?ment|decision|choice|planning|communication)|refusal"
)
_JUDGED = (
    r"careless|negligent|sloppy|lazy|incompetent|clueless|inattentive|reckless|asleep|stupid|dumb|"
    r"irresponsible|complacent|impatient|hasty|overconfident|unqualified|lax|drunk|hung ?over|"
    r"in (?:a hurry|too much of a hurry)|at fault|(?:\w+ly )?to blame|guilty|foolish|ignorant|rash|"
    r"the (?:culprit|problem|weak link|one to blame)|out of (?:his|her|their) depth|"
    r"proud of|unfocused|tired|(?:too|so|very|rather|a bit) (?:slow|lazy|proud|eager|stubborn|"
    r"hasty|quick|inexperienced|"
    r"junior|careless|cheap|sure)|not (?:\w+ly )?(?:careful|thinking|paying|looking|listening|"
    r"competent)|wrong to|not up to|"
    r"(?:\w+ly )?(?:responsible|accountable) for (?:the|this|that|our|all) (?:\w+ )?(?:outage|"
    r"incident|mess|failure|breakage|downtime|loss|error|crash|problem|damage|bug|mistake|disaster)"
)
_UP = (
    r"(?:screw|mess|cock|fuck|foul|muck|botch|ball|stuff)(?:ed|s)(?: \w+){0,4}? up|slipped up|"
    r"violated|improvised|shrugged|snoozed|messed (?:around )?with|(?:strikes|struck) again"
)
_BROKEN = (
    r"broke(?! (?:away|up|even|into|off|out|through|\w+ into|(?:the|a|this) (?:\w+ )?(?:loop|cycle|"
    r"deadlock|lock|lease|tie|silence|news|chain)))|wrecked|ruined|destroyed|nuked|trashed|"
    r"caused|crashed|corrupted|botched|bungled|fumbled|tanked"
)
_SITE = (
    r"(?:the |our )?(?:\w+ )?(?:site|everything|prod|production|cluster|api|service|system|shop)"
)
_DOWN = rf"(?:took|brought|knocked|pulled) (?:down|{_SITE} (?:down|offline|over))(?! for\b)"
_HARSH = (
    rf"(?:forgot|forgets|forgotten|neglected|neglects|disregarded|mishandled|misconfigured|"
    rf"mis(?!s|t\w*k)\w{{3,14}}(?:ed|led|ood)|fat-?fingered|panicked|slacked|blundered|goofed|"
    rf"dozed|slept|bothered|rubber-?"
    rf"stamped|waved through|cut corners|gambled|guessed|lied|{_UP}|{_BROKEN}|{_DOWN}|"
    r"should(?:n't| not)?(?:'ve| have| of)(?! been (?:able|told|paged|given|allowed|asked|warned|"
    r"shown))|ought (?:not )?to have|(?:was|were) supposed to|failed (?:to|in (?:his|her|their))\b|"
    r"dropped the ball|could(?:n't| not) be (?:bothered|arsed)|couldn't care less|"
    rf"(?:(?:is|was|are|were|being|been)(?:n't)?|'s|'re|got) (?:\w+ly )?(?:{_JUDGED}|thinking\b)|"
    r"(?:made|makes?) (?:an?|the|that|this|another|one|his|her|many|several|too many|some)(?: \w+)?"
    r" ?(?:mistakes?|errors?|typos?|blunders?|(?:bad|wrong|poor) (?:call|decision|choice)|mess|"
    r"slip)|made mistakes|"
    rf"(?:did|do|does|had|has|have|would|could){_NOT} (?:bother|care|think|listen|pay (?:any |"
    rf"enough |much )?(?:attention|heed))\w*|"
    rf"lack(?:s|ed|ing)? (?:the |any |all |enough )?(?:{VIRTUES}|skills?|knowledge|experience)|"
    r"ha(?:d|s|ve) (?:no|zero) (?:idea (?:what|how)|clue)|"
    rf"(?:\w+ )?(?:carelessly|recklessly|negligently|sloppily|lazily|stupidly|thoughtlessly) \w+|"
    r"really ought to|"
    r"never (?:tests?|checks?|reads?|listens?|thinks?|learns?|looks?|asks?|bothers?|cares?)\b)"
)
_READING = (
    r"(?:check|test|look|read|follow|notice|verify|verified|ask|review|communicate|understand|"
    r"escalate|warn|announce|mention|respond|react|realise|realize|try|tried|"
    r"do (?:his|her|their|the) (?:job|homework|part|work)|"
    r"know (?:what (?:he|she|they) (?:was|were|is|are)|better|how to))"
)
_MILD = (
    r"(?:(?:ignored|overlooked|omitted|left out|skipped|bypassed|misread|missed|rushed|refused to|"
    r"insisted on|"
    rf"could(?:'ve| have)(?! lost)(?![^.;]{{0,90}} if (?:the|there|its?|an?)\b)|"
    rf"(?:did|do|does|had|has|have){_NOT} {_READING}(?:ed|ing|s)?\b|"
    r"(?:accidentally|inadvertently|mistakenly|wrongly|unthinkingly) \w+|"
    r"let\b[^.;,]{0,40} (?:grow|fill|expire|lapse|slip|slide|rot|run (?:out|full)|die|happen|lie)|"
    r"left\b[^.;,]{0,40} (?:in the dark|open|unlocked|unfinished|unattended|hanging|running|"
    r"at its|at the old|without|enabled|disabled|on by)\b|"
    r"(?:approved|merged|pushed|deployed|applied|shipped|signed off)\b[^.;,]{0,40} (?:without|"
    r"blind|blindly|unread|untested|anyway)\b|"
    r"\w{3,12}ed\b[^.;,]{0,40}\b by (?:mistake|accident|error)|took down\b[^.;,]{0,40} by mistake|"
    r"(?:\w{3,14}ed|chose|ran|set|took|shut|made|cut|did|done|gave|given)\b(?: \S+){0,3}? "
    rf"(?:the |an? )?(?:wrong|incorrect)\b(?!-)){WITH_A_REASON})"
)
_WHOEVER_IT_IS = r"any(?:one|body) (?:\w+ )?(?:could|would|might) "
_TOO_LATE = (
    r"(?:had(?:n't| not)? been (?:\w+ly )?(?:more|less|awake|careful|paying)|"
    r"had(?:n't| not)?(?! (?:had|been|access|a|an|no|any)\b)|hadn't been|just|bothered|cared)"
)
_BY = (
    r"(?:caused|broken|brought (?:on|down|about)|taken (?:down|offline)|messed up|screwed up|"
    r"botched|ruined|misconfigured|forgotten|ignored|overlooked|neglected|skipped|mishandled|"
    r"mistyped|wrecked|crashed|knocked (?:over|out)|disregarded|fat-?fingered)(?: \w+ly)?"
)
_MADE = r"(?:(?: \w+)? (?:was|were|is|had been|made|committed|caused|being))*"

# --- the rules ------------------------------------------------------------------------------------

_WITH_SUBJECT = (
    # somebody did it, or failed to
    rf"{ANY}{_ADVERBS} ?{_HARSH}",
    rf"(?<!any )(?!{_WHOEVER_IT_IS}){ONE}{_ADVERBS} ?{_MILD}",
    rf"{NOBODY}{_ADVERBS} (?:bother(?:ed|s)|care[ds]|thought|thinks|check(?:ed|s)|test(?:ed|s)|"
    r"look(?:ed|s) (?:at|into)|reads?|review(?:ed|s)|listen(?:ed|s)|paid|took (?:responsibility|"
    r"ownership)|owned up)",
    # somebody's failing
    rf"{OWNER}(?: own)?(?: \w+)? (?:{_FAILINGS})\b",
    rf"\b(?:{_FAILINGS})\b(?! (?:rate|message))(?:{_MADE} (?:by|of|from|on the part of|in)) "
    rf"{OBJECT}",
    rf"\b(?:{_FAILINGS}) on (?:{OWNER}|the \w+'s) part\b",
    rf"{ONE} (?:who (?:is|was) )?(?:responsible|accountable) for (?:the|this|that|our) (?:outage|"
    rf"incident|"
    r"mess|failure|breakage|downtime|loss|crash|damage|mistake|disaster)\b",
    rf"\bwhoever [^.;,]{{1,40}} (?:was|is|must have been) (?:{_JUDGED})\b",
    rf"\b(?:down|due|thanks) to {OBJECT}(?: not| never)? \w+ing\b|\bdown to {OBJECT}\s*(?:$|[.,;])",
    rf"\b{_BY} (?:by|because of|due to) {OBJECT}",
    rf"\bbecause of {OBJECT}(?!')",
    # what would not have happened
    rf"\b(?:if(?: only)?|unless) {SUBJECT}{_ADVERBS} {_TOO_LATE}",
    rf"(?:^|[.,;:(-] ?)had {SUBJECT} (?!been\b)(?:not |only |just )?\w+",
    # the cause is somebody
    r"\b(?:causes?|reason|culprits?|trigger|guilty party)\b(?: \w+)?(?: ?[:=] ?| (?:was|is|were) )"
    rf"(?:that )?{SUBJECT}(?: not| never)? (?:\w+ing|who|that)\b",
    rf"\bculprits?(?: ?[:=] ?| (?:was|is|were) ){OBJECT}",
    rf"(?:\b(?:is|was|all|squarely|entirely)|'s) on {OBJECT}(?=\s*(?:[.:,;!-]|$|that|for|and|again|"
    rf"who))",
    # a question that answers itself
    rf"\b(?:why|how come)\b[^.;?]{{0,20}}?(?:(?:did|could|would|had|was|were|does|do|is|has){_NOT} "
    rf"{SUBJECT}|{SUBJECT} (?:did|could|would|had|was|were){_NOT})",
    rf"\bwhy did {SUBJECT} (?:not|never|ignore|skip|forget|miss|break|push|not)\b",
    rf"\bhow could {SUBJECT}",
    rf"\b(?:nobody|no one|who|anyone|only)(?: else)? (?:except |but |other than )?{OBJECT} "
    rf"(?:would|"
    r"could)\b",
    rf"\b(?:it|that|this) (?:is|was) {NAME}\W*$",
    rf"\b(?:{_FAILINGS}) (?:is|was|were) (?:\w+ly |all )?{OWNER}\W*$",
    rf"\blaid at the door of {OBJECT}",
    rf"^\W*they{_ADVERBS} ?{_HARSH}",
    rf"\b(?:typical(?:ly)?(?: for| of)?|as usual|surprise|once again|yet again),? {OBJECT}",
    rf"{ONE}[^.;]{{0,60}}\b(?:wrong|broken?|failed|missing)\b[^.;]{{0,30}}\b(?:yet again|once more|"
    rf"again)\b",
    # a second verb of the same subject: "Tomas restarted it and broke the leader"
    rf"(?:^|[.;:,(-] ?|\b(?:because|since|when|after|that|if|as) "
    rf"){SUBJECT}[^.;:?!]{{1,90}}?\b(?:and|but|then|or|,)(?: then)?{_ADVERBS} ?{_HARSH}",
)

_LONGEST = 300
"""Signs of a sentence that are looked at together, so that a long run of words costs no time."""

QUESTION = "what made that easy to do, and hard to notice?"
"""What is asked instead."""


RULES = (
    *JUDGEMENTS,
    *blame_minds.RULES,
    *insinuations.RULES,
    *(Signed("", rule) for rule in (*_WITH_SUBJECT, *blame_phrases.WITH_SUBJECT)),
    *ironies.RULES,
)
_RULES = SignedRules(RULES)


def blame_in(text: str, people: Iterable[str] = ()) -> str:
    """The words of blame in a text, as they stand there; empty when there are none.

    `people` are the names that the incident knows: what they are said to have broken, forgotten or
    should have done is blame, as with "the on-call" or "somebody".
    """
    return text[_blame_in(marked(text, people))].strip(" ,.;:(-")


@lru_cache(maxsize=16_384)  # by the marked text: a further name concerns few of thousands
def _blame_in(text: str) -> slice:
    if not _RULES.may_find(text):
        return slice(0)
    for start, end in _sentences(text):
        if match := _RULES.search(text[start:end]):
            return slice(start + match.start(), start + match.end())
    return slice(0)


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    begin = 0
    for stop in re.finditer(r"[.?!;](?=\s|$)|\n", text):
        yield from _pieces(begin, stop.end())
        begin = stop.end()
    yield from _pieces(begin, len(text))


def _pieces(start: int, end: int) -> Iterable[tuple[int, int]]:
    yield from ((begin, min(begin + _LONGEST, end)) for begin in range(start, end, _LONGEST))
