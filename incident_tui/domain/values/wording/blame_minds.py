"""Failings that only a mind is capable of, and by whom: bodies of people as well as a person.

A queue may fail, be slow and lose things; it cannot forget to tell, sleep through, be told twice or
press on against a warning. So behind these words a subject may be one that elsewhere is a thing:
`dev`, `support`, `the vendor`, `they`.
"""

from incident_tui.domain.values.wording.people import (
    NAME,
    OBJECT,
    ONE,
    OWNER,
    SUBJECT,
    WITH_A_REASON,
)
from incident_tui.domain.values.wording.signed_rules import Signed

_CLAUSE = r"(?:^|[.;:,(-] ?|\b(?:because|cause|since|when|after|that|if|as|and|but|so|while|if) )"
BODIES = (
    r"(?:(?:the |our |their |your |an? )(?:\w+ )?(?:vendor|supplier|hoster|agency|provider|"
    r"consultan\w+|integrator|freelancer|partner|pm|po|product owner|cto|ceo|boss|customer "
    r"success|help ?desk|service desk|"
    r"admin(?:istrator)?|lead|(?:\w+ )?lead|manager|(?:platform|backend|frontend|network|database|"
    r"mobile|infra) (?:folks|guys|people|crowd|lot|side|staff))|"
    r"(?:the |our )?(?:devs?|development|engineering|support|security|infra|networking|procurement|"
    r"sales|marketing|product|legal|finance|hr|leadership|management|qa|ops|operations|devops|"
    r"dbas?|vendor|supplier|hoster|sres?|helpdesk|pm|they|he|she|you|nobody|no one|none of (?:us|"
    r"them|you)))"
)
WHO = rf"(?:{_CLAUSE}(?:{BODIES}|{SUBJECT}))(?:,[^.;:!?]{{1,50}},)?"
_ADVERBS = (
    r"(?: (?:\w+ly|once|again|just|even|still|then|also|now|yet|always|never|had|have|has|is|are|"
    r"was|were|been|being|to|of course|as usual|twice|too|once again|yet again))*"
)
_NOT = r"(?:(?:did|do|does|had|has|have|could|would)(?:n'?t| not| never)|never|failed to|fails to)"
_AWARE = (
    r"(?:tell(?! from\b| which\b| whether\b| if\b)|told|inform\w*|warn\w*|mention\w*|announce\w*|"
    r"ask(?:ed)?|notif\w+|escalat\w+|"
    r"communicat\w+|coordinat\w+|consult\w*|pass(?:ed)? \S+ (?:\w+ )?on|read|check(?:ed)?|"
    r"double[- ]?check\w*|test(?:ed)?|verif\w+|review\w*|look(?:ed)?|listen\w*|think|thought|"
    r"consider\w*|bother\w*|care|pay(?: \w+)? attention|notice[ds]?|realis\w+|realiz\w+|"
    r"understand|understood|follow\w*|wake up|answer(?:ed)? (?:the|his|her|their) (?:page|phone|"
    r"pager)|pick up|respond to the page|speak up|document\w*|write (?:it|this|that) down|"
    r"plan(?:ned)?|anticipat\w+|foresee|foresaw|learn\w*|question\w*|push(?:ed)? back|own up|"
    r"do (?:his|her|their|its) (?:job|homework|part)|prepare\w*|wait(?:ed)?(?: for)?|see (?:it|"
    r"this|that) coming|turn(?:ed)? \S+ (?:\w+ ){0,2}back on|clean(?:ed)? up after)"
)
_MINDED = (
    rf"(?:{_NOT}(?: \w+ly| even| ever| really| once)* {_AWARE}\b{WITH_A_REASON}|"
    r"forgot\w*|forgets|neglected|neglects|disregarded|"
    r"slept (?:on|through|in)\b|overslept|dropped the ball|"
    r"(?:mess|screw|cock|muck|balls?|foul|fuck)(?:ed|es|s)? (?:\S+ ){0,4}?up\b|botched|bungled|"
    r"blundered|goofed|waved (?:\S+ ){1,4}through\b|nodded (?:\S+ ){1,4}through\b|rubber-?stamped|"
    r"should(?:n't| not| never)(?: ever)? (?:have|get|be given) (?:had |got |been given |kept )?"
    r"(?:root|access|admin\w*|rights|permissions?|the keys?|write|commit)\b|"
    rf"(?:delet|drop|remov|pick|chose|select|typ|click|cop|past|restart|kill|edit|open|"
    rf"gave|given)\w* (?:us |them )?(?:the |an? |that )?wrong \w+{WITH_A_REASON}|"
    r"should(?:'ve| have|n't have| not have| never have) (?:\w+ly |never |at least |first )"
    r"*(?:ask|told|tell|"
    r"check|know|test|read|notic|warn|wait|look|review|caught|seen|escalat|announc|inform|paid|"
    r"thought|listen|spoken|stop|left|touch|approv|merg|push|deploy|run|been (?:paying|more|awake|"
    r"careful|watching|there))\w*|"
    r"ought (?:not )?to have\b|(?:was|were) (?:told|warned|asked) (?:twice|before|not to|more than "
    r"once|repeatedly|again and again|several times)|"
    r"has (?:only )?(?:itself|themselves|himself|herself)(?: only)? to blame|"
    r"(?:let|lets|letting) (?:us|everyone|me|them|the (?:team|customers?)) down|"
    r"let (?:this|it|that|things?|the \w+) (?:slip|slide|through|lapse|rot)\b|"
    r"(?:push|press|insist|went|go|merg|deploy|releas|ship|roll|carr|continu|approv)"
    r"\w*\b[^.;]{0,60}"
    r"\b(?:despite|against|regardless of|in spite of) (?:\w+ ){0,3}(?:warnings?|advice|objections?|"
    r"concerns?|protests?|alerts?|risks?|polic\w+|rules?|freeze|doubts?)\b|"
    r"(?:press|push|deploy|merg|releas|ship|appl|approv|start|launch|click|hit|ran|run)\w*\b"
    rf"[^.;]{{0,50}}\bbefore (?:(?:even |ever |actually )?(?:testing|checking|looking|reading|"
    rf"asking|thinking|verifying)|the (?:tests?|build|review|checks?) (?:was|were|had|is))\b"
    rf"{WITH_A_REASON}|"
    r"(?:push|deploy|merg|releas|ship|appl|approv|change|edit|delete|drop|restart|sign)\w*\b"
    r"[^.;]{0,50}\bwithout (?:an? |any |the |even |so much as |proper |prior )*(?:review|test\w*|"
    r"looking|reading|checking|asking|thinking|approval|permission|notice|warning|telling|"
    rf"understanding|second pair|backup)\b{WITH_A_REASON}|"
    r"(?:misjudged|underestimated|misunderstood|miscalculated|misremembered|misinterpreted)\b|"
    r"(?:assum|guess|hop)ed\b[^.;]{0,60}\b(?:and|without|but|instead of) (?:\w+ )?(?:not|never|did"
    r"(?:n't| not)|check\w*|ask\w*)|"
    r"(?:is|are|was|were|being|got|seems?|seemed)(?:n't| not)?(?: \w+ly| far| much| just| too| so| "
    r"way| a bit| rather| simply)* (?:asleep|sleepy|careless|negligent|sloppy|lazy|clueless|"
    r"inattentive|incompetent|reckless|distracted|hasty|at (?:lunch|fault)|slow to (?:react|"
    r"respond|notice|answer)|overconfident|complacent|not paying attention|out of (?:his|her|their)"
    r" depth|to blame|unprepared|naive|na\u00efve|irresponsible|unqualified|inexperienced|"
    r"responsible for (?:this|the (?:mess|outage|incident|loss)))\b|"
    r"(?:lack|miss)(?:s|es|ed|ing)? (?:the |any |all |basic )?(?:experience|skills?|competence|"
    r"discipline|diligence|care|common sense|knowledge|understanding)\b|"
    r"(?:had|has|have) (?:absolutely )?(?:no|zero) (?:idea|clue)\b|"
    r"(?:turned|switched) (?:a )?blind eye|looked the other way|"
    r"(?:again|yet again|once again) (?:did|broke|forgot|took|pushed|merged|deleted|ignored)\b)"
)
_OUTCOME = (
    r"(?:\w+(?:ed|t|n|ew|an|ut)\b[^.;]{0,50}\b(?:thinking|believing|assuming|convinced|under the "
    r"impression)(?: that)? (?:it|this|that|they|he|she|the \w+) (?:was|were|is|had|would)\b|"
    r"(?:thought|believed|figured|reckoned) [^.;]{0,40}\b(?:was|were|is|are) (?:\w+ly )"
    r"?(?:optional|"
    r"fine|safe|enough|done|ok|okay|unnecessary|redundant|irrelevant|noise|staging|some(?:body|"
    r"one) else's)\b|"
    r"\w+(?:ed|t|n|ew|an|ut|ote)\b[^.;]{0,60}\b(?:against|contrary to|in violation of|despite) "
    r"(?:the|our|all|every) (?:runbook|rules?|procedures?|advice|polic\w+|process|protocol|plan|"
    r"agreement|"
    rf"instructions?)\b{WITH_A_REASON}|"
    rf"\w+(?:ed|t|n|ew|an|ut|ook)\b[^.;]{{0,40}}\b(?:far|much|way) too (?:long|late|\w+ly|many|"
    rf"much)\b{WITH_A_REASON}|"
    r"(?:both |all |all of them )(?:missed|overlooked|ignored|skipped|misread|forgot)\b|"
    r"(?:deliver|writ|wrot|produc|ship|commit|merg|push)\w* (?:\w+ )?(?:garbage|crap|rubbish|junk|"
    r"trash|spaghetti|a mess)\b|(?:has|have|had) (?:a|the) (?:bad )?habit of\b|"
    r"(?:need|took|requir)\w* (?:\w+ ){0,2}(?:attempts|tries|reminders|hints|invitations)\b|"
    r"(?:had|has|left|put) (?:his|her|their) (?:phone|pager|notifications?|laptop)\b[^.;]{0,30}\b"
    r"(?:silent|off|mute\w*|home|car|behind)\b|"
    r"(?:should|must)(?:n't| not| never) be (?:on call|alone|allowed|trusted|let|given|in charge|"
    r"commander)\b|made (?:it|this|that|things|everything|matters) (?:much |even |far )?worse|"
    r"(?:say|sa[iy]d|says|did|does|do) nothing\b|kept (?:silent|quiet|it (?:quiet|to \w+))|lied\b|"
    r"(?:told|tell|tells) (?:\S+ ){1,3}(?:nonsense|lies|rubbish|half the story)|talk(?:ed|s)? "
    r"nonsense|sat on (?:the|it|this|that|his|her|their)\b|(?:fell|fall|falls|fallen) asleep|"
    r"lost (?:the overview|the plot|the thread|track|control|patience|his|her|their)\b|"
    r"(?:chose|choose|decided|preferred|prefers?|insisted|opted|took it upon|saw fit|thought it)\b"
    r"[^.;]{0,60}\b(?:instead of|rather than|anyway|at any price|worse|clever|fine to|wise|funny|"
    r"a good idea|without (?:\w+ing|permission|approval|a plan|need))\b|"
    r"\w+ (?:\S+ ){0,5}?instead of (?:reading|looking|checking|asking|testing|waiting|calling|"
    r"thinking|following|telling|helping|listening)\b|"
    r"\w+(?:ed|t|n|ew|an|ut|ote)\b(?: \S+){0,5}? without (?:waiting|testing|looking|reading|"
    r"checking|"
    rf"asking|thinking|telling|permission|understanding|a plan|hesitat\w+)\b{WITH_A_REASON}|"
    r"(?:want|demand|insist|need)(?:ed|s)? [^.;]{0,30}\bat (?:any|all) (?:price|costs?)|"
    r"(?:push|press|talk|forc|urg|pressur)(?:ed|es|s|ing) (?:us|the team|everybody|everyone|me|ops|"
    r"\w+) (?:to|into) (?:skip|ignore|deploy|ship|launch|cut|go live|merge)|"
    r"(?:assum|suppos|believ)ed (?:that )?(?:some(?:body|one) else|another|the others?|it would be "
    r"fine|nothing)|(?:in|under) (?:a|such a|too much of a) (?:rush|hurry)\b|"
    r"(?:keep|kept|keeps|go|goes|went|continue[ds]?)(?: on)? (?:ignor|forget|break|skip|push|merg|"
    r"deploy|delet|miss|bypass|overlook|postpon|dismiss|downplay)\w*ing\b|"
    r"(?:felt|feels?) (?:no need|(?:not )?responsible|above)|(?:think|thought) of\b|"
    r"(?:was|were|is|are) (?:far |much |way )?(?:too|so) (?:lenient|lax|soft|trusting|casual|"
    r"relaxed|optimistic|proud|lazy|sure|vain|cheap|busy|stubborn|timid|scared|"
    r"stressed|tired|impatient|eager|arrogant)\b|"
    r"(?:is|was|are|were)(?:n't| not) (?:the (?:most|sharpest|brightest|first time)|known for|"
    r"(?:very |"
    r"particularly |exactly |really )?(?:careful|thorough|attentive|interested|bright|reliable|"
    r"competent|diligent|concerned|up to|fit|helpful))|"
    r"(?:should|must|has to|have to|needs? to|ought to|had better) (?:really |finally |please )?"
    r"(?:stop|learn|think|pay|read|listen|wake up|grow up|get a grip|take more|be more|be less|"
    r"not be allowed|go|leave|apologi[sz]e|explain)\b|"
    r"took (?:\w+ ){0,3}(?:forever|ages|far too long|their time|his time|her time|an (?:hour|"
    r"eternity) to even)|"
    r"refus\w+ to\b|could(?:n't| not) wait|never (?:told|saw|tested|asked|looked|cared|checked|"
    r"read|warned|informed|came|showed|answered|learns?)\b)"
)
_ACTED_WELL = (
    r"(?:snapshot|backup|copy|log|chat|message|page|phone|patch|quick|fast|prompt|early|good|"
    r"sharp|calm|careful|notes?|hint|idea|help|call|report|alert|"
    r"work|script|tip|question|rollback|fix|finding|analysis|patience|suggestion|insight|memory|"
    r"watch|eye|great|clear|timely|runbook|documentation|thorough|quick-thinking)\w*"
)

_THANKED = (
    rf"(?: and {NAME})*,? (?:we (?:had|have|could|knew|found|saw)|"
    r"(?:it|the \w+) (?:worked|came back|was (?:back|found|restored)))\b"
)

_WHATEVER_THE_SUBJECT = (
    # the act of a person, named as an error
    Signed("doing guilt fault", rf"\bwrong ?doing\b|\b(?:guilt|fault) of (?:the )?{NAME}"),
    Signed("mistakes", r"\b(?:users|people|humans|operators|engineers) make mistakes\b"),
    Signed("next", r"\bnext time,? (?:maybe|perhaps)\b|\b(?:maybe|perhaps) next time\b"),
    Signed("error", r"\buser error (?:by|of|on the part of|from)\b"),
    Signed(
        "human personal individual",
        r"\b(?:human|personal|individual) (?:failure|failing|fault|negligence|oversight|"
        r"sloppiness)\b",
    ),
    Signed(
        "comes",
        r"\b(?:it|this|that) (?:all )?comes down to (?:poor|bad|a lack of|lack of|human|personal)"
        r"\b",
    ),
    Signed(
        "blame",
        r"\b(?:the|all) blame (?:goes|lies|is|belongs|falls|rests)\b|"
        r"(?:^\W*|\b(?:we|i|one can only|you can only) (?:only )?)blame (?!(?:shows?|view)\b|"
        r"the (?:load|query|cache|config|"
        r"disk|network|deploy|change|release|kernel|driver|dns)\b)\S",
    ),
    Signed(
        "who",
        r"\bwho (?:on earth|forgot|approved|broke|deleted|merged|pushed|let|the hell|in their "
        r"right mind)\b",
    ),
    Signed(
        "more",
        r"\bmore (?:experienced|careful|senior|attentive|competent|diligent) (?:engineer|operator|"
        r"developer|dba|admin|person|colleague|on-?call|reviewer)\b",
    ),
    Signed(
        "genius mastermind hero clown expert wizard spark",
        r"\b(?:genius|mastermind|hero|clown|expert|wizard|bright spark)e?s? (?:who|that|behind)\b",
    ),
    Signed(
        "disgrace shameful unforgivable inexcusable cooks little",
        r"\bdisgrace\b|\bshameful\b|\bunforgivable\b|\binexcusable\b|\btoo many cooks\b|"
        r"\btoo little (?:knowledge|experience|care|thought|attention|discipline)\b",
    ),
    Signed(
        "doc procedure runbook rule",
        r"\bdo(?:es)? not (?:read|follow) (?:the )?(?:docs?|documentation|procedures?|runbooks?|"
        r"rules)\b",
    ),
)
_OF_SOMEBODY = (
    rf"{WHO}(?:[^.;:?!]{{1,90}}?\b(?:and|but|then|or|,|who)(?: then| so)?)?{_ADVERBS} "
    rf"(?:{_MINDED}|{_OUTCOME}{WITH_A_REASON})",
    rf"\b(?:because|since|as|when|after) (?:he|she|they|{NAME}) (?:\w+ly )?(?:pick|chose|us|took|"
    rf"typ|"
    r"enter|select|cop|past|deploy|appl|load|set|gave|pass)\w* (?:an? |the )?(?:old|wrong|bad|"
    r"outdated|stale|incorrect|other|previous)\b",
    rf"\b(?:nobody|no one|none)(?: else)? (?:but|except|other than) (?:{NAME}|{OBJECT}) (?:is|was|"
    r"can|could|has)\b",
    rf"\b(?:been|was|is) (?:\w+ly )?(?:{NAME}|{OBJECT})'s (?:job|duty|task|responsibility) to\b",
    rf"\b(?:poor|bad|shoddy|sloppy|weak|half-hearted) (?:workmanship|work|job|performance|"
    rf"preparation|"
    rf"attitude|communication|handling) (?:by|of|from|on the part of) (?:{OBJECT}|{BODIES})",
    rf"\bwhy (?:did|does|do|has|had|would|could) (?:nobody|no one|no-one|{SUBJECT}|{BODIES})\b"
    r"[^.;?]{0,40}?\b(?:think|notice|check|look|test|ask|care|read|see|tell|warn|stop|bother)",
    rf"\b(?:chalk|put) (?:it|this|that|this one)(?: all)? (?:up|down) to (?:{NAME}|{OBJECT})",
    rf"\b(?:let|lets|letting|give|gave|giving) (?:{OBJECT}|{BODIES}|\w+ (?:people|folks|guys|"
    rf"juniors|interns|developers|engineers)) (?:touch|near|loose|play|run|root|access|the keys)",
    r"\b(?:junior|intern|newcomer|trainee|hire|engineer|developer|admin|person)\w* with (?:too "
    r"(?:many|much|little|few)|no|little|not enough)\b",
    r"\b(?:is|was|were|felt|been) let down by\b",
    rf"\bit took (?:{SUBJECT}|{BODIES})[^.;]{{0,40}}\b(?:to even|just to|a disgrace|far too|ages|"
    rf"forever)",
    rf"\bit was (?:{NAME}|{OBJECT}) (?:who|that) (?:\w+ly )?(?:broke|deleted|caused|forgot|ran|"
    r"pushed|merged|dropped|typed|missed|turned|switched|killed|restarted|approved|took|brought|"
    r"let|left)\b",
    rf"\b(?:bad|poor|wrong|rash|hasty|foolish|unwise|questionable|odd|strange) (?:decision|choice|"
    rf"call|idea|move|judge?ment) (?:by|of|from|on the part of) (?:{OBJECT}|{BODIES})",
    # bodies of people under a name that is nothing else
    r"\b(?:devs?|ops|qa|devops|management|sres?|dbas?|support|vendor|supplier) (?:\w+ly |again |"
    r"once again |"
    r"simply )*(?:broke|breaks|missed|misses|misread|overlooked|skipped|wrecked|took down|caused|"
    r"refused|fumbled|crashed|misconfigured)\b(?! (?:away|out|off|the news))",
    r"\b(?:the |our )?(?:vendor|supplier|hoster|provider|agency|contractor|consultant|integrator|"
    r"management|devs?|ops|qa|support|security)'s? (?:own )?(?:fault|mistake|carelessness|"
    r"negligence|sloppiness|incompetence|oversight|ignorance|blunder|laziness)\b",
    rf"\bwhoever [^.;,]{{1,50}}?{_ADVERBS} {_MINDED}",
    rf"{ONE} left (?:\S+ ){{1,4}}(?:on|open|unlocked|exposed|unprotected)\b(?! (?:purpose|by|as)\b)"
    rf"{WITH_A_REASON}",
    # what would not have happened
    rf"\bhad (?:{SUBJECT}|{BODIES}) (?:not |only |just |ever )*(?!been (?:able|told|given|paged)\b)"
    r"(?:\w+ed|read|known|thought|told|kept|taken|done|seen|caught|run|been|paid|waited|asked)\b"
    r"(?![^.;]{0,40}\b(?:access|time|a way)\b)(?= |$|,|\.)(?=[^?]*(?:$|\.))",
    rf"\bif (?:only )?(?:{SUBJECT}|{BODIES}) (?:had|hadn't|would have)(?: only| just| not| ever| "
    rf"\w+ly)* {_AWARE}",
    # what somebody did, as the cause
    rf"(?<!big )(?<!many )(?<!great )\b(?:thanks to|because of|due to|owing to|caused by|courtesy "
    rf"of) (?:the )?{OWNER}(?!'?s? "
    rf"(?:\w+ )?{_ACTED_WELL})(?!{_THANKED})(?:'s)? (?:own |last |latest |hasty |"
    r"clever |so-called )*\w+",
    rf"\b(?:is|was|lies|rests|sits)(?: all| squarely| entirely)? (?:on|with) (?:{NAME}|{OBJECT})"
    r"(?= that\b|\s*$|\s*[.,;])",
    rf"\bculprit\w*\b[^.;]{{0,20}}\b(?:is|was|were|are) (?:{OBJECT}|{BODIES})",
)

BODY_SIGNS = (
    "dev engineering support security infra networking procurement sales marketing product legal "
    "finance =hr leadership sre help desk you platform backend frontend network database mobile "
    "lead manager admin vendor supplier hoster agency provider =pm =po =cto =ceo boss customer "
    "operations consult integrator freelancer partner"
)
"""Words of bodies of people that are not known for people where their subject may be a thing."""

RULES = (
    *_WHATEVER_THE_SUBJECT,
    *(Signed("", rule) for rule in _OF_SOMEBODY),
    *(Signed(BODY_SIGNS, rule) for rule in _OF_SOMEBODY if BODIES in rule or "devs?" in rule),
)
