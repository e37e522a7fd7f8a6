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

BAD = (
    r"(?:inexperienced|untrained|unskilled|over-?confident|careless|lazy|sloppy|hasty|"
    r"unqualified|clumsy|reckless|"
    r"negligent|incompetent|inattentive|impatient|over-?eager|trigger-happy|half-hearted|hurried|"
    r"cowboy|stubborn|arrogant|ignorant|clueless|unprofessional|irresponsible|thoughtless|"
    r"complacent|stupid|foolish|amateur\w*|sleepy|undisciplined|unreliable|overzealous)"
)
_ACT = (
    r"(?:review|edit|change|deploy\w*|command|work|migration|config\w*|rollout|commit|merge|"
    r"push|approval|testing|test|check|cleanup|clean-up|fix|copy|paste|restart|reboot|handling|"
    r"hand-?over|decision|guess|shortcut|hack|preparation|planning|reading|behaviou?r|mistake|"
    r"error|click|typing|script|script run|handling|execution|monitoring|attempt|move|attitude)"
)
_DEPARTMENTS = (
    r"security|support|networking|procurement|sales|marketing|product|legal|finance|hr|leadership|"
    r"(?:the )?(?:vendor|supplier|hoster|agency)"
)

JUDGEMENTS = (
    Signed("human", r"\bhuman (?:error|mistake|failure|failing|carelessness)\b"),
    Signed(
        "operator user pilot engineer developer admin layer",
        r"(?<![-\"'\u201c])\b(?:operator|user|pilot|engineer|developer|admin|administrator|layer[- "
        r"]8)(?:'s)? "
        r"(?:error|mistake)s?(?<!user errors)\b(?![- ](?:rates?|counters?|counts?|messages?|codes?|"
        r"pages?|logs?|budgets?|ratios?|handl\w+|reports?|metrics?|class\w*))",
    ),
    Signed(
        "blame fault",
        r"(?:^|\b(?:what|who|whom|that|and|because|since|as|,) )(?-i:@?[A-Z]?[a-z]{2,}) (?:is|was) "
        r"(?:\w+ly )?(?:to blame|at fault)\b",
    ),
    Signed("pebkac id10 id-10 layer", r"\bpebkac\b|\bid-?10-?t\b|\blayer[- ]8\b"),
    Signed("finger", r"\bfat[- ]?finger\w*"),
    Signed(
        "careless reckless thoughtless slopp stupid clueless irresponsib negligen "
        "incompeten complacen inattenti unprofessional idiot moron lazi amateur",
        r"\b(?:careless|reckless|thoughtless|sloppi|stupid|clueless|irresponsib)(?:ly|ness|ility|"
        r"ity)\b|\bnegligen\w+|\bincompeten\w+|\bsloppily\b|\bcomplacen\w+|\binattenti\w+|"
        rf"\bunprofessional\w*|\b(?:careless|reckless|sloppy|thoughtless|stupid|clueless|"
        rf"irresponsible)"
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
        "wrong special",
        r"\bwrong (?:person|people|man|woman|guy)s? (?:at|on|for|in)\b|\bspecial kind of "
        r"(?:person|people)\b",
    ),
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
    # phrases
    Signed(
        "human keyboard",
        r"\bhuman factor\b(?! (?:analysis|review|training|engineering))|\bbetween (?:the )?"
        r"(?:keyboard and (?:the )?chair|chair and (?:the )?keyboard)\b",
    ),
    Signed(
        "blame",
        r"\bonly (?:ourselves|himself|herself|themselves|myself|yourself) to blame\b|"
        r"\b(?:we|they|i|he|she) (?:only )?ha(?:ve|s|d) (?:no ?(?:one|body) else|only \w+sel\w+) "
        r"to blame",
    ),
    Signed(
        "finger names know respect offen blame point",
        r"\bnot (?:to )?(?:point(?:ing)? (?:any )?fingers|nam(?:e|ing) (?:any )?names)\b|"
        r"\bnaming no names\b|\bpoint(?:ing)? (?:the|a|our) finger at\b|\bwe all know who\b|"
        r"\bwith all due respect\b|\bno offen[cs]e\b|\b(?:don't|do not) want to (?:name names|"
        r"blame|point)\b",
    ),
    Signed(
        "experienc untrain unskill confiden careless lazy slopp hasty unqualif clumsy "
        "reckless negligen incompet inattent impatient eager trigger hearted hurried "
        "cowboy stubborn arrogant ignorant clueless unprofess irrespons thoughtless "
        "complac stupid foolish amateur sleepy undisciplin unreliab zealous dumb terrible "
        "awful horrible silly brain",
        rf"(?<!-)\b(?:{BAD}|dumb|terrible|awful|horrible|sloppy|silly|brain-dead) "
        rf"(?:{_ACT}|mistake|query|error)(?:s|es)?\b",
    ),
    Signed("human", r"\bhuman (?:eror|errror|erorr|mistakes?|errors?)\b(?! (?:rate|budget))"),
    Signed(
        "laps",
        r"\blaps(?:e|es|us) (?:of|in) (?:concentration|attention|judge?ment|discipline|care|memory|"
        r"reason)\b",
    ),
    Signed(
        "disciplin guilty culprit scapegoat witch",
        r"\bdiscipline problem\b|\bguilty part(?:y|ies)\b|\bculprits?\b|\bscapegoat\b|\bwitch[- "
        r"]hunt\b",
    ),
    Signed(
        "sense thinking thought care attention brain",
        r"\bcommon sense (?:would|should|says|dictates|was)\b|\bwith (?:a )?(?:minimum|bit) of "
        r"(?:thinking|thought|care|attention|common sense)\b|\bhalf a brain\b|\bcommon sense\b[^.;]"
        r"{0,20}\bmissing\b",
    ),
    Signed(
        "hard difficult much dumb stupid blind lazy careless",
        r"\b(?:was|is|were) it (?:really )?(?:that|so|too) (?:hard|difficult|much)\b|\btoo much to "
        r"ask\b|\bhow hard (?:can|could|is) it\b|\bhow (?:dumb|stupid|blind|lazy|careless)\b",
    ),
    Signed("courtesy", r"\bcourtesy of\b(?! (?:the )?\w+ (?:pattern|header))"),
    Signed(
        "eyes pants homework trust account responsib liable trigger cowboy hr human talk "
        "disciplin warning skill user rookie n00b noob blame sleeping palm",
        r"\beyes (?:shut|closed)\b(?=[.!]|$)|\bpants down\b|\b(?:his|her|their) homework\b|"
        r"\bcan(?:'t|not) be trusted\b|\bheld? (?:\S+ ){1,4}?(?:accountable|responsible|liable)\b|"
        r"\bhold (?:\S+ ){1,4}?(?:accountable|responsible|liable)\b|\btrigger-happy\b|\bcowboy\b|"
        r"\b(?:hr|human resources) (?:will|was|has|is|must|should)\b|\bserious talk with\b|"
        r"\bdisciplinary\b|\bwritten warning\b|\bskill issue\b|\buser too\b|\brookie\b|\bn00b\b|"
        r"\bnoob\b|\bblame game\b|\bsleeping on (?:the job|duty)\b|\bface-?palm\w*",
    ),
    Signed(
        "neglect refused forgot chose bother failed hid quiet never ignored",
        rf"\b(?:{_DEPARTMENTS}) (?:\w+ly )?(?:neglected|refused|forgot|chose not|did(?:n't| not) "
        rf"bother|"
        r"could(?:n't| not) be bothered|failed to (?:tell|inform|warn|mention|announce|ask)|hid|"
        r"kept quiet|never (?:told|informed|warned|asked|bothered)|ignored (?:us|our|every|all))\b",
    ),
)
