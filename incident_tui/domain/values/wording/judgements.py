"""Words that judge people, whoever the subject of the sentence is."""

from incident_tui.domain.values.wording.people import OBJECT
from incident_tui.domain.values.wording.signed_rules import Signed

VIRTUES = (
    r"judge?ment(?: calls?)?|discipline|attention|care|diligence|attitude|work ethic|"
    r"professionalism|ownership|"
    r"vigilance|common sense|competence|rigou?r|thoroughness|commitment|motivation|responsibility|"
    r"foresight|caution"
)
_THING_WORDS = (
    r"defaults?|with|about|in|on|wildcards?|retr\w+|amounts?|timeouts?|values?|settings?|limits?|"
    r"regex\w*|quer\w+|parsers?|clients?|librar\w+|caches?|scripts?|loops?|jobs?|\w+-\w+"
)
"""What may be reckless or sloppy and is nobody; somebody who is so is found by the subject."""

JUDGEMENTS = (
    Signed("human", r"\bhuman (?:error|mistake|failure|failing|carelessness)\b"),
    Signed(
        "operator user pilot engineer developer admin layer",
        r"(?<![-\"'\u201c])\b(?:operator|user|pilot|engineer|developer|admin|administrator|layer[- "
        r"]8)(?:'s)? "
        r"(?:error|mistake)s?(?<!user errors)\b(?![- ](?:rates?|counters?|counts?|messages?|codes?|"
        r"pages?|"
        r"logs?|budgets?|ratios?|handl\w+|reports?|metrics?|class\w*))",
    ),
    Signed(
        "blame fault",
        r"(?:^|\b(?:what|who|whom|that|and|because|since|as|,) )(?-i:@?[A-Z]?[a-z]{2,}) (?:is|was|"
        r"are|were) (?:\w+ly )?(?:to blame|at fault)\b",
    ),
    Signed("pebkac id10 id-10 layer", r"\bpebkac\b|\bid-?10-?t\b|\blayer[- ]8\b"),
    Signed("finger", r"\bfat[- ]?finger\w*"),
    Signed(
        "careless reckless thoughtless slopp stupid clueless irresponsib negligen "
        "incompeten complacen inattenti unprofessional idiot moron lazi amateur",
        r"\b(?:careless|reckless|thoughtless|sloppi|stupid|clueless|irresponsib)(?:ly|ness|ility|"
        r"ity)\b|"
        r"\bnegligen\w+|\bincompeten\w+|\bsloppily\b|\bcomplacen\w+|\binattenti\w+|"
        rf"\bunprofessional\w*|\b(?:careless|reckless|sloppy|thoughtless|stupid|clueless|irresponsible)"
        rf"(?!-|\w| (?:{_THING_WORDS})\b)|\bidiot\w*|\bmoron\w*|\blaziness\b|\bamateur(?:s|ish|"
        rf"ishly)\b",
    ),
    Signed(
        "asleep ball dereliction corners",
        r"\basleep at the (?:wheel|switch)\b|\bdropped the ball\b|\bdereliction\b|\bcut corners\b",
    ),
    Signed(
        "wilful willful disregard",
        r"\bwil?lful(?:ly)? (?:disregard|neglect|ignor\w+|negligence)|\bdisregard (?:of|for) the\b",
    ),
    Signed(
        "judg disciplin attention care diligen attitude ethic professionalism ownership "
        "vigilan sense thorough rigo competen commit motivat responsib foresight caution",
        rf"\b(?:poor|bad|lack of|no|terrible|questionable|insufficient|a (?:bit|little) more|more) "
        rf"(?:human )?(?:{VIRTUES})\b"
        rf"(?=\s(?:by|of|from|on the part of|in|among|on)\b(?: \S+){{0,3}})(?! from \d)",
    ),
    Signed(
        "judg care attention disciplin diligen sense",
        r"\b(?:poor judge?ment|lack of (?:care|attention|discipline|diligence|common sense))\b",
    ),
    Signed("known", r"\bshould(?:'ve| have) known\b"),
    Signed(
        "guess thinking people",
        r"\bguess who\b|\bwhat (?:was|were) (?:he|she|they) thinking\b|\bof all people\b",
    ),
    Signed("whose", r"\bwhose (?:fault|mistake|idea|bright idea)\b"),
    Signed(
        "head shame paid",
        r"\bheads? (?:must|should|have to|will) roll\b|\bname and shame\b|\bpaid for (?:his|her) "
        r"mistake",
    ),
    Signed(
        "blame fault guilt responsib",
        r"\b(?:blame|fault|guilt|responsibility)\b(?: for [^.;]{1,50}?)? (?:lies|rests|falls|sits|"
        rf"belongs|is)(?: squarely| solely| entirely| firmly| all)? (?:with|on|to) {OBJECT}",
    ),
    Signed(
        "blame responsib",
        r"\bwho(?:m)? (?:is|was|are|were) (?:really |actually )?(?:to blame|responsible for "
        r"(?:this|the (?:mess|outage|incident)))",
    ),
    Signed("who", r"\bwho (?:did|approved|allowed|merged|wrote|let) (?:this|that|it)\b"),
)
