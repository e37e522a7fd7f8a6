"""An incident as something to hand on: Markdown, JSON, CSV or a page of HTML.

What others may read is decided in `domain.sharing`, what may not leave at all in `secrets`. A form
is a file in `forms` and its line in `FORMS`. It is loaded when it is asked for: the command line
reads their names whenever it lists its commands.
"""

from importlib import import_module
from pathlib import Path

from incident_tui.domain.confidential.shared_incident import holds_need_to_know, shared
from incident_tui.domain.core.events import Incident
from incident_tui.domain.findings.legal import LegalConclusion
from incident_tui.domain.report import Data, report
from incident_tui.service.exchange.forms.exported import Exported
from incident_tui.service.secrets.files import files_must_not_leave
from incident_tui.service.secrets.texts import HeldBack, must_not_leave
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.store.home import PLAYBOOK

FORMS = {
    "md": "markdown",
    "json": "json_data",
    "csv": "csv_table",
    "html": "html",
    "ics": "ics",
    "openmetrics": "openmetrics",
}
"""Form -> its file in `forms`, whose `render` makes text, or data for JSON, of what is exported."""
SHARED_NOTE = "Shared copy: what is for those only who need to know was withheld."


def export(
    session: IncidentSession, form: str, *, for_others: bool = False, flavour: str = ""
) -> str | Data:
    """The incident in one of `FORMS`: text, or the data of the JSON form.

    Markdown may be written in one of the `FLAVOURS` of other homes.

    With `for_others`, need-to-know words are withheld and conclusions in law left out; without,
    these stand after the facts. Raises `Refused` while an entry looks like it holds a secret.
    """
    incident = shared(session.incident) if for_others else session.incident
    nothing_held_back(session.folder, incident)
    note = SHARED_NOTE if for_others and holds_need_to_know(session.incident) else ""
    now = session.world.clock()
    data = report(incident, now)
    conclusions = concluded_in_law(incident)
    legal = [row for row in data["timeline"] if row["number"] in conclusions]
    data["timeline"] = [row for row in data["timeline"] if row["number"] not in conclusions]
    render = import_module(f"incident_tui.service.exchange.forms.{FORMS[form]}").render
    rendered: str | Data = render(Exported(incident, now, data, legal, note, flavour))
    return rendered


def nothing_held_back(folder: Path, incident: Incident) -> None:
    """Refuse to hand on an incident of which an entry looks like it holds a secret.

    It is kept in `folder`; `incident` is the state that is handed on: of a shared copy only what is
    in it has to be clean.
    """
    try:
        must_not_leave(incident)
        files_must_not_leave(folder, incident, only=PLAYBOOK)
    except HeldBack as held:
        raise held.refused from held


def concluded_in_law(incident: Incident) -> set[int]:
    """The numbers of the conclusions in law, which stand apart from the facts."""
    return {
        incident.number(entry.id)
        for entry in incident.recorded
        if isinstance(entry.event, LegalConclusion)
    }
