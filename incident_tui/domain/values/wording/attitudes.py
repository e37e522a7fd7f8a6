"""Promises to be, to try and to remember: how an action item asks people to be better."""

ATTITUDES = (
    # a state that everybody wants, a field of work, a time of day: nothing that will be there
    r"(?:fix|sort out|clean up|tidy up|reduce|pay (?:down|off|back)|address|tackle|deal with|"
    r"improve|work on) (?:the |our |all |some |more |this )*(?:technical debt|tech debt|"
    r"monitoring|alerting|documentation|docs|tests?|testing|process\w*|tooling|communication|mess|"
    r"backlog|observability|on-?call|alerts|noise|issues?|problems?|bugs?)\W*$",
    r"(?:have|keep|put|place|set|get)(?: an?| the)? (?:stronger|bigger|greater|clearer|better|"
    r"sharper|closer|more|strong|clear)(?: \w+)? (?:focus|eye|look|discipline|ownership|"
    r"understanding|overview|handle|grip|emphasis|communication)\b",
    r"(?:test|review|document|monitor|communicate|plan|automate|measure|prepare|practise|practice|"
    r"rehearse) (?:much |a lot |even )?(?:more|harder|earlier|sooner|better)\b(?! than \d)"
    r"(?![^.]*\d)",
    # how somebody should be
    r"(?:try|do|give) (?:our|my|their|your|its) (?:very )?best\b|do (?:things|it|everything) "
    r"(?:right|properly|well)\b|keep (?:\S+ ){1,4}?(?:in mind|in the loop|informed|posted|up to "
    r"date)\b|(?:make|bring|put in|show) more (?:attention|effort|care)\b",
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
    r"(?:be|become|stay|remain|get|being|act)\b(?: (?:a (?:bit|little|lot)|more|much|extra|very|"
    r"even|especially|particularly|super|always|less|far))* (?:carefull?|vigilant|mindful|"
    r"cautious|attentive|aware|diligent|thorough|disciplined|alert|quick\w*|fast\w*|better|"
    r"considerate|proactive|sure|responsible|conscious|rigorous|strict\w*|careless|patient|"
    r"prepared|ready|on the ball|precise|"
    r"consistent|transparent|communicative|watchful|responsive|clear\w*|good)\b",
    r"(?:more|better|greater) (?:attention|care|communication|teamwork|discipline|caution)\b",
    r"(?:give|put)\b(?: \S+){0,3} (?:more|some|extra|greater) (?:thought|effort|care|focus|"
    r"emphasis)",
    r"(?:take|use|exercise|show|apply|have|with)\b(?: (?:\w+er|more|extra|better|due|some|great|"
    r"much|the|necessary|proper))* (?:care|caution|common sense|judge?ment|diligence|"
    r"responsibility|ownership|pride|respect|discipline)\b",
    r"(?:think|look|check|ask yourself|read|consider)\b(?: \S+){0,3}? (?:twice|hard(?:er)?|"
    r"carefully|ahead|again|closely|properly)\b",
    r"think (?:before|about|more|of)\b",
    r"(?:always |please )?(?:remember|recall)\b"
    r"(?! .*\b(?:in|across|for) (?:the |a |an |\d+ )?(?:\w+ )?(?:files?|tables?|caches?|database|"
    r"s|min|h|restarts?|state|memory|seconds|minutes|hours|days)\b| .*/\w)|not (?:to )?forget\b|"
    r"do(?:n't| not) (?:ever )?(?:forget|assume|rush|"
    r"panic|be|neglect|ignore|overlook)\b|never (?:forget|again|assume|rush)\b|bear in mind|"
    r"keep (?:in mind|\S+ in mind)",
    r"keep (?:an?|a (?:close|closer|sharp|better)|one|your|our|closer|a very close)? ?(?:eye|watch|"
    r"tabs)",
    r"watch (?:out|over|more)\b|watch for\b(?! .{3,60} and \w+)|look out for|mind (?:the|your)\b|"
    r"beware\b|stay on top\b",
    r"(?:try|strive|aim|endeavou?r|seek|hope|aspire|work|fight|push(?! to \w+ *$))\b(?: harder|"
    r" hard| more)?(?: (?:to|for|at|on|towards|not to|next time)\b|$)",
    r"(?:foster|encourage|promote|instil|instill|nurture|cultivate|champion|embrace|advocate|"
    r"raise awareness|build (?:a )?(?:\w+ )?(?:culture|awareness|trust)|create (?:a )?(?:\w+ "
    r")?(?:culture|"
    r"awareness)|increase awareness|emphasi[sz]e|stress (?:the|that)|value|prioriti[sz]e)\b",
    r"(?:follow|respect|adhere(?: \w+ly)? to|stick(?: \w+ly)? to|obey|observe|comply with|"
    r"honou?r)\b(?: \S+){0,4}? (?:process\w*|procedures?|rules?|runbooks?|guidelines?|policy|"
    r"policies|checklists?|conventions?|best practices?|standards?|protocols?|steps)\b",
    r"learn (?:from|to|the lesson|lessons)\b|(?:make|avoid making|stop making) (?:fewer|less|no "
    r"more|such|these)? ?(?:mistakes|errors)",
    r"(?:make sure|ensure|see to it|guarantee)(?: that)?+ (?:nothing|no (?:incident|outage|"
    r"mistake)s?|"
    r"this|it|that|these|such|similar)\b(?! (?:\w+ )?(?:job|alert|test|check|script|page|service))",
    r"(?:make sure|ensure|see to it|be certain)(?: that)? (?:that )?(?:everyone|everybody|people|"
    r"we|(?:all|the|every|each) ?(?:the )?(?:\w+ )?(?:teams?|engineers?|developers?|on-?calls?|"
    r"reviewers?|staff|operators?))\b",
    r"(?:avoid|prevent|stop|reduce|minimi[sz]e|eliminate|no more) (?:\w+ )?(?:mistakes|errors|"
    r"human|this|such|similar|these|incidents|outages|problems|carelessness)\b",
    r"ensure (?:that )?(?:engineers|developers|people|everyone|everybody|operators|teams?|all)\b|"
    r"make (?:the team|everyone|everybody|people|engineers|developers|teams|all) (?:more "
    r")?aware\b|ensure (?:proper|good|better|adequate|sufficient|correct|thorough) \w+|avoid "
    r"(?:rushing|rushed|hasty|careless|manual|risky|unnecessary)\b|(?:do not|don't|never) \w+(?: "
    r"\w+){0,6} without (?:thinking|looking|care|checking|asking)\b|"
    r"sensiti[sz]e\b|(?:think about|brainstorm|reflect|talk about|have a (?:think|look))\b",
    r"(?:remind|tell|ask|urge|advise|warn|expect|request|instruct|brief|(?:train|educate|teach|"
    r"coach)(?![^.]*(?:\d|\b(?:two|three|four|five|six) )))\b(?: \S+){0,4}? (?:people|employees?|"
    r"everyone|everybody|engineers?|"
    r"developers?|teams?|staff|on-?calls?|operators?|reviewers?|colleagues|juniors?|hires?|each "
    r"other|us|them|crew)\b(?! (?:when|if|on \w+ page)\b)",
    r"(?:communicate|collaborate|coordinate|cooperate|talk|align|sync)(?: (?:\w+ly|more|better|"
    r"with|between|across|earlier|sooner|often|among)|$)",
    r"double[- ]?check\w*\b(?! (?:is|are|locking|step|box|field|rule|screen|dialog|job|script|"
    r"prompt|in|by|with|happens|runs|gate|page|button|form)\b)",
    r"(?:re-?|triple[- ]?|cross[- ]?)check\b",
    r"(?:always|never)(?: ever| again)? (?:check|read|ask|us|test|hav|verif|look|review|follow|"
    r"think|assum|trust|rely|deploy|push|merg|chang|skip|ignor|touch|rush|releas|ship|approv|mak|"
    r"edit|work|leav|run|be|consult|inform|tell|do|keep|tak|wait|plan|communicat|document|confirm)"
    r"\w*\b(?![^.]*\b(?:enforced?|reject\w*|refuse\w*|blocked by|fails?|lint\w*)\b)",
    r"no (?:more )?\w+ without (?:thinking|care|checking|asking|looking|a second thought)\b",
    r"(?:raise|set|lift) (?:the|a|our|higher) (?:\w+ )?(?:bar|standards?)\b|stay (?:calm|focus\w+)",
    r"(?:talk|speak|chat) (?:to|with|about)\b|have a (?:chat|word|talk)\b",
    # a habit of people, which nothing but their memory holds
    r"(?:be|get|have|put|bring) (?:a (?:bit|little|lot) )?(?:less|more) (?:\w+ing\b|eyes|hands|"
    r"people|"
    r"brains|heads|minds)|be (?!able\b)\w+ (?:of|about|towards?|with)\b|ask more\b|know (?:your|"
    r"our|the|its?|what)\b|watch (?:each other|one another|what)\b|"
    r"(?:communicate|announce|escalate|speak up|ask|report|plan|test|review|share)\b(?: \S+){0,4}? "
    r"(?:early|earlier|sooner|often|more|thoroughly|properly|honestly|openly|in time)\W*$|"
    r"(?:stop|quit) (?:doing|making|having|being)\b(?! the)",
    r"remind \S+(?: \S+)?? (?:of|to|about|that|how)\b|(?:do not|don't|never|"
    r"stop) (?:blindly )?(?:rely|"
    r"trust|depend|count|relying|trusting|depending|guess|guessing|hope|hoping|assuming)\b",
    r"(?:be|stay|remain) (?!able\b|(?:an?|the)\b)(?:\w+ ){0,3}?(?:on time|there|present|in time|"
    r"punctual|calm|sober|awake|rested|sharp|honest|open|kind|polite|humble|brave)\b",
    r"(?:make|have|get|let) (?:people|everyone|everybody|us|them|(?:all |the )?(?:engineers|"
    r"developers|"
    r"reviewers|teams?)) (?:to )?(?:think|look|read|check|care|understand|know|remember|learn|"
    r"listen|ask|talk|slow|wait|focus|realise|realize)\b",
    r"(?:do not|don't|never|avoid|stop|no)\b(?: \S+){1,5}? (?:when|while|if) (?:tired|in doubt|"
    r"unsure|"
    r"stressed|in a (?:hurry|rush)|alone|hungry|under pressure|distracted|angry|drunk|on \w+|"
    r"busy)\b",
    r"(?:ask(?! for)|consult|warn|inform|call|ping|check with|agree with|tell|"
    r"involve)\b(?: \S+){0,5}? (?:before|first|beforehand|when in doubt|if (?:un\w+|in doubt))\b",
    r"(?:everyone|everybody|each (?:engineer|developer|of us)|nobody|no one|all (?:the )?(?:"
    r"engineers|developers|of us)) (?:reads?|knows?|checks?|looks?|asks?|thinks?|tests?|learns?|"
    r"follows?|attends?|takes?|stays?|deploys?|merges?|touches)\b",
    r"(?:stay|keep|remain) (?:calm|cool|focus\w*|humble|curious)\b|(?:take|have|find|make) "
    r"(?:more |the |enough |some )?time (?:for|to)\b(?![^.]*\d)|refresh (?:\S+ )?memor|"
    r"(?:have|keep|lend) an? (?:open|attentive|closer) \w+|monitor the (?:situation|systems?|"
    r"services?|platform)\W*$|(?:get|bring|put) (?:everyone|everybody|people|us all) (?:on|to|into)"
    r"\b|(?:read|consult|study|know|understand) (?:the|your|our) (?:\w+ ){1,3}before (?:you|we|"
    r"\w+ing)\b",
    r"(?:hold|have|schedule|organi[sz]e|set up|arrange|call|do|give) (?:an? |the |some |another )?"
    r"(?:\w+ )?(?:meetings?|discussions?|talks?|chats?|conversations?|calls?|presentations?|"
    r"brown bags?|retros?\w*|sessions?|reminders?|speech(?:es)?) (?:about|on|regarding|for|with)\b"
    r"(?![^.]*(?:\d|\band (?:record|publish|write|file|list|decide)))",
    r"check (?:everything|twice|again|carefully|that|whether|if|before|more|the)\b",
    r"do (?:more|some|extra|additional|proper|thorough) \w+",
    r"take (?:it|this|things|\S+|(?:the|this|these|such) \S+) (?:more |very )?(?:serious(?:ly)?|"
    r"slower|"
    r"slowly)|slow down|hold (?:\S+ )?(?:\w+ )?accountable|own (?:the|our|your)\b|care more\b|"
    r"step up\b|work (?:harder|smarter|more|better|closer|closely|carefully|together)",
)
