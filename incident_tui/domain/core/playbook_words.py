"""Words of which a line names one, most of them listed by the playbook: finding the one meant.

What such a word is asked for, and what is recorded about it, stands in the file of each list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from incident_tui.domain.core.commands import Refused, Unchosen, completes, nearest
from incident_tui.domain.core.rules import Missing
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.playbook import Choice, Containment, Hat, Playbook
from incident_tui.domain.values.text import label


def one_of(word: str, known: Mapping[str, str], *, what: str, line: str = "") -> str:
    """The one of `known` words, each with its meaning, that `word` names in any letter case.

    `Unchosen` when it names none: `what` is what it is not, with its article, and `line` is how
    each word that it could be is typed, with ``{}`` in its place.
    """
    for each in known:
        if each.lower() == word.lower():
            return each
    raise Unchosen(
        f"{word!r} is not {what}: {nearest(word, known)}",
        [(meaning, line.format(each)) for each, meaning in known.items()] if line else [],
    )


def titles(choices: Iterable[Choice] | Iterable[Containment]) -> dict[str, str]:
    """What the playbook lists, by id: how each is called."""
    return {choice.id: choice.title for choice in choices}


def completes_by(
    placeholder: str, listed: Callable[[Playbook], Iterable[Choice] | Iterable[Containment]]
) -> None:
    """Declare that a placeholder is the id of one of what the playbook has `listed`."""
    completes(placeholder)(lambda incident: titles(listed(incident.playbook)).items())


def title_of(choices: Iterable[Choice] | Iterable[Containment] | Iterable[Hat], wanted: str) -> str:
    """How what has that id is called; the id as a label where the playbook does not list it."""
    return next((choice.title for choice in choices if choice.id == wanted), label(wanted))


def chosen(
    word: str, choices: Sequence[Choice] | Sequence[Containment], *, what: str, lead: str
) -> str:
    """The id that `word` names; `Refused`, with every choice, when it names none."""
    if not choices:
        raise Refused(f"this playbook lists no {what}")
    return one_of(word, titles(choices), what=f"a {what} of this playbook", line=f"{lead} {{}} …")


def yes_or_no(answer: bool, note: str) -> str:
    """An answer as it is shown, with the note that came with it."""
    return ("yes" if answer else "no") + (f", {note}" if note else "")


def unanswered(
    choices: Sequence[Choice], answers: Mapping[str, str], *, what: str, line: str
) -> Missing | None:
    """The choices that nobody has said anything about, after `what` that is; None without any.

    `line` is the line that says it of one, with ``{}`` in its place.
    """
    left = [choice for choice in choices if choice.id not in answers]
    if not left:
        return None
    named = ", ".join(choice.title for choice in left)
    return Missing(f"{what}: {named}", line.format(left[0].id))


def answers_text(choices: Sequence[Choice], answers: Mapping[str, str]) -> Rows:
    """What was said about each choice, one a line, in the order of the playbook."""
    return item_rows(
        f"{choice.title}: {answers[choice.id]}" for choice in choices if choice.id in answers
    )
