"""A repository with an incident that is hard to store, and programs that tell when they run."""

import hashlib
import os
from pathlib import Path, PurePosixPath

from incident_tui.history import CommitOptions, Committed, Outcome, commits_of, last_position
from incident_tui.history.versions.file_versions import blob, versions_of
from tests.history.commits.test_index import HOOKS
from tests.history.sandbox import Sandbox
from tests.support.git import start

CONTENT = {
    "incident.json": b'{"entries": 1, "id": "$Id$"}\n',
    "playbook.toml": b'title = "$Format:%H$"\r\n',
    "README.md": "# Größe\n$Id: 1234 $\n".encode(),
    "evidence/mail.txt": b"one\r\ntwo\nthree\r",
    "evidence/core.bin": bytes(range(256)),
    "evidence/utf16.txt": "\ufeffodd\r\n".encode("utf-16-le"),
    "evidence/empty": b"",
    ".gitattributes": b"* -text\n",
}


def quoted(text: str) -> str:
    """As text stands in a configuration of git, whatever it is."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def blob_name(data: bytes) -> str:
    """The name under which git keeps this content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Foreign:
    """A repository with an incident in ``incidents/one``, and a program that tells it was run."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.marks = sandbox.base / "ran"
        self.marks.mkdir()
        self.run = self._program("run", self.marks / "program")
        self.hooks = sandbox.base / "foreign-hooks"
        self.hooks.mkdir()
        for name in HOOKS:
            self._program(f"foreign-hooks/{name}", self.marks / name)
        self.include = sandbox.base / "included"
        self.include.write_text(
            f'[filter "evil"]\n\tclean = {self.run}\n[core]\n\tfsmonitor = {self.run}\n'
            f"\tautocrlf = true\n\thooksPath = {self.hooks}\n"
        )
        self.folder = sandbox.top / "incidents" / "one"
        for name, data in CONTENT.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (self.folder / "evidence" / "tool.sh").write_bytes(b"#!/bin/sh\r\n")
        (self.folder / "evidence" / "tool.sh").chmod(0o755)
        (self.folder / "evidence" / "link").symlink_to("../incident.json")
        (self.folder / "evidence" / "dangling").symlink_to("/etc/shadow")

    def _program(self, name: str, mark: Path) -> Path:
        path = self.sandbox.base / name
        path.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
        path.chmod(0o755)
        return path

    def configure(self, settings: str) -> None:
        """Set keys of the repository's own configuration: "key=value key=value"."""
        places = {
            "run": self.run,
            "hooks": self.hooks,
            "include": self.include,
            "elsewhere": self.sandbox.base,
        }
        with (self.sandbox.top / ".git" / "config").open("a") as file:
            for setting in settings.split(" "):
                key, _, value = setting.partition("=")
                section, _, name = key.format(**places).rpartition(".")
                section, _, subsection = section.partition(".")
                header = f"{section} {quoted(subsection)}" if subsection else section
                file.write(f"[{header}]\n\t{name} = {quoted(value.format(**places))}\n")

    def plant(self, place: str, lines: str) -> None:
        """Put attributes in a place."""
        if place.endswith("core.attributesFile"):
            path = self.sandbox.base / "attributes"
            if place.startswith("user's"):
                self.sandbox.configure(f"[core]\n\tattributesFile = {path}\n")
            else:
                self.configure(f"core.attributesFile={path}")
        else:
            path = self.sandbox.top / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines)

    def commit(self, mark: int = 7, options: CommitOptions | None = None) -> Outcome:
        request = self.sandbox.request(folder=self.folder, mark=mark)
        return self.sandbox.commit(request, options=options)

    def ran(self) -> list[str]:
        return sorted(path.name for path in self.marks.iterdir())

    def raw(self, *words: str) -> str:
        """What a git prints that has no configuration of this repository at all."""
        bare = self.sandbox.base / "bare"
        if not bare.exists():
            start(bare, bare=True)
        objects = self.sandbox.top / ".git" / "objects"
        (bare / "objects" / "info" / "alternates").write_text(f"{objects}\n")
        return self.sandbox.git(*words, cwd=bare)

    def is_stored(self, tree: str, prefix: str = "") -> None:
        """Every file of the folder is in that tree as it lies on the disk."""
        listed = self.raw("ls-tree", "-r", "-z", tree).split("\0")[:-1]
        stored = {}
        for line in listed:
            about, _, inside = line.partition("\t")
            mode, _, name = about.split(" ")
            if inside.startswith(prefix):
                stored[inside.removeprefix(prefix)] = (mode, name)
        there = {
            path.relative_to(self.folder).as_posix(): path
            for path in self.folder.rglob("*")
            if path.is_symlink() or path.is_file()
        }
        assert stored.keys() == there.keys()
        for inside, path in there.items():
            mode, name = stored[inside]
            if path.is_symlink():
                assert mode == "120000"
                assert name == blob_name(os.readlink(path).encode())
            else:
                assert mode == ("100755" if path.stat().st_mode & 0o100 else "100644")
                assert name == blob_name(path.read_bytes()), inside

    def head(self) -> str:
        return (self.sandbox.top / ".git" / "refs" / "heads" / "main").read_text().strip()


def changed_log(foreign: Foreign, entries: int = 2) -> bytes:
    data = b'{"entries": %d}\r\n\xff' % entries
    (foreign.folder / "incident.json").write_bytes(data)
    return data


def commits_twice_and_reads_back(foreign: Foreign) -> None:
    assert isinstance(foreign.commit(7), Committed)
    foreign.is_stored(foreign.head(), "incidents/one/")
    changed = changed_log(foreign)
    assert isinstance(foreign.commit(9), Committed)
    foreign.is_stored(foreign.head(), "incidents/one/")
    repository = foreign.sandbox.open()
    path = PurePosixPath("incidents/one/incident.json")
    assert [data for _, data in versions_of(repository, path)] == [
        changed,
        CONTENT["incident.json"],
    ]
    assert blob(repository, "HEAD", path) == changed
    assert last_position(repository, foreign.folder) == 9
    assert [each.position for each in commits_of(repository, foreign.folder)][:2] == [9, 7]
