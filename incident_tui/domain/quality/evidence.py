"""Evidence: files kept in the incident folder, and links; a protected incident has to keep some.

Copying the file is the service's work; here is what the log says of it.
"""

from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command
from incident_tui.domain.core.events import (
    Digest,
    Entry,
    Event,
    FileName,
    Incident,
    Projection,
    Reference,
    Words,
    facts,
    projects,
)
from incident_tui.domain.core.rules import Missing, check

LOOKS = {
    "text": "",
    "unpacked": "",
    "strings": "binary: looked into for secrets as far as it is readable text",
    "part": "not wholly looked into for secrets",
    "packed": "packed: not looked into for secrets",
}
"""How far a file was looked into for secrets, and what is told of it where that was not all."""


@facts(kind="evidence", says_what_happened=True)
class EvidenceAttached(Event, frozen=True, tag="evidence.attached"):
    """A file was copied to evidence/. `sha256` is that of its content.

    `looked_into` says how far it was looked into for secrets: one of `LOOKS`, or nothing where a
    version attached it that did not look.
    """

    name: FileName
    origin: Words
    sha256: Digest = ""
    looked_into: Reference = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The file's name in the incident folder, and what of it nobody looked into."""
        unseen = LOOKS.get(self.looked_into, "")
        return f"evidence/{self.name} ({unseen})" if unseen else f"evidence/{self.name}"


@facts(kind="link", says_what_happened=True)
class LinkKept(Event, frozen=True, tag="evidence.linked"):
    """A link was kept."""

    url: Words
    text: Words = ""

    def tell(self, entry: Entry, incident: Incident) -> str:
        """The link and what it shows."""
        return f"{self.text} {self.url}" if self.text else self.url


class Evidence(Projection):
    """Attached files and links, in the order kept."""

    files: list[EvidenceAttached] = []
    links: list[LinkKept] = []


@projects(EvidenceAttached, Evidence)
def _attached(evidence: Evidence, event: EvidenceAttached, entry: Entry) -> None:
    evidence.files.append(event)


@projects(LinkKept, Evidence)
def _linked(evidence: Evidence, event: LinkKept, entry: Entry) -> None:
    evidence.links.append(event)


@command(
    "/evidence PATH",
    words=("attach", "file", "upload", "screenshot"),
    help="copy a file into the incident folder",
    example="/evidence ~/pool-usage.png",
    slow=True,
)
def attach(context: CommandContext, path: str) -> Planned:
    """A file is kept as evidence."""
    return EvidenceAttached(name="", origin=path)


@command(
    "/link URL [TEXT]",
    words=("url", "permalink"),
    help="keep a link",
    example="/link https://example.org/dash/7 the pool dashboard",
)
def link(context: CommandContext, url: str, text: str = "") -> Planned:
    """A link is kept. `Refused` where it is none that can be opened."""
    if not url.lower().startswith(("http://", "https://")):
        raise Refused(
            f"{url!r} is not a link that can be opened",
            [
                ("write it with https://", f"/link https://{url}"),
                ("or attach a file", "/evidence PATH"),
            ],
        )
    return LinkKept(url=url, text=text)


@check("evidence.preserved", title="in a protected incident, logs and files are kept")
def preserved(incident: Incident) -> Missing | None:
    """Where only some may know, at least one file or link is kept as evidence."""
    evidence = incident.of(Evidence)
    return Missing("nothing is kept that could be examined later", "/evidence PATH").unless(
        not incident.of(Protection).protected or evidence.files or evidence.links
    )
