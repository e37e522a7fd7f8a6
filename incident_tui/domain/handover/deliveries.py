"""The line that asks for the delivery of an incident: to a branch, for a pull request."""

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command


@command(
    "/deliver",
    help="push the incident on a branch for a pull request, and ask whether that was merged",
    example="/deliver",
    opens="deliver",
    words=("pr", "pull-request", "push", "merge", "merged", "was it merged"),
)
def ask_for_delivery(context: CommandContext) -> Planned:
    """Records nothing: the screen shows what would leave, and the command line delivers.

    `Refused` with the commands for it.
    """
    raise Refused(
        "a delivery is pushed and not recorded",
        [
            ("deliver it", "incident-tui deliver"),
            ("or ask whether it was merged", "incident-tui deliver --check"),
        ],
    )
