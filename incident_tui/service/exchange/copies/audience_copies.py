"""Copies of an incident for readers outside of its team; what each holds is decided in `documents`.

A public copy is printed only to whoever names the text that they looked at by its mark: that of
another text does not fit, so nothing goes out that nobody has seen as it is.
"""

import hashlib
from collections.abc import Collection

import msgspec

from incident_tui.documents.audiences.brief import rendered
from incident_tui.documents.audiences.executive import executive
from incident_tui.documents.audiences.public import PublicText, public_text
from incident_tui.domain.confidential.shared_incident import shared
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.handover.publication import withheld
from incident_tui.service.exchange.export import nothing_held_back
from incident_tui.service.session.incident_session import IncidentSession

_MARK = 8
"""Characters of the hash by which a text is named."""


def executive_copy(session: IncidentSession, form: str, *, for_others: bool = False) -> str:
    """The one page, as `md` or `html`. Raises `Refused` as `export` does."""
    incident = shared(session.incident) if for_others else session.incident
    nothing_held_back(session.folder, incident)
    return rendered(executive(incident, session.world.clock()), form)


class PublicCopy(msgspec.Struct, frozen=True):
    """A text for strangers and the mark that names exactly it."""

    text: PublicText
    mark: str

    def rendered(self, form: str) -> str:
        """The text as `md` or `html`; both say the same, so they have one mark."""
        return rendered(self.text.brief, form)


def public_copy(session: IncidentSession, keep: Collection[str] = ()) -> PublicCopy:
    """What strangers may read; need-to-know words are withheld, `keep` words stay.

    Raises `Refused` before the process allows it, while an entry looks like it holds a secret, and
    where a text blames somebody.
    """
    missing = withheld(session.incident)
    if missing is not None:
        raise Refused(
            f"nothing of it may be published: {missing.why}",
            [("take it on", missing.mend)] if missing.mend else [],
        )
    incident = shared(session.incident)
    nothing_held_back(session.folder, incident)
    text = public_text(incident, keep)
    if text.blame:
        raise Refused(
            "the public text would blame somebody",
            [(f"{words!r}, in {where}", "/public PART …") for words, where in text.blame],
        )
    return PublicCopy(text, hashlib.sha256(rendered(text.brief, "md").encode()).hexdigest()[:_MARK])
