"""Bars made of characters, which are read without colour."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float, cells: int) -> str:
    """A bar that fills this share, from 0 to 1, of so many cells; what is not nothing is seen."""
    eighths = round(share * cells * 8)
    if share > 0:
        eighths = max(eighths, 1)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(cells)


def ascii_bar(share: float, cells: int) -> str:
    """The same for a terminal that has no such characters."""
    return ("#" * round(share * cells)).ljust(cells, ".")
