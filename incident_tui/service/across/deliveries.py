"""The deliveries of a home that wait to be merged, and asking the remote about one of them."""

from incident_tui.service.git.delivery_record import DeliveryRecord, open_deliveries
from incident_tui.service.git.merge_check import Checked, check
from incident_tui.service.home_service import Service

__all__ = ["DeliveryRecord", "ask_about", "unmerged"]


def unmerged(service: Service) -> list[DeliveryRecord]:
    """Deliveries from this machine that were not merged when it was asked last, oldest first."""
    there = set(service.home.logs())
    return [each for each in open_deliveries(service.home) if each.incident in there]


def ask_about(service: Service, incident: str) -> Checked:
    """Ask the remote whether an incident was merged; an approval that this is gets committed.

    Raises what `merge_check.check` and `Service.open` raise.
    """
    from incident_tui.service.git.commits import committer_for

    session = service.open(incident)
    checked = check(session, service.home)
    if checked.approval is not None:
        committer_for(session, service.home, service.world.env)()
    return checked
