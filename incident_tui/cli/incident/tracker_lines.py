"""What `incident-tui actions` prints and runs where items go to GitHub or GitLab."""

from collections.abc import Iterable

from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.lines import columns
from incident_tui.cli.frame.output import print_json, print_lines, print_text, tell
from incident_tui.domain.core.commands import Refused
from incident_tui.service import IncidentSession
from incident_tui.service.across.tracker_issues import Planned, create, planned, states
from incident_tui.store.files.errors import StoreError

_NOTHING = "Every action item is settled or has an issue: there is nothing to hand on."


def sessions(invocation: Invocation, fragment: str | None) -> list[IncidentSession]:
    """The incident that is named, or all that can be read."""
    if fragment:
        return [invocation.session(fragment)]
    opened = []
    for folder in invocation.home.folders():
        try:
            opened.append(invocation.service.open(folder.name))
        except StoreError as error:
            tell(f"{folder.name} cannot be read: {error}")
    return opened


def hand_on(
    invocation: Invocation,
    sessions: Iterable[IncidentSession],
    tracker: str,
    repository: str,
    *,
    run: bool,
    as_json: bool,
) -> None:
    """Print the line of each item that has no issue yet; with `run`, run it and record its ref.

    Raises `Failure` at the first that ends with an error or names no issue.
    """
    rows: list[dict[str, object]] = []
    for session in sessions:
        made = 0
        for plan in planned(session, tracker, repository):
            if plan.why_not:
                tell(f"{session.id} #{plan.number} stays here: {plan.why_not}.")
                continue
            rows.append({"incident": session.id, "number": plan.number, "words": list(plan.words)})
            if not run and not as_json:
                print_text(plan.line)
            if run:
                tell(plan.line)
                rows[-1]["ref"] = _made(invocation, session, plan)
                made += 1
                if not as_json:
                    print_text(f"{session.id} #{plan.number} {rows[-1]['ref']}")
        if made:
            invocation.commit(session)
    if as_json:
        print_json(rows)
    if not rows:
        tell(_NOTHING)
    elif not run:
        tell("Nothing was sent. --run runs these lines, and records what comes back as ref:.")


def _made(invocation: Invocation, session: IncidentSession, plan: Planned) -> str:
    """Make the issue; its address. What was made before stays recorded where this one fails."""
    try:
        return create(session, plan)
    except Refused as error:
        invocation.commit(session)
        raise Failure(f"{error.message}. Items before it that have an issue keep it.") from error


def check(sessions: Iterable[IncidentSession], *, as_json: bool) -> None:
    """Print what the trackers say, and the lines that bring the items up to it."""
    known = [(session.id, state) for session in sessions for state in states(session)]
    if as_json:
        print_json(
            [
                {"incident": id_, "number": each.number, "text": each.text, "ref": each.ref,
                 "state": each.state or None, "problem": each.problem or None,
                 "line": each.mend or None}
                for id_, each in known
            ]
        )  # fmt: skip
        return
    if not known:
        tell("No action item has the address of an issue as its ref:.")
        return
    rows = [(f"{id_} #{each.number}", each.state or "not known", each.ref, each.text)
            for id_, each in known]  # fmt: skip
    print_lines(columns(rows, head=("item", "issue", "ref", "text")))
    for id_, each in known:
        if each.problem:
            tell(f"{id_} #{each.number}: {each.problem}")
        if each.mend:
            tell(f'incident-tui log -i {id_} "{each.mend}"')
