"""Phrases in which people judge people, beside the plain "who did what" of `blame`.

Idioms, sarcasm, comparisons with somebody better, and what should be done to a person. Most need
somebody as their subject, so that a cache may be reckless and a queue may let an item slip.
"""

from incident_tui.domain.values.wording.judgements import BAD
from incident_tui.domain.values.wording.people import (
    ANY,
    NAME,
    OBJECT,
    ONE,
    OWNER,
    SUBJECT,
    WITH_A_REASON,
)

_NOT = r"(?:n't| not| never| hardly| barely)"
_POSSESSIVE = r"(?:his|her|their|our|my|your|the)"
_GAP = (
    r"(?:,[^.;:!?]{1,60},| who [^.;:!?,]{1,40})?(?: (?:was|is|were|had|has|have|been|be|to|then|"
    r"even|also|here|there|just|simply|still|again|now|only|always|\w+ly))*,?"
)
"""What may stand between somebody and what is said of them."""
_GOOD = (
    r"(?:competent|sane|decent|sensible|reasonable|responsible|reliable|experienced|careful|"
    r"attentive|diligent|professional|serious|self-respecting|halfway|qualified|proper|real|"
    r"thinking|good|better|smarter|senior|rational|normal)"
)
_PRIVATE = (
    r"(?:ego|attitude|behaviou?r|stubbornness|haste|laziness|ignorance|arrogance|pride|hubris|"
    r"impatience|inexperience|carelessness|shortcuts?|doing|watch|cowboy \w+|hurry|temper|"
    r"stupidity|clumsiness|recklessness|disregard|overconfidence|indifference|bad habit\w*|"
    r"sloppy \w+|hasty \w+|careless \w+|lazy \w+|reckless \w+|thoughtless \w+)"
)
_CARE = (
    r"(?:vigilance|attention|care|diligence|concentration|discipline|responsibility|"
    r"professionalism|thought|thinking|effort|rigou?r|ownership|respect|common sense|judge?ment)"
)
_LOOK = r"(?:think|thought|look|read|check|notice|bother|test|ask|listen|care|try|consider|see)\w*"
_HEEDLESS = (
    r"without (?:even |so much as |ever |really |properly |actually |first )?(?:authori[sz]ation|"
    r"thinking|looking|"
    r"reading|checking|asking|testing|verifying|bothering|understanding|knowing|listening|trying|"
    r"a second (?:thought|look|glance)|permission|telling (?:anyone|anybody|us)|"
    r"warning (?:anyone|anybody|us)|consulting|considering|double[- ]?checking|paying attention)"
)
_BEHAVED = (
    # idioms of carelessness
    r"(?:swept\b[^.;]{1,40} under the (?:rug|carpet)|(?:kept|left) (?:\S+ ){1,3}in the dark|"
    r"hung up on\b|gave up\b(?! (?:the|a|its)\b)|talked (?:\S+ ){1,2}into\b|tried (?:his|her|"
    r"their) luck|play(?:ed|s) (?:\S+ ){1,3}down|(?:was|were) showing off|"
    rf"ignored\b{WITH_A_REASON}|"
    r"(?:had|has|have) no patience|could(?:n't| not) be stopped|left (?:it|this|that) to (?:the )?"
    r"others|let (?:him|her|them)sel\w+|(?:turned|switched|disabled)\b[^.;]{1,40} to get (?:his|"
    r"her|"
    r"their)\b|bullied\b|jump(?:ed|s) the gun|went rogue|go(?:es|ne)? rogue|sh[oo]t from the hip|"
    r"winged it|play(?:ed|ing|s) (?:with fire|fast and loose|cowboy|hero)|phoned it in|half-assed|"
    r"(?:threw|tossed|lobbed|chucked)\b[^.;,]{1,40} over the (?:fence|wall)|"
    rf"burie[ds] {_POSSESSIVE} heads?|turn(?:ed|s) a blind eye|look(?:ed|s) (?:away|the other way)|"
    r"chose (?:not to (?:look|listen|care|act|ask)|to (?:look away|ignore))|"
    rf"(?:sat|sits|sitting) (?:idly |back|by|on (?:{_POSSESSIVE} hands|the|it|this|that|a))\b|"
    rf"dragged {_POSSESSIVE} feet|stood (?:idly )?by|did nothing|doing nothing|"
    r"(?:takes?|took|taking) (?:far|way|much|so|ages|forever|(?:his|her|their) (?:sweet )?time)"
    r"(?: too)?(?: long)?\b|let (?:it|this|that|things|\w+ \w+) (?:slip|sit|slide|rot|ring|lapse)|"
    r"(?:had|has|have) (?:\w+ly )?no (?:idea|clue)|let (?:us|everyone|everybody|me|them|the "
    r"(?:team|customers?|users?|company)) down|click(?:ed|s) (?:through|past|away|ok|yes)\b|"
    r"(?:shrugg?ed|brushed|laughed|blew|waved|fobbed) (?:\S+ ){0,5}?(?:off|away|aside)\b|"
    r"(?:kept|keeps|continued) (?:on )?(?:doing|making|breaking|ignoring|forgetting|pushing|"
    r"insisting|repeating)\b|does it again|did it again|at it again|"
    rf"(?:ha[ds]|have) one job|knew (?:better|the \w+ (?:was|were))|"
    rf"thought (?:he|she|they|it) knew|"
    rf"(?:can(?:not|'t| not)|could(?:n't| not))(?: even)? (?:be (?:trusted|relied|left alone|"
    rf"bothered|arsed)|read(?![^.;]{{1,40}} (?:in|on|from) )|"
    rf"tell(?! from| which| whether| if| what| how| that|[^.;]{{1,40}} apart)|"
    rf"count|type|follow|do (?:his|her|"
    rf"their)|handle|spell|keep|cope|be asked)\b|"
    rf"(?:do|does|did){_NOT}(?: even| ever| really| actually)? (?:read|test|think|look|listen|care|"
    rf"know(?! (?:the|where|which|of|about|that|who|whether|if)\b)|understand|respect|obey|"
    rf"do (?:his|her|their)|see fit|take\b[^.;]{{0,40}} seriously|"
    rf"want to (?:hear|know|listen|see)|pay(?:ed)?|follow|bother|get it)\b{WITH_A_REASON}|"
    rf"(?:has|have|had){_NOT}(?: even| ever| really)? (?:done|respect\w*|read|follow\w*|understood|"
    rf"bothered|taken|made (?:not )?enough|paid|obeyed|cared|thought|looked|"
    rf"learn\w+)\b{WITH_A_REASON}|"
    r"(?:has|have|had) made not enough|"
    rf"(?:was|is|were|are|been)(?:n't| not)?(?: \w+ly)? (?:asleep|sleeping|dreaming|daydreaming|"
    rf"dozing|slacking|napping|distracted|hung ?over|drunk|out of (?:his|her|their) depth|"
    rf"(?:not )?concentrat\w+|(?:not )?paying attention|doing (?:his|her|their) (?:job|work|"
    rf"homework|part)|more interested|busy (?:with (?:his|her|their)|chatting|playing|having|on)|"
    rf"not up to|unfit|incapable|unreliable|overconfident|lazy|in over (?:his|her|their) head|"
    rf"(?:far |much |way )?too (?:tired|proud|busy|lazy|slow|eager|hasty|quick|junior|stubborn|"
    rf"cheap|keen|impatient|sure|arrogant|inexperienced|young|new|comfortable|drunk)|"
    rf"playing|the (?:root cause|underlying issue|single point of failure|weak\w*|one who|"
    rf"guilty|reason)\b|our (?:weak\w*|single point of failure|biggest (?:problem|risk))|"
    rf"warned (?:twice|before|several|many|repeatedly|about)|told (?:twice|before|many|not to|"
    rf"a hundred|repeatedly)|let go|useless|hopeless|a (?:liability|danger|disaster|menace|loose "
    rf"cannon|cowboy|nightmare|walking)|thinking)|"
    r"must have been (?:dreaming|asleep|sleeping|drunk|blind|distracted)|"
    r"deserves? to\b|deserved (?:it|better)|"
    rf"(?:must|should|needs? to|has to|ought to|will)(?:n't| not|not)? be (?:removed|fired|"
    rf"dismissed|replaced|disciplined|punished|reprimanded|sanctioned|demoted|suspended|named|"
    rf"spoken to|held|retrained|talked to|allowed near|let near|made to|kept away|taken off)|"
    rf"needs? (?:a (?:serious|stern|good|long|quiet)|supervision|more (?:{_CARE})|to (?:learn|"
    r"grow up|wake up|understand|be (?:more|told)|get (?:his|her|their)))\b|"
    r"really needed to|should learn|has to learn|"
    r"hid (?:(?:the|his|her|their) (?:mistake|error|truth|fact|problem|failure|failed)|it|this|"
    r"that)\b|covered (?:it|this|that|things) up|pretended\b|"
    r"concealed\b|lied\b|kept quiet\b|withheld\b|mistook\b|mixed up\b|confused (?:the|a|prod\w*|"
    r"staging|\w+ (?:with|for|and))\b|mangled\b|butchered\b|"
    r"wasted\b|squandered\b|trusted\b[^.;,]{0,40} (?:blindly|without)|(?:un)?thinkingly|blindly "
    r"\w+|assumed\b(?![^.;]{0,90}\bbecause\b)[^.;]{0,60}\b(?:without|instead|rather|anyway)\b|"
    r"(?:just |simply |only )?(?:hoped|prayed) (?:for the best|that|it would|nobody|nothing)|"
    r"never (?:bothered|ran|tested|checked|tried|read|asked|looked|thought)\b(?! (?:because|"
    r"since|by))|(?:was|were|wasn't|weren't) not (?:following|listening|watching|reading|looking)|"
    r"(?:was|were)(?:n't| not) (?:experienced|qualified|careful|skilled|attentive|awake|trained|"
    r"following|watching|listening|looking)\b|abused\b|lost track\b|knows? better\b|"
    r"(?:is|are|was) (?:well )?known (?:to|for)\b|no longer works? here|went back to (?:bed|sleep)|"
    r"(?:hit|typed|clicked|pressed|pushed|entered|picked|took|used|ran|opened|selected|copied|"
    rf"pasted)(?: \w+){{0,2}} (?:wrong|false) \w+{WITH_A_REASON}|"
    r"in (?:a|such a|too much of a) (?:rush|hurry)\b|"
    r"should (?:really )?(?:pay|take|be|have been) (?:more|better|much)\b|"
    r"(?:took|takes) (?:\w+ ){1,3}seriously|didn't give a|went ahead (?:anyway|and|regardless|"
    r"without|despite)|(?:took|takes) us down|takes? the easy|took the easy|"
    rf"(?:might|could|would) have (?:noticed|known|seen|caught|spotted|realised|realized|stopped|"
    rf"prevented|avoided|asked|checked|read|told|saved)\b(?![^.;]{{0,90}} if (?:the|there|its?|"
    rf"an?|we had had)\b){WITH_A_REASON}|"
    rf"(?:got|had|with) (?:his|her|their) (?:eyes (?:shut|closed)|pants down|mind (?:elsewhere|on)|"
    rf"head (?:elsewhere|in)|phone off)|"
    rf"\w+(?:ed|t|n|ew|an|ut)?\b[^.;]{{0,80}}\b(?:with (?:his|her|their) eyes (?:shut|closed)|"
    rf"(?:and|but) did it anyway|(?:anyway|regardless)\s*(?:[.!]|$)|like an? (?:amateur|idiot|"
    rf"beginner|cowboy|fool)|against (?:all )?(?:policy|advice|orders|better judge?ment|"
    rf"instructions|the rules)|out of (?:convenience|laziness|spite|boredom|habit|pride|sheer)|"
    rf"(?:in|during|after) (?:a|his|her|their) (?:hurry|rush|hurried|haste|nap|lunch)|"
    rf"to (?:look good|save (?:face|time|himself|herself|ten|five|a few)|impress|get home|leave "
    rf"early))\b{WITH_A_REASON}|"
    rf"(?:\w+(?:ed|t|n|ew|an|ut)|done|did)\b[^.;]{{0,60}} {_HEEDLESS}\b{WITH_A_REASON})"
)

_LEARNERS = (
    r"(?:interns?|juniors?|trainees?|newb\w+|new hires?|new (?:guy|colleague|girl)|contractors?)"
)
_DESTROYED = r"(?:dropped|deleted|wiped|killed|broke|ran|pushed|overwrote|truncated|removed)"

WITH_SUBJECT = (
    rf"{ANY}{_GAP} {_BEHAVED}",
    rf"\b{_LEARNERS} (?:\w+ly |just )?{_DESTROYED}\b",
    rf"(?:^|[.;:,(-] ?|\b(?:because|becuase|since|when|after|that|if|as|although|though|while) )"
    rf"{SUBJECT}[^.;:?!]{{1,90}}?\b(?:and|but|then|or|,)(?: then)? ?{_BEHAVED}",
    rf"{OWNER}(?: own)? {_PRIVATE}\b",
    rf"\b(?:had|were) (?:{SUBJECT}|they) (?:only |just |ever |at least )*(?:been (?:paying|awake|"
    rf"more|less|"
    r"careful|attentive)|bothered|thought|looked|listened|checked|read|asked|tested|cared)\b",
    rf"{ONE} (?:owns|own) (?:this (?:one|outage|incident|mess|failure)|the (?:outage|mess))\b",
    rf"{ONE},? of (?:course|all people)\b|\bof course,? {ONE}",
    rf"{ONE} (?:was|is) the last (?:one|person)\b",
    rf"\b(?:any|an?|no|some|every) (?:\w+ )?{_GOOD} (?:\w+ )?{ANY}[^.;]{{0,20}}?\b(?:would|should|"
    rf"could|does|did|do|writes?|runs?|skips?|merges?)\b",
    r"\b(?:anyone|anybody|someone|somebody|those|people) (?:with|who)\b[^.;]{1,60}\bwould have\b",
    rf"\b(?:with|if) (?:somebody|someone|anybody|anyone) (?:more|less|else|{_GOOD})\b",
    rf"\b(?:more|less) (?:reliable|experienced|careful|competent|attentive|disciplined|awake) "
    rf"(?:than {OBJECT}|on-?call|engineer|person|operator|reviewer|colleague|dba|admin)",
    rf"\b{BAD} (?:\w+ )?(?:{OBJECT}|engineers?|developers?|contractors?|operators?|interns?|"
    rf"admins?|reviewers?|approvers?|technicians?|juniors?|colleagues?|person|people|managers?|"
    rf"teams?|on-?calls?|hires?|authors?|dbas?|guys?)\b",
    r"\b(?:wrong|improper|incorrect|inappropriate|erroneous|inadequate|unauthori[sz]ed) "
    r"(?:actions?|"
    rf"behaviou?r|handling|conduct|decisions?|operation) (?:of|by|from) {OBJECT}",
    rf"\b(?:not enough|too little|no|zero|insufficient|missing|a bit more|some more|more) {_CARE} "
    rf"(?:by|of|from|on the part of|among|in) (?:the )?(?:people|{OBJECT}|{ANY}|team)",
    r"\bwho (?:on earth|the hell|in their right mind|exactly|even|broke|deleted|forgot|pushed|"
    r"messed|screwed|killed|was on (?:call|duty)|is (?:going|to)\b[^.;]{0,20}\b(?:answer|pay)|"
    rf"gave {OBJECT})\b",
    r"\b(?:did|does|do|has|have) (?:nobody|no one|anybody|anyone|none of|someone|somebody)\b"
    rf"[^.;?]{{0,50}}?\b{_LOOK}\b[^.;]*\?",
    rf"\bdid (?:n't )?{SUBJECT}(?: not)? (?:even|ever|not|actually|really|seriously)\b",
    rf"\bwhat (?:was|were|is|did|on earth was) {SUBJECT}(?: even| really)? (?:thinking|doing|"
    r"expect\w*|smoking|up to)\b",
    r"\bthe (?:person|individual|guy|engineer|one|employee|colleague) (?:to ask|responsible|"
    r"to thank|at fault|who (?:should|ran|did|broke|pushed|typed|deleted|was supposed|forgot))\b",
    rf"\b(?:attributable|attributed|traced(?: back)?|thanks|owed) to (?:the )?(?:actions? of |"
    rf"behaviou?r of |conduct of )?(?:the )?(?:individual|person|employee|human|"
    rf"{NAME}(?!'s? (?:quick|fast|prompt|early|good|sharp|calm|careful|notes?|query|hint|idea|"
    rf"help|call|report|alert|work|script|tip|eye|watch)\w*)(?=\s*(?:[.!]|$|,[^.]*\b(?:was|were|"
    rf"went|lost|down|without|outage|gone|broke\w*|twice|again|dead)\b|'s (?:own )?(?:{BAD}|"
    rf"{_PRIVATE})))|{OBJECT} for "
    rf"(?:testing|deploying|breaking|deleting|pushing|dropping|ignoring|nothing))",
    rf"\b(?:great|brilliant|nice|good|fantastic|excellent|lovely|genius|wonderful|awesome|super|"
    rf"outstanding|stellar) (?:work|job|idea|move|thinking|plan|effort|going|one|stuff)"
    rf"(?:,? (?:there|again))?,? (?:from |by |of )?{NAME}(?:,| \w+ing| to \w+|[.!])",
    rf"\b(?:classic|vintage|pure|peak) {NAME}|(?:{NAME}|\b(?:ops|management|qa)),? (?:again|once "
    rf"more|of course|as ever|as always|who else)\W*$",
    rf"\b(?:root cause|cause|reason|trigger|problem|culprit|why)\b(?: is| was)? ?(?:[:=]|is|was|->)"
    rf" ?(?:the |our )?{OBJECT}\s*(?:[.!+,]|$|and |being |not )",
    rf"\b(?:root cause|cause|reason|problem|fault|mistake|error|blame|responsible)\b ?[:=] ?{NAME}",
    rf"\b(?:don't|do not|never|keep|nobody should) (?:ever )?(?:let|give|allow|trust) {OBJECT} "
    rf"(?:\w+ )?(?:near|touch|access|anything|with|again|root|write|admin|merge|deploy)",
    rf"\bkeep {OBJECT} (?:away|off|out)\b|\b(?:take|get) {OBJECT} off the (?:rota|rotation)\b",
    rf"\b(?:let down|failed|betrayed|misled|left (?:alone|hanging)) by {OBJECT}|"
    rf"\bby (?:qa|ops|management|security|support|engineering)\b(?=\s*[.!]|$)",
    rf"\b{OBJECT},? who (?:\w+ly |apparently )?(?:had(?:n't| not)|did(?:n't| not)|was(?:n't| not)|"
    r"thought|knew|never|could(?:n't| not)|ignored|forgot|should)\b",
    rf"\b(?:misreading|misunderstanding|misuse|mishandling|neglect|omission|abuse|disregard|"
    rf"ignoring|misinterpretation|mix-?up|recklessness)\b[^.;]{{0,40}} by {OBJECT}",
    rf"\b(?:bad|poor|wrong|rash|hasty|foolish|terrible|stupid|questionable) (?:decision|choice|"
    rf"call|idea|move) (?:by|of|from|on the part of) {OBJECT}",
    rf"\b(?:mangled|butchered|messed with|screwed|destroyed|deleted|dropped|wiped|broken) by "
    rf"{OBJECT}[^.;]{{0,30}}\b(?:hurr\w+|careless\w*|haste|mistake|accident|without|again|who|"
    rf"himself|herself)\b",
    r"\b(?:was|were|is|been|got) (?:destroyed|wrecked|ruined|mangled|butchered|broken) by "
    rf"(?:{OBJECT}|an? (?:\w+ )?(?:engineer|person|human|individual))",
    rf"\bif it (?:had not|hadn't) been for {OBJECT}|\b(?:were|was) it not for {OBJECT}|"
    rf"\bwithout {OWNER} {_PRIVATE}|\bbut for {OBJECT}",
    rf"\b(?:ownership|blame|credit|responsibility|the fault) (?:of|for) [^.;]{{1,40}}? (?:goes|"
    rf"lies|belongs|is|falls)\b[^.;]{{0,12}} (?:to|with|on) {OBJECT}",
    rf"\b(?:third|second|fourth|fifth|nth|umpteenth|another|every) time\b[^.;]{{0,40}}\b{SUBJECT} "
    r"(?:\w+ )?(?:takes?|took|breaks?|broke|forgets?|forgot|does|did|has|caused?|deletes?|deleted)",
    rf"\b(?:beneath|beyond|above|too (?:hard|much|difficult) for) {OBJECT}\s*(?:[.!,]|$)",
    rf"\bobvious to {OBJECT}|\b(?:it )?(?:would|should) have (?:cost|taken) {OBJECT}",
    rf"\b(?:mostly|entirely|largely|purely|all|really|clearly|only)(?: the)? ?{OWNER} "
    r"(?:doing|work|handiwork|fault)\b",
    rf"\bweak\w* (?:link|part|point|spot|element)\b[^.;]{{0,30}} (?:was|is|were|are|:) {SUBJECT}",
    rf"\bwhoever [^.;]{{1,60}}? (?:\w+ly )?{_BEHAVED}",
    r"\bthey (?:\w+ly )?(?:sat on their hands|(?:did|do|could)(?:n't| not) (?:even )?(?:want|"
    r"bother|care|listen|be bothered)|knew [^.;]{1,40} and|skipped [^.;]{1,40} to save|"
    r"refused to listen)",
    r"\b(?:nobody|no one)(?: (?:on|in|at|from) [\w ]{1,24}?)? (?:took|takes) (?:\w+ "
    r"){1,3}seriously\b",
    rf"{SUBJECT}(?: and {SUBJECT})? (?:is|are|was|were) (?:both |all )?at fault\b",
    rf"{SUBJECT}, (?:\w+ly )?(?:in a (?:rush|hurry)|careless|tired|distracted|impatient)\b",
    r"\bnobody (?:\w+ )?(?:took the (?:trouble|time|effort)|made (?:the|any) effort|ever (?:cared|"
    r"bothered|thought|checked|tested|read)|could be bothered|had (?:ever )?(?:cared|bothered))\b",
)
