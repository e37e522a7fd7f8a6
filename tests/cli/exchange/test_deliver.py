"""`incident-tui deliver`: the text on standard output, what became of it beside it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from incident_tui.cli import Outside, root
from incident_tui.service import Declaration, Service
from tests.support.playbooks.deliveries import REVIEW, Bakery


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return Bakery(tmp_path)


def run(bakery: Bakery, *words: str) -> Result:
    """What is typed after `incident-tui deliver`."""
    env = bakery.env | {"INCIDENT_TUI_HOME": str(bakery.path), "INCIDENT_TUI_ME": "ana"}
    outside = Outside(
        replace(bakery.world, env=env),
        lambda: bakery.base / "data",
        lambda *arguments: 0,
    )
    return CliRunner().invoke(root, ["deliver", *words], obj=outside, catch_exceptions=False)


def test_the_body_is_printed_and_the_next_step_told_beside_it(bakery: Bakery) -> None:
    done = run(bakery, "--no-pull-request")
    assert done.exit_code == 0
    assert "## Impact" in done.stdout
    assert f"`incidents/{bakery.session.id}/README.md`" in done.stdout
    assert "Pushed" not in done.stdout
    assert f"Pushed {bakery.branch} to origin ({bakery.bare})." in done.stderr
    assert "Open a pull request from" in done.stderr
    assert bakery.there("rev-parse", bakery.branch)


def test_the_answer_as_json(bakery: Bakery) -> None:
    data = json.loads(run(bakery, bakery.session.id, "--json", "--no-pull-request").stdout)
    assert data["commit"] == bakery.there("rev-parse", bakery.branch)
    assert Path(data["body_file"]).read_text() == data["body"]
    assert (data["branch"], data["base"], data["standing"]) == (bakery.branch, "main", "pushed")
    assert data["pull_request"] is None
    assert bakery.branch in data["next_step"]


def test_a_pull_request_that_was_opened_is_told(bakery: Bakery) -> None:
    bakery.gh("echo https://example.org/pull/7")
    assert "The pull request is https://example.org/pull/7." in run(bakery).stderr


def test_delivering_twice_says_that_nothing_was_pushed(bakery: Bakery) -> None:
    run(bakery, "--no-pull-request")
    assert "is up to date; nothing was pushed" in run(bakery, "--no-pull-request").stderr


def test_a_protected_incident_is_refused_with_what_to_type(tmp_path: Path) -> None:
    bakery = Bakery(tmp_path, protected=True)
    done = run(bakery)
    assert done.exit_code == 3
    words = f"incident-tui deliver {bakery.session.id} --protected-too {bakery.session.id}"
    assert words in done.stdout
    assert run(bakery, *words.split()[2:]).exit_code == 0


def test_a_remote_that_cannot_be_used_fails_with_what_to_do(bakery: Bakery) -> None:
    bakery.git("remote", "remove", "origin")
    done = run(bakery)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "add one with `git remote add origin URL`." in done.stderr


def test_there_is_no_such_incident(bakery: Bakery) -> None:
    assert run(bakery, "elsewhere").exit_code == 4


def test_checking_says_no_until_it_is_merged(bakery: Bakery) -> None:
    bakery.say(*REVIEW)
    run(bakery, "--no-pull-request")
    done = run(bakery, "--check")
    assert (done.exit_code, done.stdout) == (
        3,
        f"{bakery.branch} is not merged into origin/main yet.\n",
    )


def test_checking_records_the_approval_and_commits_it(bakery: Bakery) -> None:
    bakery.say(*REVIEW)
    run(bakery, "--no-pull-request")
    bakery.merge()
    done = run(bakery, "--check", "--json")
    assert done.exit_code == 0
    data = json.loads(done.stdout)
    assert (data["merged"], data["approved"], data["by"], data["how"]) == (
        True,
        True,
        "Ben",
        "merge",
    )
    assert "Reviewed-by: Ben" in bakery.git("log", "-1", "--format=%B")
    assert run(bakery, "--check").exit_code == 0


def test_an_author_who_merged_is_refused_and_the_reason_is_data(bakery: Bakery) -> None:
    bakery.say(*REVIEW)
    run(bakery, "--no-pull-request")
    bakery.merge(by="Ana Ops", email="ana@example.org")
    done = run(bakery, "--check", "--json")
    assert done.exit_code == 3
    data = json.loads(done.stdout)
    assert "ana is an author of Learn" in data["refused"]
    assert {"what", "mend"} == set(data["reasons"][0])


def test_a_closed_incident_that_is_alone_is_meant_and_of_several_the_newest_is_named(
    bakery: Bakery,
) -> None:
    bakery.say("/close duplicate of another")
    assert run(bakery, "--no-pull-request").exit_code == 0
    other = Service(bakery.home, bakery.world, "ana", version="0").declare(Declaration("No bread"))
    other.enter("/close duplicate of another")
    done = run(bakery)
    assert done.exit_code == 4
    assert f"incident-tui deliver {other.id}" in done.output
