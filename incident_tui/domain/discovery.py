"""Loads every concept, so that the registries hold what they declare; and the vocabulary.

A concept is any module of this package: adding one means adding its file.
"""

import pkgutil
from functools import lru_cache
from importlib import import_module

import incident_tui.domain as domain
from incident_tui.domain.core.rules import every_flag, every_rule, every_source
from incident_tui.domain.findings.milestones import MILESTONES
from incident_tui.domain.process.lifecycle import STATUSES
from incident_tui.domain.values.playbook.playbook_data import Vocabulary


@lru_cache(maxsize=1)
def load() -> None:
    """Import every module of the domain once."""
    for module in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        import_module(module.name)


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
