"""What a terminal has painted for certain: a read may end inside of a word, a number, a letter."""

import re

_MOVES = re.compile(r"\x1b\[[0-9;]*[Hf]")
_CONTROLS = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b[ -~]", re.S
)
_SAVE_STATE = re.compile(rb"m (saved[^\x1b]*|NOT saved|[0-9]+ kept aside)")


def whole(written: bytes | bytearray) -> bytes:
    """What was written before the last control sequence; what comes after may be half of it."""
    return bytes(written[: max(written.rfind(b"\x1b"), 0)])


def text(written: bytes | bytearray) -> str:
    """Everything that was painted, in the order in which it was, without control sequences."""
    return _CONTROLS.sub("", _MOVES.sub("\n", whole(written).decode(errors="replace")))


def save_state(written: bytes | bytearray) -> str:
    """What the key bar said last of saving and committing; nothing where it said none yet."""
    shown = _SAVE_STATE.findall(whole(written))
    return shown[-1].decode(errors="replace").strip() if shown else ""
