"""`incident-tui deliver`: an incident on a branch of its own, ready for a pull request."""

from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, incident_argument, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import REFUSED, Failure, NoIncidentFailure
from incident_tui.cli.frame.output import print_json, print_text, tell

if TYPE_CHECKING:
    from incident_tui.service.git.delivery import Delivery
    from incident_tui.service.git.merge_check import Checked


@command("deliver")
@incident_argument
@click.option("--check", is_flag=True, help="Ask whether it was merged; record the approval.")
@click.option(
    "--protected-too",
    default="",
    metavar="ID",
    shell_complete=choices.incidents,
    help="Deliver a protected incident; its whole id, typed out.",
)
@click.option("--no-pull-request", is_flag=True, help="Push the branch only, even where gh is.")
@json_option
@click.pass_context
def entry(
    ctx: click.Context,
    invocation: Invocation,
    fragment: str | None,
    check: bool,
    protected_too: str,
    no_pull_request: bool,
    as_json: bool,
) -> None:
    """Push a branch with the incident's folder, and print the text of its pull request.

    Nothing else in the repository moves. With --check it exits with 3 while the branch is not
    merged.
    """
    from incident_tui.history import GitUnavailableError
    from incident_tui.history.commits.plumbing import DeliveryError
    from incident_tui.service.git.delivery import deliver as send
    from incident_tui.service.git.merge_check import check as look

    session = invocation.session(fragment or _the_only_one(invocation))
    try:
        if check:
            checked = look(session, invocation.home)
        else:
            delivery = send(
                session, invocation.home, protected_too=protected_too, ask_gh=not no_pull_request
            )
    except (DeliveryError, GitUnavailableError) as error:
        raise Failure(f"{error.reason}.") from error
    if not check:
        _show(invocation, session.id, delivery, as_json=as_json)
        return
    with invocation.acknowledgement(lambda: checked.summary, "Nothing has to be done again."):
        if as_json:
            print_json(_checked(session.id, checked))
        else:
            print_text(f"{checked.summary}.")
    if checked.approval is not None:
        invocation.commit(session)
    if not checked.merged:
        ctx.exit(REFUSED)


def _the_only_one(invocation: Invocation) -> str | None:
    """The incident that is alone in its home, closed as it may be.

    Raises `NoIncidentFailure` where several are, and all of them closed.
    """
    home = invocation.home
    names = home.in_order(home.logs())
    if len(names) > 1 and not invocation.service.active():
        raise NoIncidentFailure(
            f"no incident is active in {home.path}. Name the one you mean; the newest: "
            f"incident-tui deliver {names[0]}"
        )
    return names[0] if len(names) == 1 else None


def _show(invocation: Invocation, incident_id: str, delivery: "Delivery", *, as_json: bool) -> None:
    delivered = delivery.delivered
    with invocation.acknowledgement(
        lambda: f"branch {delivered.branch} is on {delivered.remote}",
        f"The text of its pull request is in {delivery.body_file}.",
    ):
        if as_json:
            print_json(_delivered(incident_id, delivery))
        else:
            print_text(delivery.body.rstrip("\n"))
    tell(f"{delivery.summary}.")
    if delivery.pull_request:
        tell(f"The pull request is {delivery.pull_request}.")
    if delivery.next_step:
        tell(f"{delivery.next_step}.")


def _delivered(incident_id: str, delivery: "Delivery") -> dict[str, object]:
    delivered = delivery.delivered
    return {
        "id": incident_id,
        "remote": delivered.remote,
        "url": delivered.url,
        "base": delivered.base,
        "branch": delivered.branch,
        "commit": delivered.commit or None,
        "standing": delivered.standing,
        "title": delivery.title,
        "body": delivery.body,
        "body_file": str(delivery.body_file),
        "pull_request": delivery.pull_request or None,
        "next_step": delivery.next_step or None,
    }


def _checked(incident_id: str, checked: "Checked") -> dict[str, object]:
    standing = checked.standing
    return {
        "id": incident_id,
        "remote": standing.remote,
        "base": standing.base,
        "branch": standing.branch,
        "delivered": standing.delivered,
        "merged": checked.merged,
        "how": standing.merge.how if standing.merge else None,
        "commit": standing.merge.commit if standing.merge else None,
        "approved": checked.approval is not None,
        "by": checked.by or None,
        "ref": checked.reference or None,
        "told": checked.summary,
    }
