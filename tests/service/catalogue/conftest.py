"""Homes whose few logs are worth an index, and are old enough to be trusted."""

import pytest

from tests.service.conftest import Bench


@pytest.fixture
def indexed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A bench with three incidents, of which the index knows all that may be in it."""
    monkeypatch.setattr("incident_tui.service.catalogue.logs.WORTH_AN_INDEX", 0)
    monkeypatch.setattr("incident_tui.service.catalogue.standings.WORTH_AN_INDEX", 0)
    monkeypatch.setattr("incident_tui.store.index.file_versions._YOUNG", -(10**18))
    bench.declared("No bread").enter("the oven is cold")
    bench.declared("No rolls").enter("+ buy flour owner:ana due:2w")
    bench.declared("No cake").enter("/close duplicate of another")
    bench.service.listed()
    bench.service.active()
    return bench
