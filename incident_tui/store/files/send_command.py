"""The setting `[send]`: the command that status updates are handed to. Running it is elsewhere."""

from typing import Annotated, Literal

import msgspec


class SendCommand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command and its words, no shell; it reads the update on its standard input."""

    command: tuple[str, ...] = ()
    """Empty where updates are handed to nothing."""
    form: Literal["plain", "chat"] = "plain"
    """As the update stands in `updates/`: without markup, or as chats show it."""
    seconds: Annotated[int, msgspec.Meta(ge=1, le=600)] = 30
    """After which it is stopped."""
