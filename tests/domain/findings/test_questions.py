"""Open questions: asked, answered once known, and never forgotten at the end."""

from collections.abc import Sequence
from typing import ClassVar

from incident_tui.domain.findings.questions import QuestionAnswered, QuestionAsked
from tests.support.concept_lines import ConceptLines, RecordedRow, RefusedRow


class TestLines(ConceptLines):
    recorded: ClassVar[Sequence[RecordedRow]] = [
        ("", "/question who ate it?", [QuestionAsked(text="who ate it?")]),
        (
            "/question who?",
            "/answer 1 the cat",
            [QuestionAnswered(question="e00002", text="the cat")],
        ),
    ]
    refused: ClassVar[Sequence[RefusedRow]] = [
        ([], "/answer 1 x", "there is no question 1", ["/question …"]),
    ]
