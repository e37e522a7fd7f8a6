"""No file with a suspected secret gets into a commit or a delivery, however it came there."""

from pathlib import Path

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.history import Committed, Pending
from incident_tui.service.git.commits import committer_for
from incident_tui.service.git.delivery import deliver
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB
from tests.support.playbooks.deliveries import Bakery

LEAK = f"first\nsecond\ntoken {GITHUB} works\n"


def test_an_attached_file_waits_for_the_answer(git_bench: Bench) -> None:
    (git_bench.base / "app.log").write_text(LEAK)
    session = git_bench.declared()
    commit = committer_for(session, git_bench.home, git_bench.env)
    session.enter("/evidence app.log")
    held = commit()
    assert isinstance(held, Pending)
    assert (
        "#2 looks like it holds a secret (GitHub Token in line 3 of evidence/app.log)"
        in held.reason
    )
    session.enter("/redact 2 a token")
    assert isinstance(commit(), Committed)
    assert GITHUB not in git_bench.git("log", "-p")


@pytest.mark.parametrize("name", ["evidence/app.log", "evidence/other.log", ".env"])
def test_a_file_that_was_changed_or_put_there_by_hand_keeps_the_commit_waiting(
    git_bench: Bench, name: str
) -> None:
    (git_bench.base / "app.log").write_text("harmless")
    session = git_bench.declared()
    session.enter("/evidence app.log")
    commit = committer_for(session, git_bench.home, git_bench.env)
    assert isinstance(commit(), Committed)
    session.enter("/sev SEV2")
    path: Path = session.folder / name
    path.write_text(LEAK)
    held = commit()
    assert isinstance(held, Pending)
    assert f"{name} (GitHub Token in line 3)" in held.reason
    path.write_text("harmless")
    assert isinstance(commit(), Committed)
    assert GITHUB not in git_bench.git("log", "-p")


def test_a_playbook_with_a_secret_is_not_committed(git_bench: Bench) -> None:
    session = git_bench.declared()
    with (session.folder / "playbook.toml").open("a") as file:
        file.write(f"\n# {GITHUB}\n")
    assert isinstance(committer_for(session, git_bench.home, git_bench.env)(), Pending)


def test_nothing_is_delivered_while_a_file_is_suspected(tmp_path: Path) -> None:
    bakery = Bakery(tmp_path)
    (bakery.session.folder / "notes.txt").write_text(LEAK)
    with pytest.raises(Refused, match=r"notes\.txt \(GitHub Token in line 3\)"):
        deliver(bakery.session, bakery.home)
