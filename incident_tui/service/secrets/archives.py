"""What is in a compressed file or an archive, up to a number of bytes; nothing is written."""

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator

_GZIP, _BZIP2, _XZ, _ZIP = b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"PK\x03\x04"
_UNREADABLE = (b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x04\x22\x4d\x18")
"""Zstandard, 7-Zip, RAR and LZ4: for these Python brings nothing."""
_DAMAGED = (zlib.error, lzma.LZMAError, zipfile.BadZipFile)
_CHUNK = 1024 * 1024
_MEMORY = 128 * 1024 * 1024
"""Bytes that unpacking xz may take: a file says itself how much it wants."""


def is_packed(content: bytes) -> bool:
    """Whether it is compressed or an archive, and says so itself."""
    return content.startswith((_GZIP, _BZIP2, _XZ, _ZIP, *_UNREADABLE))


def unpacked(content: bytes, most: int) -> tuple[bytes, bool]:
    """Up to `most` bytes of what is in it, file after file, and whether it could be read so far.

    What is in there is not unpacked once more.
    """
    if content.startswith(_UNREADABLE):
        return b"", False
    pieces: list[bytes] = []
    size = 0
    try:
        for piece in _pieces(content):
            pieces.append(piece[: most - size])
            size += len(pieces[-1])
            if size >= most:
                break
    except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, *_DAMAGED):
        return b"".join(pieces), False
    return b"".join(pieces), True


def _pieces(content: bytes) -> Iterator[bytes]:
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    with archive.open(member) as file:
                        yield from iter(lambda: file.read(_CHUNK), b"")
                    yield b"\n"
        return
    while content:  # one stream may follow another
        if content.startswith(_GZIP):
            gzip = zlib.decompressobj(wbits=31)
            yield gzip.decompress(content, _CHUNK)
            while gzip.unconsumed_tail:
                yield gzip.decompress(gzip.unconsumed_tail, _CHUNK)
            yield gzip.flush()
            if not gzip.eof:
                raise EOFError("it ends too early")
            content = gzip.unused_data.lstrip(b"\0")
            continue
        other: bz2.BZ2Decompressor | lzma.LZMADecompressor = (
            bz2.BZ2Decompressor()
            if content.startswith(_BZIP2)
            else lzma.LZMADecompressor(memlimit=_MEMORY)
        )
        yield other.decompress(content, _CHUNK)
        while not other.eof:
            if other.needs_input:
                raise EOFError("it ends too early")
            yield other.decompress(b"", _CHUNK)
        content = other.unused_data.lstrip(b"\0")
