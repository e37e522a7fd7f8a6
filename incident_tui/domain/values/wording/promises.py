"""Promises that nobody can see kept: to be better, to try, to take care.

What counts is the verb that an action item begins with, and whether anything is named that will
exist, happen or be refused then.
"""

import re
from functools import cache

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.wording.attitudes import ATTITUDES

_ATTRIBUTES = later(
    r"""(?:^|\s)(?:verify:\s*[^"\s].*?(?=\s(?:owner|due|class|prio|ref|term|factor):|$)|"""
    r"""(?:owner|due|class|prio|verify|ref|term|factor):\s*(?:"[^"]*"?|\S+)"""
    r"""(?:\sof\s\w+|\s[A-Z][a-z]+)?)"""
)
_PEOPLE = (
    r"(?:we|i|everybody|everyone|people|all of us|(?:all |all the |our |the )?(?:engineers|"
    r"developers|reviewers|operators|colleagues|employees|staff)|all (?:\w+ )?(?:engineers|"
    r"developers|teams)|(?:the |our |each |every )?(?:[\w-]+ )?(?:teams?|on-?calls?|engineers?|"
    r"reviewers?|crew|ops|staff|commander|responders?)|[A-Z@]\w+(?: [A-Z]\w+)?)"
)
_PLAIN_DEEDS = (
    r"remove|delete|revoke|rotate|disable|enable|install|pin|limit|rename|move|drop|replace|set|add"
)
_OPENINGS = later(
    rf"^\W*(?:please|maybe|perhaps|possibly|let's|let us|continue to|keep on|(?:we|i|they|you|"
    rf"it)'ll|"
    rf"it is (?:\w+ )?(?:necessary|important|essential|crucial|vital|imperative|key)(?: that "
    rf"we)?(?: to)?|(?-i:{_PEOPLE}) (?:to|(?:is|are) (?:reminded|asked|urged|expected|told|"
    rf"encouraged|advised|requested) to)|from now on,?|next time,?|in (?:the )?future,?|going "
    rf"forward,?|to|(?:make|be) sure to(?=\s+(?:{_PLAIN_DEEDS})\b)|"
    rf"always|just|simply|also|and|then|more generally,?|when (?:in doubt|deploying),?|"
    rf"(?:we )?(?:need|want|require)(?=\s+(?:more|better))|{_PEOPLE} (?:will|must|should|shall|"
    rf"needs? to|has to|have to|ought to|promises? to|agrees? to|"
    r"commits? to|plans? to|intends? to|wants? to|hopes? to|is to|are to|can)(?: all)?(?: try "
    r"to)?|(?:really |seriously )?(?:try|aim|strive|hope|plan|want|intend|promise|seek|endeavour|"
    r"endeavor|attempt|commit|work)(?: harder| hard)? (?:to|at|on|for|towards))\s+",
    re.IGNORECASE,
)

_MECHANISM = (
    r"\bautomatic(?:ally)?\b|\b(?:in|by|from|through|via|as part of) (?:the |"
    r"an? )?(?:[\w-]+ )?(?:pipeline|ci|"
    r"bot|form|jobs?|scripts?|tool|build|template|hook|linter|gate|cron|ticket)\b|"
    r"\bwith an? bot\b|\band (?:write|record|file)\b[^.;]{1,40} (?:in|into|to) |"
    r"\band (?:alert|page|fail|block|refuse|stop|restart|reload) (?:the \w+ )?(?:at|when|if|above|"
    r"below|on|unless)\b"
)
"""What does a thing without anybody's remembering it."""
_MANNER = (
    r"(?:be|stay|become|remain|act|try|strive|aim|pay|take|give|improve|keep|do|follow|respect)\b"
)
"""How somebody should be, wherever that is."""
_EXPLORATION = (
    r"(?:consider|investigate|explore|look into|look at|discuss|evaluate|examine|research|assess|"
    r"analy[sz]e|study|dig into|see (?:if|whether|about))\b"
)
_RESULT = (
    r"\band (?:attach|record|write|publish|post|report|decide|list|document|file|present|choose|"
    r"pick|open|send|note)\b|\bin writing\b|\badrs?\b|\b\d+ ?(?:s|ms|min|h|%)(?!\w)"
)
"""What will be there when something was looked into."""
_OPEN_ENDED = (
    r"\bat some (?:point|stage)\b|\bsome ?(?:day|time)\b(?! series)|\beventually\b|\bone day\b|"
    r"\b(?:as|where|when|if|wherever|whenever) (?:appropriate|feasible|possible|time permits|time "
    r"allows|we have time|we can)\b|\bsomewhat\b|\bsee how (?:it|things) goes?\b|\bwith (?:due|"
    r"more|greater|extra|all due|full) \w+\W*$|\bmore (?:closely|carefully)\b"
)
"""An end that never comes, whatever is to be done."""
_SAFER = (
    r"(?:make|keep|render)\b(?: \S+){1,5}? (?:more \w+|safer?|better|faster|easier|simpler|"
    r"cleaner|stronger|robust|resilient|stable|reliable|nicer|clearer|healthy)\W*$|(?:harden|"
    r"stabili[sz]e|strengthen|secure|fix|clean up) (?:the |our |this |all )?(?:\w+ )?(?:system\w*|"
    r"platform|infrastructure|services?|code(?: ?base)?|architecture|stack|setup|process\w*|"
    r"things)\b(?! (?:by|so|with|to refuse)\b)[^.:]{0,40}\W*$"
)
_IMPROVEMENT = (
    r"improv\w+|enhance|better|strengthen|increase|optimi[sz]e|boost|tighten(?: up)?|refine|"
    r"streamline|beef up|step up|up our|polish|harden|mature|expand|extend|deepen|sharpen|upgrade "
    r"our|clean up|tidy(?: up)?|revisit|rethink|rework|review|reassess|re-?evaluate|revise|"
    r"simplify|clarify|modernise|modernize|maintain|monitor|test|document|plan|update|write|add|"
    r"invest in|work on|focus on|have|provide|introduce|perform|conduct|create|make|develop|avoid|"
    r"deploy|handle|use|keep|estimate|share|do|run|read|check|inspect|verify|audit"
)
_ALWAYS_VAGUE = (
    r"improv\w+|enhance|better|strengthen|increase|optimi[sz]e|boost|tighten(?: up)?|refine|beef "
    r"up|streamline|step up|up our|polish|mature|deepen|sharpen|invest in|work on|focus on|"
    r"rethink|revisit|reassess"
)
_GENERIC = (
    r"tests?|testing|monitoring|communications?|documentation|docs?|reviews?|code reviews?|"
    r"training|alerts?|alerting|awareness|care|caution|discipline|ownership|logging|logs|"
    r"visibility|planning|coordination|process\w*|attention|observability|tooling|tools|quality|"
    r"reliability|resilience|automation|handovers?|collaboration|coverage|checks?|estimates?|"
    r"hygiene|onboarding|safety|runbooks?|deploys?|deployments?|releases?|procedures?|dashboards?|"
    r"metrics|security|focus|knowledge|vigilance|diligence|stability|robustness|culture|teamwork|"
    r"thought|rigou?r"
)
_FRAGMENT = (
    rf"(?:more|better|improved|stronger|clearer) (?:\w+ )?\w+ (?:handling|\w*ing|communication|"
    rf"checks?) (?:in|of|for|"
    rf"between|by) (?:the )?\w+\W*$|(?:(?:much|some|a lot|even) )?(?:more|better|closer|stronger|"
    rf"clearer|increased|improved|greater|less|fewer|tighter|higher|stricter|regular|proper|extra|"
    rf"additional)(?: \w+){{0,2}}? (?:{_GENERIC}|mistakes|errors)\b"
)
_HEDGES = (
    r"\b(?:more|most) (?:carefully|thoroughly|strictly|closely|often|diligently|properly|"
    r"rigorously|frequently|attentively|consistently|responsibly|cautiously|actively|regularly|"
    r"safely|widely)\b|\b(?:carefully|properly|diligently|thoroughly|responsibly|cautiously|"
    r"better|harder|faster|regularly|frequently|periodically|often|from time to time|up to date|"
    r"current|in order|in shape|sooner|quicker|with (?:more|greater|extra|due) care)\b|\b(?:where|"
    r"wherever|when|whenever|if|as|as far as) (?:needed|possible|necessary|appropriate|feasible|"
    r"required|applicable|time (?:permits|allows))\b|\bat some (?:point|stage)\b|\bsome ?(?:day|"
    r"time)\b|\bwhen (?:there is|we have|time)\b|\bas (?:soon|much|well|often) as\b|\bin (?:the "
    r")?future\b|\bnext time\b|\bfrom now on\b|\bgoing forward\b|\b(?:a bit|a little) (?:more|"
    r"less)\b"
)
_DEMAND = (
    r"(?:(?:all |the |our )?(?:people|everyone|everybody|engineers|developers|reviewers|operators|"
    r"teams|juniors|authors|responders) (?:will|should|must|shall|needs? to|has to|have to|ought "
    r"to)|"
    rf"(?:the |our )?(?:\w+ )?(?:{_GENERIC}) (?:should|must|shall|needs?(?: to)?|has to|have to|"
    rf"ought to|"
    r"will) (?:be|get|become|come|improve|work|improvement|attention|to))\b"
)
"""What people in general, or a whole field of work, are told to do."""
_SEEN = (
    r"\d|\bby (?:an?|the|\w+ing)\b|\b(?:refuse|fail|block|reject|abort|warn|show|ask|list|restart|"
    r"require|print|run|try|tries|escalate|return|verif(?:y|ie)|tell|start|stop|cap|expire|"
    r"exit)s\b|\bautomat\w+|\b(?:CI|nightly|hourly|daily|weekly|read-only)\b|"
    r"\bwith an? (?!bit\b|little\b|\w+er\b|more\b|view\b|focus\b|clear|good\b|fresh\b)\w+|"
    r"\bneeds (?!to\b|more\b|better\b|attention\b)\w+|\bhas an? (?!\w+er\b|more\b|clear\b|good\b|"
    r"proper\b)\w+|\bare (?:\w+ed (?:with|by)|required|refused|blocked)\b|\bin writing\b|"
    r"\b\w+[_./]\w+|/\w+|\bso that\b(?!.*\b(?:again|recur\w*)\b)|\bfrom (?!time )\S+ to \S+|"
    r"\b(?:alerts?|pages?) (?:when|if|at|on|fires?)\b|\brather than\b|\binstead of\b|\bas a "
    r"(?:job|test|check)\b"
)

_DEEDS = (
    r"(?:deploy|push|merg|chang|skip|ignor|touch|rush|releas|ship|approv|mak|edit|work|leav)\w*"
)
_HABIT = (
    rf"(?:make sure|ensure|see to it|guarantee|be sure)\b|(?:make|put in) (?:an?|every|"
    rf"more) effort|(?:avoid|refrain from) \w+ing\b(?!.* (?:with|through|using) )|no more manual\b|"
    rf"(?:stop|quit|don't|do not|no more|never|not)(?: to)?(?: ever| again)? {_DEEDS}\b|"
    r"(?:check|watch|look at|verify|inspect|read|consult|observe)\b.* (?:after|before|during|while|"
    r"when|whenever|from time to time)\b|(?:test|check|read|look|ask|think|verify|"
    r"try)\b.* first\W*$|"
    r"(?:communicate|announce|inform|notify|share|explain|reiterate|repeat|present|restate)\b"
    r"(?: \S+){0,5}? (?:teams?|people|everyone|everybody|engineers|developers|colleagues|staff|"
    r"stakeholders|others)\b(?! (?:when|if)\b)|"
    r"(?:add|write|create|get|spend|put|provide|use|need|have) (?:some |a lot |much |"
    r"even )?(?:more|better|fewer|less|additional|extra) \w+|"
    r"(?:reduce|lower|decrease|minimi[sz]e) (?:the )?(?:number|amount|risk|chance|likelihood) of\b|"
    r"(?:refactor|rewrite|rework|clean|tidy)(?: up)? (?:the |our )?(?:mess|code ?base|code|"
    r"system)\W*$|"
    r"(?:have|get|ask|let) (?:someone|somebody|anyone|a (?:second |third )?(?:person|colleague)|"
    r"people|everyone)\b|"
    r"(?:keep|stay|remain)\b.* (?:informed|updated|posted|in (?:contact|touch|sync|the loop))\b|"
    r"be (?:\w+er\b|(?:trained|informed|reminded|educated|told|taught|made)\b)|"
    r"(?:make|treat)\b.* (?:a|as a|our|the) (?:\w+ )?(?:priority|habit|rule|matter)\b|"
    r"(?:watch|observe) (?:the |our )?\w+\W*$|\w+ everything\W*$|"
    r"(?:go|walk|talk|run) (?:over|through)\b.* (?:with|together)\b|"
    r"(?:\w+ )?(?:communication|training|coordination|education|focus)(?=\W*$| (?:on|of|for|in|"
    r"with|between|about)\b)"
)
"""What somebody would have to think of each time."""
_DEGREE = (
    r"\b(?:more|better|faster|quicker|sooner|earlier|harder|cleaner|slower|closer|deeper|smarter|"
    r"stricter|safer)(?=\W*$| (?:with|to|on|in|at|about|between|for|during|when|while|before|after|"
    r"among)\b)|\bmore \w+ly\b|\bwith (?:more|greater|better|extra|full) \w+|"
    r"\b(?:properly|thoroughly|carefully|responsibly|diligently|cautiously|clearly|immediately|"
    r"promptly|correctly|seriously|right away|at once|in general|in time)\W*$|"
    r"\b(?:awareness|attention|care|careful|caution|cautious|vigilan\w+|diligen\w+|mindful|"
    r"attentive|mindset|culture|common sense|teamwork|team spirit|collaboration|professionalism)\b"
    r"(?!-| (?:banner|flag|page|label|mode)\b)|\b(?:same|such|similar) (?:mistake|error|thing|"
    r"problem)s?\b.* again\b"
)
"""How well something should be done, where no figure says it."""


@cache
def _rule(pattern: str) -> re.Pattern[str]:
    # Compiled on first use: most runs of the command line never need them.
    return re.compile(pattern, re.IGNORECASE)


def is_vague(text: str) -> bool:
    """Whether an action item says only that somebody should do better.

    Its attributes (`owner:`, `verify:` and so on) do not count: a sign of the end makes
    nothing of a promise to be careful.
    """
    task, attitude = _opened(_ATTRIBUTES.sub(" ", text.replace("\u2019", "'")).strip()[:300])
    if attitude:
        return not (_purpose(task) or _is_done_by_a_thing(task))
    if _seen(task):
        return False
    if _rule(_HABIT).match(task) or _rule(_DEGREE).search(task):
        return not (_purpose(task) or _is_done_by_a_thing(task))
    if _rule(_EXPLORATION).match(task):
        return not _rule(_RESULT).search(task)
    if _rule(rf"(?:{_OPEN_ENDED})").search(task) or _rule(rf"(?:{_SAFER})").match(task):
        return not _purpose(task)
    fragment = _rule(rf"(?:{_FRAGMENT}|{_DEMAND})").match(task) or _rule(_DEMAND).match(
        text.strip()
    )
    return bool(fragment) or _is_improvement(task)


def is_no_proof(text: str) -> bool:
    """Whether what an action item is seen to work by says only that somebody will do better.

    To look at something is vague as a task, and is how most of them are seen.
    """
    return is_vague(text) and not _rule(_LOOK).match(text)


_LOOK = r"(?:check|ask|look|watch|see|fewer|less|no|the|all|every)\b"


def _opened(task: str) -> tuple[str, bool]:
    """The task without what only leads to it, and whether it names an attitude."""
    for _ in range(4):
        if _rule(rf"(?:{'|'.join(ATTITUDES)})").match(task):
            return task, True
        opened = _OPENINGS.sub("", task)
        if opened == task:
            break
        task = opened
    return task, False


def _is_done_by_a_thing(task: str) -> bool:
    """Whether something other than people's memory does what they are told to do."""
    return bool(_rule(_MECHANISM).search(task)) and not _rule(_MANNER).match(task)


def _purpose(task: str) -> bool:
    """Whether the promise is only the heading of what follows it: "be safe: the job refuses …"."""
    _, colon, rest = task.partition(": ")
    return bool(colon) and len(rest.split()) > 2 and not is_vague(rest)


def _is_improvement(task: str) -> bool:
    if _seen(task) or _purpose(task):
        return False
    if _rule(rf"(?:{_ALWAYS_VAGUE})\b").match(task):
        return True
    if not _rule(rf"(?:{_IMPROVEMENT})\b").match(task):
        return False
    return bool(
        _rule(_HEDGES).search(task)
        or _rule(rf"(?:\w+ ){{1,3}}?{_FRAGMENT}$").match(task)
        or _rule(r"\w+(?: \w+)? (?:more|enough|well|harder)\W*$").match(task)
        or _rule(rf"\w+(?: (?:the|our|all|your|any))? (?:{_GENERIC})\W*$").match(task)
    )


def _seen(task: str) -> bool:
    return bool(_rule(_SEEN).search(task))
