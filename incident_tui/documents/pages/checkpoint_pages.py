"""The pages of checkpoints: the packet as it was handed over, and what its receiver read back."""

from functools import partial

from incident_tui.documents.pages.page import Page
from incident_tui.documents.pages.shared_facts import entry_link
from incident_tui.documents.text.document_times import Moments
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.playbook_words import title_of
from incident_tui.domain.handover.checkpoints import PACKET, Checkpoint, Checkpoints


def checkpoint_path(item: Checkpoint) -> str:
    """Where a checkpoint stands."""
    return f"checkpoints/{item.number}.md"


def checkpoint_title(item: Checkpoint) -> str:
    """Which handover it is."""
    return f"Checkpoint {item.number}, for {item.packet.to}"


def checkpoint_pages(incident: Incident, moments: Moments) -> list[Page]:
    """A page for each checkpoint."""
    return [
        Page(
            checkpoint_path(item),
            checkpoint_title(item),
            "checkpoint",
            partial(_values, incident, item, moments),
        )
        for item in incident.of(Checkpoints).items
    ]


def _values(incident: Incident, item: Checkpoint, moments: Moments) -> dict[str, object]:
    read, made = item.acknowledged, item.entry
    return {
        "title": checkpoint_title(item),
        "packet": [
            (label, getattr(item.packet, name)) for name, label in PACKET.items() if name != "text"
        ],
        "remarks": item.packet.text,
        "said": getattr(read.event, "text", "") if read else "",
        "made": [
            ("When", f"{moments.stamp(made.at)} ({moments.zone_name})"),
            ("By", made.actor),
            ("Hat", title_of(incident.playbook.hats, made.hat)),
            ("Timeline", entry_link(incident, made, "../timeline.md")),
        ],
        "read": [
            ("When", f"{moments.stamp(read.at)} ({moments.zone_name})"),
            ("By", read.actor),
            ("Timeline", entry_link(incident, read, "../timeline.md")),
        ]
        if read
        else [],
    }
