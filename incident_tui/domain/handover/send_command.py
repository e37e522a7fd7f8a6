"""The line that asks for an update to be handed to the command that its user has set."""

from incident_tui.domain.core.commands import CommandContext, Planned, Refused, command


@command(
    "/send",
    help="hand the newest update to the command of [send] in the settings; asks first",
    example="/send",
    opens="send",
    words=("webhook", "mail", "curl"),
)
def ask_for_dispatch(context: CommandContext) -> Planned:
    """Records nothing itself: the screen shows what would be run, and records that it was.

    `Refused` with the command for it.
    """
    raise Refused(
        "an update is handed to a command, and not recorded again",
        [("hand it over", "incident-tui send")],
    )
