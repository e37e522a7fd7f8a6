"""What whoever declares can choose from, read in one go before the form is shown."""

from dataclasses import dataclass

from incident_tui.domain.values.playbook import Playbook, PlaybookError
from incident_tui.service.home_service import Service
from incident_tui.store import playbook_files
from incident_tui.store.console.console import Console
from incident_tui.store.files.errors import StoreError


@dataclass(frozen=True)
class DeclarationChoices:
    """The playbooks of a home, and what was typed for a declaration that was never made."""

    kept: Console
    """The drafts of the form; whoever reads them gives them back by its `close`."""
    playbooks: list[playbook_files.PlaybookRef]
    read: dict[str, Playbook | str]
    """The playbooks by their name; in the place of one that cannot be read, why."""
    first: str
    """The playbook of the home, which is chosen unless another one is; empty where none is."""
    problem: str
    """Why the configuration of the home cannot be read, if so."""


def declaration_choices(service: Service) -> DeclarationChoices:
    """Read what a home offers to whoever declares. Raises nothing: problems are told in place."""
    offered = playbook_files.available(service.home.path)
    first = problem = ""
    try:
        first = service.home.config.playbook
    except StoreError as error:
        problem = str(error)
    return DeclarationChoices(
        service.console(),
        offered,
        {ref.id: _read(service, ref.id) for ref in offered},
        first,
        problem,
    )


def _read(service: Service, name: str) -> Playbook | str:
    try:
        return service.playbook(name)[0]
    except (PlaybookError, StoreError) as error:
        return str(error)
