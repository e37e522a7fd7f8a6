"""`recover`: a damaged log can be read again, from git, from itself, from what waited aside."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Terminal, service_of

Git = Callable[..., str]


def texts(terminal: Terminal, incident: str) -> list[str]:
    return [entry["text"] for entry in terminal.json("show", incident)["timeline"]]


def path_of(terminal: Terminal, incident: str) -> Path:
    return terminal.folder(incident) / "incident.json"


@pytest.fixture
def outage(git_terminal: Terminal) -> str:
    """An incident with a commit in the middle of its log."""
    incident = git_terminal.declared()
    git_terminal.ok("log", "before the commit")
    git_terminal.ok("log", "/sev SEV2")
    git_terminal.ok("log", "after the commit", "and one more")
    return incident


def test_a_sound_log_is_left_alone(git_terminal: Terminal, outage: str) -> None:
    before = path_of(git_terminal, outage).read_bytes()
    assert "nothing to recover" in git_terminal.ok("recover", outage)
    assert path_of(git_terminal, outage).read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-25],
        lambda data: data.replace(b'"order":2', b'"order":"two"'),
        lambda data: b"<<<<<<< HEAD\n" + data,
        lambda data: data.replace(b"{", b"\x00", 1),
    ],
    ids=["truncated", "wrong type", "conflict", "no JSON"],
)
def test_what_git_has_and_what_can_be_read_is_there_again(
    git_terminal: Terminal, outage: str, damage: Callable[[bytes], bytes]
) -> None:
    path = path_of(git_terminal, outage)
    before = texts(git_terminal, outage)
    broken = damage(path.read_bytes())
    path.write_bytes(broken)
    assert git_terminal.run("verify", outage).exit_code == 1
    answer = git_terminal.json("recover", outage)
    assert texts(git_terminal, outage) == before[: answer["entries"]]
    assert answer["entries"] >= len(before) - 1, "only an entry that is cut off can be missing"
    assert (answer["entries"] == len(before)) or answer["unread"]
    kept = Path(answer["damaged"])
    assert (kept.name, kept.read_bytes()) == ("incident.json.damaged-1", broken)


def test_damaged_files_are_never_overwritten(git_terminal: Terminal, outage: str) -> None:
    path = path_of(git_terminal, outage)
    for number in (1, 2, 3):
        path.write_text(f"damage {number}")
        answer = git_terminal.json("recover", outage)
        assert Path(answer["damaged"]).name == f"incident.json.damaged-{number}"
    for number in (1, 2, 3):
        kept = path.with_name(f"incident.json.damaged-{number}")
        assert kept.read_text() == f"damage {number}"


def test_both_sides_of_a_conflict_are_there_again(git_terminal: Terminal, outage: str) -> None:
    path = path_of(git_terminal, outage)
    lines = path.read_text().split("\n")
    last = next(line for line in lines if "and one more" in line)
    theirs = last.replace("and one more", "theirs").replace('"id":"', '"id":"f')
    marked = f"<<<<<<< ours\n{last}\n=======\n{theirs}\n>>>>>>> theirs"
    path.write_text("\n".join(lines).replace(last, marked))
    assert "marked as a conflict" in git_terminal.run("verify", outage).output
    git_terminal.ok("recover", outage)
    assert texts(git_terminal, outage)[-2:] == ["and one more", "theirs"]


def test_a_letter_that_changed_is_that_of_git_again(git_terminal: Terminal, outage: str) -> None:
    path = path_of(git_terminal, outage)
    path.write_bytes(path.read_bytes().replace(b"before the", b"befope the")[:-5])
    git_terminal.ok("recover", outage)
    assert "before the commit" in texts(git_terminal, outage)


def test_an_entry_that_lost_its_number_is_there_again(git_terminal: Terminal, outage: str) -> None:
    path = path_of(git_terminal, outage)
    before = texts(git_terminal, outage)
    path.write_bytes(path.read_bytes().replace(b'"4": {', b'\x00\x01": {'))
    answer = git_terminal.json("recover", outage)
    assert (texts(git_terminal, outage), answer["unread"]) == (before, [])


def test_an_entry_that_is_gone_is_named(git_terminal: Terminal, outage: str) -> None:
    path = path_of(git_terminal, outage)
    path.write_bytes(path.read_bytes().replace(b"after the commit", b"after\x00the commit"))
    answer = git_terminal.json("recover", outage)
    assert answer["unread"] == ["4"]
    assert "after the commit" not in texts(git_terminal, outage)


def test_entries_that_waited_aside_are_added(git_terminal: Terminal, outage: str) -> None:
    service = service_of(git_terminal)
    session = service.open(outage)
    session.enter("kept aside")
    service.aside(outage).append(session.incident.recorded[-1:])
    path_of(git_terminal, outage).write_text("{")
    answer = git_terminal.json("recover", outage)
    assert answer["from_aside"] == 1
    assert "kept aside" in texts(git_terminal, outage)
    assert service.aside(outage).entries() == []


def test_a_sound_log_takes_what_waits_beside_it(git_terminal: Terminal, outage: str) -> None:
    service = service_of(git_terminal)
    path = path_of(git_terminal, outage)
    before = path.read_bytes()
    session = service.open(outage)
    session.enter("kept aside")
    service.aside(outage).append(session.incident.recorded[-1:])
    path.write_bytes(before)
    assert "waits in the side file" in git_terminal.run("verify", outage).output
    answer = git_terminal.json("recover", outage)
    assert (answer["from_aside"], answer["damaged"]) == (1, None)
    assert texts(git_terminal, outage)[-1] == "kept aside"


@pytest.mark.parametrize("damaged", [False, True], ids=["sound", "damaged"])
def test_what_waited_aside_moves_no_number_that_was_told(
    git_terminal: Terminal, outage: str, damaged: bool
) -> None:
    """Others went on while entries of a console waited: those come after what they recorded."""
    service = service_of(git_terminal)
    path = path_of(git_terminal, outage)
    before = path.read_bytes()
    session = service.open(outage)
    session.enter("kept aside")
    session.enter("kept aside too")
    service.aside(outage).append(session.incident.recorded[-2:])
    path.write_bytes(before)
    number, _, _ = git_terminal.ok("log", "by others").partition("\t")
    git_terminal.ok("log", "/sev SEV1")
    if damaged:
        path.write_text(path.read_text().replace("{", "<<<<<<< HEAD\n{", 1))
    git_terminal.json("recover", outage)
    rows = {each["number"]: each["text"] for each in git_terminal.json("show")["timeline"]}
    assert rows[int(number)] == "by others"
    assert [rows[n] for n in sorted(rows)[-2:]] == ["kept aside", "kept aside too"]


def test_a_file_that_was_deleted_is_made_from_git(git_terminal: Terminal, outage: str) -> None:
    path_of(git_terminal, outage).unlink()
    answer = git_terminal.json("recover", outage)
    assert (answer["damaged"], answer["from_file"]) == (None, 0)
    assert "before the commit" in texts(git_terminal, outage)


def test_a_protected_incident_is_made_from_its_own_history(git_terminal: Terminal) -> None:
    incident = git_terminal.declared("Leak", "--protected")
    git_terminal.ok("log", "before the commit", "/sev SEV2")
    assert len(git_terminal.json("show")["commits"]) == 2
    path_of(git_terminal, incident).unlink()
    git_terminal.json("recover", incident)
    assert "before the commit" in texts(git_terminal, incident)


def test_without_git_what_can_be_read_is_saved(terminal: Terminal, incident: str) -> None:
    terminal.ok("log", "first", "second")
    path = path_of(terminal, incident)
    path.write_bytes(path.read_bytes()[:-5])
    done = terminal.run("recover", incident, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["commit"] is None
    assert "git has nothing to offer" in done.stderr
    assert texts(terminal, incident)[-1] == "second"


def test_where_nothing_is_left_it_says_so_and_touches_nothing(terminal: Terminal) -> None:
    incident = terminal.declared()
    path = path_of(terminal, incident)
    path.write_text("nothing at all")
    done = terminal.run("recover", incident)
    assert done.exit_code == 1
    assert "nothing to rebuild it from" in done.stderr
    assert path.read_text() == "nothing at all"


def test_a_newer_file_is_not_taken_for_a_damaged_one(terminal: Terminal, incident: str) -> None:
    path = path_of(terminal, incident)
    path.write_bytes(path.read_bytes().replace(b'"schema":1', b'"schema":99'))
    before = path.read_bytes()
    done = terminal.run("recover", incident)
    assert (done.exit_code, path.read_bytes()) == (1, before)
    assert "Install a newer incident-tui" in done.stderr


def test_an_incident_that_never_was_is_not_found(git_terminal: Terminal, outage: str) -> None:
    assert git_terminal.run("recover", "nonsense").exit_code == 4


def test_another_copy_is_united_with_a_sound_log(git_terminal: Terminal, outage: str) -> None:
    path = path_of(git_terminal, outage)
    copy = git_terminal.folder(outage).parent / "copy.json"
    copy.write_bytes(path.read_bytes())
    git_terminal.ok("log", "only here")
    theirs = copy.read_bytes().replace(b"and one more", b"and another")
    copy.write_bytes(theirs)
    before = texts(git_terminal, outage)
    assert "0 entries are from" in git_terminal.ok("recover", outage, "--with", str(copy))
    assert set(texts(git_terminal, outage)) <= {*before, "and another"}
    assert "only here" in texts(git_terminal, outage)
    assert git_terminal.json("recover", outage, "--with", str(copy))["new"] == 0
    assert git_terminal.run("recover", outage, "--with", "no-such-branch").exit_code == 1


LOST: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "half": lambda path: path.write_bytes(path.read_bytes()[:200]),
}


@pytest.mark.parametrize("lost", LOST)
def test_a_playbook_that_was_lost_comes_back_from_git(
    git_terminal: Terminal, outage: str, lost: str
) -> None:
    """So it is after a power failure that took it."""
    playbook = git_terminal.folder(outage) / "playbook.toml"
    before = playbook.read_bytes()
    LOST[lost](playbook)
    assert git_terminal.run("show", outage).exit_code != 0
    assert "its playbook is back from git, commit" in git_terminal.ok("recover", outage)
    assert playbook.read_bytes() == before
    git_terminal.ok("log", "goes on")


def test_where_git_has_none_the_playbook_of_that_name_is_taken_and_that_is_said(
    terminal: Terminal,
    incident: str,
) -> None:
    playbook = terminal.folder(incident) / "playbook.toml"
    before = playbook.read_bytes()
    playbook.write_bytes(b"")
    assert "'war-room' as it is here: git has none" in terminal.ok("recover", incident)
    assert playbook.read_bytes() == before


def test_a_sound_playbook_is_left_alone(git_terminal: Terminal, outage: str) -> None:
    assert git_terminal.json("recover", outage)["playbook_from"] is None
