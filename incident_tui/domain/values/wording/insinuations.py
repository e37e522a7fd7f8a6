"""Insinuations: what is told of somebody's motives, honesty, presence or record of failures.

None names a failing; each is told of a person only so that the reader draws the conclusion. So the
subject is always somebody, and a reason that lies in a thing makes a report of it.
"""

from incident_tui.domain.values.wording.blame_minds import (
    BODIES,
    BODY_SIGNS,
    WHO,
)
from incident_tui.domain.values.wording.people import (
    ANY,
    NAME,
    NOBODY,
    OBJECT,
    OWNER,
    SUBJECT,
    WITH_A_REASON,
)
from incident_tui.domain.values.wording.signed_rules import Signed

_ADVERBS = (
    r"(?: (?:\w+ly|just|only|even|once|again|also|then|still|already|had|has|have|was|were))*"
)
_PAST = r"\w+(?:ed|t|n|ew|an|ut|ave|old|ook|ote|id|ade|oke|ung)\b"
_PEOPLE = rf"(?:{BODIES}|{SUBJECT})"
_TO_BE_GONE = (
    r"(?:go|get|leave|head|be) (?:home|out|off|away|done|finished|rid|early|to (?:bed|lunch))|"
    r"leave|"
    r"look (?:good|clever)|impress|show off|get (?:it|this|that) (?:over|done|out)|"
    r"be (?:done|finished|first|right|clever|liked)|save (?:face|himself|herself|themselves|"
    r"effort)|"
    r"have (?:his|her|their) (?:peace|quiet|weekend|evening)|tick (?:a|the) box|not be bothered"
)
_MOTIVE = (
    rf"(?:wanted|wants|hoped|meant|was keen|were keen|was eager|was desperate|was trying|tried) to "
    rf"(?:{_TO_BE_GONE})\b|(?:had|has|have) (?:other|better|more (?:important|"
    rf"interesting)) (?:things"
    r"|plans|priorities)\b|(?:was|were) (?:already )?(?:half )?(?:out the door|on (?:his|her|"
    r"their) "
    r"way (?:home|out)|in (?:his|her|their) head elsewhere|elsewhere with (?:his|her|their))"
)
_UNTRUE = (
    r"(?:thought|believed|was sure|were sure|assumed|figured) (?:that )?(?:he|she|they) (?:could|"
    r"can|would|"
    r"knew|had it|did not need)\b|(?:told|asked|informed|warned|consulted|answered) (?:nobody|"
    r"no one)\b|"
    r"deserves? (?:a|an|what|the|no|some)\b|(?:swore|swears|assured (?:us|everybody|everyone|me|"
    r"the \w+)|"
    r"(?:claimed|claims|maintained|insisted|promised|pretended|boasted|bragged)"
    r"(?: (?:that|to have|everything|all (?:was|were|is)|it (?:was|were|is|had|would|worked)|"
    r"(?:he|she|they) (?:had|was|were)|nothing|(?:the|his|her|their) \w+ (?:was|were|had|is))))\b"
)
_ABSENT = (
    r"(?:went|left|wandered off|walked (?:off|away|out)|logged off|signed off|disappeared|vanished|"
    r"ran off|hung up|dropped off)\b[^.;]{0,40}\b(?:in the middle|halfway|mid-?\w+|while|though|"
    r"although|without|before (?:it|the \w+) (?:was|were|had)|at the worst|when (?:it|we|the \w+) "
    r"(?:was|were|needed))\b|(?:was|were) (?:nowhere|not to be (?:found|reached)|away from (?:his|"
    r"her|their) (?:desk|post|keyboard)|off (?:having|playing|watching|drinking))\b|"
    r"(?:was|were|got|been) caught (?:napping|asleep|sleeping|off guard|out|unprepared|red-handed)"
)
_RECEIVED = (
    r"get|got|receive\w*|have|had|see|seen|find|found|need\w*|exist\w*|own|hear|heard(?! of)|"
    r"reach\w*|"
    r"show\w*|be|been|match\w*|appear\w*|apply|fit|expect\w*|recognise\w*|recognize\w*|become"
)
"""What happens to somebody; what else was not done is held against them."""
_LEFT_UNDONE = (
    rf"(?:(?:did(?:n'?t| not)|never)(?: even| ever| really| \w+ly)* (?!(?:{_RECEIVED})\b)\w+"
    r"(?![^.;]{0,80}\b(?:again|until|only|but|any more|anymore|either)\b)"
    r"(?![^.;]{0,120}(?:,| which| where| but| while| when| after)\b)|"
    r"never (?:even )?heard of)\b"
)
_TEMPER = (
    r"(?:froze|choked|freaked out|flinched|snapped|sulked|dithered|dawdled|flapped)(?! (?:the|all|"
    r"a|"
    r"every|deploys?|changes?)\b)|(?:got|became|grew|gets|turned) (?:too |so |a bit )?(?:cocky|"
    r"careless|"
    r"lazy|nervous|greedy|impatient|sloppy|bored|distracted|confused|angry|comfortable|complacent|"
    r"emotional|defensive|carried away|cold feet)|(?:\w+ed|put|left|set|had) (?:off )?(?:his|her|"
    r"their) "
    r"(?:own )?(?:phone|pager|notifications?|alerts?)\b|must have (?:been )?\w+(?:ed|en|ung|ut)\b"
)
_IN_WHAT_MANNER = (
    rf"{_PAST}"
    r"[^.;]{0,50}\b(?:on (?:his|her|their) way (?:out|home|to)|unread|in the hope|hoping|"
    r"to make (?:it|"
    r"(?:his|her|their) \w+) look|what (?:he|she|they) always|"
    r"untested|unseen|sight unseen|unreviewed|blind(?:ly|folded)?|half[- ](?:asleep|finished|done)|"
    r"for "
    r"fun|for no (?:good )?reason|without a word|from (?:the|a) (?:pub|bar|beach|train|couch|bed)|"
    r"off the cuff|from memory|by (?:heart|gut feeling)|on (?:instinct|a hunch|a whim)|"
    r"without (?:a (?:single )?|any )?(?:glance|look|thought|word|question|plan|checklist|care)\b|"
    r"and (?:told|asked|"
    r"informed|warned|consulted) (?:nobody|no one)|(?:just )?(?:because|since) (?:he|she|"
    r"they) (?:could|liked|felt|wanted|had (?:switched"
    r"|turned|muted|gone|left|fallen)))\b"
)
_EASY_WAY = (
    r"(?:took|takes|was taking|were taking) (?:a|the|some|another|many|"
    r"too many) (?:\w+ )?(?:short-?"
    r"cuts?|gambles?|chances|liberties|easy (?:way|route|path|option))|"
    r"(?:blew|fluffed|flubbed|fouled|muffed) (?:it|this|that)\b|got (?:it|this|that|everything) "
    r"(?:\w+ )?wrong\b|had no business (?:in|on|with|being|doing|touching|there|near|running)\b|"
    r"(?:has|had|have) form\b|(?:decided|chose|opted)(?: \w+ly| alone| (?:on|off) (?:his|her|"
    r"their) "
    r"own(?: \w+)?)? to (?:skip|ignore|bypass|forgo|sidestep|override the \w+|wing it|gamble)\b|"
    r"(?:acted|decided|did (?:it|this|that)) (?:alone|on (?:a whim|impulse|(?:his|her|their) own)|"
    r"behind)\b"
)

_PAST_BELIEF = (
    rf"\b(?:hard|difficult|impossible) to (?:believe|understand|imagine|see|explain) (?:that|how|"
    rf"why)"
    rf" (?:nobody|no \w+|{_PEOPLE})"
)
_ABOUT_PEOPLE = (
    rf"{WHO}{_ADVERBS} (?:{_MOTIVE}|{_UNTRUE}|{_ABSENT}|{_EASY_WAY}|{_TEMPER}|"
    rf"{_IN_WHAT_MANNER}){WITH_A_REASON}",
    rf"{WHO}(?<!\bwe){_ADVERBS} {_LEFT_UNDONE}{WITH_A_REASON}",
    rf"{OWNER} (?:\w+ )?(?:change|review|approval|work|fix|commit|deploy|rollout|migration|check|"
    rf"test|"
    r"hand-?over|decision|answer|reaction)s? (?:was|were|is|are) (?:\w+ly |too |only |"
    r"just )*(?:rushed|a "
    r"(?:formality|joke|mess|disaster|disgrace|farce)|half-\w+|slapdash|superficial|unprofessional|"
    r"sloppy|careless|lazy|hasty)\b",
    rf"{WHO} left (?:an?|the|some|another) (?:\w+ )?(?:typo|bug|mistake|error|hole|debug \w+|"
    rf"mess)\b"
    rf"{WITH_A_REASON}",
    r"\b(?:engineer|developer|person|admin|operator|colleague|team|intern|junior|"
    r"reviewer)s? without "
    r"(?:a |an |any )?(?:clue|idea|experience|skills?|sense|understanding|training)\b",
    # a clause between somebody and what is said of them
    rf"{WHO} who (?:(?! (?:when|if|while|because) )[^.;,]){{1,40}}? (?:{_LEFT_UNDONE}|had no|has "
    rf"no|should|could have|was|were|is|"
    rf"thought)"
    rf"\b{WITH_A_REASON}",
    rf"{OWNER} (?:so-called|alleged|supposed|famous|usual|typical|infamous|clever|brilliant) \w+",
    # against better knowledge, by accident, and work of one's own that nobody looked at
    rf"{WHO}{_ADVERBS} (?:{_PAST}[^.;]{{0,60}}\b(?:(?:al|even )though (?:he|"
    r"she|they|it was (?:clear|obvious|known|agreed))|despite (?:knowing|being|having been|all|"
    r"several"
    r"|repeated|the warn\w+)|by (?:accident|mistake)|in the (?:heat|wrong) \w+)\b|"
    r"(?:approved|merged|reviewed|signed off|tested|checked) (?:his|her|their) own \w+|(?:did|made|"
    r"does)"
    r" (?:an? |such an? |only )*(?:poor|bad|sloppy|terrible|lousy|half|shoddy|mediocre) \w+|"
    r"(?:(?:had|have|has) been|was|were) (?:\w+ly |often |well )?(?:warned|told|reminded|informed)"
    r"(?: (?:so|that it would|about (?:it|this|that)|of (?:it|this|that)))?\s*(?:[.!,]|$)|"
    rf"(?:assumed|trusted|thought|expected|reckoned|supposed|believed) (?:that )?{_PEOPLE} (?:had|"
    rf"would|has|did|was|were|will)\b){WITH_A_REASON}",
    rf"\b(?:obvious|evident|plain(?: to see)?|clear|in plain sight|there to (?:be )?seen?)\b[^.;]"
    rf"{{0,12}}\bbut {_PEOPLE}",
    # moods, habits and history
    rf"{WHO}[^.;]{{1,80}}?\bbecause (?:he|she|they) (?:was|were|felt|got) (?!paged|told|given|"
    rf"locked|on\b|"
    r"in\b|at\b|not\b|asked|the only|unable|blocked|called|alone|added|listed|sent|logged|still|"
    r"off\b)"
    r"\w+",
    rf"{WHO} (?:(?:al|any)ways|constantly|forever|routinely|never|usually) (?!gets?\b|ha[sd]\b|"
    rf"receives?\b"
    rf"|sees?\b|needs?\b)\w+s\b{WITH_A_REASON}|{WHO} forgets? (?:his|her|their|to)\b|{WHO} ha(?:s|"
    rf"ve|d) "
    r"done (?:this|it|that|so) before\b",
    rf"{WHO} (?!was|were|is|are|got|had|has){_PAST}[^.;]{{0,40}}\btoo (?:early|"
    rf"late|soon|fast|long|hard|quickly)\b{WITH_A_REASON}",
    rf"{WHO}(?: and (?:\w+ )?{ANY})?{_ADVERBS} (?:argu|quarrell?|bicker|debat|chatt|jok|fought|"
    rf"squabbl)"
    r"(?:ed|ing)?\b(?! for\b)",
    rf"{WHO}{_ADVERBS} (?:gave|hit|put|read|sent|kept|held|drew|wrote|told|had)\b(?: \S+){{0,3}}? "
    rf"(?:the |an? )?wrong \w+{WITH_A_REASON}",
    rf"\b(?:someone|somebody)(?: (?:in|on|from|of|at) (?:the |"
    rf"our )?\w+(?: \w+)?)? (?:\w+ly )?(?:ran|"
    rf"started|changed|edited|altered|touched|unplugged|pressed|played|clicked){WITH_A_REASON}",
    rf"{SUBJECT}[^.;]{{1,80}}, (?:typical(?:ly)?|as ever|naturally|what else|of course)\W*$",
    # nobody, where anybody would
    rf"{NOBODY}{_ADVERBS} (?:(?:double-|cross-|re-?|second-)(?:checked|read|tested|guessed)|"
    rf"questioned|"
    rf"challenged|doubted|wondered|verified|felt|feels|wanted|dared|saw fit|spoke up|said a word|"
    rf"lifted a finger|"
    r"had the (?:courage|decency|sense|idea|patience|guts|nerve|goodness)|stopped to|stepped up|"
    r"seemed to (?:care|mind|notice)|"
    rf"raised (?:a hand|an eyebrow)){WITH_A_REASON}",
    # how often, how late, and that it is past belief
    rf"\b(?:not|hardly|scarcely) (?:for )?the (?:first|last|only) time\b[^.;]{{0,30}}? {_PEOPLE}",
    rf"{SUBJECT},? (?:and )?not for the first time\b|\bnot for the first time,? {_PEOPLE}",
    _PAST_BELIEF,
    rf"\b(?:can(?:'t|not)|could(?:n't| not)) (?:believe|understand|imagine) (?:that|how|why) "
    rf"(?:nobody|no \w+|{_PEOPLE})",
    rf"\b(?:unbelievable|incredible|astonishing|beyond me|baffling|a mystery)(?: to me)?,? "
    rf"(?:that|how|why) (?:nobody|no \w+|{_PEOPLE})",
    rf"\bit took {_PEOPLE}[^.;]{{1,40}}\bto (?:even |finally )?(?:admit|confess|own up|come clean|"
    r"apologi[sz]e|wake up|answer|pick up|bother|realis|realiz|reply|react|say)\w*",
    # what somebody better would have done
    rf"\b(?:any|every|a|an) (?:\w+ )?(?:competent|decent|sane|sensible|experienced|careful|"
    rf"half-?way "
    rf"\w+|good|real|proper) (?:\w+ )?(?:admin\w*|user|developer|engineer|dba|lead|{ANY})\b"
    r"[^.;]{0,12}\b(?:would|could|should|knows?|sees?|does|checks?)\b",
    rf"\bwhat (?:was|were|is) {_PEOPLE} (?:even )?(?:doing|looking for|playing at)\b",
    rf"\b(?:happens|get|got|expect) when (?:you|we|one|they|{_PEOPLE}) (?:let|allow|give|trust|"
    rf"leave)",
    # whoever did it, and what he owes for it
    r"\bwhoever (?!is\b)(?:\w+ly )?(?:was|had|\w+(?:ed|ote|an|ut|oke|ook|ew|"
    r"id))\b[^.;,]{0,40}\b(?:should|"
    r"must|needs? to|has to|ought to|had better|owes|can|will|did|was|had|knew|never)\b",
    rf"\bask {NAME} (?:why|what|how come|who|about it)\b|\b{OBJECT} (?:will|would) know why\b",
)

RULES = (
    *(Signed("", rule) for rule in _ABOUT_PEOPLE),
    *(Signed(BODY_SIGNS, rule) for rule in _ABOUT_PEOPLE if BODIES in rule),
    Signed("hard difficult impossible", _PAST_BELIEF),
    Signed(
        "blame fault",
        r"\b(?:take|takes|carry|carries|bear|bears|deserves?|shares?|accepts?|owes?)(?: (?:the|all|"
        r"some"
        r"|most|of|his|her|their|full))* (?:blame|fault)\b",
    ),
    Signed(
        "botch bungl fumbl inflict",
        r"\b(?:botched|bungled|fumbled|self-inflicted)\b(?! by (?:the|an?|its)\b)",
    ),
)
