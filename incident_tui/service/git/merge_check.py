"""Whether a delivery was merged, and whether that is the approval its stage waits for.

Git itself is history's; whether an approval counts is the domain's.
"""

from collections.abc import Mapping

import msgspec

from incident_tui.documents import position_of
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.process.artifacts import FieldSet
from incident_tui.domain.process.lifecycle import Lifecycle, StageRecord
from incident_tui.domain.values.text import clean_line
from incident_tui.history.commits.plumbing import Plumbing
from incident_tui.history.remotes.commit_people import Person, identity
from incident_tui.history.remotes.merge_state import Standing, standing
from incident_tui.history.remotes.outlet import outlet
from incident_tui.history.remotes.pull_request import PullRequest, pull_request_of
from incident_tui.service.git.delivery import plumbing, written
from incident_tui.service.git.delivery_record import DeliveryRecord, keep_record, record_of
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.session.receipts import Receipt
from incident_tui.store.home import Home

# Who commits where a person presses a button on the host's web page.
_HOSTS = frozenset({"github", "gitlab", "gitea", "forgejo", "bitbucket", "azure devops"})


class Looked(msgspec.Struct, frozen=True):
    """What the remote answered. Nothing was recorded of it.

    `line` records the approval that a merge is, `by` whom with which `reference`, of the stage with
    the id `stage`; it is empty where there is none to be recorded. What is told is for people:
    `summary` before the line is entered, `approved` after it.
    """

    standing: Standing
    summary: str
    line: str = ""
    stage: str = ""
    approved: str = ""
    by: str = ""
    reference: str = ""

    @property
    def merged(self) -> bool:
        """Whether the remote's default branch holds it."""
        return self.standing.merge is not None

    def refused(self, problem: Refused) -> Refused:
        """Why the merge is no approval after all."""
        return Refused(f"{self.summary}, but {problem.message}", problem.reasons)


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


def look(session: IncidentSession, home: Home) -> Looked:
    """Ask the remote whether the delivery was merged, and what approval that is.

    A console may go on with its session meanwhile: nothing of that is read but who and where.
    Raises `StoreError`, `DeliveryError` and `GitUnavailableError`.
    """
    git = plumbing(session, home)
    incident, _, tree = written(session, home, git)
    state = standing(git, session.folder, home.config.git.remote, tree)
    looked = _looked(session, incident, git, state)
    if state.delivered is not None or state.merge is not None:
        before = record_of(home, session.id)
        record = DeliveryRecord(
            incident=session.id,
            branch=state.branch,
            remote=state.remote,
            url=state.url,
            at=before.at if before else None,
            asked=session.world.clock(),
            merged=looked.merged,
            request=looked.reference if "://" in looked.reference else "",
        )
        if before and not record.request:
            record = msgspec.structs.replace(record, request=before.request)
        keep_record(home, record)
    return looked


def _looked(
    session: IncidentSession, incident: Incident, git: Plumbing, standing: Standing
) -> Looked:
    where = f"{standing.remote}/{standing.base}"
    if standing.merge is None:
        if standing.delivered is None:
            text = (
                f"{session.id} was not delivered to {standing.remote} yet: `incident-tui deliver`"
            )
            return Looked(standing, text)
        return Looked(standing, f"{standing.branch} is not merged into {where} yet")
    merged = f"{session.id} is in {where} since {standing.merge.commit[:12]} ({standing.merge.how})"
    current = incident.of(Lifecycle).current
    if current.stage.review != "external" or current.state != "review":
        reason = "waits for no approval from outside, so none was recorded"
        return Looked(standing, f"{merged}; {current.stage.title} {reason}")
    if standing.merge.how == "pushed":
        unseen = "it came there by a push and not by a merge, so nobody has approved it"
        return Looked(standing, f"{merged}; {unseen}")
    behind = _behind(incident, current, standing)
    if behind:
        return Looked(standing, f"{merged}, but {behind}: deliver again and have that merged")
    with outlet(git, standing.remote) as env:
        request = pull_request_of({**session.world.env, **env}, standing.branch)
    by, note = _merger(standing, request, _names(session, git, standing))
    reference = request.url if request and request.state == "MERGED" else standing.merge.commit
    line = f"/approve {note} by:{_quoted(by)} ref:{_quoted(reference)}"
    approved = f"{merged}; {current.stage.title} is approved by {by}"
    stage, reference = current.stage.id, clean_line(reference)
    return Looked(standing, merged, line, stage, approved, by, reference)


def check(session: IncidentSession, home: Home) -> Checked:
    """Ask the remote whether the delivery was merged; record the approval that this is.

    Raises `Refused` where the merge is no approval (its maker is an author, the gate is shut),
    `StoreError`, `DeliveryError` and `GitUnavailableError`; nothing was recorded then.
    """
    session.refresh()
    looked = look(session, home)
    if not looked.line:
        return Checked(looked.standing, looked.summary)
    try:
        receipt = session.enter(looked.line, seen_stage=looked.stage)
    except Refused as refused:
        raise looked.refused(refused) from refused
    return Checked(looked.standing, looked.approved, receipt, looked.by, looked.reference)


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
