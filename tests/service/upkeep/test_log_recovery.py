"""A damaged log is rebuilt from git and from what it still says, and what is lost is told."""

import json

from incident_tui.service.upkeep.log_recovery import recover
from tests.service.conftest import Bench


def test_only_what_nothing_else_has_is_told_as_lost(bench: Bench) -> None:
    session = bench.declared()
    session.enter("it rains")
    path = session.file.path
    committed = path.read_bytes()
    session.enter("it snows")
    broken = path.read_bytes()
    for number, words in ((b'"2"', b"rains"), (b'"3"', b"snows")):
        assert number + b":" in broken
        broken = broken.replace(number + b":", b"~:").replace(words, b'"')
    path.write_bytes(broken)
    done = recover(bench.service, session.id, [("1234", committed)])
    assert (done.entries, done.from_git) == (2, 2)
    assert done.unread == ("after 1",)


def test_what_a_damaged_log_holds_on_many_lines_is_one_line_an_entry_again(bench: Bench) -> None:
    session = bench.declared()
    session.enter("it rains")
    path = session.file.path
    sound = path.read_text()
    path.write_text(json.dumps(json.loads(sound), indent=4)[:-1])
    assert recover(bench.service, session.id, []).entries == 2
    assert path.read_text().splitlines() == sound.splitlines()
