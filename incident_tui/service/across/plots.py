"""Bars made of characters, which are read without colour."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def bar(share: float, cells: int) -> str:
    """A bar that fills this share of so many cells; what is not nothing shows as something."""
    eighths = round(min(max(share, 0.0), 1.0) * cells * 8)
    if share > 0:
        eighths = max(eighths, 1)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(cells)


def ascii_bar(share: float, cells: int) -> str:
    """The same for a terminal that has no such characters."""
    return ("#" * round(min(max(share, 0.0), 1.0) * cells)).ljust(cells, ".")
