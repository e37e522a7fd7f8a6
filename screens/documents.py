"""The documents of an incident as the screens read them: made off their thread, shown as rows.

What the documents say is paper's business.
"""

from collections.abc import Mapping, Sequence

from incident_tui.domain.kernel import Entry, fold
from incident_tui.domain.playbook import Playbook
from incident_tui.paper import render_folder

from .text import line
from .widgets.rows import Row


def documents(entries: Sequence[Entry], playbook: Playbook) -> dict[str, str]:
    """Every document as of these entries, by its path. Takes long enough to belong in a worker."""
    return render_folder(fold(entries, playbook))


def artifact_among(pages: Mapping[str, str], number: int) -> tuple[str, str] | None:
    """Path and text of the artifact of the `number`th stage; None where it has none."""
    return next(
        ((path, text) for path, text in pages.items() if path.startswith(f"artifacts/{number}-")),
        None,
    )


def paper_rows(text: str) -> list[Row]:
    """A document line by line, its headings told apart; nothing in it is markup to us."""
    return [
        Row(str(number), line((words or " ", "bold" if words.startswith("#") else "")))
        for number, words in enumerate(text.rstrip("\n").split("\n"), 1)
    ]
