"""What `verify` finds: each way in which an incident can have come to harm."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incident_tui.service import IncidentSession
from incident_tui.service.git.commits import committer_for
from incident_tui.service.upkeep.verification import Finding, verify
from tests.service.conftest import Bench


@pytest.fixture
def session(git_bench: Bench) -> IncidentSession:
    """An incident with documents and evidence, and an entry that is younger than they are."""
    session = git_bench.declared()
    (git_bench.base / "pool.txt").write_text("pool 100 %\n")
    session.enter(f"/evidence {git_bench.base / 'pool.txt'}")
    session.enter("/sev SEV2 checkout fails")
    committer_for(session, git_bench.home, git_bench.env)()
    session.enter("error rate 14 %")
    return session


def findings(bench: Bench, session: IncidentSession) -> tuple[Finding, ...]:
    return verify(bench.home, session.id).findings


def test_a_whole_incident_has_no_findings(git_bench: Bench, session: IncidentSession) -> None:
    assert findings(git_bench, session) == ()


def rewrite(name: str, old: str, new: str) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return harm


def remove(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("harm", "about", "sentence"),
    [
        pytest.param(rewrite("incident.json", "{", "["), "incident.json", "", id="no JSON"),
        pytest.param(
            rewrite("incident.json", '"error rate 14 %"', "14"), "incident.json", "event 4",
            id="an entry of the wrong type",
        ),
        pytest.param(remove("incident.json"), "incident.json", "not there", id="no log"),
        pytest.param(remove("playbook.toml"), "playbook.toml", "cannot be read", id="no playbook"),
        pytest.param(
            rewrite("playbook.toml", 'id = "war-room"', 'id = "other"'), "playbook.toml",
            "declared under 'war-room'", id="another playbook",
        ),
        pytest.param(
            rewrite("playbook.toml", 'review = "ask"', 'review = "perhaps"'), "playbook.toml",
            "review", id="an invalid playbook",
        ),
        pytest.param(
            rewrite("timeline.md", "SEV2", "SEV1"), "documents", "timeline.md differs",
            id="a document changed by hand",
        ),
        pytest.param(remove("timeline.md"), "documents", "timeline.md is missing", id="one gone"),
        pytest.param(
            lambda folder: (folder / "updates" / "9-update.md").parent.mkdir(exist_ok=True)
            or (folder / "updates" / "9-update.md").write_text("x"),
            "documents", "updates/9-update.md is extra", id="a document too many",
        ),
        pytest.param(
            lambda folder: (folder / "README.md").write_text("# mine\n"), "README.md",
            "which part of the log", id="a README of unknown age",
        ),
        pytest.param(
            rewrite("evidence/pool.txt", "100", "10"), "evidence/pool.txt",
            "not what was attached", id="evidence changed",
        ),
        pytest.param(
            remove("evidence/pool.txt"), "evidence/pool.txt", "missing", id="evidence gone"
        ),
        pytest.param(
            rewrite("incident.json", '"1": {"id":"000000000001"', '"1": {"id":"000000000002"'),
            "incident.json", "have the id 000000000002", id="an id twice",
        ),
    ],
)  # fmt: skip
def test_harm_is_found_and_named(
    git_bench: Bench,
    session: IncidentSession,
    harm: Callable[[Path], object],
    about: str,
    sentence: str,
) -> None:
    harm(session.folder)
    verdict = verify(git_bench.home, session.id)
    assert not verdict.well
    wrong = [finding for finding in verdict.findings if finding.wrong]
    assert any(finding.about == about and sentence in finding.text for finding in wrong), wrong


def test_a_folder_under_another_name_is_found(git_bench: Bench, session: IncidentSession) -> None:
    session.folder.rename(git_bench.home.path / "2026-11-20-other")
    verdict = verify(git_bench.home, "2026-11-20-other")
    assert f"it is the log of {session.id}" in verdict.findings[0].text


def test_an_incident_that_was_never_committed_is_well(bench: Bench) -> None:
    verdict = verify(bench.home, bench.declared().id)
    assert verdict.well
    assert [finding.about for finding in verdict.findings] == ["README.md"]


def test_places_shared_after_a_merge_are_told_and_nothing_is_wrong(
    git_bench: Bench, session: IncidentSession
) -> None:
    rewrite("incident.json", '"order":4', '"order":3')(session.folder)
    verdict = verify(git_bench.home, session.id)
    assert verdict.well
    assert "merged" in verdict.findings[0].text
