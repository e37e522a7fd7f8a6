"""One clone protects an incident while another goes on: their logs are united all the same."""

from pathlib import Path

import pytest

from incident_tui.domain.confidential.protection import Protection
from incident_tui.service.confidential.history_rewrite import purge
from incident_tui.service.upkeep.copy_union import copy_in_git, unite
from incident_tui.service.upkeep.verification import verify
from incident_tui.store.files.errors import Unreadable
from tests.service.upkeep.test_clone_merge import Clone, clones

__all__ = ["clones"]


def texts(clone: Clone) -> list[str]:
    return [getattr(entry.event, "text", "") for entry in clone.session.incident.entries]


@pytest.fixture
def parted(clones: tuple[Clone, Clone]) -> tuple[Clone, Clone]:
    """Ana protected the incident, ben went on; each knows the other's branch."""
    ana, ben = clones
    ana.say("Zwick called", "/protect a person is named")
    ben.say("ben goes on, unaware", "/sev SEV3 better")
    ana.git("fetch", "--quiet", str(ben.top), "main:theirs")
    ben.git("fetch", "--quiet", str(ana.top), "main:theirs")
    return ana, ben


def test_what_the_other_recorded_comes_from_its_branch(parted: tuple[Clone, Clone]) -> None:
    ana, ben = parted
    ben.git("checkout", "--quiet", "-b", "broken")
    ben.session.file.path.write_text("{")
    ben.git("commit", "--quiet", "-am", "broken")
    ana.git("fetch", "--quiet", str(ben.top), "broken:hides-no-other")
    service = ana.service()
    name = ana.session.id
    (fault,) = [each for each in verify(ana.home, name, ana.env).findings if each.wrong]
    assert "the branch theirs goes on with it, and has 2 entries that it has not" in fault.text
    assert fault.mend.startswith(f"`incident-tui recover {name} --with theirs`")
    done = unite(service, name, copy_in_git(service, name, "theirs"), Path("theirs"))
    assert done.new == 2
    assert {"Zwick called", "ben goes on, unaware"} <= set(texts(ana))
    assert ana.session.incident.of(Protection).protected
    ana.say("/sev SEV2 united")
    assert verify(ana.home, name, ana.env).well
    assert {path.stat().st_mode & 0o077 for path in ana.session.folder.glob("*.*")} == {0}
    again = unite(service, name, copy_in_git(service, name, "theirs"), Path("theirs"))
    assert again.new == 0


def test_then_git_merges_the_rest_of_both_clones(parted: tuple[Clone, Clone]) -> None:
    """The commands that docs/need-to-know.md gives to the other clone."""
    ana, ben = parted
    name = ana.session.id
    service = ana.service()
    unite(service, name, copy_in_git(service, name, "theirs"), Path("theirs"))
    (ben.top / "code.py").write_text("print()\n")
    ben.git("add", "code.py")
    ben.git("commit", "--quiet", "-m", "code")
    ben.git("rm", "-r", "--quiet", f"incidents/{ben.session.id}")
    ben.git("commit", "--quiet", "-m", "It is protected elsewhere")
    ben.git("merge", "--quiet", "-m", "merge", "theirs")
    ana.git("fetch", "--quiet", str(ben.top), "main:theirs", "--force")
    ana.git("merge", "--quiet", "-m", "merge", "theirs")
    assert (ana.top / "code.py").exists()
    assert ben.home.folders() == []
    assert {"Zwick called", "ben goes on, unaware"} <= set(texts(ana))
    assert purge(ana.session.incident, ana.session.folder, ana.env) != []


def test_a_merge_that_ended_in_a_conflict_says_how_it_goes_on(
    parted: tuple[Clone, Clone],
) -> None:
    ana, ben = parted
    name, before = ana.session.id, ben.session.id
    printed = ana.git("merge", "-q", "-m", "merge", "theirs", ok=(1,))
    assert "CONFLICT (modify/delete)" in printed
    assert [folder.name for folder in ana.home.folders()] == [name]
    assert ana.home.resolve(before).name == name
    faults = [each for each in verify(ana.home, name, ana.env).findings if each.wrong]
    (relic,) = [each for each in faults if "is there again" in each.text]
    path = ana.home.path / before
    assert f"recover {name} --with {path}" in relic.mend
    unite(ana.service(), name, (path / "incident.json").read_bytes(), path)
    ana.git("rm", "-r", "-f", "-q", "--", str(path))
    ana.git("commit", "--quiet", "-m", "merged")
    assert {"Zwick called", "ben goes on, unaware"} <= set(texts(ana))
    assert not path.exists()


def test_what_was_redacted_here_does_not_come_back_with_it(clones: tuple[Clone, Clone]) -> None:
    ana, ben = clones
    words = "the customer is called Zanzibar"
    ana.say(words, "/sev SEV1")
    ben.git("pull", "--quiet", "origin", "main")
    number = next(n for n, text in enumerate(texts(ana), 1) if text == words)
    ana.say("/protect", f"/redact {number}")
    ben.say(f"he said that {words}", "/sev SEV3")
    service, name = ana.service(), ana.session.id
    unite(service, name, ben.log(), Path("incident.json"))
    assert b"Zanzibar" not in ana.log()
    assert "he said that (redacted)" in texts(ana)


def test_a_copy_of_another_incident_is_refused_and_nothing_is_changed(
    clones: tuple[Clone, Clone],
) -> None:
    ana, ben = clones
    before = ana.log()
    stranger = ben.log().replace(ben.session.id.encode(), b"2026-11-20-another")
    with pytest.raises(Unreadable, match="2026-11-20-another"):
        unite(ana.service(), ana.session.id, stranger, Path("x/incident.json"))
    with pytest.raises(Unreadable, match="no file, and no commit"):
        copy_in_git(ana.service(), ana.session.id, "nowhere")
    assert ana.log() == before
