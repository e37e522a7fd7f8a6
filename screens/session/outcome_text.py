"""Why something was not recorded, in the one wording that every screen has for it."""

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.store.files.errors import StoreError


def not_recorded(problem: BaseException | None) -> str:
    """That nothing was recorded, why, and for trouble with a file what to do now."""
    return f"✗ Not recorded: {_reason(problem)}"


def _reason(problem: BaseException | None) -> str:
    if isinstance(problem, Refused | LineError):
        return f"{problem.message}."
    if isinstance(problem, StoreError):
        return file_trouble(problem)
    return f"{problem}."


def file_trouble(problem: StoreError) -> str:
    """What is the matter with a file and what to do now, without the folders of its path."""
    return f"{problem.brief}. {problem.remedy}"
