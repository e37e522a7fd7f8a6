"""Loads every concept, so that the registries hold what they declare; and the vocabulary.

A concept is any module in a folder of this package: adding one means adding its file.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module

import incident_tui.domain as domain
from incident_tui.domain.core.rules import every_flag, every_rule, every_source
from incident_tui.domain.findings.milestones import MILESTONES
from incident_tui.domain.process.lifecycle import STATUSES
from incident_tui.domain.values.playbook.playbook_data import Vocabulary

_NO_CONCEPTS = {"values", "outline", "__pycache__"}
"""Folders that stand below or above all concepts: what is needed of them is imported by name."""


@lru_cache(maxsize=1)
def load() -> None:
    """Import every module that may declare something once."""
    for top in domain.__path__:
        for folder in sorted(os.listdir(top)):
            if folder.isidentifier() and folder not in _NO_CONCEPTS:
                for name in _modules(os.path.join(top, folder), f"{domain.__name__}.{folder}"):
                    import_module(name)


def _modules(folder: str, package: str) -> Iterator[str]:
    """The modules below a folder by name: pkgutil takes longer to list them than to load some."""
    with os.scandir(folder) as listed:
        children = sorted((each.name, each.path) for each in listed)
    for name, path in children:
        stem, _, suffix = name.rpartition(".")
        if suffix == "py":
            yield package if stem == "__init__" else f"{package}.{stem}"
        elif name.isidentifier() and name not in _NO_CONCEPTS:
            yield from _modules(path, f"{package}.{name}")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The names that a playbook may use."""
    load()
    return Vocabulary(
        checks={name: rule.accepts for name, rule in every_rule().items()},
        sources=frozenset(every_source()),
        flags=frozenset(every_flag()),
        milestones=frozenset(MILESTONES),
        statuses=frozenset(STATUSES) - {"closed"},  # closing is an act of its own
    )
