"""Documents on disk: only what differs is written, and only documents are touched."""

from pathlib import Path

import pytest

from incident_tui.documents import differences, render_folder, write_folder
from tests.support.incidents import story

DOCUMENTS = {
    "README.md": "# One\n",
    "artifacts/1-brief.md": "# Brief\n",
    "updates/1-initial.md": "# Örtliche Störung → eu-west\n",
}


def test_a_new_folder_gets_every_document_in_utf8_with_line_feeds(tmp_path: Path) -> None:
    assert write_folder(tmp_path, DOCUMENTS) == sorted(DOCUMENTS)
    for path, text in DOCUMENTS.items():
        assert (tmp_path / path).read_bytes() == text.encode()
    assert not differences(tmp_path, DOCUMENTS)


def test_writing_again_touches_nothing(tmp_path: Path) -> None:
    write_folder(tmp_path, DOCUMENTS)
    before = {path: (tmp_path / path).stat().st_ino for path in DOCUMENTS}
    assert write_folder(tmp_path, DOCUMENTS) == []
    assert {path: (tmp_path / path).stat().st_ino for path in DOCUMENTS} == before


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    write_folder(tmp_path, DOCUMENTS)
    (tmp_path / "README.md").write_bytes(b"# One\r\n")
    assert write_folder(tmp_path, DOCUMENTS) == ["README.md"]


@pytest.mark.parametrize(
    "path",
    [
        "updates/2-update.md",
        "updates/2-update.txt",
        "updates/3-resolution.chat.txt",
        "checkpoints/1.md",
    ],
)
def test_numbered_documents_that_the_log_no_longer_calls_for_are_removed(
    tmp_path: Path, path: str
) -> None:
    write_folder(tmp_path, DOCUMENTS | {path: "Taken back\n"})
    assert write_folder(tmp_path, DOCUMENTS) == [path]
    assert not (tmp_path / path).exists()


@pytest.mark.parametrize(
    "path",
    [
        "incident.json",
        "playbook.toml",
        "evidence/1-shot.md",
        "notes.md",
        "postmortem-draft.md",
        "artifacts/notes.md",
        "artifacts/1-brief.txt",
        "updates/1-notes.txt",
        "updates/notes.chat.txt",
        "checkpoints/notes.md",
        "artifacts/1-brief.md.orig",
        "artifacts/deep/1-brief.md",
    ],
)
def test_what_people_put_there_stays(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("theirs")
    write_folder(tmp_path, DOCUMENTS)
    assert (tmp_path / path).read_text() == "theirs"
    assert not differences(tmp_path, DOCUMENTS)


@pytest.mark.parametrize(
    "path", ["incident.json", "playbook.toml", "evidence/x.md", "../x.md", "/x.md", "a//b.md"]
)
def test_the_log_the_playbook_and_the_evidence_are_never_written(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not the path of a document"):
        write_folder(tmp_path, {path: "x"})


@pytest.mark.parametrize("name", ["artifacts", "updates", "checkpoints"])
def test_a_folder_that_leads_out_of_the_incident_is_left_alone(tmp_path: Path, name: str) -> None:
    """It may have come with somebody else's clone."""
    incident, outside = tmp_path / "incident", tmp_path / "outside"
    incident.mkdir()
    outside.mkdir()
    (outside / "1-mine.md").write_text("mine")
    (incident / name).symlink_to(outside)
    with pytest.raises(OSError, match="link to somewhere else"):
        write_folder(incident, DOCUMENTS)
    assert [path.read_text() for path in outside.iterdir()] == ["mine"]


def test_differences_name_what_is_missing_changed_and_extra(tmp_path: Path) -> None:
    write_folder(tmp_path, DOCUMENTS | {"updates/2-update.md": "# Taken back\n"})
    (tmp_path / "README.md").unlink()
    (tmp_path / "artifacts/1-brief.md").write_text("# Edited\n")
    assert differences(tmp_path, DOCUMENTS) == [
        "README.md is missing",
        "artifacts/1-brief.md differs from what the log says",
        "updates/2-update.md is extra: the log does not call for it",
    ]


def test_a_write_that_fails_leaves_the_old_text_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(tmp_path, DOCUMENTS)

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_folder(tmp_path, {"README.md": "# Two\n"})
    assert (tmp_path / "README.md").read_text() == "# One\n"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def test_a_rendered_incident_can_be_deleted_and_rebuilt_byte_for_byte(tmp_path: Path) -> None:
    documents = render_folder(story().incident)
    write_folder(tmp_path / "one", documents)
    for path in documents:
        (tmp_path / "one" / path).unlink()
    assert write_folder(tmp_path / "one", render_folder(story().incident)) == sorted(documents)
    assert not differences(tmp_path / "one", documents)
