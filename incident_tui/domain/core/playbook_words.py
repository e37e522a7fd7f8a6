"""Words that a playbook lists and a line names: finding the one that is meant.

What such a word is asked for, and what is recorded about it, stands in the file of each list.
"""

from collections.abc import Mapping, Sequence

from incident_tui.domain.core.commands import Refused, nearest
from incident_tui.domain.values.playbook import Choice, Containment


def chosen(
    word: str, choices: Sequence[Choice] | Sequence[Containment], *, what: str, lead: str
) -> str:
    """The id that `word` names; `Refused`, with every choice, when it names none."""
    if not choices:
        raise Refused(f"this playbook lists no {what}")
    for choice in choices:
        if choice.id.lower() == word.lower():
            return choice.id
    known = [choice.id for choice in choices]
    raise Refused(
        f"{word!r} is not a {what} of this playbook: {nearest(word, known)}",
        [(choice.title, f"{lead} {choice.id} …") for choice in choices],
    )


def unanswered(choices: Sequence[Choice], answers: Mapping[str, str]) -> list[Choice]:
    """Those of the choices that nobody has said anything about."""
    return [choice for choice in choices if choice.id not in answers]


def answers_text(choices: Sequence[Choice], answers: Mapping[str, str]) -> str:
    """What was said about each choice, one a line, in the order of the playbook."""
    return "\n".join(
        f"{choice.title}: {answers[choice.id]}" for choice in choices if choice.id in answers
    )
