"""What each form is rendered of: an incident as its readers may see it."""

from dataclasses import dataclass
from datetime import datetime

from incident_tui.domain.core.events import Incident
from incident_tui.domain.report import Data


@dataclass(frozen=True)
class Exported:
    """An incident from which everything was taken that its readers shall not see."""

    incident: Incident
    now: datetime
    """The moment at which it is handed on."""
    data: Data
    """Its report, whose timeline is without the rows in `legal`."""
    legal: list[Data]
    """Conclusions in law, as rows: they stand after the facts. None in a shared copy."""
    note: str
    """What the reader should know of the copy itself; empty for nothing."""
    flavour: str = ""
    """In whose markup Markdown is written; empty for that of the incident folder."""
