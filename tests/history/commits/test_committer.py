"""A commit holds the incident folder as it is on disk, with the words that were asked for."""

from datetime import datetime

import pytest

from incident_tui.history import (
    CommitOptions,
    CommitRequest,
    Committed,
    NothingToCommit,
    Pending,
)
from tests.history.sandbox import MOMENT, Sandbox


def committed(outcome: object) -> Committed:
    assert isinstance(outcome, Committed), outcome
    return outcome


def test_the_first_commit_of_a_repository_works(sandbox: Sandbox) -> None:
    outcome = committed(sandbox.commit())
    assert outcome.sha == sandbox.git("rev-parse", "HEAD").strip()
    assert outcome.subject == "checkout-5xx: Triage → Mitigate"
    assert sandbox.git("status", "--porcelain") == ""


def test_the_message_is_what_was_asked_for(sandbox: Sandbox) -> None:
    sandbox.configure('[commit]\n\tcleanup = strip\n[core]\n\tcommentChar = "!"\n')
    body = "Gate passed.\n\n# 3 waivers\n! fail over at 14:30\n\n\nMitigated after 12 min."
    trailers = (("Incident", "checkout-5xx"), ("Co-authored-by", "Bo <bo@example.org>"))
    committed(sandbox.commit(sandbox.request(body=body, trailers=trailers, mark=41)))
    assert sandbox.git("log", "-1", "--format=%B").rstrip("\n") == (
        f"checkout-5xx: Triage → Mitigate\n\n{body}\n\n"
        "Incident: checkout-5xx\nCo-authored-by: Bo <bo@example.org>\nLog-Position: 41"
    )
    assert sandbox.git("log", "-1", "--format=%(trailers:only)").split("\n")[:3] == [
        "Incident: checkout-5xx",
        "Co-authored-by: Bo <bo@example.org>",
        "Log-Position: 41",
    ]


@pytest.mark.parametrize("known", [True, False])
def test_whoever_commits_is_no_co_author_of_their_own(sandbox: Sandbox, known: bool) -> None:
    if not known:
        sandbox.settings.write_text("")
    people = ("ana ops <ana-ops@incident.invalid>", "Bo <bo@example.org>")
    trailers = tuple(("Co-authored-by", person) for person in people)
    person = ("Ana Ops", "ana-ops@incident.invalid")
    committed(sandbox.commit(sandbox.request(trailers=trailers, person=person)))
    lines = sandbox.git("log", "-1", "--format=%(trailers:only)").split("\n")
    assert [line for line in lines if "authored" in line] == ["Co-authored-by: Bo <bo@example.org>"]


WHO = "--format=%an|%ae|%at|%cn|%ce|%ct"
STAMP = int(MOMENT.timestamp())


def test_the_dates_are_the_moment_and_the_people_are_those_whom_git_knows(sandbox: Sandbox) -> None:
    committed(sandbox.commit(sandbox.request(person=("Bo", "bo@example.org"))))
    ana = f"Ana Ops|ana@example.org|{STAMP}"
    assert sandbox.git("log", "-1", WHO).strip() == f"{ana}|{ana}"


@pytest.mark.parametrize("hooks", [False, True])
@pytest.mark.parametrize("settings", ["", "[user]\n\tname = Ana Ops\n"])
def test_where_git_knows_nobody_the_person_of_the_request_commits(
    sandbox: Sandbox, settings: str, hooks: bool
) -> None:
    sandbox.settings.write_text(settings)
    request = sandbox.request(person=("Bo\n<root>", "<bo@example.org>"))
    committed(sandbox.commit(request, options=CommitOptions(hooks=hooks)))
    bo = f"Bo root|bo@example.org|{STAMP}"
    assert sandbox.git("log", "-1", WHO).strip() == f"{bo}|{bo}"


def test_a_person_of_punctuation_only_is_called_as_the_address_is(sandbox: Sandbox) -> None:
    sandbox.settings.write_text("")
    committed(sandbox.commit(sandbox.request(person=("…", "someone@incident.invalid"))))
    assert sandbox.git("log", "-1", "--format=%an").strip() == "someone"


def test_the_same_requests_make_the_same_commits(tmp_path_factory: pytest.TempPathFactory) -> None:
    shas = {committed(Sandbox(tmp_path_factory.mktemp("same")).commit()).sha for _ in range(2)}
    assert len(shas) == 1


def test_a_moment_without_zone_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        CommitRequest(
            folder=sandbox.folder,
            subject="s",
            moment=datetime(2026, 11, 20),  # noqa: DTZ001 (what is refused)
            mark=1,
        )


def test_changes_additions_and_removals_all_arrive(sandbox: Sandbox) -> None:
    committed(sandbox.commit())
    sandbox.write("incident.json", '{"entries": 2}\n')
    sandbox.write("evidence/graph.txt", "up\n")
    (sandbox.folder / "README.md").unlink()
    committed(sandbox.commit())
    name = sandbox.folder.name
    assert sandbox.files_in_head() == [f"{name}/evidence/graph.txt", f"{name}/incident.json"]
    assert sandbox.git("show", f"HEAD:{name}/incident.json") == '{"entries": 2}\n'


def test_nothing_new_makes_no_commit(sandbox: Sandbox) -> None:
    sha = committed(sandbox.commit()).sha
    (sandbox.top / "new.txt").write_text("not ours")
    assert sandbox.commit() == NothingToCommit()
    (sandbox.top / "new.txt").unlink()
    assert sandbox.commit() == NothingToCommit()
    assert sandbox.git("rev-parse", "HEAD").strip() == sha


def test_an_empty_folder_is_nothing_to_commit(sandbox: Sandbox) -> None:
    sandbox.first_commit()
    empty = sandbox.top / "empty"
    empty.mkdir()
    assert sandbox.commit(sandbox.request(folder=empty)) == NothingToCommit()


def test_a_folder_that_the_repository_ignores_is_committed(sandbox: Sandbox) -> None:
    (sandbox.top / ".gitignore").write_text("*\n")
    committed(sandbox.commit())
    assert len(sandbox.files_in_head()) == 2


def test_locks_and_half_written_files_can_be_left_out(sandbox: Sandbox) -> None:
    for name in (".lock", "incident.json.tmp", "evidence/x.tmp", "evidence/[a]*.md"):
        sandbox.write(name, "x")
    odd = sandbox.folder.rename(sandbox.top / "odd [*] ?\\ folder")
    committed(sandbox.commit(sandbox.request(folder=odd, leave_out=("*.tmp", ".lock"))))
    assert sandbox.files_in_head() == [
        f"{odd.name}/README.md",
        f"{odd.name}/evidence/[a]*.md",
        f"{odd.name}/incident.json",
    ]


@pytest.mark.parametrize(
    "name",
    ["-rf", ":(exclude)x", "*", "a\nb", "tab\there", 'quote"d', "ünï", "$(touch owned)", "\x1b[2J"],
)
def test_hostile_names_of_folders_and_files_are_only_names(sandbox: Sandbox, name: str) -> None:
    (sandbox.top / "other").mkdir()
    (sandbox.top / "other" / "not-ours").write_text("x")
    folder = sandbox.top / name
    folder.mkdir()
    (folder / name).write_text("evidence")
    committed(sandbox.commit(sandbox.request(folder=folder)))
    assert sandbox.files_in_head() == [f"{name}/{name}"]


@pytest.mark.parametrize("autocrlf", ["true", "input"])
def test_line_endings_are_stored_as_they_are(sandbox: Sandbox, autocrlf: str) -> None:
    sandbox.configure(f"[core]\n\tautocrlf = {autocrlf}\n\tsafecrlf = true\n")
    path = sandbox.write("evidence/mail.txt", "one\r\ntwo\nthree\r\n")
    committed(sandbox.commit())
    stored = sandbox.git("rev-parse", f"HEAD:{sandbox.folder.name}/evidence/mail.txt").strip()
    assert stored == sandbox.git("hash-object", "--no-filters", str(path)).strip()
    assert path.read_bytes() == b"one\r\ntwo\nthree\r\n"


def test_a_swallowed_summary_does_not_lose_the_commit(sandbox: Sandbox) -> None:
    sandbox.fake_git("commit", '"$REAL" "$@" >/dev/null; exit $?')
    assert committed(sandbox.commit()).sha == sandbox.git("rev-parse", "HEAD").strip()


def test_signing_is_not_asked_for_unless_turned_on(sandbox: Sandbox) -> None:
    """A signing program that asks for a passphrase would wreck the terminal."""
    signer = sandbox.base / "gpg"
    ran = sandbox.base / "gpg-ran"
    signer.write_text(f"#!/bin/sh\ntouch {ran}\necho 'gpg: no pinentry' >&2\nexit 2\n")
    signer.chmod(0o755)
    sandbox.configure(f"[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = {signer}\n")
    committed(sandbox.commit())
    assert not ran.exists()
    sandbox.write("README.md", "changed")
    outcome = sandbox.commit(options=CommitOptions(sign=True))
    assert isinstance(outcome, Pending)
    assert "could not sign the commit" in outcome.reason
    assert ran.exists()
