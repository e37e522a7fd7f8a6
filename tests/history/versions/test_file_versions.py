"""Every version of a file that the history has, to the byte."""

from pathlib import PurePosixPath

import pytest

from incident_tui.history.versions.file_versions import blob, versions_of
from tests.history.sandbox import Sandbox

PATH = PurePosixPath("2026-11-20-checkout-5xx/incident.json")


def commit(sandbox: Sandbox, text: str) -> None:
    sandbox.write("incident.json", text)
    sandbox.git("add", "--all")
    sandbox.git("commit", "--quiet", "-m", text)


def test_the_newest_comes_first_and_those_of_other_branches_last(sandbox: Sandbox) -> None:
    commit(sandbox, "1")
    sandbox.git("checkout", "--quiet", "-b", "side")
    commit(sandbox, "side")
    sandbox.git("checkout", "--quiet", "main")
    commit(sandbox, "2")
    sandbox.git("rm", "--quiet", "-r", sandbox.folder.name)
    sandbox.git("commit", "--quiet", "-m", "gone")
    contents = [data for _, data in versions_of(sandbox.open(), PATH)]
    assert contents == [b"2", b"1", b"side"]


def test_before_the_first_commit_there_is_none(sandbox: Sandbox) -> None:
    assert list(versions_of(sandbox.open(), PATH)) == []


@pytest.mark.parametrize("data", [b"\xff\xfe{", b"\r\n\0\x80", b"", "é\ufffd".encode(), b"a\r\n"])
def test_what_was_stored_is_read_back_to_the_byte(sandbox: Sandbox, data: bytes) -> None:
    (sandbox.folder / "incident.json").write_bytes(data)
    sandbox.git("add", "--all")
    sandbox.git("commit", "--quiet", "-m", "odd")
    assert [content for _, content in versions_of(sandbox.open(), PATH)] == [data]
    assert blob(sandbox.open(), "HEAD", PATH) == data
    assert blob(sandbox.open(), "HEAD", PurePosixPath("nothing")) is None
