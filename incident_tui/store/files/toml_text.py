"""TOML that others may have written: read within limits, every text of it inert.

What the keys mean is decided by those who read them.
"""

import re

from incident_tui.domain.values.patterns import later
from incident_tui.domain.values.text import inert_data

LARGEST = 256 * 1024
"""Bytes of a file that is read. The largest playbook shipped has 16 KiB."""
MOST_PARTS = 32
"""Parts of a dotted key. tomllib needs time in the square of them: 100,000 take a minute."""

_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
_LONG_KEY = later(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{MOST_PARTS},}}+")
# tomllib keeps the position in its message only (as attributes from Python 3.14 on).
_POSITION = later(r"(?P<what>.*) \(at (?P<place>line \d+, column \d+|end of document)\)", re.S)


class BadToml(ValueError):
    """Content that is not read: `problem` says what and where, `remedy` what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy


def read_toml(content: bytes) -> dict[str, object]:
    """The tables in `content`. Raises `BadToml`."""
    if len(content) > LARGEST:
        size = f"it has {len(content):,} bytes, and {LARGEST:,} are read at most"
        raise BadToml(size, "Shorten it, or take its comments out.")
    import tomllib  # not for everybody: it takes a moment, and built-in playbooks need none

    try:
        text = content.decode()
        _check_keys(text)
        data = inert_data(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.fullmatch(str(error))
        problem = f"{position['place']}: {position['what']}" if position else str(error)
        raise BadToml(problem, "Mend that line.") from None
    except UnicodeDecodeError:
        raise BadToml("this is not UTF-8 text", "Save it as UTF-8.") from None
    except RecursionError:
        raise BadToml("it is nested too deeply", "Take the brackets out.") from None
    except BadToml:
        raise
    except ValueError:  # tomllib hands on what Python says of such a number
        raise BadToml("a number has too many digits", "Shorten it.") from None
    assert isinstance(data, dict)
    return data


def _check_keys(text: str) -> None:
    key = _LONG_KEY.search(text)
    if key:
        line = text.count("\n", 0, key.start()) + 1
        problem = f"line {line}: a dotted name of more than {MOST_PARTS} parts"
        raise BadToml(problem, "Write it as tables, or shorten it.")
