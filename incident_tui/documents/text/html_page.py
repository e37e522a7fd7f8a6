"""One page of HTML about an incident that needs nothing else: no script, no link, no font.

Every word of a person is escaped where it is put in; what is withheld is decided before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from incident_tui.documents.text.template_environment import html_sandbox


def html_page(data: Mapping[str, Any], legal: Sequence[Mapping[str, Any]], note: str) -> str:
    """The page of a report (see `domain.report`), with conclusions in law apart from the facts.

    `note` says what the reader should know of the page itself; empty for nothing.
    """
    template = html_sandbox().get_template("incident.html.j2")
    return template.render(data=data, legal=legal, note=note)
