"""What is done most, and the keys that it takes beside the text that is typed.

Keys stand here by the names of their bindings, so that the page shows those that there are; a sign
that is typed is a key as well. Words in capitals are text, and so is a time. A test reads the page,
does each task with these keys, and counts them.
"""

from collections.abc import Iterator

from tables import table

TASKS = {
    "declare an incident": "incidents.declare TITLE line.submit",
    "log a fact": "TEXT line.submit",
    "log what was earlier": "@ TIME space TEXT line.submit",
    "set the severity": "verb.sev 2 line.submit",
    "put on a hat": "verb.hat s line.submit line.submit",
    "post the update that the log makes": "verb.update composer.post",
    "rule a hypothesis out": "room.pane_4 rows.choose 4 REASON line.submit",
    "note an action item": "+ TEXT line.submit",
    "ask for the approval of a stage": "verb.advance line.submit",
    "approve it": "verb.gate gate.approve line.submit",
    "hand over": "verb.checkpoint NAME checkpoint.hand_over line.submit",
    "correct the last entry": "room.pane_1 pane.correct TEXT line.submit",
    "find an entry": "room.pane_1 rows.filter WORDS rows.choose",
    "read what was said at a time": "room.pane_1 rows.go_to TIME rows.choose",
    "copy an update": "room.pane_1 rows.filter KIND rows.choose pane.copy",
    "see what is wrong here": "room.flags",
    "see what is overdue anywhere": "app.follow_up follow_up.only_overdue",
    "give a pane the whole screen": "room.pane_4 room.zoom",
    "go to another incident": "app.incidents rows.down rows.choose",
    "record pasted lines": "LINES rows.choose",
    "take back the last line, or paste": "verb.undo line.submit",
    "bring it back": "verb.redo line.submit",
}
HEAD = """\
What is typed is written in capitals, and a time that is typed is text. What nobody can take back is
asked about, so that it takes a key more.
"""


def tasks(keys: dict[str, str]) -> str:
    """The table of tasks, with the keys of bindings by their names."""

    def written(steps: str) -> Iterator[str]:
        for step in steps.split():
            yield step if step.isupper() else f"`{keys.get(step, step)}`"

    rows = (
        (task, " ".join(written(steps)), str(sum(not step.isupper() for step in steps.split())))
        for task, steps in TASKS.items()
    )
    return "\n".join(
        ["## How many keys it takes", "", HEAD, *table(("what", "keys", "how many"), rows), ""]
    )
