"""A pytest plugin: which test runs first, and which of them share a process."""

from collections import Counter

import pytest

from tests.support.paths import ROOT

TESTS = ROOT / "tests"
QUICK = {"documents", "domain", "intake", "store"}
"""Folders whose tests take milliseconds."""
OF_CONSOLES = {"flows", "screens"}
"""Folders whose tests wait for a console more than they work."""


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Start the slow ones first: of several processes none then ends long after the others.

    Quick ones are handed out file by file: to send for each took a tenth of what they take. Those
    that wait are spread among the others, so that no processor rests beside them.
    """
    if not hasattr(config, "workerinput"):
        items.sort(key=_is_quick)
        return
    for item in items:
        if _folder(item) in QUICK and not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(str(item.path.relative_to(TESTS))))
    of_each_kind = Counter(map(_kind, items))
    before: Counter[tuple[bool, bool]] = Counter()
    place: dict[pytest.Item, float] = {}
    for item in items:
        kind = _kind(item)
        place[item] = before[kind] / of_each_kind[kind]
        before[kind] += 1
    items.sort(key=lambda item: (_is_quick(item), place[item]))


def _is_quick(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is None


def _kind(item: pytest.Item) -> tuple[bool, bool]:
    return _is_quick(item), _folder(item) in OF_CONSOLES


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]
