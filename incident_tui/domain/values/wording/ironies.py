"""Ironies: what is said of nobody by name, and yet of somebody who ought to have been better.

They speak of what anybody would expect, praise what nobody would praise, and wonder at what was
plain. Such words stand in no sentence about a thing.
"""

from incident_tui.domain.values.wording.people import OBJECT, SUBJECT
from incident_tui.domain.values.wording.signed_rules import Signed

_CARE = (
    r"(?:care|attention|thought|thinking|effort|sense|common sense|diligence|discipline|experience|"
    r"foresight|communication|respect|honesty|humility|courage|preparation|review|look|glance|"
    r"reading|checking|testing|curiosity|patience|judge?ment|planning|supervision)"
)
_WORK = (
    r"(?:job|work|handling|execution|attempt|effort|performance|decision|call|choice|idea|thinking|"
    r"move|teamwork|communication|planning|craftsmanship|workmanship|judge?ment|preparation|stunt|"
    r"handover|reviewing|timing)"
)

RULES = (
    # what anybody would expect
    Signed(
        "one you anyone anybody",
        r"\b(?:one|you|anyone|anybody)(?:'d| would| might| could| should| may) (?:have )?(?:been )?"
        r"(?:expect|think|thought|assume|hope|imagine|believe|suppose|wish|like to think)\w*\b"
        r"(?! (?:an? |the )?(?:error|status|value|response|retry|timeout)\b)",
    ),
    Signed(
        "better", r"\b(?:should|ought to|must|might|could)(?: really| have)* know(?:n|s)? better\b"
    ),
    Signed(
        "anyone anybody everyone everybody someone somebody whoever person people",
        r"\b(?:anyone|anybody|everyone|everybody|any \w+|a \w+|someone|somebody) (?:with|who has|"
        r"in) "
        r"(?:(?:two|working|open|any|some|half|basic|an? (?:bit|ounce|grain|shred|minimum) of|"
        r"(?:his|her|their) right|a) )*(?:eyes?|brains?|sense|pulse|mind|clue|experience|care|"
        r"ears|conscience|common sense)\b",
    ),
    Signed(
        "sense care attention effort thought thinking diligence discipline look glance",
        rf"\b(?:a (?:bit|little|minimum|modicum|shred|grain|touch)(?: more)?(?: of)?|some|"
        rf"(?:the )?(?:slightest|least|minimal|basic|ordinary|elementary|more|proper|simple|quick|"
        rf"single|five minutes of|two minutes of)) (?:\w+ )?{_CARE}\b[^.;]{{0,40}}\b"
        r"(?:would|could|might|should) (?:have|\w+ have)\b",
    ),
    Signed(
        "happened avoid prevent",
        r"\b(?:would|could|should|need|might)(?:n't| not| never| easily| simply)*(?: ever)? have "
        r"(?:been (?:\w+ly )?(?:avoided|prevented)|happened)[^.;]{0,20}\b(?:with|by|had|if|under) "
        rf"(?:[^.;]{{0,40}}\b{OBJECT}|(?:a |an |any |some |just |only |even |more |better |proper |"
        rf"basic |little |bit |of )*{_CARE}|anyone|anybody|someone|somebody|people|they|we|he|she)",
    ),
    Signed(
        "avoidable preventable",
        r"\b(?:entirely|easily|completely|so|totally|perfectly|utterly|"
        r"trivially) (?:avoidable|preventable)\b",
    ),
    # mock praise
    Signed(
        "genius hero clever smart bright wise joker clown wizard expert brilliant star rocket "
        "specialist wise",
        r"\b(?:some|our|the (?:local|resident|usual|great|brilliant)|another|a certain|this|that) "
        r"(?:\w+ )?(?:genius|hero|joker|clown|wizard|smart\w*|clever (?:person|one|clogs|soul|"
        r"dev\w*|"
        r"engineer)|bright spark|wise (?:guy|man)|rock ?star|so-called expert|comedian|cowboy)\b",
    ),
    Signed(
        "job work handling execution attempt effort performance stunt teamwork workmanship "
        "decision call idea move thinking planning communication timing",
        rf"\b(?:poor|lousy|shoddy|sloppy|half-?\w+ed|terrible|awful|miserable|lame|weak|pathetic|"
        rf"dismal|abysmal|brilliant|stellar|outstanding|impressive|heroic|splendid|masterful|"
        rf"bang-up|"
        rf"great|nice|lovely|fine|wonderful|magnificent|superb|amateur\w*|slapdash|botched|"
        rf"laughable|disappointing|disgraceful|embarrassing|questionable) (?:\w+ )?{_WORK}\b"
        rf"(?=[^.;]{{0,60}}\b(?:by|from|of|on the part of|,|to|again) ?{OBJECT}|"
        r"[ ,]+(?:again|as (?:usual|always)|everyone|everybody|team|guys|folks|there)\b|\W*$)",
    ),
    Signed(
        "poor sloppy lousy bad shoddy half",
        rf"{SUBJECT} (?:\w+ly )?(?:did|does|made|delivered|has done|had done|turned in|showed|"
        rf"gave) "
        rf"(?:us |such )?(?:an? |the |some |only )*(?:\w+ly )?(?:poor|bad|sloppy|lousy|shoddy|"
        r"half\S*|terrible|awful|miserable|weak|pathetic|mediocre|superficial)\b",
    ),
    Signed(
        "typo mistake slip oversight blunder error gaffe howler",
        r"\b(?:silly|dumb|classic|embarrassing|stupid|careless|childish|elementary|avoidable|"
        r"unforced|unnecessary|basic|beginner'?s?|schoolboy|laughable|needless|ridiculous|foolish|"
        r"rookie) (?:\w+ )?(?:typo|mistake|slip(?:-?up)?|oversight|blunder|error|gaffe|howler)s?\b"
        r"(?! (?:page|message|code|rate|handl\w+|type|class|log)s?\b)",
    ),
    # wonder at what was plain
    Signed(
        "unsurprising predictabl needless naturally usual always ever course honest",
        r"(?:^|[.;:(] ?)(?:unsurprisingly|not surprisingly|to (?:no ?(?:body|one)|everyone)'s "
        r"surprise|predictably|"
        r"needless to say|naturally|as (?:usual|always|ever)(?=,)|of course|let's be (?:honest|"
        r"frank|clear)|to be (?:honest|frank)|frankly|typical(?:ly)?)[, ]",
    ),
    Signed(
        "surpris",
        r"\bsurprise,? surprise\b|\bwhat a surprise\b|\bno surprise (?:there|then|that "
        r"(?:nobody|no one|they|he|she))\b",
    ),
    Signed(
        "ask trouble",
        r"\btoo (?:much|hard|difficult) (?:to ask|for some|for (?:him|her|them))\b|"
        r"\basking for trouble\b",
    ),
    Signed(
        "themselves himself herself myself",
        r"\bto (?:themselves|himself|herself)\b|\b(?:help|excuse|congratulate|distinguish|cover|"
        r"outdid|proud of|full of|sure of|think of|make) \w*(?:himself|herself|themselves)\b",
    ),
    Signed(
        "better thinking thought hesitation",
        r"\bagainst (?:all |his |her |their )?better (?:knowledge|judge?ment)\b|"
        r"\bwithout (?:any |much )?(?:thinking|a second thought|second thoughts)\b",
    ),
    Signed(
        "ignoring forgetting skipping disregarding neglecting",
        r"\b(?:ignoring|forgetting|skipping|disregarding|neglecting)\b[^.;]{1,40} (?:is|was) what "
        r"(?:got|brought|led|made|caused)\b",
    ),
    Signed("usual", r"\b(?:the )?usual (?:suspects|people|crowd|candidates|culprits)\b"),
    Signed("adult grown", r"\bno (?:adults?|grown-?ups?)\b"),
    Signed(
        "occur",
        rf"\b(?:never|not|n't)(?: even)? occur(?:red)? to (?:anyone|anybody|{OBJECT})",
    ),
    Signed(
        "how",
        r"\bhow (?:can|could) (?:one|you|anyone|anybody|somebody|someone) (?:even |ever )?"
        r"(?:forget|miss|overlook|not|ignore|be so|do that|do this)\b",
    ),
    Signed(
        "anyone anybody",
        r"\b(?:anyone|anybody) (?:reading|looking|watching|checking|thinking)\b[^.;]{1,40}\bwould "
        r"have\b",
    ),
    Signed(
        "rot slide slip pass",
        r"\blet (?:it|this|that|things|the \w+) (?:rot|slide|slip)\b|\blet (?:it|this|that) pass\b"
        r"(?=[^.;]{0,30}\b(?:without|again|unread))",
    ),
    Signed("excuse", r"\b(?:there is |there's |with )?no excuse\b|\bexcuses\b|\bpoor excuse\b"),
    Signed(
        "kill hurt",
        r"\b(?:would|wouldn't) (?:it )?(?:have )?(?:killed?|hurt) (?:to|anybody|anyone|"
        r"him|her|them|us|\w+ to)\b|\bwould not have hurt (?:to|anybody|anyone)\b",
    ),
    Signed(
        "talent special",
        r"\b(?:it )?(?:takes?|took|requires?) (?:real |some |a special |true )"
        r"(?:talent|skill|kind of|genius|courage)\b",
    ),
    Signed(
        "thanks",
        r"\b(?:many |big |special )?thanks for (?:nothing|that|the (?:mess|outage))\b|"
        r"\bthanks (?:a lot|so much)\b",
    ),
    Signed("wrong", r"\bwhat could (?:possibly )?go wrong\b"),
    Signed(
        "applause bravo clap hats",
        r"\b(?:bravo|kudos|slow clap|round of applause|hats off|chapeau)"
        r"\b",
    ),
    Signed(
        "too",
        r"\b(?:is|was|were|are) (?:apparently |clearly |obviously )?too busy\b(?! (?:to "
        r"(?:serve|accept|answer requests)|with (?:re|com|flush)))",
    ),
    Signed(
        "apparently obviously clearly evidently somehow",
        r"\b(?:apparently|obviously|clearly|evidently|presumably),? (?:reading|checking|looking|"
        r"asking|"
        r"testing|thinking|following|documentation|runbooks|reviews|tests|rules|warnings|nobody|no "
        r"one|\w+ is (?:optional|too))\b",
    ),
    Signed(
        "optional",
        r"\b(?:reading|testing|reviews?|rules|checklists?|runbooks?|documentation|warnings) "
        r"(?:is|are|"
        r"was|were|seems?|seemed) (?:\w+ly |to be )*(?:optional|for (?:others|other people|cowards|"
        r"losers))\b",
    ),
)
