"""Checks that run a command: nothing runs unread, and what ran is on record with its output."""

import os
import sys
from pathlib import Path

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.process.gates import gate
from incident_tui.domain.process.runs import CheckRun
from incident_tui.service import Declaration, IncidentSession
from incident_tui.service.runtime.trust import hash_of, is_trusted, trust
from incident_tui.service.secrets.files import files_must_not_leave
from incident_tui.service.secrets.texts import HeldBack
from incident_tui.store.home import Home
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB
from tests.support.playbooks.deliveries import PLAYBOOK


def playbook(bench: Bench, command: str, more: str = "") -> Path:
    """A playbook whose first gate runs a command."""
    check = f'{{ id = "proof", kind = "command", title = "it rises", command = {command}{more} }}'
    text = PLAYBOOK.replace('review = "none"\n', f'review = "auto"\nchecks = [{check}]\n', 1)
    path = bench.base / "oven.toml"
    path.write_text(text)
    return path


def room_with(bench: Bench, code: str, more: str = "", *, trusted: bool = True) -> IncidentSession:
    """An incident whose check runs some Python."""
    path = playbook(bench, f'["{sys.executable}", "-c", {code!r}]', more)
    if trusted:
        trust(bench.home, path.read_bytes())
    return bench.service.declare(Declaration("No bread", playbook="./oven.toml"))


def outcome(session: IncidentSession) -> CheckRun:
    event = session.enter("/run proof").entries[0].event
    assert isinstance(event, CheckRun)
    return event


def test_a_playbook_that_was_not_trusted_runs_nothing_and_says_how_to_trust_it(
    bench: Bench,
) -> None:
    mark = bench.base / "ran"
    session = room_with(bench, f"open('{mark}', 'w')", trusted=False)
    with pytest.raises(Refused) as refused:
        session.enter("/run proof")
    assert refused.value.reasons[0][1].startswith("incident-tui playbook trust ")
    assert not mark.exists()
    assert len(session.incident.entries) == 1


def test_a_changed_playbook_has_to_be_trusted_again(bench: Bench) -> None:
    session = room_with(bench, "pass")
    pinned = session.folder / "playbook.toml"
    pinned.write_bytes(pinned.read_bytes() + b"\n")
    with pytest.raises(Refused, match="not been trusted"):
        session.enter("/run proof")


def test_what_was_trusted_is_what_runs_even_where_the_open_incident_knows_another(
    bench: Bench,
) -> None:
    session = room_with(bench, "print('first')")
    other = playbook(bench, f'["{sys.executable}", "-c", "print(\'second\')"]').read_bytes()
    trust(bench.home, other)
    (session.folder / "playbook.toml").write_bytes(other)
    assert b"second" in (session.folder / "evidence" / outcome(session).output).read_bytes()


@pytest.mark.parametrize(("code", "passes"), [("print('up')", True), ("exit(3)", False)])
def test_the_exit_code_is_the_verdict(bench: Bench, code: str, passes: bool) -> None:
    session = room_with(bench, code)
    outcome(session)
    assert gate(session.incident).passes is passes


def test_the_output_is_kept_as_evidence(bench: Bench) -> None:
    session = room_with(bench, "import sys; print('out'); print('err', file=sys.stderr)")
    event = outcome(session)
    assert event.output == "run-proof.txt"
    kept = (session.folder / "evidence" / event.output).read_text()
    assert sorted(kept.split()) == ["err", "out"]
    assert [entry.event.kind for entry in session.incident.entries[1:]] == ["check run", "evidence"]


def test_a_secret_in_the_words_of_a_check_is_asked_about_where_it_stands_in_the_playbook(
    bench: Bench,
) -> None:
    session = room_with(bench, f"print('{GITHUB}')")
    outcome(session)
    assert GITHUB not in (session.folder / "incident.json").read_text("utf-8")
    with pytest.raises(HeldBack, match=r"playbook\.toml \(GitHub Token in line \d+\)"):
        files_must_not_leave(session.folder, session.incident)


def test_half_a_secret_at_the_place_where_output_was_cut_is_not_kept(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_tui.service.runtime.command_runner.KEPT_BYTES", 30)
    session = room_with(bench, f"print('{GITHUB}'); print('the end')")
    kept = (session.folder / "evidence" / outcome(session).output).read_text("utf-8")
    assert kept.splitlines()[1:] == ["the end"]


def test_a_secret_in_the_output_is_not_kept(bench: Bench) -> None:
    session = room_with(bench, "print('token ' + 'ghp' + '_' + 'a1B2' * 9 + ' works')")
    kept = (session.folder / "evidence" / outcome(session).output).read_text()
    assert kept == "token (redacted) works\n"


def test_it_is_stopped_at_its_limit_with_everything_it_started(bench: Bench) -> None:
    code = (
        "import subprocess, sys, time; "
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
        "print('waiting', flush=True); time.sleep(60)"
    )
    session = room_with(bench, code, ", seconds = 1")
    event = outcome(session)
    assert event.exit_code is None
    assert not gate(session.incident).passes
    assert "stopped at its time limit" in gate(session.incident).failed[0].why


def test_a_command_that_is_not_there_is_refused_and_not_recorded(bench: Bench) -> None:
    path = playbook(bench, '["no-such-command"]')
    trust(bench.home, path.read_bytes())
    session = bench.service.declare(Declaration("No bread", playbook="./oven.toml"))
    with pytest.raises(Refused, match="'no-such-command' cannot be run: No such file"):
        session.enter("/run proof")


def test_no_shell_reads_the_words(bench: Bench) -> None:
    path = playbook(bench, "'echo $HOME; id > x'")
    trust(bench.home, path.read_bytes())
    bench.env["PATH"] = os.environ["PATH"]
    session = bench.service.declare(Declaration("No bread", playbook="./oven.toml"))
    assert (session.folder / "evidence" / outcome(session).output).read_text() == "$HOME; id > x\n"


def test_among_other_lines_it_is_refused(bench: Bench) -> None:
    session = room_with(bench, "pass")
    first, second = session.enter_group(["cold", "/run proof"])
    assert not isinstance(first, Refused)
    assert isinstance(second, Refused)
    assert "enter it by itself" in second.message


def test_others_may_write_while_it_runs(bench: Bench) -> None:
    program = (
        "import json, pathlib, sys; lock = pathlib.Path('home/.incident-tui/locks'); "
        "import fcntl; "
        "[fcntl.flock(p.open(), fcntl.LOCK_EX | fcntl.LOCK_NB) for p in lock.iterdir()]"
    )
    session = room_with(bench, "import os; os.chdir('..'); " + program)
    bench.env["PYTHONPATH"] = ":".join(sys.path)
    assert outcome(session).exit_code == 0


class TestTrust:
    CONTENT = b"id = 'x'"

    def test_it_is_for_this_content_only(self, bench: Bench) -> None:
        trust(bench.home, self.CONTENT)
        assert is_trusted(bench.home, self.CONTENT)
        assert not is_trusted(bench.home, self.CONTENT + b" ")

    def test_a_mark_in_the_home_counts_for_nothing(self, bench: Bench) -> None:
        """So it stays whatever comes with a clone."""
        bench.declared()
        planted = bench.home.path / ".incident-tui" / "trust" / hash_of(self.CONTENT)
        planted.parent.mkdir(parents=True)
        planted.touch(mode=0o600)
        assert not is_trusted(bench.home, self.CONTENT)

    def test_another_home_in_the_same_place_has_to_be_trusted_anew(self, bench: Bench) -> None:
        bench.declared()
        trust(bench.home, self.CONTENT)
        bench.home.path.rename(bench.base / "moved")
        bench.home.path.mkdir()
        root = bench.home.state.root
        assert is_trusted(Home(bench.home.path, root), self.CONTENT) is False
        assert is_trusted(Home(bench.base / "moved", root), self.CONTENT) is False

    def test_neither_does_a_link(self, bench: Bench) -> None:
        path = trust(bench.home, self.CONTENT)
        elsewhere = path.rename(bench.base / "mark")
        path.symlink_to(elsewhere)
        assert not is_trusted(bench.home, self.CONTENT)

    def test_nobody_else_can_read_or_plant_marks(self, bench: Bench) -> None:
        path = trust(bench.home, self.CONTENT)
        assert path.name == hash_of(self.CONTENT)
        assert [p.stat().st_mode & 0o777 for p in (path, path.parent)] == [0o600, 0o700]

    def test_trusting_twice_is_no_trouble(self, bench: Bench) -> None:
        trust(bench.home, self.CONTENT)
        trust(bench.home, self.CONTENT)
        assert is_trusted(bench.home, self.CONTENT)
