"""A delivery says what reviewers need, and its merge is the approval that a stage waits for."""

import json
import shutil
from pathlib import Path

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.process.lifecycle import Lifecycle, StagePassed
from incident_tui.history import Committed, GitUnavailableError
from incident_tui.history.commits.plumbing import DeliveryError
from incident_tui.service.git import delivery_text
from incident_tui.service.git.commits import committer_for
from incident_tui.service.git.delivery import deliver
from incident_tui.service.git.merge_check import Checked, check
from incident_tui.store.files.errors import NotSaved
from tests.support.incidents import story
from tests.support.playbooks.deliveries import REVIEW, Bakery

PULL = "https://example.org/pull/7"


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return Bakery(tmp_path)


@pytest.fixture
def in_review(bakery: Bakery) -> Bakery:
    """One whose last stage waits for its approval."""
    bakery.say(*REVIEW)
    return bakery


@pytest.fixture
def delivered(in_review: Bakery) -> Bakery:
    """One that was delivered after that."""
    deliver(in_review.session, in_review.home)
    return in_review


def passed(bakery: Bakery) -> StagePassed | None:
    """How the stage that waits for an approval was passed."""
    record = bakery.session.incident.of(Lifecycle).record("learn")
    assert record is not None
    event = record.passed.event if record.passed else None
    assert event is None or isinstance(event, StagePassed)
    return event


def checked(bakery: Bakery) -> Checked:
    return check(bakery.session, bakery.home)


# --- the text ------------------------------------------------------------------------------------


def test_the_body_has_impact_durations_factors_actions_and_every_document() -> None:
    incident = story(5).incident
    documents = {
        "timeline.md": "# Timeline\n",
        "README.md": "# Checkout returns 5xx in eu-west\n\ntext\n",
        "actions.md": "# Action items: Checkout returns 5xx in eu-west\n",
        "postmortem.md": "# Postmortem: Checkout returns 5xx in eu-west\n",
        "artifacts/10-late.md": "# Late\n",
        "artifacts/2-early.md": "# Early\n",
        "odd.md": "no heading",
    }
    body = delivery_text.body(incident, "incidents/x", documents)
    assert "- **Users:** 12 % of checkouts in eu-west" in body
    assert "| Time to mitigate |" in body
    assert ":** retries without a limit in v42\n" in body
    assert "the canary has no payment traffic (candidate, to be verified)" in body
    assert "| 1 | alert on pool usage | ana |" in body
    assert "- **Times are in:** UTC" in body
    listed = body.partition("## Documents\n\n")[2].splitlines()
    assert listed == [
        "- The incident: `incidents/x/README.md`",
        "- Postmortem: `incidents/x/postmortem.md`",
        "- Action items: `incidents/x/actions.md`",
        "- odd.md: `incidents/x/odd.md`",
        "- Timeline: `incidents/x/timeline.md`",
        "- Early: `incidents/x/artifacts/2-early.md`",
        "- Late: `incidents/x/artifacts/10-late.md`",
    ]


def test_what_is_not_known_is_said_and_not_left_out(bakery: Bakery) -> None:
    body = delivery_text.body(bakery.session.incident, "x", {})
    for heading in ("Impact", "Durations", "Contributing factors", "Action items", "Documents"):
        assert f"## {heading}\n\nN" in body or f"## {heading}\n\nThere are none" in body


@pytest.mark.parametrize("text", ["<img src=x>", "| a | b |", "# no heading", "[x](javascript:1)"])
def test_what_people_typed_stays_text_in_the_body(bakery: Bakery, text: str) -> None:
    bakery.say(f"/impact users {text}", f"/factor oven {text}", f"+ {text}")
    body = delivery_text.body(bakery.session.incident, "x", {})
    assert f"\n{text}" not in body
    assert "\n# " not in body
    if text.startswith("<"):
        assert "\\<img" in body
        assert " <img" not in body


def test_a_long_title_is_cut_and_stands_on_one_line() -> None:
    incident = story(1).incident
    assert delivery_text.title(incident).startswith("Incident 2026-11-20-checkout-5xx: Checkout")
    assert "\n" not in delivery_text.title(incident)
    assert len(delivery_text.title(incident)) <= delivery_text.LONGEST_TITLE


def test_the_body_says_what_a_merge_approves_while_a_review_is_waited_for(bakery: Bakery) -> None:
    sentence = "Merging this approves **Lesson**, revision 1."
    before = delivery_text.body(bakery.session.incident, "x", {})
    assert sentence not in before
    assert "**For the reviewer:** nothing waits for your approval" in before
    bakery.say(*REVIEW)
    assert sentence in delivery_text.body(bakery.session.incident, "x", {})


# --- delivering ----------------------------------------------------------------------------------


def test_the_rendered_folder_arrives_and_the_body_is_kept_in_a_file(bakery: Bakery) -> None:
    bakery.say("/sev HIGH", "12 loaves missing")
    delivery = deliver(bakery.session, bakery.home)
    assert delivery.delivered.standing == "pushed"
    folder = f"incidents/{bakery.session.id}"
    names = bakery.there("ls-tree", "-r", "--name-only", bakery.branch).splitlines()
    assert {f"{folder}/incident.json", f"{folder}/README.md", f"{folder}/playbook.toml"} <= {*names}
    assert "code.py" in names
    assert "12 loaves missing" in bakery.there("show", f"{bakery.branch}:{folder}/timeline.md")
    message = bakery.there("log", "-1", "--format=%B", bakery.branch)
    assert delivery_text.commit_body(bakery.session.incident) in message
    assert delivery.body_file.read_text() == delivery.body
    assert "?? incidents/.incident-tui" not in bakery.git("status", "--porcelain", "-uall")


def test_what_is_kept_of_a_delivery_is_for_nobody_else(bakery: Bakery) -> None:
    folder = bakery.home.state.make("deliveries")
    folder.chmod(0o755)
    deliver(bakery.session, bakery.home)
    assert [path.stat().st_mode & 0o077 for path in folder.glob("*.json")] == [0]


def test_documents_that_cannot_be_written_are_not_delivered(bakery: Bakery) -> None:
    bakery.say("/sev HIGH")
    (bakery.session.folder / "timeline.md").unlink(missing_ok=True)
    (bakery.session.folder / "timeline.md").mkdir()
    with pytest.raises(NotSaved, match=bakery.session.id):
        deliver(bakery.session, bakery.home)
    assert bakery.branch not in bakery.there("branch", "--list")


def test_without_gh_the_next_step_is_told(bakery: Bakery) -> None:
    bakery.env["PATH"] = str(_only_git(bakery))
    delivery = deliver(bakery.session, bakery.home)
    assert delivery.pull_request == ""
    assert delivery.next_step == (
        f"Open a pull request from {bakery.branch} to main in {bakery.bare}; its text is in"
        f" {delivery.body_file}"
    )


def _only_git(bakery: Bakery) -> Path:
    """A folder for the PATH that holds git, and no gh that the tester may have."""
    place = bakery.base / "only-git"
    place.mkdir()
    for name in ("git", "sh"):
        (place / name).symlink_to(shutil.which(name) or name)
    return place


def test_the_address_that_the_server_offers_is_passed_on(bakery: Bakery) -> None:
    hook = bakery.bare / "hooks" / "post-receive"
    hook.write_text("#!/bin/sh\necho 'To open one: https://example.org/new/7' >&2\n")
    hook.chmod(0o755)
    delivery = deliver(bakery.session, bakery.home, ask_gh=False)
    assert "to main at https://example.org/new/7;" in delivery.next_step


def test_gh_opens_the_pull_request_with_the_body_from_the_file(bakery: Bakery) -> None:
    words = bakery.gh(f"echo {PULL}")
    delivery = deliver(bakery.session, bakery.home)
    assert (delivery.pull_request, delivery.next_step) == (PULL, "")
    assert words.read_text().splitlines() == [
        *("pr", "create", "--head", bakery.branch, "--base", "main"),
        *("--title", delivery.title, "--body-file", str(delivery.body_file), "--"),
    ]


def test_a_pull_request_that_is_open_already_gets_the_new_text(bakery: Bakery) -> None:
    words = bakery.gh(
        f'case "$2" in create) echo "already exists: {PULL}" >&2; exit 1;; esac; echo {PULL}'
    )
    assert deliver(bakery.session, bakery.home).pull_request == PULL
    assert "edit" in words.read_text().splitlines()


def test_a_gh_that_fails_costs_no_delivery(bakery: Bakery) -> None:
    bakery.gh("echo 'To get started, run gh auth login' >&2; exit 4")
    delivery = deliver(bakery.session, bakery.home)
    assert delivery.delivered.standing == "pushed"
    assert delivery.next_step.startswith(
        "gh opened no pull request: To get started, run gh auth login. Open a pull request"
    )


def test_gh_is_left_alone_on_request(bakery: Bakery) -> None:
    words = bakery.gh(f"echo {PULL}")
    assert deliver(bakery.session, bakery.home, ask_gh=False).pull_request == ""
    assert not words.exists()


@pytest.mark.parametrize("typed", ["", "yes", "bread"])
def test_a_protected_incident_stays_here_unless_its_whole_id_is_typed(
    tmp_path: Path, typed: str
) -> None:
    bakery = Bakery(tmp_path, protected=True)
    with pytest.raises(Refused, match="is protected") as caught:
        deliver(bakery.session, bakery.home, protected_too=typed)
    assert caught.value.reasons[0][1].endswith(f"--protected-too {bakery.session.id}")
    assert bakery.there("branch", "--list", "incident/*") == ""
    delivery = deliver(bakery.session, bakery.home, protected_too=bakery.session.id)
    assert delivery.delivered.standing == "pushed"


def test_the_home_names_the_remote(tmp_path: Path) -> None:
    bakery = Bakery(tmp_path, settings='[git]\nremote = "upstream"\n')
    with pytest.raises(DeliveryError, match="no remote 'upstream', only origin"):
        deliver(bakery.session, bakery.home)
    bakery.git("remote", "rename", "origin", "upstream")
    assert deliver(bakery.session, bakery.home).delivered.remote == "upstream"


def test_a_home_in_no_repository_is_told_and_none_is_made(tmp_path: Path) -> None:
    bakery = Bakery(tmp_path)
    (bakery.top / ".git").rename(tmp_path / "elsewhere")
    with pytest.raises(GitUnavailableError, match="is in no git repository"):
        deliver(bakery.session, bakery.home)
    assert not (bakery.path / ".git").exists()


# --- the merge is the approval -------------------------------------------------------------------


def test_a_merge_by_somebody_else_approves_the_stage(delivered: Bakery) -> None:
    delivered.merge()
    verdict = checked(delivered)
    assert (verdict.merged, verdict.by) == (True, "Ben")
    event = passed(delivered)
    assert event is not None
    assert (event.by, event.ref) == ("Ben", delivered.there("rev-parse", "main"))
    assert not event.self_reviewed
    assert event.text == "merged into main"


def test_what_was_merged_is_not_pushed_again(delivered: Bakery) -> None:
    delivered.merge()
    delivery = deliver(delivered.session, delivered.home)
    assert (delivery.delivered.standing, delivery.delivered.base) == ("merged", "main")
    assert delivery.summary.startswith("main of origin ")


def test_a_delivery_that_is_not_merged_approves_nothing(in_review: Bakery) -> None:
    assert "was not delivered to origin yet" in checked(in_review).summary
    deliver(in_review.session, in_review.home)
    verdict = checked(in_review)
    assert (verdict.merged, verdict.approval) == (False, None)
    assert verdict.summary == f"{in_review.branch} is not merged into origin/main yet"
    assert passed(in_review) is None


@pytest.mark.parametrize("name", ["Ana Ops", "Somebody at another machine"])
def test_an_author_who_merges_is_told_that_somebody_else_has_to(
    delivered: Bakery, name: str
) -> None:
    """The log knows her as ana, git by her address."""
    delivered.merge(by=name, email="ana@example.org")
    with pytest.raises(Refused, match="but ana is an author of Learn: somebody else") as caught:
        checked(delivered)
    assert any("working alone" in what for what, _ in caught.value.reasons)
    assert passed(delivered) is None


def test_an_author_may_merge_where_self_review_is_allowed_and_it_shows(tmp_path: Path) -> None:
    bakery = Bakery(tmp_path, settings="self-review = true\n")
    bakery.say(*REVIEW)
    deliver(bakery.session, bakery.home)
    bakery.merge(by="Ana Ops", email="ana@example.org")
    checked(bakery)
    event = passed(bakery)
    assert event is not None
    assert (event.by, event.self_reviewed) == ("ana", True)


def test_a_squash_is_approved_by_who_committed_it(delivered: Bakery) -> None:
    delivered.merge("--squash")
    assert checked(delivered).by == "Ben"


@pytest.mark.parametrize("options", [("--ff-only",), ("--squash",)])
def test_where_git_does_not_know_who_merged_the_remote_stands_for_them(
    delivered: Bakery, options: tuple[str, ...]
) -> None:
    """A fast-forward has no commit of its own; a squash on a web page is the host's."""
    delivered.merge(*options, by="GitHub", email="noreply@example.org")
    verdict = checked(delivered)
    assert verdict.by == "origin"
    event = passed(delivered)
    assert event is not None
    assert event.text == "merged into main; git does not know by whom"


@pytest.mark.parametrize(
    ("merged_by", "by"),
    [
        ({"login": "ben", "name": 'Ben "B" Berg'}, 'Ben "B" Berg'),
        ({"login": "ben", "name": ""}, "ben"),
        ({"login": "ana-gh", "name": "Ana"}, "ana"),
    ],
)
def test_gh_tells_who_merged_and_which_pull_request_it_was(
    tmp_path: Path, merged_by: dict[str, str], by: str
) -> None:
    """Whoever opened the request is the one who delivered, under the name in the log."""
    bakery = Bakery(tmp_path, settings="self-review = true\n")
    bakery.say(*REVIEW)
    deliver(bakery.session, bakery.home)
    bakery.merge("--squash", by="GitHub", email="noreply@example.org")
    answer = {"url": PULL, "state": "MERGED", "author": {"login": "ana-gh"}, "mergedBy": merged_by}
    bakery.gh(f"cat <<'END'\n{json.dumps(answer)}\nEND")
    verdict = checked(bakery)
    assert (verdict.by, verdict.reference) == (by, PULL)
    event = passed(bakery)
    assert event is not None
    assert (event.by, event.ref, event.self_reviewed) == (by, PULL, by == "ana")


def test_a_merge_of_an_older_revision_approves_nothing(bakery: Bakery) -> None:
    deliver(bakery.session, bakery.home)
    bakery.merge()
    bakery.say(*REVIEW)
    verdict = checked(bakery)
    assert verdict.merged
    assert "older than revision 1 of Learn: deliver again" in verdict.summary
    assert passed(bakery) is None


def test_a_readme_that_was_written_anew_in_the_review_approves_nothing(delivered: Bakery) -> None:
    place = delivered.base / "reviewer"
    delivered.git("clone", "-qb", delivered.branch, str(delivered.bare), str(place))
    readme = place / "incidents" / delivered.session.id / "README.md"
    readme.write_text("# Bread is late\n")
    delivered.git("commit", "--quiet", "--all", "-m", "Shorter", cwd=place)
    delivered.git("push", "--quiet", "origin", delivered.branch, cwd=place)
    delivered.merge()
    verdict = checked(delivered)
    assert verdict.merged
    assert "does not say how far its log went: deliver again" in verdict.summary
    assert passed(delivered) is None


def test_an_artifact_that_was_changed_since_is_not_what_was_merged(delivered: Bakery) -> None:
    delivered.merge()
    delivered.say("/set moral buy a new oven")
    assert "Learn was changed after it was delivered" in checked(delivered).summary
    assert passed(delivered) is None


def test_later_entries_that_change_no_artifact_do_not_matter(delivered: Bakery) -> None:
    delivered.merge()
    delivered.say("the merge is in")
    assert checked(delivered).by == "Ben"


def test_a_merge_that_no_stage_waits_for_is_told_and_records_nothing(bakery: Bakery) -> None:
    deliver(bakery.session, bakery.home)
    bakery.merge()
    before = len(bakery.session.incident.entries)
    verdict = checked(bakery)
    assert verdict.merged
    assert "Look around waits for no approval from outside" in verdict.summary
    assert len(bakery.session.incident.entries) == before


def test_checking_twice_approves_once(delivered: Bakery) -> None:
    delivered.merge()
    checked(delivered)
    again = checked(delivered)
    assert (again.merged, again.approval) == (True, None)


def test_a_record_that_was_only_pushed_was_approved_by_nobody(in_review: Bakery) -> None:
    """Ana pushes her own commits of the incident; no branch was delivered, nobody looked."""
    commit = committer_for(in_review.session, in_review.home, in_review.env)
    assert isinstance(commit(), Committed)
    in_review.git("push", "--quiet", "origin", "main")
    verdict = checked(in_review)
    assert verdict.merged
    assert "by a push and not by a merge" in verdict.summary
    assert passed(in_review) is None


def test_a_copy_that_an_author_committed_from_this_clone_is_their_own(delivered: Bakery) -> None:
    """Delivered on a machine that is no more, squashed here: git's address tells who it was."""
    delivered.merge("--squash", by="Ana on a train", email="ana@example.org")
    delivered.there("branch", "-D", delivered.branch)
    delivered.git("update-ref", "-d", f"refs/incident-tui/origin/delivered/{delivered.branch}")
    with pytest.raises(Refused, match="ana is an author of Learn"):
        checked(delivered)
