"""A log that others go on with: only what they added is read, and what is read is what is there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.stored_entries import decode, encode
from incident_tui.store.files.errors import StoreError
from incident_tui.store.log.incident_file import IncidentFile

MakeEntry = Callable[..., Entry]
OpenFile = Callable[..., IncidentFile]
OTHER = b'"%d": %b'


def add(file: IncidentFile, *entries: Entry) -> None:
    with file.transaction() as transaction:
        transaction.append(entries)


def line(number: int, entry: Entry) -> bytes:
    return OTHER % (number, encode(entry))


def test_of_what_others_add_to_a_long_log_nothing_else_is_read_again(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = open_file(tmp_path), open_file(tmp_path)
    add(other, *map(entry, range(1, 500)))
    mine.read()
    read = []

    def counted(document: bytes) -> Entry:
        read.append(document)
        return decode(document)

    monkeypatch.setattr("incident_tui.store.log.incident_file.decode", counted)
    for order in range(500, 510):
        add(other, entry(order))
        assert mine.refresh() == [entry(order)]
        assert not mine.changed()
        assert not mine.rewritten
    assert len(read) == 10
    assert mine.read() == open_file(tmp_path).read()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"\n}\n}\n", b",\n%(new)b\n}\n}\n"),
        (b"\n}\n}\n", b",\n%(new)b,\n%(newer)b\n}\n}\n"),
        (b"\n}\n}\n", b',\n%(new)b}, "events": {}\n}\n'),
        (b"\n}\n}\n", b", %(new)b\n}\n}\n"),  # laid out by another program
        (b"\n}\n}\n", b",\n%(again)b\n}\n}\n"),  # a number that is taken
        (b"\n}\n}\n", b",\n%(padded)b\n}\n}\n"),  # "03" is "3" to TinyDB
        (b"\n}\n}\n", b",\n%(twin)b\n}\n}\n"),  # another entry of an id that is there
        (b"\n}\n}\n", b",\n%(new)b,\n%(new)b\n}\n}\n"),
        (b"\n}\n}\n", b',\n"4": {"id":"broken"}\n}\n}\n'),
        (b"\n}\n}\n", b",\n%(new)b\n}\n"),
        (b"\n}\n}\n", b',\n"4": "\xff"\n}\n}\n'),
        (b"14 %%", b"15 %%"),
        (b"14 %%", b"15 %% of all"),
        (b"\n}\n}\n", b"\n}\n}\n\n"),
    ],
)
def test_whatever_became_of_the_file_is_read_as_whoever_comes_new_reads_it(
    before: bytes, after: bytes, tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    file = open_file(tmp_path)
    add(open_file(tmp_path), entry(1), entry(2), entry(3))
    file.read()
    words = {
        b"new": line(4, entry(4)),
        b"newer": line(5, entry(5)),
        b"again": line(3, entry(4)),
        b"padded": b"%b" % line(3, entry(4)).replace(b'"3"', b'"03"', 1),
        b"twin": line(4, entry(4, "another text", entry_id="id-2")),
    }
    there = file.path.read_bytes()
    at = there.rindex(before.replace(b"%%", b"%"))
    with file.path.open("r+b") as changed:
        changed.seek(at)
        changed.truncate()
        changed.write(after % words + there[at + len(before % {}) :])

    def seen(reader: IncidentFile) -> object:
        try:
            reader.refresh()
            return reader.read()
        except StoreError as error:
            return str(error)

    assert seen(file) == seen(open_file(tmp_path))
    assert seen(file) == seen(open_file(tmp_path)), "and again"


def test_an_event_that_cannot_be_read_is_told_until_it_is_mended(
    tmp_path: Path, entry: MakeEntry, open_file: OpenFile
) -> None:
    file = open_file(tmp_path)
    add(file, entry(1))
    file.read()
    whole = file.path.read_bytes()
    file.path.write_bytes(whole.replace(b"\n}\n}\n", b',\n"2": {"id":"broken"}\n}\n}\n'))
    broken = file.path.read_bytes()
    for more in (b"", b",\n" + line(3, entry(3)), b",\n" + line(4, entry(4))):
        broken = broken.replace(b"\n}\n}\n", more + b"\n}\n}\n")
        file.path.write_bytes(broken)
        with pytest.raises(StoreError, match="its event 2"):
            file.refresh()
    file.path.write_bytes(whole)
    assert file.read().entries == [entry(1)]
