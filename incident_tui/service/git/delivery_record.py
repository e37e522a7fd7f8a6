"""What this machine knows of a delivery: when it went out, and what the remote answered last.

The record of the incident does not change by being delivered; so this lies in the user's state.
"""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from incident_tui.domain.values.text import clean_line
from incident_tui.door import read_file
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.home import Home

if TYPE_CHECKING:
    from incident_tui.history.remotes.delivery_branch import Delivered

DELIVERIES = "deliveries"
"""The folder of the state in which the texts of pull requests lie, and these records."""


class DeliveryRecord(msgspec.Struct, frozen=True):
    """A delivery of an incident. Times are aware; `asked` is when the remote answered last."""

    incident: str
    branch: str
    remote: str
    url: str
    at: datetime | None
    """When it was pushed from here; None where somebody else did."""
    asked: datetime
    merged: bool = False
    request: str = ""
    """The address of its pull request, where that was opened from here."""

    @property
    def text(self) -> str:
        """In a few words where it stands."""
        where = self.request or f"{self.branch} on {self.remote}"
        return f"delivered and merged: {where}" if self.merged else f"not merged yet: {where}"


def delivered_now(
    incident: str, delivered: "Delivered", now: datetime, request: str
) -> DeliveryRecord:
    """The record of a delivery that has just been made."""
    return DeliveryRecord(
        incident=incident,
        branch=delivered.branch,
        remote=delivered.remote,
        url=delivered.url,
        at=now,
        asked=now,
        merged=delivered.standing == "merged",
        request=clean_line(request),
    )


def keep_record(home: Home, record: DeliveryRecord) -> None:
    """Keep what is known of a delivery in the place of what was, where anything can be kept.

    What went out is out, whether it can be remembered or not; the remote can be asked again.
    """
    with suppress(OSError):
        path = home.state.make(DELIVERIES) / f"{record.incident}.json"
        replace_file(path, msgspec.json.encode(record), sync_folder=False, mode=0o600)


def record_of(home: Home, incident: str) -> DeliveryRecord | None:
    """What is known of a delivery of that incident; None where there was none from here."""
    folder = home.state.folder
    if folder is None:
        return None
    try:
        data = read_file(folder / DELIVERIES / f"{incident}.json", below=folder)
        return msgspec.json.decode(data, type=DeliveryRecord)
    except (OSError, msgspec.MsgspecError):
        return None  # it can be asked for again at any time


def open_deliveries(home: Home) -> list[DeliveryRecord]:
    """Deliveries from here that were not merged when it was asked last, the oldest first."""
    folder = home.state.folder
    try:
        kept = sorted((folder / DELIVERIES).glob("*.json")) if folder is not None else []
    except OSError:
        return []
    records = [record_of(home, path.stem) for path in kept]
    return sorted(
        (each for each in records if each is not None and not each.merged),
        key=lambda each: (each.at or each.asked, each.incident),
    )
