"""Questions asked of published postmortems: which record came first, of those that were meant.

The questions were written by somebody who knew what the records are about, in other words than
theirs where there are others. What is meant is a word of the record's id.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from tables import table

from incident_tui import __version__
from incident_tui.service import Service, World
from incident_tui.service.across.entry_search import search
from incident_tui.service.across.likeness import Subject, similar
from incident_tui.service.catalogue.catalogue import Catalogue
from incident_tui.service.catalogue.logs import Progress, unheard
from incident_tui.service.catalogue.searchable import Searchable
from incident_tui.store.home import Home

QUESTIONS = (
    ("leaked credentials", ("compromise", "redis", "credit-card")),
    ("volumes ran out of space", ("disk", "no-space", "504")),
    ("secrets rotated and nothing starts", ("2026-06-12", "image")),
    ("monitoring stack down after restart", ("prometheus",)),
    ("kibana shows no new entries", ("elasticsearch",)),
    ("fluentd stopped forwarding logs", ("cloudwatch", "elasticsearch")),
    ("reddit front page overload", ("reddit",)),
    ("cluster ran out of pod addresses", ("network-infrastructure",)),
    ("production database erased", ("2026-06-12",)),
    ("firewall rejects valid requests", ("ingress-nginx",)),
    ("routing broken for every service, 404", ("404", "traefik")),
    ("redis open to the world", ("redis",)),
    ("compromised dependency", ("node-ipc",)),
    ("log4j", ("log4shell",)),
    ("new machine image breaks workers", ("eks-ami",)),
    ("users unable to authenticate", ("adfs", "ingress-nginx", "user-services", "adsync")),
    ("mempool full of tiny transactions", ("dust", "mempool")),
    ("unauthorised charge on a credit card", ("credit-card",)),
    ("too many failed logins at the registry", ("cluster-image",)),
    ("infrastructure code reverted by mistake", ("hellman",)),
    ("targets deregistered from the load balancer", ("alb",)),
)


class _ReadOnce(Catalogue):
    """Every question is asked of the records as they were read for the first one."""

    @cached_property
    def _first(self) -> Searchable:
        return super().searchable()

    def searchable(self, progress: Progress = unheard) -> Searchable:
        return self._first


def asked(home: Path) -> list[str]:
    """A table: each question, at which place what was meant came, and what came first."""
    world = World(
        clock=lambda: datetime(2026, 11, 29, tzinfo=UTC),
        new_id=str,
        env={"HOME": str(home.parent)},
        cwd=home,
    )
    service = Service(Home(home), world, "docs", version=__version__)
    service.catalogue = _ReadOnce(service.catalogue.logs)
    heads = ("asked", "`search`", "`similar --words`", "first in `search`")
    return table(heads, [_row(service, question, meant) for question, meant in QUESTIONS])


def _row(service: Service, question: str, meant: Sequence[str]) -> tuple[str, ...]:
    answer = search(service, [question])
    sought = list(dict.fromkeys(hit.incident for hit in (*answer.hits, *answer.nearby)))
    alike = [one.incident for one in similar(service, Subject(question), limit=None, faint=True)]
    first = f"`{sought[0]}`" if sought else ""
    return question, _place(sought, meant), _place(alike, meant), first


def _place(names: Sequence[str], meant: Sequence[str]) -> str:
    for place, name in enumerate(names, 1):
        if any(word in name for word in meant):
            return str(place)
    return "not among them"
