"""Which characters a terminal shows, as its locale says. How others are painted is the screens'."""

from collections.abc import Mapping

UTF_8 = "utf-8"
LOCALE = ("LC_ALL", "LC_CTYPE", "LANG")
"""The variables that say it; the first that is not empty counts, see locale(7)."""


def charset(env: Mapping[str, str], stream: str) -> str:
    """The characters that the terminal shows: what the locale says, then the encoding of `stream`.

    A locale that names no encoding has none but ASCII, also where Python writes UTF-8 in it
    (PEP 538, PEP 540).
    """
    named = next((env[name] for name in LOCALE if env.get(name)), "")
    if named.rpartition(".")[2].partition("@")[0].casefold().replace("-", "") == "utf8":
        return UTF_8
    return "ascii" if stream.casefold().replace("-", "") == "utf8" else stream
