"""What the benchmarks stand on: a folder that goes away, a neutral environment, incidents to open.

Incidents are made by the service, as users make them, in one write.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from benchmarks.measure import Sizes
from incident_tui import __version__
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.history import Pending
from incident_tui.service import Declaration, IncidentSession, Receipt, Service, World
from incident_tui.service.git.commits import committer_for
from incident_tui.store.home import Home

ROOT = Path(__file__).resolve().parent.parent
ACTOR = "Robin Roe"
PROMPT = " ›"
NEWEST = "the newest of all entries"

OPENING = (
    "/role all robin",
    "/sev SEV2 checkout fails for a region",
    "/impact users 12 % of checkouts in eu-west",
    "/scope recent-change deploy v42 at 13:58",
    "? v42 exhausts the connection pool",
    "? a certificate has expired",
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    '+ alert on pool usage owner:robin due:2w class:detect prio:P1 verify:"it pages in staging"',
)


@dataclass
class Ground:
    """A scratch folder, how programs are called in it, and incidents by their size."""

    folder: Path
    sizes: Sizes
    env: dict[str, str] = field(default_factory=dict)
    _homes: dict[int, Path] = field(default_factory=dict)
    _long_homes: dict[int, Path] = field(default_factory=dict)
    _ids: Iterator[int] = field(default_factory=count)

    @property
    def program(self) -> list[str]:
        """How a user calls `incident-tui`; from a bare checkout, what comes closest to it."""
        installed = Path(sys.executable).with_name("incident-tui")
        return [str(installed)] if installed.exists() else [sys.executable, "-m", "incident_tui"]

    def service(self, home: Home, *, clock: Callable[[], datetime]) -> Service:
        """The service on a home, as the command line makes it."""
        world = World(
            clock=clock,
            new_id=lambda: f"bench{next(self._ids):09}",
            env=self.env,
            cwd=self.folder,
        )
        return Service(home, world, ACTOR, version=__version__)

    def home(self, entries: int) -> Path:
        """A home with one active incident of that many entries, committed. Do not write to it."""
        if entries not in self._homes:
            self._homes[entries] = self.make_home(f"home-{entries}", entries)
        return self._homes[entries]

    def make_home(self, name: str, entries: int) -> Path:
        """A home as `home` gives, but one that may be written to."""
        home = Home(self.folder / name)
        # It began 20 hours ago, and its clock stays in the past.
        begin, step = datetime.now(UTC) - timedelta(hours=20), timedelta(hours=10) / (entries + 10)
        ticks = count()
        service = self.service(home, clock=lambda: begin + step * next(ticks))
        session = service.declare(Declaration("Checkout returns 5xx in eu-west", zone="UTC"))
        enter(session, OPENING)
        enter(session, [*facts(entries - len(session.incident.entries) - 1), NEWEST])
        outcome = committer_for(session, home, self.env)()
        if isinstance(outcome, Pending):
            raise RuntimeError(f"the incident could not be committed: {outcome.reason}")
        return home.path

    def long_home(self, entries: int) -> Path:
        """A home with one active incident of very many entries, which may be written to."""
        if entries not in self._long_homes:
            few = min(entries, self.sizes.few)
            home = Home(self.make_home(f"home-long-{entries}", few))
            service = self.service(home, clock=lambda: datetime.now(UTC))
            file = home.file(service.active()[0])
            with file.transaction() as transaction:
                last = transaction.all[-1]
                transaction.append(
                    replace(
                        last,
                        id=f"long{order:09}",
                        order=order,
                        event=FactRecorded(text=f"error rate of checkout at {order % 37} %"),
                    )
                    for order in range(transaction.next_order, entries + 1)
                )
            self._long_homes[entries] = home.path
        return self._long_homes[entries]


def facts(number: int) -> list[str]:
    """What is typed on: facts mostly, many readings, some late entries and decisions."""
    typed = []
    for n in range(number):
        if n % 100 == 99:
            typed.append(f"> restarted pod checkout-{n}")
        elif n % 20 == 19:
            typed.append(f"@-5m customers of tenant {n} report a blank page src:support")
        elif n % 97 == 10:
            typed.append(f"! drain node {n} before the next restart")
        elif n % 4 == 3:
            typed.append(f"= p95 {n}ms -> {n // 2}ms src:dashboard")
        else:
            typed.append(f"error rate of checkout at {n % 37} %, only eu-west ({n})")
    return typed


def enter(session: IncidentSession, lines: Sequence[str]) -> None:
    """Enter lines; RuntimeError when one of them is not recorded."""
    for text, result in zip(lines, session.enter_group(lines), strict=True):
        if not isinstance(result, Receipt):
            raise RuntimeError(f"{text!r} was not recorded: {result}")


@contextmanager
def prepared(sizes: Sizes) -> Iterator[Ground]:
    """Ground in a temporary folder, which goes away in the end."""
    folder = Path(tempfile.mkdtemp(prefix="incident-tui-bench-"))
    try:
        yield Ground(folder, sizes, _environment(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the user's settings, so that runs on two machines measure the same."""
    settings = folder / "gitconfig"
    settings.write_text(f"[user]\n\tname = {ACTOR}\n\temail = robin@example.invalid\n")
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "GIT_CONFIG_GLOBAL": str(settings),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
