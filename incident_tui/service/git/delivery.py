"""Delivering an incident as a pull request, and taking its merge for the approval it waits for.

Git itself is history's; whether an approval counts is the domain's.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from incident_tui.documents import position_of, render_folder, write_folder
from incident_tui.domain.confidential.sharing import holds_need_to_know
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident, fold
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
from incident_tui.domain.report import summary
from incident_tui.domain.values.text import clean_line
from incident_tui.history import CommitOptions, open_or_create
from incident_tui.history.commits.message import POSITION_TRAILER
from incident_tui.history.commits.plumbing import Plumbing, folder_tree
from incident_tui.history.remotes.commit_people import Person, identity
from incident_tui.history.remotes.delivery_branch import DELIVERED_BY, Delivered, DeliveryRequest
from incident_tui.history.remotes.delivery_branch import deliver as push_delivery
from incident_tui.history.remotes.merge_state import Standing, standing
from incident_tui.history.remotes.outlet import outlet
from incident_tui.history.remotes.pull_request import (
    Opened,
    PullRequest,
    gh_on,
    open_pull_request,
    pull_request_of,
)
from incident_tui.service.git import delivery_text
from incident_tui.service.git.commit_message import LEFT_OUT
from incident_tui.service.secrets.files import files_must_not_leave
from incident_tui.service.secrets.texts import HeldBack, must_not_leave
from incident_tui.service.session.incident_session import IncidentSession, Receipt
from incident_tui.store.files.atomic import replace_file
from incident_tui.store.files.errors import not_saved
from incident_tui.store.home import Home

DELIVERIES = "deliveries"
"""The folder of the state in which the texts of pull requests lie."""
# Who commits where a person presses a button on the host's web page.
_HOSTS = frozenset({"github", "gitlab", "gitea", "forgejo", "bitbucket", "azure devops"})


class Delivery(msgspec.Struct, frozen=True):
    """What was delivered; `next_step` says what is left to do by hand, empty when nothing is."""

    delivered: Delivered
    title: str
    body: str
    body_file: Path
    pull_request: str = ""
    next_step: str = ""


class Checked(msgspec.Struct, frozen=True):
    """Whether the delivery was merged, and what followed from it.

    `summary` is for people; `by` and `reference` are those of the approval that was recorded.
    """

    standing: Standing
    summary: str
    approval: Receipt | None = None
    by: str = ""
    reference: str = ""

    @property
    def merged(self) -> bool:
        """Whether the remote's default branch holds it."""
        return self.standing.merge is not None


def deliver(
    session: IncidentSession, home: Home, *, protected_too: str = "", ask_gh: bool = True
) -> Delivery:
    """Push the incident's branch; the pull request is opened where `gh` can do it.

    `protected_too` is the id of a protected incident, typed out. Raises `Refused`, `StoreError`,
    `DeliveryError` and `GitUnavailableError`; nothing was pushed then.
    """
    _need_to_know(session, protected_too)
    try:
        must_not_leave(session.incident)
        files_must_not_leave(
            session.folder,
            session.incident,
            rendered=render_folder(session.incident),
            leave_out=LEFT_OUT,
        )
    except HeldBack as held:
        raise held.refused from held
    git = _plumbing(session, home)
    incident, documents, tree = _written(session, git)
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
    delivered = push_delivery(git, request)
    if delivered.standing == "merged":
        return Delivery(delivered, title, body, body_file)
    opened = Opened()
    if ask_gh and gh_on(session.world.env):
        with outlet(git, delivered.remote) as env:
            opened = open_pull_request(
                {**session.world.env, **env},
                branch=delivered.branch,
                base=delivered.base,
                title=title,
                body=body_file,
            )
    step = "" if opened.url else _by_hand(delivered, opened, body_file)
    return Delivery(delivered, title, body, body_file, opened.url, step)


def check(session: IncidentSession, home: Home) -> Checked:
    """Ask the remote whether the delivery was merged; record the approval that this is.

    Raises `Refused` where the merge is no approval (its maker is an author, the gate is shut),
    `StoreError`, `DeliveryError` and `GitUnavailableError`; nothing was recorded then.
    """
    git = _plumbing(session, home)
    session.refresh()
    _, _, tree = _written(session, git)
    found = standing(git, session.folder, home.config.git.remote, tree)
    where = f"{found.remote}/{found.base}"
    if found.merge is None:
        if found.delivered is None:
            told = f"{session.id} was not delivered to {found.remote} yet: `incident-tui deliver`"
            return Checked(found, told)
        return Checked(found, f"{found.branch} is not merged into {where} yet")
    merged = f"{session.id} is in {where} since {found.merge.commit[:12]} ({found.merge.how})"
    current = session.incident.of(Lifecycle).current
    if current.stage.review != "external" or current.state != "review":
        waiting = "waits for no approval from outside, so none was recorded"
        return Checked(found, f"{merged}; {current.stage.title} {waiting}")
    if found.merge.how == "pushed":
        unseen = "it came there by a push and not by a merge, so nobody has approved it"
        return Checked(found, f"{merged}; {unseen}")
    behind = _behind(session.incident, current, found)
    if behind:
        return Checked(found, f"{merged}, but {behind}: deliver again and have that merged")
    with outlet(git, found.remote) as env:
        request = pull_request_of({**session.world.env, **env}, found.branch)
    by, note = _merger(found, request, _names(session, git, found))
    reference = request.url if request and request.state == "MERGED" else found.merge.commit
    line = f"/approve {note} by:{_quoted(by)} ref:{_quoted(reference)}"
    try:
        receipt = session.enter(line, seen_stage=current.stage.id)
    except Refused as refused:
        raise Refused(f"{merged}, but {refused.message}", refused.reasons) from refused
    told = f"{merged}; {current.stage.title} is approved by {by}"
    return Checked(found, told, receipt, by, clean_line(reference))


def _need_to_know(session: IncidentSession, typed: str) -> None:
    if holds_need_to_know(session.incident) and typed != session.id:
        what = "is" if summary(session.incident)["protected"] else "holds entries that are"
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


def _plumbing(session: IncidentSession, home: Home) -> Plumbing:
    chosen = home.config.git
    repository = open_or_create(home.path, create=False, env=session.world.env, lasting=True)
    return Plumbing(repository, CommitOptions(hooks=chosen.hooks, sign=chosen.sign))


def _written(session: IncidentSession, git: Plumbing) -> tuple[Incident, dict[str, str], str]:
    """The incident, its documents, and the folder's tree, all of one moment."""
    with session.file.transaction() as transaction:
        incident = fold(transaction.all, session.playbook)
        documents = render_folder(incident)
        try:
            write_folder(session.folder, documents)
        except OSError as error:
            raise not_saved(session.folder, error) from error
        return incident, documents, folder_tree(git, session.folder, LEFT_OUT)


def _keep(home: Home, incident_id: str, body: str) -> Path:
    path = home.path / f"{incident_id}.md"
    try:
        path = home.state.make(DELIVERIES) / path.name
        replace_file(path, body.encode(), sync_folder=False, mode=0o600)
    except OSError as error:
        raise not_saved(path, error) from error
    return path


def _by_hand(delivered: Delivered, opened: Opened, body_file: Path) -> str:
    said = f"gh opened no pull request: {opened.trouble}. " if opened.trouble else ""
    offered = _offered(delivered.told)
    where = f"at {offered}" if offered else f"in {delivered.url}"
    return (
        f"{said}Open a pull request from {delivered.branch} to {delivered.base} {where}; its text"
        f" is in {body_file}"
    )


def _offered(output: str) -> str:
    """The address at which the server, in what it printed, offers to open the request."""
    for line in output.splitlines():
        start = line.find("https://")
        if line.startswith("remote:") and start >= 0:
            return clean_line(line[start:]).split()[0]
    return ""


def _behind(incident: Incident, current: StageRecord, standing: Standing) -> str:
    """What of the revision under review is not in what was merged; empty when nothing."""
    revision = current.revisions[-1]
    position = position_of(standing.overview)
    if position is None:
        return "the README that was merged does not say how far its log went"
    if position < revision.upto:
        return f"what was merged is older than revision {revision.number} of {current.stage.title}"
    changed = any(
        isinstance(entry.event, FieldSet) and entry.event.stage == current.stage.id
        for entry in incident.entries[position:]
    )
    return f"{current.stage.title} was changed after it was delivered" if changed else ""


def _names(session: IncidentSession, git: Plumbing, standing: Standing) -> dict[str, str]:
    """Addresses that git knows people by, and their names in the log as far as they are known."""
    names = {}
    here = identity(git)
    if here is not None:
        names[here.email.casefold()] = session.identity.actor
    if standing.deliverer is not None and standing.by:
        names[standing.deliverer.email.casefold()] = standing.by
    return names


def _merger(
    standing: Standing, request: PullRequest | None, names: Mapping[str, str]
) -> tuple[str, str]:
    """Who approved by merging, and a note on how that is known."""
    merge = standing.merge
    assert merge is not None
    if merge.how == "merge" and not _is_host(merge.author):
        return names.get(
            merge.author.email.casefold(), merge.author.name
        ), f"merged into {standing.base}"
    if merge.how == "same content" and not _is_host(merge.committer):
        committer = merge.committer
        return names.get(
            committer.email.casefold(), committer.name
        ), f"committed to {standing.base}"
    if request is not None and request.state == "MERGED" and request.merged_by is not None:
        who = request.merged_by
        opener = request.author.login if request.author else ""
        name = standing.by if who.login == opener and standing.by else who.name or who.login
        return clean_line(name), f"merged into {standing.base}"
    return standing.remote, f"merged into {standing.base}; git does not know by whom"


def _is_host(person: Person) -> bool:
    return person.name.casefold() in _HOSTS


def _quoted(value: str) -> str:
    escaped = clean_line(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
