"""kill -9 with something typed and not sent: each place where a person can write keeps its text.

A console is a real one on a terminal. What was typed and left, what stood open, and what a smaller
terminal showed is looked for at the next start.
"""

import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from msgspec import Struct

from tests.faults.counts import Count, read, text_of
from tests.faults.ground import Ground
from tests.faults.victim import Key, Victim

ESCAPE, ENTER, CUT, ANOTHER = "\x1b", "\r", "\x15", "\x0e"
TO_TIMELINE, TO_STAGE = "\x1b1", "\x1b2"
POSTMORTEM, UPDATE, CHECKPOINT, GATE = "\x14", "\x1b[15~", "\x1b[24~", "/gate\r"
"""Keys as a plain terminal sends them."""
TO_LOG_LINE: Key = ("i", r"(?m)^ tab panes")
LEAVES: Key = (ESCAPE, "Timeline ·")
OPENS_UPDATE: Key = (UPDATE, "Status update")
OPENS_CHECKPOINT: Key = (CHECKPOINT, "say one fact of it back")
CONSOLES = 3
"""How many consoles are typed into at a time."""

PLAYBOOK = """\
id = "forms"
title = "Forms"
purpose = "Write."
law = "Write it down."
layers = [{ id = "trigger", title = "Trigger" }]
mitigation-kinds = [{ id = "rollback", title = "roll back" }]
action-classes = [{ id = "prevent", title = "prevent" }]

[[severities]]
id = "HIGH"
title = "high"
criteria = "all"
example = "down"
respond-within = "now"

[[hats]]
id = "lead"
title = "Lead"
duty = "Decides."
commands = true

[[stages]]
id = "write"
title = "Write"
purpose = "fill it in"
review = "ask"
checks = [{ id = "severity.set" }]

[stages.produces]
id = "sheet"
title = "Sheet"
fields = [
    { id = "story", title = "Story", required = false },
    { id = "todo", title = "Todo", type = "checklist", required = false },
]

[[stages]]
id = "postmortem"
title = "Postmortem"
purpose = "learn"
review = "ask"
checks = [{ id = "severity.set" }]

[stages.produces]
id = "lesson"
title = "Lesson"
fields = [{ id = "moral", title = "Moral" }]

[deadlines]
postmortem-stage = "postmortem"

[messages]
initial = "{title}"
update = "{title}"
resolution = "{title}"
"""
SETTING = ("/sev HIGH", "/advance", "/checkpoint ana")
"""The stage waits for its review, and a packet waits to be read back."""


class Place(Struct, frozen=True):
    """Where a person can write: the keys that lead there, and those that lead away.

    A key that opens something has with it what is painted once that is open: on a busy machine the
    next key would otherwise be typed into whatever stood there before, as no person types.
    """

    name: str
    opens: tuple[Key, ...]
    back: tuple[Key, ...] = (LEAVES,)


ROOM = (
    (
        Place("log line", (TO_TIMELINE, TO_LOG_LINE), ()),
        Place("composer", (OPENS_UPDATE,)),
        Place("time of the next update", (OPENS_UPDATE, "\t")),
    ),
    (
        Place("form of a field", (TO_STAGE, "k", (ENTER, "Write · Story"))),
        Place("form of a checklist", (TO_STAGE, "j", (ENTER, "Write · Todo"))),
        Place(
            "postmortem",
            ((POSTMORTEM, "Postmortem · due"), (ENTER, "Postmortem · Moral")),
            ((ESCAPE, "To write"), LEAVES),
        ),
    ),
    (
        Place(
            "note of a gate",
            (
                TO_TIMELINE,
                TO_LOG_LINE,
                (GATE, "b send back"),
                ("b", "opens the note"),
                (ENTER, "What has to change"),
            ),
            (ESCAPE, LEAVES),
        ),
        Place("checkpoint", (OPENS_CHECKPOINT, (ANOTHER, "Remarks"), CUT)),
        Place("read-back", (OPENS_CHECKPOINT,)),
    ),
)
"""Places of one room, in groups that are visited in one round."""
AT_LEAST = len(ROOM) + 2
"""Rounds in which each place has its turn; the declaration and pasted lines have one each."""


def of_drafts(count: Count, rounds: int, base: Path, chance: random.Random) -> None:
    """What stood on the screen for a second and was not sent is there at the next start."""
    # Consoles mostly wait to be typed into, so some of them can do it at the same time.
    with ProcessPoolExecutor(CONSOLES) as pool:
        begun = [
            pool.submit(_round, turn, base / str(turn), f"draft{turn}of{chance.randrange(10**6)}")
            for turn in range(rounds)
        ]
        for done in begun:
            part = done.result()
            count.rounds += 1
            count.acknowledged += part.acknowledged
            count.problems += part.problems


def _round(turn: int, base: Path, draft: str) -> Count:
    count = Count(f"kill -9 with a draft, {draft}", rounds=1)
    cycle, kind = divmod(turn, AT_LEAST)
    if kind < len(ROOM):
        # Each of the group is once the one that stands open at the end.
        places, shift = ROOM[kind], cycle % len(ROOM[kind])
        _in_the_room(count, base, draft, (*places[shift:], *places[:shift]))
    else:
        (_declaration, _paste)[kind - len(ROOM)](count, base, draft)
    return count


def _in_the_room(count: Count, base: Path, draft: str, places: Sequence[Place]) -> None:
    """Write in each place and leave it, but for the last one; all are there after the kill."""
    ground = Ground(base)
    base.joinpath("forms.toml").write_text(PLAYBOOK, encoding="utf-8")
    for words in (("declare", "5xx", "--playbook", "forms.toml"), ("log", *SETTING)):
        done = ground.run(*words)
        if done.returncode:
            raise RuntimeError(done.stderr)
    texts = {place.name: f"{draft}n{number}" for number, place in enumerate(places)}
    with Victim(ground) as console:
        console.until("›")
        for place in places:
            console.keys(*place.opens)
            console.send(texts[place.name])
            if console.until(texts[place.name], fails=False) is None:
                count.lose(f"{place.name}: typed and never shown: {console.tail()}")
                return
            if place is not places[-1]:
                console.keys(*place.back)
        console.resize(80, 24)
        console.linger(1.0)
    with Victim(ground) as console:
        console.until("›")
        for place in places:
            count.acknowledged += 1
            console.keys(*place.opens)
            if console.until(texts[place.name], seconds=5, fails=False) is None:
                count.lose(f"the draft of the {place.name} is gone: {console.tail()}")
            console.keys(*place.back)
    _expect_unrecorded(count, ground)


def _declaration(count: Count, base: Path, draft: str) -> None:
    """Its title, before there is any incident."""
    ground = Ground(base)
    with Victim(ground) as console:
        console.until("No incident yet")
        console.keys(("n", "What do users feel"))
        console.send(draft)
        if console.until(draft, fails=False) is None:
            count.lose(f"declaration: typed and never shown: {console.tail()}")
            return
        console.resize(80, 24)
        console.linger(1.0)
    count.acknowledged += 1
    with Victim(ground) as console:
        console.until("No incident yet")
        console.keys(("n", "What do users feel"))
        if console.until(draft, seconds=5, fails=False) is None:
            count.lose(f"the draft of the declaration is gone: {console.tail()}")


def _paste(count: Count, base: Path, draft: str) -> None:
    """Pasted lines, one of them being changed: both are in sight at the next start."""
    ground = Ground(base)
    ground.declare()
    with Victim(ground) as console:
        console.until("›")
        console.keys(f"\x1b[200~{draft}first\n{draft}second\x1b[201~", "e", CUT)
        console.send(f"{draft}changed")
        if console.until(f"{draft}changed", fails=False) is None:
            count.lose(f"pasted lines: typed and never shown: {console.tail()}")
            return
        console.resize(80, 24)
        console.linger(1.0)
    count.acknowledged += 1
    with Victim(ground) as console:
        for text in ("first", "second", "changed"):
            if console.until(f"{draft}{text}", seconds=5, fails=False) is None:
                count.lose(f"the pasted line {text!r} is gone: {console.tail()}")
    _expect_unrecorded(count, ground)


def _expect_unrecorded(count: Count, ground: Ground) -> None:
    for path in ground.home.glob("*/incident.json"):
        log = read(ground.home, path.parent.name)
        if isinstance(log, str):
            count.lose(log)
        else:
            sent = [text_of(entry) for entry in log.entries]
            count.expect(not any("draft" in text for text in sent), "a draft was recorded")
