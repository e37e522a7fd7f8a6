"""What the benchmarks stand on: a folder that goes away, a neutral environment, incidents to open.

Incidents are made by the service, as users make them, in one write.
"""

import os
import re
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

from benchmarks.instruments.measure import Sizes
from incident_tui import __version__
from incident_tui.domain.findings.timeline import FactRecorded
from incident_tui.history import Pending
from incident_tui.service import Declaration, IncidentSession, Receipt, Service, World
from incident_tui.service.git.commits import committer_for
from incident_tui.store.home import INCIDENT, Home

ROOT = Path(__file__).resolve().parents[2]
ACTOR = "Robin Roe"
PROMPT = " ›"
NEWEST = "the newest of all entries"

FIRST_LINES = (
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
    _mixed_homes: dict[int, Path] = field(default_factory=dict)
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
        enter(session, FIRST_LINES)
        enter(session, [*facts(entries - len(session.incident.entries) - 1), NEWEST])
        outcome = committer_for(session, home, self.env)()
        if isinstance(outcome, Pending):
            raise RuntimeError(f"the incident could not be committed: {outcome.reason}")
        return home.path

    def mixed_home(self, entries: int) -> Path:
        """A home with one active incident of very many entries of all kinds, to be written to.

        What was typed is repeated as other entries: typing so many takes a quarter of an hour.
        """
        if entries not in self._mixed_homes:
            home = Home(self.folder / f"home-mixed-{entries}")
            begin, step = datetime.now(UTC) - timedelta(hours=20), timedelta(seconds=30)
            ticks = count()
            service = self.service(home, clock=lambda: begin + step * next(ticks))
            session = service.declare(Declaration("Checkout returns 5xx in eu-west", zone="UTC"))
            enter(session, FIRST_LINES)
            opened = len(session.incident.recorded)
            enter(session, _mixture(1000))
            log = session.folder / INCIDENT
            log.write_bytes(_repeated(log.read_bytes(), opened, entries))
            self._mixed_homes[entries] = home.path
        return self._mixed_homes[entries]

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


def _mixture(number: int) -> list[str]:
    """What is typed in a long incident: lines of every kind, some late, some corrected."""
    kinds = {
        3: "? cause {n} exhausts the connection pool",
        5: "/impact users {percent} % of checkouts in eu-west",
        9: "@-{ago}m latency rose on shard {n}",
        11: "@-5m customers of tenant {n} report a blank page src:support",
        13: "! drain node {n} before the next restart",
        17: "> restarted pod checkout-{n}",
        21: "/sev SEV{level} the impact changed for tenant {n}",
        25: "/amend {n} error rate of checkout was misread ({n})",
        29: '+ watch pool {n} owner:robin due:2w class:detect prio:P2 verify:"it pages {n}"',
        33: '/mitigate rate-limit limit shard {n} undo:"lift the limit of shard {n}"',
        37: "/update checkout still fails for tenant {n} next:+30m",
    }
    typed = []
    for n in range(number):
        fact = "error rate of checkout at {percent} %, only eu-west ({n})"
        reading = "= p95 {n}ms -> {half}ms src:dashboard"
        line = kinds.get(n % 50, reading if n % 4 == 3 else fact)
        if n < 50 and line.startswith("/amend"):
            line = fact
        numbers = {"n": n, "half": n // 2, "percent": 1 + n % 60, "ago": 1 + n % 90}
        typed.append(line.format(level=1 + n // 50 % 3, **numbers))
    return typed


_ORDER = re.compile(rb'^"(\d+)": (.*"order":)\1,', re.MULTILINE)


def _repeated(log: bytes, opened: int, entries: int) -> bytes:
    """A log in which what comes after the first entries is repeated until there are so many."""
    lines = log.splitlines()
    first = lines.index(b'"events": {') + 1 + opened
    head, block, end = lines[:first], lines[first:-2], lines[-2:]
    head[-1], block = head[-1].rstrip(b","), [line.rstrip(b",") for line in block]
    rows, order = list(block), opened + len(block)
    for copy in count():
        for line in block:
            if order >= entries:
                whole = [*head[:-1], b",\n".join((head[-1], *rows)), *end]
                return b"\n".join(whole) + b"\n"
            order += 1
            numbered = _ORDER.sub(rb'"%d": \g<2>%d,' % (order, order), line)
            rows.append(numbered.replace(b'"bench', b'"copy%dof' % copy))
    raise AssertionError


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
