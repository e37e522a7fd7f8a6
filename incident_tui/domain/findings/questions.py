"""Open questions: what is uncertain is recorded as such, never invented."""

from datetime import datetime
from typing import ClassVar

import msgspec

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command, completes
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Projection,
    Reference,
    Words,
    projects,
)
from incident_tui.domain.core.rules import Missing, Raised, check, flag, source
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import counted


class QuestionAsked(Event, frozen=True, tag="question.asked"):
    """Something is not known."""

    kind: ClassVar[str] = "question"
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its number and text."""
        item = incident.of(Questions).by_id.get(entry.id)
        return f"{item.number} {self.text}" if item else self.text


class QuestionAnswered(Event, frozen=True, tag="question.answered"):
    """Something became known."""

    kind: ClassVar[str] = "answer"
    question: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which question, and the answer."""
        item = incident.of(Questions).by_id.get(self.question)
        return f"{item.number if item else 0} {self.text}"


class Question(msgspec.Struct):
    """One question; `answer` is empty while it is open."""

    number: int
    entry: Entry
    text: str
    answer: str = ""


class Questions(Projection):
    """Every question in the order asked."""

    def __init__(self, incident: Incident) -> None:
        super().__init__(incident)
        self.items: list[Question] = []
        self.by_id: dict[str, Question] = {}

    @property
    def open(self) -> list[Question]:
        """Those without an answer."""
        return [item for item in self.items if not item.answer]


@projects(QuestionAsked, Questions)
def _asked(questions: Questions, event: QuestionAsked, entry: Entry) -> None:
    item = Question(len(questions.items) + 1, entry, event.text)
    questions.items.append(item)
    questions.by_id[entry.id] = item


@projects(QuestionAnswered, Questions)
def _answered(questions: Questions, event: QuestionAnswered, entry: Entry) -> None:
    if item := questions.by_id.get(event.question):
        item.answer = event.text


@command("/question TEXT", help="something is not known", example="/question were webhooks lost?")
def ask(context: CommandContext, text: str) -> Planned:
    """An open question."""
    return QuestionAsked(text=text)


@command(
    "/answer N TEXT", help="answer an open question", example="/answer 1 no, all were replayed"
)
def answer(context: CommandContext, n: int, text: str) -> Planned:
    """Question `n` has an answer, which may be that it stays unknown."""
    items = context.incident.of(Questions).items
    if not 1 <= n <= len(items):
        raise Refused(f"there is no question {n}", [("ask one", "/question …")])
    return QuestionAnswered(question=items[n - 1].entry.id, text=text)


@completes("/answer N")
def _numbers(incident: Incident) -> list[tuple[str, str]]:
    return [(str(item.number), item.text) for item in incident.of(Questions).open]


@check("questions.answered", title="no question is left open")
def answered(incident: Incident) -> Missing | None:
    """Each question has an answer."""
    left = incident.of(Questions).open
    if not left:
        return None
    return Missing(
        f"question {left[0].number} ({left[0].text}) is open", f"/answer {left[0].number} …"
    )


@source("questions.open")
def listed(incident: Incident) -> str:
    """The open questions, one a line."""
    return "\n".join(item.text for item in incident.of(Questions).open)


@flag("questions.left", why="A question that nobody answers comes back as an incident.", worst=16)
def questions_left(incident: Incident, now: datetime, threshold: int) -> Raised | None:
    """The incident ends with open questions."""
    since = incident.of(Lifecycle).ending_since
    left = incident.of(Questions).open
    if since is None or not left:
        return None
    return Raised(
        f"{counted(len(left), 'question')} open, first {left[0].number}: {left[0].text}",
        max(since, left[0].entry.at),
        f"/answer {left[0].number} …",
    )
