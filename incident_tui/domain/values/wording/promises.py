"""Promises that nobody can see kept: to be better, to try, to take care.

What counts is the verb that an action item begins with, and whether anything is named that will
exist, happen or be refused then.
"""

import re
from functools import cache

from incident_tui.domain.values.patterns import later

_ATTRIBUTES = later(
    r"""(?:^|\s)(?:verify:[^"\s][^":]*(?=\s\w+:|$)|(?:owner|due|class|prio|verify|ref|term|"
    r"factor):(?:"[^"]*"?|\S+)(?:\sof\s\w+|\s[A-Z][a-z]+)?)"""
)
_PEOPLE = (
    r"(?:we|i|everybody|everyone|people|all of us|(?:all |all the |our |the )?(?:engineers|"
    r"developers|reviewers|operators|colleagues|employees|staff)|all (?:\w+ )?(?:engineers|"
    r"developers|teams)|(?:the |our |each |every )?(?:\w+ )?(?:teams?|on-?calls?|engineers?|"
    r"reviewers?|crew|ops|staff|commander|responders?)|[A-Z@]\w+(?: [A-Z]\w+)?)"
)
_OPENINGS = later(
    rf"^\W*(?:please|maybe|perhaps|possibly|let's|let us|continue to|keep on|(?:we|i|they|you|"
    rf"it)'ll|"
    rf"it is (?:\w+ )?(?:necessary|important|essential|crucial|vital|imperative|key)(?: that "
    rf"we)?(?: to)?|"
    rf"{_PEOPLE} (?:to|(?:is|are) (?:reminded|asked|urged|expected|told|"
    rf"encouraged|advised|requested) to)|from now on,?|next time,?|in (?:the )?future,?|going "
    rf"forward,?|"
    rf"to|"
    rf"always|just|simply|also|and|then|more generally,?|when (?:in doubt|deploying),?|"
    rf"(?:we )?(?:need|want|require)(?=\s+(?:more|better))|{_PEOPLE} (?:will|must|should|shall|"
    rf"needs? to|has to|have to|ought to|promises? to|agrees? to|"
    r"commits? to|plans? to|intends? to|wants? to|hopes? to|is to|are to|can)(?: all)?(?: try "
    r"to)?|(?:really |seriously )?(?:try|aim|strive|hope|plan|want|intend|promise|seek|endeavour|"
    r"endeavor|attempt|commit|work)(?: harder| hard)? (?:to|at|on|for|towards))\s+",
    re.IGNORECASE,
)

_ATTITUDES = (
    # a state that everybody wants, a field of work, a time of day: nothing that will be there
    r"(?:make sure|ensure|see to it)(?: that)? (?:\w+ ){1,5}?(?:is|are|stays?|remains?|"
    r"becomes?)(?: always)? (?:safe\w*|secure|stable|reliable|robust|correct|good|better|healthy|"
    r"fine|fast\w*|"
    r"clean\w*|well|solid|sound|sane|in order|in shape|under control)\W*$",
    r"(?:avoid|refrain from|stop|no more|no) \w+ing(?: \w+)? (?:late|early|on (?:a )?(?:fri|week|"
    r"mon|satur|sun)\w+|before (?:the |a )?(?:weekend|holiday)s?|in a (?:hurry|rush)|under "
    r"pressure|at "
    r"night|during (?:the )?(?:peak|day)\w*|manually|by hand|blindly)\b",
    r"(?:fix|sort out|clean up|tidy up|reduce|pay (?:down|off|back)|address|tackle|deal with|"
    r"improve|work on) (?:the |our |all |some |more |this )*(?:technical debt|tech debt|"
    r"monitoring|alerting|documentation|docs|tests?|testing|process\w*|tooling|communication|mess|"
    r"backlog|observability|"
    r"on-?call|alerts|noise|issues?|problems?|bugs?)\W*$",
    r"(?:have|keep|put|place|set|get)(?: an?| the)? (?:stronger|bigger|greater|clearer|better|"
    r"sharper|closer|more|strong|clear)(?: \w+)? (?:focus|eye|look|discipline|ownership|"
    r"understanding|overview|handle|grip|emphasis|communication)\b",
    r"(?:test|review|document|monitor|communicate|plan|automate|measure|prepare|practise|practice|"
    r"rehearse) (?:much |a lot |even )?(?:more|harder|earlier|sooner|better)\b(?! than \d)"
    r"(?![^.]*\d)",
    # how somebody should be
    r"(?:try|do|give) (?:our|my|their|your|its) (?:very )?best\b|do (?:things|it|everything) "
    r"(?:right|properly|well)\b|keep (?:\S+ ){1,4}?(?:in mind|in the loop|informed|posted|up to "
    r"date)\b|"
    r"(?:make|bring|put in|show) more (?:attention|effort|care)\b",
    r"(?:spread|share|build up|build|grow|gain|deepen|transfer)\b(?: \S+){0,3}? (?:knowledge|"
    r"learnings?|lessons?|awareness|know-how|experience|understanding|expertise)\b",
    r"(?:live|build|establish|develop|grow|create|have|adopt|maintain|show)\b(?: \S+){0,3}? "
    r"(?:mindset|culture|values|spirit|excellence|attitude|mentality|sense of)\b",
    r"(?:all |the |any )*(?:necessary|appropriate|needed|suitable|corrective|adequate|required) "
    r"(?:steps|measures|actions)\b|lessons? learn(?:ed|t)\b|(?:wait and )?see how (?:it|things) "
    r"goes?",
    r"(?:keep|continue|ongoing|refresh\w*|regular|more|better|additional|further)(?: to)? (?:the "
    r")?(?:monitor(?:ing)?|observ(?:e|ing)|watch(?:ing)?|training)\b(?! (?:job|rule|alert|"
    r"page))(?![^.]*\d)",
    r"(?:we )?(?:all )?(?:commit|hold \w+) (?:\w+ )?to (?:a |our )?(?:higher|better|stricter|the "
    r"highest)\b",
    r"work with (?:more|greater|better|full) \w+|(?:be|get|become|work) smarter\b",
    r"(?:be|become|stay|remain|get|being|act)\b(?: (?:a (?:bit|little|lot)|more|much|extra|very|"
    r"even|especially|particularly|super|always|less|far))* (?:carefull?|vigilant|mindful|"
    r"cautious|attentive|aware|diligent|thorough|disciplined|alert|quick\w*|fast\w*|better|"
    r"considerate|proactive|sure|responsible|conscious|rigorous|strict\w*|careless|patient|"
    r"prepared|ready|on the ball|precise|"
    r"consistent|transparent|communicative|watchful|responsive|clear\w*|good)\b",
    r"do(?:ing)? (?:much |a lot )?better\b",
    r"(?:pay|give|bring|devote)\b(?: \S+){0,5}? (?:attention|thought|care|consideration|"
    r"priority)\b",
    r"(?:give|put)\b(?: \S+){0,3} (?:more|some|extra|greater) (?:thought|effort|care|focus|"
    r"emphasis)",
    r"(?:take|use|exercise|show|apply|have|with)\b(?: (?:\w+er|more|extra|better|due|some|great|"
    r"much|the|necessary|proper))* (?:care|caution|common sense|judge?ment|diligence|"
    r"responsibility|"
    r"ownership|pride|respect|discipline)\b",
    r"(?:think|look|check|ask yourself|read|consider)\b(?: \S+){0,3}? (?:twice|hard(?:er)?|"
    r"carefully|"
    r"ahead|again|closely|properly)\b",
    r"think (?:before|about|more|of)\b",
    r"(?:always |please )?(?:remember|recall)\b|do(?:n't| not) (?:ever )?(?:forget|assume|rush|"
    r"panic|be|neglect|ignore|overlook)\b|never (?:forget|again|assume|rush)\b|bear in mind|"
    r"keep (?:in mind|\S+ in mind)",
    r"keep (?:an?|a (?:close|closer|sharp|better)|one|your|our|closer|a very close)? ?(?:eye|watch|"
    r"tabs)",
    r"watch (?:out|over|more)\b|watch for\b(?! .{3,60} and \w+)|look out for|mind (?:the|your)\b|"
    r"beware\b|stay on top\b",
    r"(?:try|strive|aim|endeavou?r|seek|hope|aspire|work|push|fight)\b(?: harder| hard| more)?"
    r"(?: (?:to|for|at|on|towards)\b|$)",
    r"(?:foster|encourage|promote|instil|instill|nurture|cultivate|champion|embrace|advocate|"
    r"raise awareness|build (?:a )?(?:\w+ )?(?:culture|awareness|trust)|create (?:a )?(?:\w+ "
    r")?(?:culture|"
    r"awareness)|increase awareness|emphasi[sz]e|stress (?:the|that)|value|prioriti[sz]e)\b",
    r"(?:get|become|grow) (?:much )?(?:better|faster|quicker|good) (?:at|in|with)\b",
    r"(?:follow|respect|adhere(?: \w+ly)? to|stick(?: \w+ly)? to|obey|observe|comply with|"
    r"honou?r)\b(?: \S+){0,4}? (?:process\w*|procedures?|rules?|runbooks?|guidelines?|policy|"
    r"policies|checklists?|"
    r"conventions?|best practices?|standards?|protocols?|steps)\b",
    r"learn (?:from|to|the lesson|lessons)\b|(?:make|avoid making|stop making) (?:fewer|less|no "
    r"more|"
    r"such|these)? ?(?:mistakes|errors)",
    r"(?:make sure|ensure|see to it|guarantee|take care|be sure)(?: that)?\b[^,]*? (?:never|not|"
    r"doesn't|does not|won't|no longer)\b[^,]*? (?:again|anymore|any more|ever)\b",
    r"(?:make sure|ensure|see to it|guarantee)(?: that)?+ (?:nothing|no (?:incident|outage|"
    r"mistake)s?|"
    r"this|it|that|these|such|similar)\b(?! (?:\w+ )?(?:job|alert|test|check|script|page|service))",
    r"(?:make sure|ensure|see to it|be certain)(?: that)? (?:that )?(?:everyone|everybody|people|"
    r"we|(?:all|the|every|each) ?(?:the )?(?:\w+ )?(?:teams?|engineers?|developers?|on-?calls?|"
    r"reviewers?|staff|operators?))\b",
    r"(?:make sure|ensure) to\b",
    r"(?:avoid|prevent|stop|reduce|minimi[sz]e|eliminate) (?:\w+ )?(?:mistakes|errors|human|this|"
    r"such|"
    r"similar|these|incidents|outages|problems|carelessness)\b",
    r"ensure (?:that )?(?:engineers|developers|people|everyone|everybody|operators|teams?|all)\b|"
    r"make (?:the team|everyone|everybody|people|engineers|developers|teams|all) (?:more "
    r")?aware\b|ensure (?:proper|good|better|adequate|sufficient|correct|thorough) \w+|avoid "
    r"(?:rushing|rushed|hasty|careless|manual|risky|unnecessary)\b|(?:do not|don't|never) \w+(?: "
    r"\w+){0,6} without (?:thinking|looking|care|checking|asking)\b|"
    r"sensiti[sz]e\b|(?:think about|brainstorm|reflect|talk about|have a (?:think|look))\b",
    r"(?:remind|tell|ask|urge|advise|warn|expect|request|instruct|brief|(?:train|educate|teach|"
    r"coach)(?![^.]*\d))\b(?: \S+){0,4}? (?:people|employees?|everyone|everybody|engineers?|"
    r"developers?|teams?|staff|on-?calls?|operators?|reviewers?|colleagues|juniors?|hires?|each "
    r"other|us|them|crew)\b(?! "
    r"(?:when|if|on \w+ page)\b)",
    r"(?:communicate|collaborate|coordinate|cooperate|talk|align|sync)(?: (?:\w+ly|more|better|"
    r"with|"
    r"between|across|earlier|sooner|often|among)|$)",
    r"(?:respond|react|act|escalate|answer|reply|notice|detect|communicate|move|speak up|page|"
    r"roll back|raise|report)\b(?: \S+){0,6}? ?(?:faster|quicker|sooner|earlier|more quickly|"
    r"promptly|better|"
    r"in time|in a timely manner)\b",
    r"double[- ]?check\w*\b(?! (?:is|are|step|box|field|rule|screen|dialog|job|script|prompt|in|"
    r"by|with|"
    r"happens|runs|gate|page|button|form)\b)",
    r"(?:re-?|triple[- ]?|cross[- ]?)check\b",
    r"(?:always|never)\b(?!-)(?![^.]*\b(?:enforced?|reject\w*|refuse\w*|blocked by|fails?|"
    r"lint\w*)\b)",
    r"no (?:more )?\w+ without (?:thinking|care|checking|asking|looking|a second thought)\b",
    r"(?:raise|set|lift) (?:the|a|our|higher) (?:\w+ )?(?:bar|standards?)\b|stay (?:calm|focus\w+)",
    r"(?:talk|speak|chat) (?:to|with|about)\b|have a (?:chat|word|talk)\b",
    r"look (?:\S+ ){0,4}?(?:closer|more closely)\b",
    r"check (?:everything|twice|again|carefully|that|whether|if|before|more|the)\b",
    r"(?:stop|quit|refrain from|no more) (?:\w+ing)\b(?: \S+){0,2} (?:so|carelessly|without "
    r"thinking)",
    r"do (?:more|some|extra|additional|proper|thorough) \w+",
    r"no more (?:mistakes|errors|surprises|cowboy \w+|careless \w+)",
    r"take (?:it|this|things|\S+|(?:the|this|these|such) \S+) (?:more |very )?(?:seriously|slower|"
    r"slowly)|slow down|hold (?:\S+ )?(?:\w+ )?accountable|own (?:the|our|your)\b|care more\b|"
    r"step up\b|"
    r"work (?:harder|smarter|more|better|closer|closely|carefully|together)",
)
_EXPLORING = (
    r"(?:consider|investigate|explore|look into|look at|discuss|evaluate|examine|research|assess|"
    r"analy[sz]e|study|dig into|see (?:if|whether|about))\b"
)
_RESULT = (
    r"\band (?:attach|record|write|publish|post|report|decide|list|document|file|present|choose|"
    r"pick|open|send|note)\b|\badrs?\b|\b\d+ ?(?:s|ms|min|h|%)(?!\w)"
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
_IMPROVING = (
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
    rf"clearer|increased|improved|"
    rf"greater|less|fewer|tighter|higher|stricter|regular|proper|extra|additional)(?: \w+){{0,2}}? "
    rf"(?:{_GENERIC}|mistakes|errors)\b"
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
    r"require|print|run|try|tries|escalate|return|verif(?:y|ie)|tell|start|stop|cap|expire)s\b|"
    r"\bautomat\w+|\b(?:CI|nightly|hourly|daily|weekly|read-only)\b|\bso that\b|\bfrom \S+ to \S+|"
    r"\b(?:alerts?|pages?) (?:when|if|at|on|fires?)\b|\brather than\b|\binstead of\b|\bas a "
    r"(?:job|test|check)\b"
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
    if _rule(_EXPLORING).match(task):
        return not _rule(_RESULT).search(task)
    if _rule(rf"(?:{_OPEN_ENDED})").search(task) or _rule(rf"(?:{_SAFER})").match(task):
        return not _purpose(task)
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
