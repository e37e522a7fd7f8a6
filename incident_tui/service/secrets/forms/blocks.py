"""Secrets of several lines or parts: private keys, Kubernetes secrets, JSON web keys."""

import base64
import binascii
from collections.abc import Iterator

from incident_tui.service.secrets.forms.patterns import compiled

_LONGEST = 20_000
_BEGINS = (
    r"-{2,5} ?BEGIN [A-Z0-9 ]{0,40}(?:PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1) ?-{2,5}"
    r"|BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?"
)
_SECRET_KIND = r"""["']?kind["']?[ \t]{0,4}:[ \t]{0,4}["']?Secret(?!\w)"""
_DATA = r"""(?<!\w)["']?(?:data|stringData)["']?[ \t]{0,4}:[ \t]{0,4}\{?"""
_ROW = (
    r"""\s{1,40}+["']?[\w.-]{1,120}+["']?[ \t]{0,4}:[ \t]{0,4}"""
    r"""["']?([^\s"',}]{4,4096})["',}]{0,3}"""
)
_ENCODED = r"LS0tLS1CRUdJTi[A-Za-z0-9+/]{20,20000}+={0,2}"


def in_blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each secret of a text that is a block."""
    if "PRIVATE" in text or "OpenVPN Static" in text:
        yield from _armoured(text)
    if "PuTTY" in text:
        for match in compiled(r"PuTTY-User-Key-File-\d").finditer(text):
            yield _until(text, match.start(), ("Private-MAC:", "Private-Hash:")), "Private Key"
    if "LS0tLS1CRUdJTi" in text:
        for match in compiled(_ENCODED).finditer(text):
            if b"PRIVATE" in _decoded(match[0]):
                yield match[0], "Private Key"
    if "ecret" in text:
        yield from _kubernetes(text)
    if '"kty"' in text:
        yield from _web_keys(text)
    if "RSAKeyValue" in text:
        for match in compiled(r"<(?:D|P|Q)>([A-Za-z0-9+/=\s]{20,4000}+)</").finditer(text):
            yield match[1], "Private Key"


def _armoured(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for match in compiled(_BEGINS).finditer(text):
        if match.start() >= end:
            block = _until(text, match.start(), ("-----END", "---- END"))
            end = match.start() + len(block)
            yield block, "Private Key"


def _until(text: str, start: int, ends: tuple[str, ...]) -> str:
    """The block from `start` to the line of its end; where none comes, the run of what it holds."""
    for end in ends:
        at = text.find(end, start, start + _LONGEST)
        if at >= 0:
            tail = compiled(r"[^\n\"'\\,}]{0,120}").match(text, at)
            return text[start : tail.end() if tail else at]
    first = compiled(r"[^\n]{0,120}\n?(?:[A-Za-z0-9+/=]{16,80}\r?\n?)*+").match(text, start)
    return text[start : first.end() if first else start].rstrip()


def _decoded(encoded: str) -> bytes:
    part = encoded[:80]
    try:
        return base64.b64decode(part[: len(part) // 4 * 4])
    except (binascii.Error, ValueError):
        return b""


def _kubernetes(text: str) -> Iterator[tuple[str, str]]:
    """The values of a Secret, whatever they are called."""
    from incident_tui.service.secrets.forms.values import is_stand_in

    for document in text.split("\n---"):
        if not compiled(_SECRET_KIND).search(document):
            continue
        at = 0
        for data in compiled(_DATA).finditer(document):
            if data.start() < at:
                continue
            at = data.end()
            while pair := compiled(_ROW).match(document, at):
                if not is_stand_in(pair[1]):
                    yield pair[1], "Kubernetes secret"
                at = pair.end()


def _web_keys(text: str) -> Iterator[tuple[str, str]]:
    for match in compiled(r'"(?:d|k)"\s{0,4}:\s{0,4}"([\w-]{20,4096})"').finditer(text):
        yield match[1], "JSON Web Key"
