"""Open questions: what is uncertain is recorded as such, never invented."""

from datetime import datetime

from incident_tui.domain.core.commands import CommandContext, Planned, command
from incident_tui.domain.core.events import (
    Entry,
    Event,
    Incident,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.numbered import NumberedItem, NumberedProjection, completes_numbers
from incident_tui.domain.core.rules import Missing, Raised, check, flag, reported, source
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.field_text import Rows, item_rows
from incident_tui.domain.values.text import counted


@facts(kind="question", numbered=True)
class QuestionAsked(Event, frozen=True, tag="question.asked"):
    """Something is not known."""

    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Its number and text."""
        return incident.of(Questions).with_number(entry.id, self.text)

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Its number and text."""
        return incident.of(Questions).in_a_row(entry.id, self.text)


@facts(kind="answer", numbered=True)
class QuestionAnswered(Event, frozen=True, tag="question.answered"):
    """Something became known."""

    question: Reference
    text: Words

    def tell(self, entry: Entry, incident: Incident) -> str:
        """Which question, and the answer."""
        return f"{incident.of(Questions).number_of(self.question)} {self.text}"

    def in_words(self, entry: Entry, incident: Incident) -> str:
        """Which question, and the answer."""
        return incident.of(Questions).in_a_row(self.question, self.text)


class Question(NumberedItem):
    """One question; `answer` is empty while it is open."""

    answer: str = ""


class Questions(NumberedProjection[Question]):
    """Every question in the order asked."""

    what = "question"
    first = ("ask one", "/question …")

    @property
    def open(self) -> list[Question]:
        """Those without an answer."""
        return [item for item in self.items if not item.answer]


@projects(QuestionAsked, Questions)
def _asked(questions: Questions, event: QuestionAsked, entry: Entry) -> None:
    questions.add(Question(entry, event.text))


@projects(QuestionAnswered, Questions)
def _answered(questions: Questions, event: QuestionAnswered, entry: Entry) -> None:
    if item := questions.by_id.get(event.question):
        item.answer = event.text


@command("/question TEXT", help="something is not known", example="/question were webhooks lost?")
def ask(context: CommandContext, text: str) -> Planned:
    """An open question."""
    return QuestionAsked(text=text)


@command(
    "/answer N TEXT [src:TEXT]",
    help="answer an open question",
    example="/answer 1 no, all were replayed",
    words=("reply",),
    possible=Questions.none_yet,
)
def answer(context: CommandContext, n: int, text: str, src: str = "") -> Planned:
    """Question `n` has an answer, which may be that it stays unknown."""
    return QuestionAnswered(question=context.incident.of(Questions).nth(n).entry.id, text=text)


completes_numbers("/answer N", of=lambda incident: incident.of(Questions).open)


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
def listed(incident: Incident) -> Rows:
    """The open questions, one a line."""
    return item_rows(item.text for item in incident.of(Questions).open)


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


@reported("questions")
def _questions(incident: Incident) -> list[dict[str, object]]:
    """Each question, with its answer where there is one."""
    return [
        {"number": item.number, "text": item.text, "answer": item.answer}
        for item in incident.of(Questions).items
    ]
