"""Homes of thousands of incidents, made fast: a few are typed, the others copied in other words.

A copy has another name, day, service, region and cause, and a word of its own; no two have the
same inode, so that nothing is saved by what they have in common.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, product
from pathlib import Path

from benchmarks.instruments.ground import FIRST_LINES, Ground, enter, facts
from incident_tui.domain.core.events import Entry, Event
from incident_tui.domain.process.lifecycle import IncidentClosed, StatusChanged
from incident_tui.service import Declaration, IncidentSession
from incident_tui.store.home import INCIDENT, PLAYBOOK, Home

SERVICES = (
    "checkout", "payments", "search", "ledger", "mail", "login", "catalogue", "pricing",
    "shipping", "invoices", "uploads", "exports", "webhooks", "sessions", "quotas", "reports",
)  # fmt: skip
REGIONS = ("eu-west", "eu-north", "us-east", "us-west", "ap-south")
CAUSES = (
    "exhausts the connection pool", "retries without a limit", "fills the disk with logs",
    "lost its certificate", "holds a lock for too long", "reads a stale cache",
    "sends twice the traffic to one shard", "was deployed without its migration",
)  # fmt: skip
TEMPLATES = 5
DAY = re.compile(rb"\d{4}-\d{2}-\d{2}(?=T)")
RARE = "zq{}x"
"""A word that only the incident of that number says."""
CLOSING = (
    "/factor detection nobody watched the pool of checkout",
    "/factor control v42 went to every region at once",
    "+ bound the retries of checkout owner:ana due:4w class:prevent prio:P2 verify:\"a test\"",
    '/verify 1 the error rate is back at 0.2 %',
)  # fmt: skip


def make_thousands(ground: Ground, name: str, incidents: int, entries: int) -> Path:
    """A home with that many incidents of `entries` entries each, of which one is not closed."""
    home = Home(ground.folder / name)
    home.path.mkdir()
    templates = [_template(ground, home, number, entries) for number in range(TEMPLATES)]
    wordings = [words for words, _ in zip(_wordings(), range(max(1, incidents)), strict=False)]
    for number, (service, region, cause) in enumerate(wordings):
        source = templates[0] if number == 0 else templates[1 + number % (TEMPLATES - 1)]
        day = date(2026, 11, 20) - timedelta(days=number // 4)
        folder = home.path / f"{day}-{service}-{region}-{number}"
        folder.mkdir()
        log = DAY.sub(day.isoformat().encode(), source[0])
        for before, after in (
            (b"INCIDENT-ID", folder.name),
            (b"eu-west", region),
            (b"exhausts the connection pool", cause),
            (b"checkout", service),
            (b"Checkout", service.capitalize()),
            (b"RARE", RARE.format(number)),
        ):
            log = log.replace(before, after.encode())
        (folder / INCIDENT).write_bytes(log)
        (folder / PLAYBOOK).write_bytes(source[1])
    return home.path


def _wordings() -> Iterator[tuple[str, str, str]]:
    for _ in count():
        yield from product(SERVICES, REGIONS, CAUSES)


def _template(ground: Ground, home: Home, number: int, entries: int) -> tuple[bytes, bytes]:
    """The log and the playbook of an incident; only that of number 0 is not closed."""
    scratch = Home(ground.folder / f"{home.path.name}-template-{number}")
    begin, step = datetime(2026, 11, 20, 8, tzinfo=UTC), timedelta(hours=4 + number) / entries
    ticks = count()
    service = ground.service(scratch, clock=lambda: begin + step * next(ticks))
    session = service.declare(Declaration("Checkout returns 5xx in eu-west", zone="UTC"))
    enter(session, FIRST_LINES)
    enter(session, [f"{1 + number} tenants of checkout report RARE since the deploy"])
    left = entries - len(session.incident.entries) - len(CLOSING) - 2
    enter(session, facts(max(0, left)))
    enter(session, CLOSING)
    if number:
        _end(session, service.world.clock())
    folder = session.folder
    log = (folder / INCIDENT).read_bytes().replace(session.id.encode(), b"INCIDENT-ID")
    return log, (folder / PLAYBOOK).read_bytes()


def _end(session: IncidentSession, now: datetime) -> None:
    """Resolve and close it, whatever its gates would ask for."""
    file = Home(session.folder.parent).file(session.id)
    events: list[Event] = [
        StatusChanged(status="resolved", before="mitigated"),
        IncidentClosed(),
    ]
    with file.transaction() as transaction:
        first = transaction.next_order
        transaction.append(
            Entry(f"closing{order:05}", order, now, now, "robin", event)
            for order, event in enumerate(events, first)
        )
