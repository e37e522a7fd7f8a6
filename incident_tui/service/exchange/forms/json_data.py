"""An incident as data: what `show --json` prints, with conclusions in law apart."""

from typing import Any

from incident_tui.domain.report import Data
from incident_tui.service.exchange.forms.exported import Exported


def render(exported: Exported) -> Data:
    """The report; `legal` and `note` are in it only where there is something to say."""
    extra: dict[str, Any] = {"legal": exported.legal} if exported.legal else {}
    return exported.data | extra | ({"note": exported.note} if exported.note else {})
