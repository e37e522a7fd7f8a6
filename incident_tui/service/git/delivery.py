"""Delivering an incident as a pull request: what would leave, and sending it.

Git itself is history's; whether a merge is an approval is told by `merge_check`.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec

from incident_tui.documents import render_folder, write_folder
from incident_tui.domain.confidential.shared_incident import holds_need_to_know
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident, fold
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.report import summary
from incident_tui.domain.values.text import clean_line
from incident_tui.history import CommitOptions, open_or_create
from incident_tui.history.commits.message import POSITION_TRAILER
from incident_tui.history.commits.plumbing import Plumbing, folder_tree
from incident_tui.history.remotes.delivery_branch import (
    DELIVERED_BY,
    Delivered,
    DeliveryRequest,
    checked_branch,
    deliver as push_delivery,
)
from incident_tui.history.remotes.outlet import outlet
from incident_tui.history.remotes.pull_request import Opened, gh_on, open_pull_request
from incident_tui.history.remotes.remote import configured
from incident_tui.service.git import delivery_text
from incident_tui.service.git.commit_message import LEFT_OUT
from incident_tui.service.git.delivery_record import DELIVERIES, delivered_now, keep_record
from incident_tui.service.secrets.files import files_must_not_leave
from incident_tui.service.secrets.texts import HeldBack, must_not_leave
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import not_saved
from incident_tui.store.home import Home

_OUTCOMES = {
    "pushed": "Pushed {branch} to {remote} ({url})",
    "unchanged": "{branch} in {remote} ({url}) is up to date; nothing was pushed",
    "merged": "{base} of {remote} ({url}) holds all of it already; nothing was pushed",
}


class Parcel(msgspec.Struct, frozen=True):
    """What a delivery would send and where to, as far as it is known without the remote."""

    branch: str
    remote: str
    url: str
    title: str
    body: str


class Delivery(msgspec.Struct, frozen=True):
    """What was delivered; `next_step` says what is left to do by hand, empty when nothing is."""

    delivered: Delivered
    title: str
    body: str
    body_file: Path
    pull_request: str = ""
    next_step: str = ""

    @property
    def summary(self) -> str:
        """What became of it, in a sentence without its full stop."""
        there = self.delivered
        return _OUTCOMES[there.standing].format(
            branch=there.branch, base=there.base, remote=there.remote, url=there.url
        )


def _untold(step: str) -> None:
    """Nobody is told how far it is."""


def parcel(session: IncidentSession, home: Home, *, protected_too: str = "") -> Parcel:
    """What `deliver` would send; nothing leaves the machine for it.

    Raises `Refused`, `StoreError`, `DeliveryError` and `GitUnavailableError`, as `deliver` would.
    """
    incident = fold(home.file(session.id).read().entries, session.playbook)
    documents = _may_leave(session, incident, protected_too)
    git = plumbing(session, home)
    remote = configured(git, home.config.git.remote)
    return Parcel(
        branch=checked_branch(git, session.folder),
        remote=remote.name,
        url=remote.url,
        title=delivery_text.title(incident),
        body=delivery_text.body(incident, git.inside(session.folder), documents),
    )


def deliver(
    session: IncidentSession,
    home: Home,
    *,
    protected_too: str = "",
    ask_gh: bool = True,
    on_step: Callable[[str], object] = _untold,
) -> Delivery:
    """Push the incident's branch; the pull request is opened where `gh` can do it.

    `protected_too` is the id of a protected incident, typed out; `on_step` hears what is done next.
    A console may go on with its session meanwhile: nothing of that is read but who and where.
    Raises `Refused`, `StoreError`, `DeliveryError` and `GitUnavailableError`; nothing was pushed
    then.
    """
    on_step("looking for what must not leave")
    recorded = fold(home.file(session.id).read().entries, session.playbook)
    _may_leave(session, recorded, protected_too)
    git = plumbing(session, home)
    incident, documents, tree = written(session, home, git)
    title = delivery_text.title(incident)
    body = delivery_text.body(incident, git.inside(session.folder), documents)
    body_file = _keep(home, session.id, body)
    request = DeliveryRequest(
        folder=session.folder,
        tree=tree,
        remote=home.config.git.remote,
        subject=title,
        body=delivery_text.commit_body(incident),
        moment=session.world.clock(),
        trailers=(
            ("Incident", session.id),
            ("Stage", incident.of(Lifecycle).current.stage.id),
            ("Playbook", incident.playbook.id),
            (POSITION_TRAILER, str(len(incident.entries))),
            (DELIVERED_BY, session.identity.actor),
        ),
    )
    on_step(f"pushing to {home.config.git.remote}")
    delivered = push_delivery(git, request)
    opened = Opened()
    if delivered.standing != "merged" and ask_gh and gh_on(session.world.env):
        on_step("opening the pull request with gh")
        with outlet(git, delivered.remote) as env:
            opened = open_pull_request(
                {**session.world.env, **env},
                branch=delivered.branch,
                base=delivered.base,
                title=title,
                body=body_file,
            )
    keep_record(home, delivered_now(session.id, delivered, session.world.clock(), opened.url))
    by_hand = delivered.standing != "merged" and not opened.url
    step = _by_hand(delivered, opened, body_file) if by_hand else ""
    return Delivery(delivered, title, body, body_file, opened.url, step)


def plumbing(session: IncidentSession, home: Home) -> Plumbing:
    """Git in the repository around the home. Raises `GitUnavailableError`."""
    chosen = home.config.git
    repository = open_or_create(home.path, create=False, env=session.world.env, long_lived=True)
    return Plumbing(repository, CommitOptions(hooks=chosen.hooks, sign=chosen.sign))


def written(
    session: IncidentSession, home: Home, git: Plumbing
) -> tuple[Incident, dict[str, str], str]:
    """The incident, its documents, and the folder's tree, all of one moment.

    Raises `StoreError` where the log cannot be held or a document not be written, and
    `DeliveryError` where git makes no tree of the folder.
    """
    # A view of its own: what is read here must still be new to a console that shares the session.
    with home.file(session.id).transaction() as transaction:
        incident = fold(transaction.all, session.playbook)
        documents = render_folder(incident)
        try:
            write_folder(session.folder, documents)
        except OSError as error:
            raise not_saved(session.folder, error) from error
        return incident, documents, folder_tree(git, session.folder, LEFT_OUT)


def _may_leave(session: IncidentSession, incident: Incident, protected_too: str) -> dict[str, str]:
    """The documents of an incident that may be sent. Raises `Refused` where it may not."""
    if holds_need_to_know(incident) and protected_too != session.id:
        what = "is" if summary(incident)["protected"] else "holds entries that are"
        raise Refused(
            f"{session.id} {what} protected: the details are for those who need to know, and "
            "whoever can read the remote could read them",
            [
                (
                    "deliver it all the same, by typing its id",
                    f"incident-tui deliver {session.id} --protected-too {session.id}",
                )
            ],
        )
    documents = render_folder(incident)
    try:
        must_not_leave(incident)
        files_must_not_leave(session.folder, incident, rendered=documents, leave_out=LEFT_OUT)
    except HeldBack as held:
        raise held.refused from held
    return documents


def _keep(home: Home, incident_id: str, body: str) -> Path:
    path = home.path / f"{incident_id}.md"
    try:
        path = home.state.make(DELIVERIES) / path.name
        replace_file(path, body.encode(), sync_folder=False, mode=0o600)
    except OSError as error:
        raise not_saved(path, error) from error
    return path


def _by_hand(delivered: Delivered, opened: Opened, body_file: Path) -> str:
    text = f"gh opened no pull request: {opened.trouble}. " if opened.trouble else ""
    offered = _offered(delivered.remote_output)
    where = f"at {offered}" if offered else f"in {delivered.url}"
    return (
        f"{text}Open a pull request from {delivered.branch} to {delivered.base} {where}; its text"
        f" is in {body_file}"
    )


def _offered(output: str) -> str:
    """The address at which the server, in what it printed, offers to open the request."""
    for line in output.splitlines():
        start = line.find("https://")
        if line.startswith("remote:") and start >= 0:
            return clean_line(line[start:]).split()[0]
    return ""
