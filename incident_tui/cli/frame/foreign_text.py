"""Texts that were written elsewhere, from a file or from standard input."""

import sys
from pathlib import Path

from incident_tui.cli.frame.failures import UsageFailure


def text_of(path: Path | None, shown: str) -> str:
    """The text of a file, or of standard input. Raises `UsageFailure` where it is no text."""
    from incident_tui.service.exchange.foreign.foreign_files import (
        UnreadableFile,
        foreign_text,
        stream_text,
    )

    try:
        return stream_text(sys.stdin.buffer) if path is None else foreign_text(path, shown)
    except UnreadableFile as error:
        raise UsageFailure(f"{error}. Nothing was recorded.") from error
