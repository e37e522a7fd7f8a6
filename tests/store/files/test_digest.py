"""Names of files stay what they were, whichever implementation of SHA-256 makes them."""

import hashlib

import pytest

from incident_tui.store.files import digest


@pytest.mark.parametrize("own", [digest._OWN, ("no_such_module",)], ids=["own", "hashlib"])
@pytest.mark.parametrize("data", [b"", b"a home", bytes(range(256)) * 64])
def test_the_digest_is_that_of_hashlib(
    own: tuple[str, ...], data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest, "_OWN", own)
    assert digest.sha256_hex(data) == hashlib.sha256(data).hexdigest()
