"""What was recorded, and why something was not, in the one wording every screen has for it."""

import traceback
from collections.abc import Sequence
from pathlib import Path

from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.service import Receipt
from incident_tui.store.files.errors import StoreError


def kept(what: str, receipts: Sequence[Receipt]) -> str:
    """What was recorded, with the numbers of its entries and where they are: `#4-6 hat, saved`."""
    numbers = [number for receipt in receipts for number in receipt.numbers]
    if not numbers:
        return what
    first, last = min(numbers), max(numbers)
    span = f"#{first}" if first == last else f"#{first}-{last}"
    aside = any(receipt.aside for receipt in receipts)
    return f"{span} {what}, {'kept aside' if aside else 'saved'}"


def not_recorded(problem: BaseException | None) -> str:
    """That nothing was recorded, why, and for trouble with a file what to do now."""
    return f"✗ Not recorded: {_reason(problem)}"


def where(problem: BaseException | None) -> str:
    """What kind of error it is and where it came up, without a word of what was being done."""
    if problem is None:
        return "no error is known"
    frames = traceback.extract_tb(problem.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(problem).__name__}{place}"


def _reason(problem: BaseException | None) -> str:
    if isinstance(problem, Refused | LineError):
        return f"{problem.message}."
    if isinstance(problem, StoreError):
        return file_trouble(problem)
    return f"{problem}."


def file_trouble(problem: StoreError) -> str:
    """What is the matter with a file and what to do now, without the folders of its path."""
    return f"{problem.brief}. {problem.remedy}"
