"""Promises that nobody can see kept: to be better, to try, to take care.

What counts is the verb that an action item begins with, and whether anything is named that will
exist, happen or be refused then.
"""

import re
from functools import cache

_ATTRIBUTES = re.compile(
    r"""(?:^|\s)(?:owner|due|class|prio|verify|ref|term|factor):(?:"[^"]*"?|\S+)(?:\sof\s\w+)?"""
)
_PEOPLE = (
    r"(?:we|i|everybody|everyone|people|all of us|engineers|developers|reviewers|operators|"
    r"all (?:\w+ )?(?:engineers|developers|teams)|(?:the |our |each |every )?(?:\w+ )?(?:teams?|"
    r"on-?calls?|engineers?|reviewers?|crew|ops|staff|commander|responders?)|[A-Z@]\w+(?: "
    r"[A-Z]\w+)?)"
)
_OPENINGS = re.compile(
    rf"^\W*(?:please|let's|let us|from now on,?|next time,?|in (?:the )?future,?|going forward,?|"
    rf"to|"
    rf"always|just|simply|also|and|then|more generally,?|when (?:in doubt|deploying),?|"
    rf"(?:we )?(?:need|want|require)(?=\s+(?:more|better))|{_PEOPLE} (?:will|must|should|shall|"
    rf"needs? to|has to|have to|ought to|promises? to|agrees? to|"
    r"commits? to|plans? to|intends? to|wants? to|hopes? to|is to|are to|can)(?: all)?(?: try to)?|"
    r"(?:really |seriously )?(?:try|aim|strive|hope|plan|want|intend|promise|seek|endeavour|"
    r"endeavor|attempt|commit|work)(?: harder| hard)? (?:to|at|on|for|towards))\s+",
    re.IGNORECASE,
)

_ATTITUDES = (
    # how somebody should be
    r"(?:be|become|stay|remain|get|being|act)\b(?: (?:a (?:bit|little|lot)|more|much|extra|very|"
    r"even|"
    r"especially|particularly|super|always|less|far))* (?:careful|vigilant|mindful|cautious|"
    r"attentive|"
    r"aware|diligent|thorough|disciplined|alert|quick\w*|fast\w*|better|considerate|proactive|sure|"
    r"responsible|conscious|rigorous|strict\w*|careless|patient|prepared|ready|on the ball|precise|"
    r"consistent|transparent|communicative|watchful|responsive|clear\w*|good)\b",
    r"do(?:ing)? (?:much |a lot )?better\b",
    r"(?:pay|give|bring|devote)\b(?: \S+){0,5}? (?:attention|thought|care|consideration|"
    r"priority)\b",
    r"(?:give|put)\b(?: \S+){0,3} (?:more|some|extra|greater) (?:thought|effort|care|focus|"
    r"emphasis)",
    r"(?:take|use|exercise|show|apply|have|with)\b(?: (?:\w+er|more|extra|better|due|some|great|"
    r"much|"
    r"the|necessary|proper))* (?:care|caution|common sense|judge?ment|diligence|responsibility|"
    r"ownership|pride|respect|discipline)\b",
    r"(?:think|look|check|ask yourself|read|consider)\b(?: \S+){0,3}? (?:twice|hard(?:er)?|"
    r"carefully|"
    r"ahead|again|closely|properly)\b",
    r"think (?:before|about|more|of)\b",
    r"(?:always |please )?(?:remember|recall)\b|do(?:n't| not) (?:ever )?(?:forget|assume|rush|"
    r"panic|"
    r"be|neglect|ignore|overlook)\b|never (?:forget|again|assume|rush)\b|bear in mind|"
    r"keep (?:in mind|\S+ in mind)",
    r"keep (?:an?|a (?:close|closer|sharp|better)|one|your|our|closer|a very close)? ?(?:eye|watch|"
    r"tabs)",
    r"watch (?:out|for|over|more)\b|look out for|mind (?:the|your)\b|beware\b|stay on top\b",
    r"(?:try|strive|aim|endeavou?r|seek|hope|aspire|work|push|fight)\b(?: harder| hard| more)?"
    r"(?: (?:to|for|at|on|towards)\b|$)",
    r"(?:foster|encourage|promote|instil|instill|nurture|cultivate|champion|embrace|advocate|raise "
    r"awareness|build (?:a )?(?:\w+ )?(?:culture|awareness|trust)|create (?:a )?(?:\w+ "
    r")?(?:culture|"
    r"awareness)|increase awareness|emphasi[sz]e|stress (?:the|that)|value|prioriti[sz]e)\b",
    r"(?:get|become|grow) (?:much )?(?:better|faster|quicker|good) (?:at|in|with)\b",
    r"(?:follow|respect|adhere to|stick to|obey|observe|comply with|honou?r)\b(?: \S+){0,4}?"
    r" (?:process\w*|procedures?|rules?|runbooks?|guidelines?|policy|policies|checklists?|"
    r"conventions?|best practices?|standards?|protocols?|steps)\b",
    r"learn (?:from|to|the lesson|lessons)\b|(?:make|avoid making|stop making) (?:fewer|less|no "
    r"more|"
    r"such|these)? ?(?:mistakes|errors)",
    r"(?:make sure|ensure|see to it|guarantee|take care|be sure)(?: that)?\b[^,]*? (?:never|not|"
    r"doesn't|does not|won't|no longer)\b[^,]*? (?:again|anymore|any more|ever)\b",
    r"(?:make sure|ensure|see to it|guarantee)(?: that)? (?:nothing|no (?:incident|outage|"
    r"mistake)s?|"
    r"this|it|that|these|such|similar)\b(?! (?:\w+ )?(?:job|alert|test|check|script|page|service))",
    r"(?:make sure|ensure|see to it|be certain)(?: that)? (?:that )?(?:everyone|everybody|people|"
    r"we|"
    r"(?:all|the|every|each) ?(?:the )?(?:\w+ )?(?:teams?|engineers?|developers?|on-?calls?|"
    r"reviewers?|staff|operators?))\b",
    r"(?:make sure|ensure) to\b",
    r"(?:avoid|prevent|stop|reduce|minimi[sz]e|eliminate) (?:\w+ )?(?:mistakes|errors|human|this|"
    r"such|"
    r"similar|these|incidents|outages|problems|carelessness)\b",
    r"(?:consider|investigate|explore|look into|look at|think about|discuss|evaluate|examine|"
    r"research|brainstorm|reflect|talk about|have a (?:think|look)|see (?:if|whether|about))\b",
    r"(?:remind|tell|ask|urge|advise|warn|expect|request|instruct|sensiti[sz]e|brief|"
    r"(?:train|educate|teach|coach)(?![^.]*\d))\b(?: \S+){0,4}? (?:people|everyone|everybody|"
    r"engineers?|developers?|teams?|staff|"
    r"on-?calls?|operators?|reviewers?|colleagues|juniors?|hires?|each other|us|them|crew)\b(?! "
    r"(?:when|if|on \w+ page)\b)",
    r"(?:communicate|collaborate|coordinate|cooperate|talk|align|sync)(?: (?:\w+ly|more|better|"
    r"with|"
    r"between|across|earlier|sooner|often|among)|$)",
    r"(?:respond|react|act|escalate|answer|reply|notice|detect|communicate|move|speak up|page|roll "
    r"back"
    r"|raise|report)\b(?: \S+){0,6}? ?(?:faster|quicker|sooner|earlier|more quickly|promptly|"
    r"better|"
    r"in time|in a timely manner)\b",
    r"double[- ]?check\w*\b(?! (?:is|are|step|box|field|rule|screen|dialog|job|script|prompt|in|by|"
    r"with|"
    r"happens|runs|gate|page|button|form)\b)",
    r"(?:re-?|triple[- ]?|cross[- ]?)check\b",
    r"(?:always|never)\b(?!-)",
    r"no (?:more )?\w+ without (?:thinking|care|checking|asking|looking|a second thought)\b",
    r"(?:raise|set|lift) (?:the|a|our|higher) (?:\w+ )?(?:bar|standards?)\b|stay (?:calm|focus\w+)",
    r"(?:talk|speak|chat) (?:to|with|about)\b|have a (?:chat|word|talk)\b",
    r"look (?:\S+ ){0,4}?(?:closer|more closely)\b",
    r"check (?:everything|twice|again|carefully|that|whether|if|before|more|the)\b",
    r"(?:stop|quit|refrain from|no more) (?:\w+ing)\b(?: \S+){0,2} (?:so|carelessly|without "
    r"thinking)",
    r"do (?:more|some|extra|additional|proper|thorough) \w+",
    r"no more (?:mistakes|errors|surprises|cowboy \w+|careless \w+)",
    r"take (?:it|this|things|\S+|the \S+) (?:more )?(?:seriously|slower|slowly)|slow down|"
    r"hold (?:\S+ )?(?:\w+ )?accountable|own (?:the|our|your)\b|care more\b|step up\b|"
    r"work (?:harder|smarter|more|better|closer|closely|carefully|together)",
)
_IMPROVING = (
    r"improv\w+|enhance|better|strengthen|increase|optimi[sz]e|boost|tighten(?: up)?|refine|"
    r"streamline|beef up|step up|up our|polish|harden|mature|expand|extend|deepen|sharpen|upgrade "
    r"our|"
    r"clean up|tidy(?: up)?|revisit|rethink|rework|review|reassess|re-?evaluate|revise|simplify|"
    r"clarify|modernise|modernize|maintain|monitor|test|document|plan|update|write|add|invest in|"
    r"work on|focus on|have|provide|introduce|perform|conduct|create|make|develop|avoid|deploy|"
    r"handle|"
    r"use|keep|estimate|share|do|run|read|check|inspect|verify|audit"
)
_ALWAYS_VAGUE = (
    r"improv\w+|enhance|better|strengthen|increase|optimi[sz]e|boost|tighten(?: up)?|refine|beef "
    r"up|"
    r"streamline|step up|up our|polish|mature|deepen|sharpen|invest in|work on|focus on|rethink|"
    r"revisit|reassess"
)
_GENERIC = (
    r"tests?|testing|monitoring|communications?|documentation|docs?|reviews?|code reviews?|"
    r"training|"
    r"alerts?|alerting|awareness|care|caution|discipline|ownership|logging|logs|visibility|"
    r"planning|"
    r"coordination|process\w*|attention|observability|tooling|tools|quality|reliability|resilience|"
    r"automation|handovers?|collaboration|coverage|checks?|estimates?|hygiene|onboarding|safety|"
    r"runbooks?|deploys?|deployments?|releases?|procedures?|dashboards?|metrics|security|focus|"
    r"knowledge|vigilance|diligence|stability|robustness|culture|teamwork|thought|rigou?r"
)
_FRAGMENT = (
    rf"(?:(?:much|some|a lot|even) )?(?:more|better|closer|stronger|clearer|increased|improved|"
    rf"greater|less|fewer|tighter|higher|stricter|regular|proper|extra|additional)(?: \w+){{0,2}}? "
    rf"(?:{_GENERIC}|mistakes|errors)\b"
)
_HEDGES = (
    r"\b(?:more|most) (?:carefully|thoroughly|strictly|closely|often|diligently|properly|"
    r"rigorously|"
    r"frequently|attentively|consistently|responsibly|cautiously|actively|regularly|safely|"
    r"widely)\b|"
    r"\b(?:carefully|properly|diligently|thoroughly|responsibly|cautiously|better|harder|faster|"
    r"regularly|frequently|periodically|often|from time to time|up to date|current|in order|in "
    r"shape|"
    r"sooner|quicker|with (?:more|greater|extra|due) care)\b|\b(?:where|wherever|when|whenever|if|"
    r"as|"
    r"as far as) (?:needed|possible|necessary|appropriate|feasible|required|applicable|time "
    r"(?:permits|"
    r"allows))\b|\bat some (?:point|stage)\b|\bsome ?(?:day|time)\b|\bwhen (?:there is|we have|"
    r"time)\b|"
    r"\bas (?:soon|much|well|often) as\b|\bin (?:the )?future\b|\bnext time\b|\bfrom now on\b|"
    r"\bgoing forward\b|\b(?:a bit|a little) (?:more|less)\b"
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
    r"\d|\bby (?:an?|the|\w+ing)\b|\b(?:refuse|fail|block|reject|abort|warn|show|ask|list|"
    r"restart|require|print|run|try|tries|escalate|return|verif(?:y|ie)|tell|start|stop|cap|"
    r"expire)s\b|"
    r"\bautomat\w+|\b(?:CI|nightly|hourly|daily|weekly|read-only)\b|\bso that\b|\bfrom \S+ to \S+|"
    r"\b(?:alerts?|pages?) (?:when|if|at|on|fires?)\b|\brather than\b|\binstead of\b|\bas a (?:job|"
    r"test|check)\b"
)


@cache
def _rule(pattern: str) -> re.Pattern[str]:
    # Compiled on first use: most runs of the command line never need them.
    return re.compile(pattern, re.IGNORECASE)


def is_vague(text: str) -> bool:
    """Whether an action item says only that somebody should do better.

    Its attributes (`owner:`, `verify:` and so on) do not count: a sign of the end makes
    nothing of a promise to be careful.
    """
    task = _ATTRIBUTES.sub(" ", text.replace("\u2019", "'")).strip()[:300]
    for _ in range(4):
        if _rule(rf"(?:{'|'.join(_ATTITUDES)})").match(task):
            return not _purpose(task)
        opened = _OPENINGS.sub("", task, count=1)
        if opened == task:
            break
        task = opened
    if _seen(task):
        return False
    fragment = _rule(rf"(?:{_FRAGMENT}|{_DEMAND})").match(task) or _demands(text)
    return bool(fragment) or _is_improvement(task)


def _demands(text: str) -> bool:
    return bool(_rule(_DEMAND).match(text.strip()))


def _purpose(task: str) -> bool:
    """Whether the promise is only the heading of what follows it: "be safe: the job refuses …"."""
    _, colon, rest = task.partition(": ")
    return bool(colon) and len(rest.split()) > 2 and not is_vague(rest)


def _is_improvement(task: str) -> bool:
    if _seen(task) or _purpose(task):
        return False
    if _rule(rf"(?:{_ALWAYS_VAGUE})\b").match(task):
        return True
    if not _rule(rf"(?:{_IMPROVING})\b").match(task):
        return False
    return bool(
        _rule(_HEDGES).search(task)
        or _rule(rf"(?:\w+ ){{1,3}}?{_FRAGMENT}$").match(task)
        or _rule(r"\w+(?: \w+)? (?:more|enough|well|harder)\W*$").match(task)
        or _rule(rf"\w+(?: (?:the|our|all|your|any))? (?:{_GENERIC})\W*$").match(task)
    )


def _seen(task: str) -> bool:
    return bool(_rule(_SEEN).search(task))
