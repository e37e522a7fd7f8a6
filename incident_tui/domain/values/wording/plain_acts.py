"""What people do in an incident, and what befalls them, that no conclusion need ask about.

The work of an incident knows few verbs. Whatever else somebody is the subject of is told about
*them*, so that an idiom which no list holds is found by its subject. A reason that lies in a thing,
or a time, makes a report of it.
"""

from incident_tui.domain.values.wording.people import NOBODY, ONE, WITH_A_REASON
from incident_tui.domain.values.wording.signed_rules import Signed

_ACTS = """
accepted acked acknowledged adapted added adjusted agreed aligned allowed amended analysed analyzed
announced answered appended applied approved argued arranged arrived asked assigned attached
attempted attended audited authorised authorized backed based began blocked booked bought brought
built bumped called came cancelled changed charged checked chose claimed cleaned cleared cloned
closed collected combined committed compared compiled completed composed computed concluded
confirmed connected considered contacted continued copied corrected counted covered created cut
debugged decided declared decommissioned deduced deferred deleted deployed deprecated derived
described designed detached detected determined did disabled discovered discussed documented
doubled downloaded drafted drained drew dropped edited emptied enabled ended engaged enlarged
entered escalated established estimated evicted examined exchanged excluded executed expanded
expected expired explained exported extended extracted failed fetched filed filled filtered
finished fixed flagged flipped flushed followed forced forwarded found freed froze gained gathered
gave generated got granted grew grouped guided had halted halved handed handled heard held helped
identified imported improved included increased indexed informed inherited initiated inserted
inspected installed introduced invalidated invented investigated invited isolated issued joined
judged kept killed knew labeled labelled launched learned learnt left lifted limited linked listed
loaded located locked logged looked lowered made maintained managed mapped marked measured
mentioned merged met migrated mirrored mitigated modified monitored mounted moved muted named
needed noted noticed notified observed obtained offered opened ordered paged paid paired passed
patched paused performed phoned picked pinged pinned placed planned pointed posted prepared
presented prevented printed produced profiled promoted proposed proved provided provisioned
published pulled purchased purged put queried queued quoted raised ran reached reacted read
rebooted rebuilt recalled received recognised recognized recommended reconnected reconstructed
recorded recovered recreated redeployed redirected reduced refactored referred refreshed registered
rehearsed reindexed released relied reloaded remained removed renamed renewed repaired repeated
replaced replayed replicated replied reported reproduced requested required rerouted rescheduled
reset resized resolved responded restarted restored resumed resynced retired retried retrieved
returned reverted reviewed rewrote rolled rotated routed said sampled saved saw scaled scanned
scheduled searched seeded selected sent separated served set shared shifted shipped shortened
showed shut sided signalled signed silenced simulated sized slowed solved sorted sought spent split
spoke spotted spread spun started stated stayed stepped stood stopped stored studied submitted
subscribed suggested summarised summarized supplied supported suspected suspended swapped switched
synced tagged talked taught tested thought throttled tightened timed toggled told took traced
tracked trained transferred treated tried triggered trimmed truncated tuned turned typed unblocked
understood undid unlocked updated upgraded uploaded used validated verified visited voted waited
walked wanted warned watched went widened woke won worked wrote
"""
_BEFALLS = """
able absent added again agreed alerted allocated allowed alone also always among an and another
appointed around asked assigned at available awake aware away based because being between blocked
both busy but called connected copied due during employed engaged expected experts first for four
from given gone granted here hired home ill in included informed invited involved joined kept
limited listed locked logged looking members moved named needed new next not notified off offered
on onboarded one only out over paged part permitted present promoted put reached reading ready
receiving remote removed replaced required routed running sent set short shown sick six split still
supposed taught the then there three to together told trained two unable unavailable unaware under
unreachable used using waiting warned watching with without woken working writing
"""
_IRREGULAR = (
    "let|broke|hid|lost|fell|forgot|slept|threw|blew|stuck|stole|swore|bent|bet|drove|dug|fought|"
    "fled|hung|quit|shot|sank|slid|swung|tore|withdrew|overrode|mistook|misled|misread|overslept"
)
_CLAUSE = (
    r"(?:^|[.;:,(-] ?|\b(?:because|since|when|after|that|if|as|and|but|so|while|although|though) )"
)
_SUBJECT = (
    rf"(?:(?:the|our|an?|that|this|his|her|some|each|one of the) (?:[\w-]{{1,20}} ){{0,2}}?)?{ONE}"
)
"""Not "we": who tells of themselves blames nobody else."""
_ADVERBS = r"(?: (?:\w+ly|just|even|once|again|also|then|still|had|has|have|already|never))*"
_NO_TIME = r"(?![^.;]{0,120}\d)"
"""A report says when, or how many."""
_NO_CLAUSE = r"(?![^.;]{0,80}[,;:] (?:it|its|there|the|no|as|since|because|they|which)\b)"
_AT_ALL = (
    "was|were|is|are|wasn't|isn't|could|can|cannot|couldn't|can't|had|has|have|knew|knows|owns|"
    "holds|gets?|got|will|would|needs?|of|else|in|at|on|to|who|from|outside|receives?|received|"
    "reached|for|inside|may|might|works?|remains?|answers? for|with|but|except|here|there|did|does|"
    "watched|watches|measured|measures|counted|rehearsed|logged|recorded|documented|"
    "monitors|monitored|owned|maintains|maintained|uses|used|runs|covers|covered"
)

RULES = (
    Signed(
        "",
        rf"{_CLAUSE}{_SUBJECT}{_ADVERBS} (?!(?:{'|'.join(_ACTS.split())})\b)"
        rf"(?:(?!need\b)\w+ed|{_IRREGULAR})\b"
        rf"{WITH_A_REASON}{_NO_CLAUSE}{_NO_TIME}",
    ),
    Signed(
        "",
        rf"{_CLAUSE}{_SUBJECT} (?:was|were|is|are)(?:n't| not)?"
        r"(?: (?:\w+ly|too|so|just|rather|very))*"
        rf" (?!(?:{'|'.join(_BEFALLS.split())})\b)(?!\w+(?:ly|ing)\b)[a-z'-]{{3,}}"
        rf"{WITH_A_REASON}{_NO_CLAUSE}{_NO_TIME}",
    ),
    Signed(
        "",
        rf"(?>{NOBODY}) (?!(?:{_AT_ALL})\b)"
        r"(?:\w+ed|saw|thought|felt|spoke|took|said|found|stood|gave|kept|came)(?= \w)"
        rf"{WITH_A_REASON}{_NO_CLAUSE}"
        r"(?![^.;]{0,120}:\d\d)",
    ),
    Signed(
        "every all",
        r"\b(?:everyone|everybody|they all|we all|all of (?:us|them))(?: \w+ly)? (?:knew|assumed|"
        rf"thought|hoped|waited|looked|saw|watched|believed|trusted|expected){WITH_A_REASON}",
    ),
)
