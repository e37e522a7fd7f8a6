"""Markdown of one line or item made into plain text, with its links set aside.

Knows nothing of times or of the structure of a document.
"""

import html
import re
from dataclasses import dataclass

# Most lines have none of these, and are told apart at once.
_MARKED = re.compile(r"[`*_\[\]<>&\x00]|https?://")
_CODE = re.compile(r"`[^`]*`")
_KEPT = re.compile(r"\x00([0-9]{1,6})\x00")
# Possessive: what a part took is never given back, so that an unclosed link is given up at once.
_LINK = re.compile(
    r"!?\[([^\[\]]*+)\]\(\s*+<?+([^\s()<>]*+(?:\([^\s()]*+\)[^\s()<>]*+)*+)>?[^()]*+\)"
)
_BARE = re.compile(r"https?://[^\s<>|\"']+")
_AUTO = re.compile(r"<(https?://[^\s<>]+)>")
_FOOTNOTE = re.compile(r"\s?\[\^[^\]\s]{1,40}\](?!:)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
# Emphasis is bounded so that a long line of stray stars takes no time to give up on.
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_STARS = re.compile(r"(?<![\w*])\*(?=[^\s*])(.{1,400}?)(?<=[^\s*])\*(?![\w*])")
_UNDERSCORES = re.compile(r"(?<![\w_])_(?=[^\s_])(.{1,400}?)(?<=[^\s_])_(?![\w_])")


@dataclass(frozen=True, slots=True)
class Plain:
    """Text without markup, and the URL if there was exactly one link (else empty)."""

    text: str
    source: str


def plain(raw: str) -> Plain:
    """Take emphasis, footnote marks and link brackets away; keep words, code spans and URLs.

    With a single link its address becomes the source; with several each address stays behind
    its text in brackets, so that none is lost.
    """
    if not _MARKED.search(raw):
        return Plain(" ".join(raw.split()), "")
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\x00{len(kept) - 1}\x00"

    text = _CODE.sub(keep, raw.replace("\x00", ""))
    text = _BREAK.sub(" ", _AUTO.sub(r"\1", text))
    links = [match.group(2) for match in _LINK.finditer(text) if match.group(2)]
    links += [url.rstrip(".,;:!?)") for url in _BARE.findall(_LINK.sub(" ", text))]
    single = len(set(links)) == 1

    def words(match: re.Match[str]) -> str:
        label, url = match.group(1).strip(), match.group(2)
        if single or not url or label == url:
            return label or url
        return f"{label} ({url})".strip()

    text = _FOOTNOTE.sub("", _LINK.sub(words, text))
    for _ in range(2):
        text = _STRONG.sub(r"\2", text)
    # Addresses are set aside so that underscores inside them are not taken for emphasis.
    text = _BARE.sub(keep, text)
    text = _UNDERSCORES.sub(r"\1", _STARS.sub(r"\1", text))
    for _ in range(2):
        text = _KEPT.sub(lambda match: kept[int(match.group(1))], text)
    return Plain(" ".join(html.unescape(text).split()), links[0] if single else "")
