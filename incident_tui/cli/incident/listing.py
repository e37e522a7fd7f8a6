"""`incident-tui list`: the incidents of the home."""

from incident_tui.cli.frame.command import command, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.output import columns, print_json, print_text, tell
from incident_tui.service.home_service import Listed


@command("list")
@json_option
def entry(invocation: Invocation, as_json: bool) -> None:
    """List the incidents, newest first."""
    from incident_tui.service.session.spool_report import every_spooled
    from incident_tui.service.session.unverified_entries import found_beside, look

    listed = invocation.service.listed()
    unread = [item for item in listed if item.summary is None]
    if as_json:
        print_json([item.summary for item in listed if item.summary is not None])
        for item in unread:
            tell(f"{item.id} cannot be read: {item.problem}")
    elif listed:
        print_text("\n".join(columns(_row(item) for item in listed)))
    else:
        tell(
            f"There is no incident in {invocation.home.path} yet. "
            'Declare one with `incident-tui declare "TITLE"`.'
        )
    for waits in every_spooled(invocation.home):
        tell(f"{waits.id}: {waits.summary}. {waits.mend}")
    former = invocation.home.state.former()
    for item in listed:
        found = found_beside(invocation.home, item.id, former)
        # What a move left is of the whole home: the newest incident stands for it.
        told = found.summary() if found.files or item is listed[0] else ""
        if told:
            tell(f"{item.id}: {told}. {look(item.id)}")
    if unread and len(unread) == len(listed):
        raise Failure("none of the incidents can be read. Try `incident-tui verify --all`.")


def _row(item: Listed) -> tuple[str, ...]:
    data = item.summary
    if data is None:
        return item.id, "-", "unreadable", "-", item.problem
    stage = next(stage["title"] for stage in data["stages"] if stage["id"] == data["stage"])
    marks = [data["kind"]] if data["kind"] != "incident" else []
    marks += ["protected"] if data["protected"] else []
    title = f"{data['title']} ({', '.join(marks)})" if marks else data["title"]
    return item.id, data["severity"] or "-", data["status"], stage, title
