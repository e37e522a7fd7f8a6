"""A page of an incident while git merges it: rendered from the logs of both sides.

The logs are taken from the commits, since the working files are not merged yet. Which of two
entries counts is `log_merge`'s.
"""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from incident_tui.documents.document_files import FOLDERS
from incident_tui.domain import discovery
from incident_tui.domain.values.playbook import Playbook, PlaybookError
from incident_tui.history import GitHome, GitUnavailableError, open_or_create
from incident_tui.history.versions.file_versions import blob, commons
from incident_tui.service.upkeep.log_merge import Copy, merged_page, read_copy
from incident_tui.store import playbook_files
from incident_tui.store.home import INCIDENT, PLAYBOOK

_HEAD = "GITHEAD_"


def page_after_merge(top: Path, env: Mapping[str, str], page: PurePosixPath) -> str | None:
    """What the page says after the merge that is under way; None where nobody can know yet.

    `page` is relative to `top`, the top of the repository. Raises `StoreError` and
    GitUnavailableError.
    """
    # git-merge names the commits that it merges into HEAD in its environment, and so for us.
    theirs = [name.removeprefix(_HEAD) for name in env if name.startswith(_HEAD)]
    if len(theirs) != 1:
        return None
    discovery.load()
    repository = open_or_create(top, create=False, env=env)
    folder = page.parent.parent if page.parent.name in FOLDERS else page.parent
    one = _log(repository, "HEAD", folder)
    other = _log(repository, theirs[0], folder)
    playbook = _playbook(repository, folder)
    bases = [_log(repository, commit, folder) for commit in commons(repository, "HEAD", theirs[0])]
    if one is None or other is None or playbook is None:
        return None
    known = [base for base in bases if base is not None]
    return merged_page(page.relative_to(folder), known, one, other, playbook)


def _log(repository: GitHome, commit: str, folder: PurePosixPath) -> Copy | None:
    data = blob(repository, commit, folder / INCIDENT)
    return None if data is None else read_copy(data, Path(folder / INCIDENT))


def _playbook(repository: GitHome, folder: PurePosixPath) -> Playbook | None:
    data = blob(repository, "HEAD", folder / PLAYBOOK)
    if data is None:
        return None
    try:
        return playbook_files.parse(data, str(folder / PLAYBOOK), discovery.vocabulary)
    except PlaybookError as error:
        raise GitUnavailableError(f"the playbook cannot be read: {error}") from error
