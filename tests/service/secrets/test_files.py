"""Attached files are looked into: what is found is asked about, and named without being told."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.domain.confidential.secrets import Secrets
from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.process.flags import raised
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.door import read_file
from incident_tui.service import IncidentSession
from incident_tui.service.exchange.export import export
from incident_tui.service.secrets import files
from incident_tui.service.secrets.archives import unpacked
from incident_tui.service.secrets.files import files_must_not_leave, look_into
from incident_tui.service.secrets.texts import HeldBack, must_not_leave
from incident_tui.service.session.evidence_files import ATTRIBUTES
from incident_tui.store.files.errors import NotSaved
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB, PROSE, SECRETS

LEAK = f"first\nsecond\ntoken {GITHUB} works\nlast\n".encode()
HARMLESS = ("\n".join(PROSE) + "\n").encode()


def attached(bench: Bench, content: bytes, name: str = "app.log") -> IncidentSession:
    (bench.base / name).write_bytes(content)
    session = bench.declared()
    session.enter(f"/evidence {name}")
    return session


def open_suspicions(session: IncidentSession) -> list[str]:
    return [getattr(entry.event, "what", "") for entry in session.incident.of(Secrets).open]


def held(session: IncidentSession, **choice: object) -> Refused:
    with pytest.raises(HeldBack) as caught:
        files_must_not_leave(session.folder, session.incident, **choice)  # type: ignore[arg-type]
    return caught.value.refused


def _tar(content: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as archive:
        member = tarfile.TarInfo("var/log/app.log")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def _zip(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("empty/", b"")
        archive.writestr("a.txt", b"harmless")
        archive.writestr("b.txt", content)
    return made.getvalue()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "two streams of gzip": lambda content: gzip.compress(b"harmless") + gzip.compress(content),
    "tar.gz": _tar,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zip": _zip,
}


class TestLooking:
    @pytest.mark.parametrize("line", SECRETS.values(), ids=SECRETS.keys())
    def test_what_is_a_secret_in_an_entry_is_one_in_a_file(self, line: str) -> None:
        assert "in line 2" in look_into(f"harmless\n{line}\n".encode()).what

    def test_ordinary_text_is_not_suspect(self) -> None:
        assert look_into(HARMLESS) == files.Look("", "text")

    def test_kinds_and_lines_are_told_and_no_secret(self) -> None:
        look = look_into(LEAK + b"password: hunter2x\n" + LEAK)
        assert look.what == "GitHub Token in line 3, password or key in line 5"

    def test_of_many_the_first_three_are_named(self) -> None:
        lines = "\n".join(f"password: hunter{number}x" for number in range(1, 9))
        first = ", ".join(f"password or key in line {line}" for line in (1, 2, 3))
        assert look_into(lines.encode()).what == f"{first}, 5 more"

    @pytest.mark.parametrize("broken", ["\n", "\\\n", "\r\n  "])
    def test_a_secret_that_is_wrapped_over_lines_is_found(self, broken: str) -> None:
        text = f"first\ntoken {GITHUB[:20]}{broken}{GITHUB[20:]}\n"
        assert look_into(text.encode()).what == "GitHub Token in line 2"

    @pytest.mark.parametrize("place", [0, 2990, 3999, 60_000, 1_000_000])
    def test_it_is_found_wherever_it_stands(self, place: int) -> None:
        text = ("prose " * 200_000)[:place] + f"\n{GITHUB}\n" + "prose " * 1000
        assert look_into(text.encode()).what == "GitHub Token in line 2"

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
    def test_encodings_of_text_hide_nothing(self, encoding: str) -> None:
        look = look_into(f"größer\n{GITHUB}\n".encode(encoding))
        assert look == files.Look("GitHub Token in line 2", "text")

    @pytest.mark.parametrize("wide", ["ascii", "utf-16-le"])
    def test_of_a_binary_file_the_readable_strings_are_looked_at(self, wide: str) -> None:
        content = b"\x7fELF\0\0\1\2" + f" {GITHUB} ".encode(wide) + b"\0\0\xff"
        assert look_into(content) == files.Look("GitHub Token", "strings")
        assert look_into(b"\x89PNG\r\n\0\0") == files.Look("", "strings")

    @pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS.keys())
    def test_what_is_packed_is_unpacked_for_it(self, pack: Callable[[bytes], bytes]) -> None:
        assert look_into(pack(LEAK)) == files.Look("GitHub Token", "unpacked")
        assert look_into(pack(HARMLESS)) == files.Look("", "unpacked")

    @pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS.keys())
    def test_a_damaged_archive_is_suspect_or_said_not_to_have_been_looked_into(
        self, pack: Callable[[bytes], bytes]
    ) -> None:
        whole = pack(os.urandom(3000) + LEAK)
        for end in range(6, len(whole), 97):
            assert look_into(whole[:end]).how in ("packed", "part")

    @pytest.mark.parametrize("pack", PACKERS.values(), ids=PACKERS.keys())
    def test_of_all_that_is_in_it_no_more_is_unpacked_than_is_looked_at(
        self, pack: Callable[[bytes], bytes]
    ) -> None:
        content, readable = unpacked(pack(b"\0" * 2000), 1000)
        assert (len(content), readable) == (1000, True)

    def test_a_bomb_takes_no_more_than_is_looked_at(self) -> None:
        bomb = gzip.compress(b"\0" * 30_000_000, compresslevel=1)
        assert len(bomb) < 200_000
        assert unpacked(bomb, 1000) == (b"\0" * 1000, True)
        assert look_into(bomb).how == "part"

    def test_what_asks_for_a_lot_of_memory_is_not_unpacked(self) -> None:
        """A file of xz says itself how much it wants, in the header of its first block."""
        packed = bytearray(lzma.compress(LEAK))
        assert look_into(bytes(packed)).what == "GitHub Token"
        packed[16] = 32  # 256 MiB
        end = 12 + packed[12] * 4
        packed[end : end + 4] = zlib.crc32(packed[12:end]).to_bytes(4, "little")
        assert look_into(bytes(packed)) == files.Look("", "packed")

    @pytest.mark.parametrize("content", [b"7z\xbc\xaf\x27\x1c" + LEAK, b"\x28\xb5\x2f\xfd" + LEAK])
    def test_what_cannot_be_unpacked_here_is_said(self, content: bytes) -> None:
        assert look_into(content) == files.Look("", "packed")

    def test_a_large_file_is_asked_about_since_its_end_was_not_looked_at(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(files, "LOOKED_INTO", 2 * 1024 * 1024)
        large = b"prose\n" * 350_000
        assert len(large) > 2 * 1024 * 1024
        assert look_into(large) == files.Look("nobody looked beyond the first 2 MiB", "part")


class TestAttaching:
    def test_file_line_and_kind_are_asked_about_and_a_flag_stands(self, bench: Bench) -> None:
        session = attached(bench, LEAK)
        assert open_suspicions(session) == ["GitHub Token in line 3 of evidence/app.log"]
        up = raised(session.incident, bench.clock.now)
        (flag,) = [flag for flag in up if flag.id == "secrets.suspected"]
        assert "line 3 of evidence/app.log" in flag.text
        log = (session.folder / "incident.json").read_text("utf-8")
        assert GITHUB not in log

    def test_until_it_is_decided_nothing_leaves(self, bench: Bench) -> None:
        session = attached(bench, LEAK)
        with pytest.raises(HeldBack, match="#2 looks like it holds a secret"):
            must_not_leave(session.incident)
        with pytest.raises(Refused, match="#2 looks like it holds a secret"):
            export(session, "md")
        session.enter("/keep-secret 2 revoked years ago")
        must_not_leave(session.incident)
        files_must_not_leave(session.folder, session.incident)
        export(session, "md")

    def test_a_redaction_removes_the_file_and_settles_it(self, bench: Bench) -> None:
        session = attached(bench, LEAK)
        session.enter("/redact 2 a token")
        must_not_leave(session.incident)
        files_must_not_leave(session.folder, session.incident)
        kept = (session.folder / "evidence" / "app.log").read_text()
        assert kept.startswith("Redacted by ana at ")
        assert GITHUB not in kept

    def test_ordinary_files_are_kept_without_a_question(self, bench: Bench) -> None:
        session = attached(bench, HARMLESS)
        assert open_suspicions(session) == []
        files_must_not_leave(session.folder, session.incident)

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"\0\1harmless\0", "binary: looked into for secrets as far as it is readable text"),
            (b"7z\xbc\xaf\x27\x1c\0", "packed: not looked into for secrets"),
        ],
    )
    def test_what_was_not_looked_into_is_said_in_the_timeline(
        self, bench: Bench, content: bytes, says: str
    ) -> None:
        session = attached(bench, content, "core.bin")
        entry = session.incident.recorded[1]
        assert entry.event.tell(entry, session.incident) == f"evidence/core.bin ({says})"

    def test_a_secret_in_the_name_of_a_file_does_not_become_that_of_the_copy(
        self, bench: Bench
    ) -> None:
        session = attached(bench, HARMLESS, f"{GITHUB}.txt")
        assert set(os.listdir(session.folder / "evidence")) - {ATTRIBUTES} == {"file.txt"}
        assert len(open_suspicions(session)) == 1  # where it came from is in the entry
        session.enter("/redact 2")
        assert GITHUB not in (session.folder / "incident.json").read_text("utf-8")

    def test_several_lines_at_once_are_looked_into_as_well(self, bench: Bench) -> None:
        (bench.base / "app.log").write_bytes(LEAK)
        session = bench.declared()
        session.enter_group(["cold", "/evidence app.log"])
        assert len(open_suspicions(session)) == 1


class TestByHand:
    """What was not attached by this version, or changed since, is looked into before it leaves."""

    def test_a_file_that_an_older_version_attached(self, bench: Bench) -> None:
        session = bench.declared()
        (session.folder / "evidence").mkdir()
        (session.folder / "evidence" / "app.log").write_bytes(LEAK)
        digest = files.digest_of(LEAK)
        with pytest.MonkeyPatch.context() as older:
            older.setattr(
                "incident_tui.service.secrets.files.examined", lambda event, folder: event
            )
            older.setattr("incident_tui.service.secrets.files.suspicion_of_file", lambda *_: "")
            event = EvidenceAttached(name="app.log", origin="/var/log/app.log", sha256=digest)
            session.record(lambda incident: [PendingEvent(event)])
        refused = held(session)
        assert "evidence/app.log (GitHub Token in line 3)" in refused.message
        assert [mend for _, mend in refused.reasons] == ["/redact 2 WHY", "/keep-secret 2 WHY"]
        files_must_not_leave(session.folder, session.incident, since=2)  # git has it already
        session.enter("/keep-secret 2 revoked")
        files_must_not_leave(session.folder, session.incident)

    def test_a_file_that_was_replaced_after_it_was_kept(self, bench: Bench) -> None:
        session = attached(bench, LEAK)
        session.enter("/keep-secret 2 revoked")
        path = session.folder / "evidence" / "app.log"
        path.write_bytes(b"password: hunter2x\n")
        refused = held(session)
        assert "evidence/app.log (password or key in line 1)" in refused.message
        assert ("evidence/app.log (password or key in line 1): or attach it as it is now; then it "
                "can be redacted or kept", f"/evidence {path}") in refused.reasons  # fmt: skip
        receipt = session.enter(f"/evidence {path}")
        assert receipt.summary.startswith("evidence evidence/app.log")
        session.enter(f"/keep-secret {receipt.numbers[0]} an example")
        files_must_not_leave(session.folder, session.incident)

    @pytest.mark.parametrize("name", ["evidence/dump.txt", "notes.txt", ".env", "evidence/a/b.txt"])
    def test_a_file_that_nobody_attached(self, bench: Bench, name: str) -> None:
        session = bench.declared()
        path = session.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(LEAK)
        assert f"{name} (GitHub Token in line 3)" in held(session).message
        path.unlink()
        files_must_not_leave(session.folder, session.incident)

    def test_each_file_is_looked_into_whatever_is_known_of_the_others(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone_meanwhile(path: Path, **how: object) -> bytes:
            if path.name == "n.txt":
                raise FileNotFoundError
            return read_file(path, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(files, "read_file", gone_meanwhile)
        session = attached(bench, LEAK)
        session.enter("/keep-secret 2 revoked")
        for name in ("a.txt", "m.md", "z.txt"):
            (session.folder / name).write_bytes(LEAK)
        (session.folder / "n.txt").write_bytes(LEAK)
        refused = held(session, rendered={"m.md"})
        assert "a.txt (GitHub Token in line 3) (and 1 more)" in refused.message

    def test_documents_that_are_rendered_and_names_left_out_are_none_of_it(
        self, bench: Bench
    ) -> None:
        session = bench.declared()
        for name in ("README.md", ".x.tmp", "incident.json.damaged-1"):
            (session.folder / name).write_bytes(LEAK)
        files_must_not_leave(
            session.folder, session.incident, rendered={"README.md"},
            leave_out=(".*.tmp", "incident.json.damaged-*"),
        )  # fmt: skip

    def test_links_pipes_and_the_repository_of_a_protected_incident_are_not_read(
        self, bench: Bench
    ) -> None:
        session = bench.declared()
        (bench.base / "secret").write_bytes(LEAK)
        (session.folder / "link").symlink_to(bench.base / "secret")
        os.mkfifo(session.folder / "pipe")
        (session.folder / ".git").mkdir()
        (session.folder / ".git" / "config").write_bytes(LEAK)
        files_must_not_leave(session.folder, session.incident)

    def test_a_playbook_is_asked_about_before_it_is_committed_or_exported(
        self, bench: Bench
    ) -> None:
        session = bench.declared()
        with (session.folder / "playbook.toml").open("a") as file:
            file.write(f'\n# title = "{GITHUB}"\n')
        assert "playbook.toml (GitHub Token in line" in held(session).message
        with pytest.raises(Refused, match=r"playbook\.toml"):
            export(session, "html")
        session.enter("/keep-secret 1 an example")
        files_must_not_leave(session.folder, session.incident)


class TestPlaces:
    @pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
    def test_what_is_no_ordinary_file_is_refused_at_once(
        self, bench: Bench, make: Callable[[Path], None]
    ) -> None:
        session = bench.declared()
        make(bench.base / "thing")
        with pytest.raises(Refused, match="a folder, a device or a pipe"):
            session.enter("/evidence thing")

    @pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
    def test_so_is_a_device(self, bench: Bench, device: str) -> None:
        with pytest.raises(Refused, match="a folder, a device or a pipe"):
            bench.declared().enter(f"/evidence {device}")

    def test_a_link_that_goes_round_in_circles_is_no_file(self, bench: Bench) -> None:
        (bench.base / "loop").symlink_to(bench.base / "loop")
        with pytest.raises(Refused, match="there is no file"):
            bench.declared().enter("/evidence loop")

    def test_a_file_that_grows_while_it_is_read_is_cut_off_by_no_one(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("incident_tui.service.session.evidence_files.LARGEST", 10)
        (bench.base / "grows").write_bytes(b"x" * 11)
        with pytest.raises(Refused, match="are kept"):
            bench.declared().enter("/evidence grows")

    @pytest.mark.parametrize("name", ["incident.json", "playbook.toml", "README.md"])
    def test_the_incident_is_no_evidence_of_itself(self, bench: Bench, name: str) -> None:
        session = bench.declared()
        (session.folder / name).touch()
        (bench.base / "link").symlink_to(session.folder / name)
        for path in (session.folder / name, bench.base / "link"):
            with pytest.raises(Refused, match="belongs to an incident"):
                session.enter(f"/evidence {path}")

    def test_nor_of_another_one_nor_are_drafts(self, bench: Bench) -> None:
        other, session = bench.declared("Leak"), bench.declared()
        draft = bench.home.state.make("consoles") / "x.json"
        draft.touch()
        for path in (other.folder / "incident.json", draft):
            with pytest.raises(Refused, match="belongs to an incident"):
                session.enter(f"/evidence {path}")
        (other.folder / "evidence").mkdir()
        (other.folder / "evidence" / "app.log").touch()
        session.enter(f"/evidence {other.folder / 'evidence' / 'app.log'}")

    def test_a_link_among_the_evidence_is_never_written_through(self, bench: Bench) -> None:
        session = bench.declared()
        (session.folder / "evidence").mkdir()
        (session.folder / "evidence" / "app.log").symlink_to(bench.base / "victim")
        (bench.base / "app.log").write_bytes(b"harmless")
        session.enter("/evidence app.log")
        assert not (bench.base / "victim").exists()
        assert (session.folder / "evidence" / "app-2.log").read_bytes() == b"harmless"

    def test_a_folder_of_evidence_that_is_a_link_is_not_written_to(self, bench: Bench) -> None:
        session = bench.declared()
        (bench.base / "elsewhere").mkdir()
        (session.folder / "evidence").symlink_to(bench.base / "elsewhere")
        (bench.base / "app.log").write_bytes(b"harmless")
        with pytest.raises(NotSaved, match="evidence is a link"):
            session.enter("/evidence app.log")
        assert list((bench.base / "elsewhere").iterdir()) == []
