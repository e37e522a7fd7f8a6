"""Files are kept as evidence under safe names, once, and durably."""

import errno
import hashlib
from pathlib import Path, PurePosixPath

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.history import Committed
from incident_tui.history.versions.file_versions import blob
from incident_tui.service.runtime.world import World
from incident_tui.service.session import evidence_files
from incident_tui.service.session.evidence_files import ATTRIBUTES, keep_content
from incident_tui.store.files.errors import NotSaved
from tests.history.sandbox import Sandbox
from tests.support.homes import Kitchen


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    return Kitchen(tmp_path, env={"HOME": str(tmp_path / "ana")})


def attach(kitchen: Kitchen, line: str) -> EvidenceAttached:
    (entry,) = kitchen.open().enter(line).entries
    assert isinstance(entry.event, EvidenceAttached)
    return entry.event


def kept(kitchen: Kitchen) -> list[str]:
    names = {path.name for path in (kitchen.folder / "evidence").iterdir()}
    return sorted(names - {ATTRIBUTES})


def test_the_file_is_copied_with_the_hash_of_its_content(kitchen: Kitchen) -> None:
    (kitchen.path / "oven.png").write_bytes(b"hot")
    event = attach(kitchen, "/evidence oven.png")
    assert event == EvidenceAttached(
        name="oven.png", origin=str(kitchen.path / "oven.png"),
        sha256=hashlib.sha256(b"hot").hexdigest(), looked_into="text",
    )  # fmt: skip
    assert (kitchen.folder / "evidence" / "oven.png").read_bytes() == b"hot"


def test_a_file_is_looked_into_while_others_may_still_write(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kitchen.path / "oven.png").write_bytes(b"hot")
    summaries: list[str] = []

    def look(event: EvidenceAttached, world: World) -> str:
        summaries.append(kitchen.open("ben").enter("smoke").summary)
        return ""

    monkeypatch.setattr(evidence_files, "suspicion_in", look)
    kitchen.open().enter_group(["/evidence oven.png"])
    assert summaries == ["fact smoke"]


def test_git_keeps_it_to_the_byte_whatever_is_said_of_line_ends(tmp_path: Path) -> None:
    sandbox = Sandbox(tmp_path)
    (sandbox.top / ".gitattributes").write_text("* text=auto eol=lf\n")
    content = b"line ends\r\nas they were\r\n"
    name, _ = keep_content(content, "windows.log", sandbox.folder)
    assert isinstance(sandbox.commit(), Committed)
    path = f"{sandbox.folder.name}/evidence/{name}"
    assert blob(sandbox.open(), "HEAD", PurePosixPath(path)) == content


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("the oven (2).PNG", "the-oven-2.PNG"),
        ("日本.txt", "file.txt"),
        (".bashrc", "file.bashrc"),
        ("archive.tar.gz", "archive-tar.gz"),
        ("Makefile", "Makefile"),
        ("-rf", "rf"),
        ("a\x1b[2J.log", "a-2J.log"),
        ("x" * 200 + "." + "y" * 30, "x" * 60 + "." + "y" * 10),
    ],
)
def test_names_are_made_safe(kitchen: Kitchen, name: str, safe: str) -> None:
    (kitchen.path / name).write_bytes(b"hot")
    event = evidence_files.keep_evidence(
        EvidenceAttached(name="", origin=name), kitchen.folder, kitchen.world
    )
    assert event.name == safe
    assert "\x1b" not in event.origin
    assert kept(kitchen) == [safe]


def test_the_same_content_is_kept_once_and_other_content_beside_it(kitchen: Kitchen) -> None:
    oven = kitchen.path / "oven.png"
    names = []
    for content in (b"hot", b"hot", b"cold", b"hot", b"warm", b"cold"):
        oven.write_bytes(content)
        names.append(attach(kitchen, "/evidence oven.png").name)
    assert names == ["oven.png", "oven.png", "oven-2.png", "oven.png", "oven-3.png", "oven-2.png"]
    assert kept(kitchen) == ["oven-2.png", "oven-3.png", "oven.png"]


@pytest.mark.parametrize(
    "path", ["oven.png", "~/oven.png", "'oven.png'", '"oven.png"', "./oven.png"]
)
def test_paths_are_read_as_people_write_them(kitchen: Kitchen, path: str) -> None:
    for folder in (kitchen.path, kitchen.path / "ana"):
        folder.mkdir(exist_ok=True)
        (folder / "oven.png").write_bytes(b"hot")
    assert attach(kitchen, f"/evidence {path}").name == "oven.png"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("gone.png", "there is no file"),
        ("~nobody/gone.png", "there is no file"),
        (".", "there is no file"),
        ("x" * 300, "cannot be read: File name too long"),
    ],
)
def test_what_is_no_file_is_refused_and_nothing_recorded(
    kitchen: Kitchen, path: str, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        kitchen.open().enter(f"/evidence {path}")
    assert len(kitchen.open().incident.entries) == 1


def test_a_file_that_is_too_large_is_refused_with_another_way(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evidence_files, "LARGEST", 3 * 1024 * 1024)
    with (kitchen.path / "core").open("wb") as file:
        file.truncate(3 * 1024 * 1024 + 1)
    with pytest.raises(Refused, match="has 3 MiB; up to 3 are kept") as caught:
        kitchen.open().enter("/evidence core")
    assert caught.value.reasons == (("keep a link to it instead", "/link URL"),)
    with (kitchen.path / "core").open("wb") as file:
        file.truncate(3 * 1024 * 1024)
    assert attach(kitchen, "/evidence core").name == "core"


def test_a_copy_that_fails_records_nothing(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(evidence_files, "replace_file", full)
    (kitchen.path / "oven.png").write_bytes(b"hot")
    with pytest.raises(NotSaved, match="the disk is full"):
        kitchen.open().enter("/evidence oven.png")
    assert len(kitchen.open().incident.entries) == 1


def test_a_folder_in_the_way_gets_another_name_beside_it(kitchen: Kitchen) -> None:
    (kitchen.folder / "evidence" / "oven.png").mkdir(parents=True)
    (kitchen.path / "oven.png").write_bytes(b"hot")
    assert attach(kitchen, "/evidence oven.png").name == "oven-2.png"
