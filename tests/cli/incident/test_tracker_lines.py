"""Action items that go to GitHub or GitLab: nothing leaves by itself, and words stay words."""

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest

from incident_tui.service.across import tracker_issues
from tests.cli.conftest import Terminal
from tests.service.secrets.test_texts import GITHUB

HOSTILE = "-x \"q\" 'q' $(touch pwned) `touch pwned` @bob #1 \\ 100%"
ADDRESS = {
    "gh": "https://github.com/shop/web/issues/{}",
    "glab": "https://gitlab.com/shop/web/-/issues/{}",
}
FAKE = """#!/bin/sh
printf '%s\\0' {name} "$@" >> '{base}/ran'
printf '\\n' >> '{base}/ran'
{then}
"""


def fake(terminal: Terminal, name: str, then: str) -> None:
    """A program of that name on the PATH that notes how it was called."""
    path = terminal.base / name
    path.write_text(FAKE.format(name=name, base=terminal.base, then=then))
    path.chmod(0o755)


def calls(terminal: Terminal) -> list[list[str]]:
    path = terminal.base / "ran"
    text = path.read_text() if path.exists() else ""
    return [call.split("\0")[:-1] for call in text.split("\0\n") if call]


@pytest.fixture
def debtor(terminal: Terminal) -> Terminal:
    incident = terminal.declared("Checkout returns 5xx")
    terminal.ok(
        "log", "-i", incident, f"+ {HOSTILE} owner:ana", "+ cache the index", "/act 2 drop no"
    )
    return terminal


@pytest.mark.parametrize("name", ["gh", "glab"])
@pytest.mark.parametrize("option", ["--to", "--as"])
def test_the_printed_lines_run_in_a_shell_and_run_nothing_else(
    debtor: Terminal, name: str, option: str, tmp_path: Path
) -> None:
    fake(debtor, name, "")
    printed = debtor.ok("actions", option, name, "--repo", "shop/web")
    assert calls(debtor) == []
    script = tmp_path / "script"
    script.write_text(printed)
    env = {"PATH": f"{debtor.base}:{os.environ['PATH']}"}
    subprocess.run(["sh", str(script)], cwd=tmp_path, env=env, check=True, capture_output=True)
    [words] = [call.split("\0") for call in (debtor.base / "ran").read_text().split("\0\n") if call]
    assert words == shlex.split(printed)
    assert words[:4] == [name, "issue", "create", "--repo=shop/web"]
    assert words[4] == f"--title={HOSTILE}"
    assert words[5].startswith("--body=" if name == "gh" else "--description=")
    assert "**Owner:** ana" in words[5]
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("name", ["gh", "glab"])
def test_run_records_the_address_and_does_not_run_again(debtor: Terminal, name: str) -> None:
    address = ADDRESS[name].format(12)
    fake(debtor, name, f"echo Creating…; echo {address}")
    assert address in debtor.ok("actions", "--to", name, "--run")
    [item, _] = debtor.json("actions")
    assert item["ref"] == address
    assert "nothing to hand on" in debtor.run("actions", "--to", name, "--run").stderr
    assert len((debtor.base / "ran").read_text().splitlines()) >= 1
    fake(debtor, name, """echo 'warning: old' >&2; echo '{"state": "CLOSED"}'""")
    done = debtor.run("actions", "--check")
    assert "closed" in done.stdout
    assert f"/act 1 done closed in {address}" in done.stderr
    [row] = json.loads(debtor.ok("actions", "--check", "--json"))
    assert (row["state"], row["problem"]) == ("closed", None)


@pytest.mark.parametrize(
    ("state", "here", "mend"),
    [
        ("open", "/act 1 owner:ben", ""),
        ("open", "/act 1 done seen to work", "/act 1 reopen still open in "),
        ("closed", "/act 1 done seen to work", ""),
        ("closed", "/act 1 owner:ben", "/act 1 done closed in "),
    ],
)
def test_a_line_is_offered_where_the_tracker_says_otherwise(
    debtor: Terminal, state: str, here: str, mend: str
) -> None:
    fake(debtor, "gh", f"echo {ADDRESS['gh'].format(12)}")
    debtor.ok("actions", "--to", "gh", "--run")
    debtor.ok("log", here)
    fake(debtor, "gh", f"""echo '{{"state": "{state}"}}'""")
    done = debtor.run("actions", "--check")
    assert state in done.stdout
    assert mend in done.stderr if mend else "/act" not in done.stderr


@pytest.mark.parametrize(
    ("then", "reason"),
    [
        ("printf 'not \\033[31mlogged in'; exit 4", "ended with 4 and said: not"),
        ("echo no address", "ended with 0 and said: no address"),
        ("exec sleep 60", "stopped after"),
    ],
)
def test_a_program_that_fails_or_hangs_records_nothing(
    debtor: Terminal, then: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracker_issues, "SECONDS", 0.5)
    debtor.env["PATH"] = f"{debtor.base}:{os.environ['PATH']}"
    fake(debtor, "gh", then)
    done = debtor.run("actions", "--to", "gh", "--run")
    assert done.exit_code == 1
    assert reason in done.stderr
    assert "\x1b" not in done.stderr
    assert debtor.json("actions")[0]["ref"] == ""


def test_without_the_program_it_says_so_and_options_need_each_other(debtor: Terminal) -> None:
    done = debtor.run("actions", "--to", "gh", "--run")
    assert done.exit_code == 1
    assert "'gh' cannot be run" in done.stderr
    assert debtor.run("actions", "--run").exit_code == 2
    assert "No action item has the address" in debtor.run("actions", "--check").stderr


def test_what_must_not_leave_is_in_no_line(terminal: Terminal) -> None:
    first = terminal.declared("Leak")
    terminal.ok("log", "-i", first, "+ call acme about it", "/restrict 2 names a customer")
    terminal.run("log", "-i", first, f"+ rotate {GITHUB}")
    secret = terminal.ok("declare", "Hidden matter", "--protected").split()[-1]
    terminal.ok("log", "-i", secret, "+ tell the lawyer today")
    done = terminal.run("actions", "--to", "gh")
    for word in ("acme", GITHUB, "lawyer"):
        assert word not in done.stdout
    assert done.stderr.count("stays here") == 3
