"""The index as a copy of words: what it holds of an incident, removed to the last byte."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from incident_tui.service.confidential.log_copies import Copy
from incident_tui.service.runtime.edition import edition
from incident_tui.store.home import Home
from incident_tui.store.index.unusable import Unusable
from incident_tui.store.log.former_names import former_names

PATIENCE = 5.0
"""Seconds to wait for others who use the index; after that it is deleted under their hands."""


def forgotten_by_index(home: Home, folder: Path) -> Iterator[Copy]:
    """Have the index hold nothing of an incident; where it still does, and what to do.

    Whoever asks next reads the log as it is then.
    """
    index = home.index(edition())
    if index is None or not index.exists():
        return
    from incident_tui.store.index.tables import forget

    try:
        index.write(partial(forget, names=(folder.name, *former_names(folder))), wait=PATIENCE)
    except Unusable:
        try:
            index.remove()
        except Unusable as problem:
            yield Copy("the incident", f"the index {index.path}", f"Delete it: {problem}.")
