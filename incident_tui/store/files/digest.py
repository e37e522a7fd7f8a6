"""SHA-256 for names of files, without OpenSSL, which takes longer to load than a line to write."""

from contextlib import suppress
from importlib import import_module

_OWN = ("_sha2", "_sha256")
"""Python's own implementation, from 3.12 on and before; its `random` prefers it as well."""


def sha256_hex(data: bytes) -> str:
    """The digest of `data` in hexadecimal digits."""
    for name in _OWN:
        with suppress(ImportError):
            return str(import_module(name).sha256(data).hexdigest())
    import hashlib

    return hashlib.sha256(data).hexdigest()
