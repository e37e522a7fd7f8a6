"""Delivering runs nothing that the repository's configuration names for the way to the remote."""

from pathlib import Path

import pytest

from incident_tui.history.commits.plumbing import DeliveryError
from incident_tui.history.remotes.remote import ask
from tests.history.foreign import Foreign
from tests.history.git.test_foreign_git import KEYS
from tests.history.remotes.test_delivery_branch import Remotes
from tests.history.sandbox import Sandbox

KEYS_OF_REMOTES = (
    "core.sshCommand={run} ssh.variant=simple",
    "credential.helper=!{run}",
    "fetch.writeCommitGraph=true fetch.prune=true remote.origin.prune=true",
    "http.cookieFile={include} http.saveCookies=true",
    "http.proxy=http://127.0.0.1:9 http.sslVerify=false",
    "push.gpgSign=true gpg.program={run}",
    "remote.origin.receivepack={run}",
    "remote.origin.uploadpack={run}",
    "remote.origin.vcs=ext",
    "remote.origin.mirror=true remote.origin.push=+refs/*:refs/*",
    "protocol.ext.allow=always url.ext::{run}.insteadOf=/",
    "url.ext::{run}.pushInsteadOf=/ protocol.allow=always",
)


OTHERS = [each for each in KEYS if "/dev/zero" not in each]
APART = 6
"""Of the keys that every commit is tried with one by one, each sixth is set together."""


@pytest.mark.parametrize(
    "keys", [*KEYS_OF_REMOTES, *(" ".join(OTHERS[first::APART]) for first in range(APART))]
)
def test_a_delivery_runs_nothing_that_the_repository_names(foreign: Foreign, keys: str) -> None:
    remotes = Remotes(foreign.sandbox)
    foreign.plant(".gitattributes", "* filter=evil diff=evil merge=evil\n")
    foreign.configure(keys)
    foreign.sandbox.folder = foreign.folder
    assert remotes.deliver().standing == "pushed"
    assert remotes.deliver().standing == "unchanged"
    foreign.is_stored(remotes.there("rev-parse", "incident/one"), "incidents/one/")
    assert remotes.standing().merge is None
    assert foreign.ran() == []


@pytest.mark.parametrize("url", ["ext::{run}", "ext::sh -c {run}", "fd::17", "-u{run}", "{run}"])
def test_an_address_that_is_a_program_is_refused(foreign: Foreign, url: str) -> None:
    remotes = Remotes(foreign.sandbox)
    address = url.format(run=foreign.run)
    foreign.sandbox.git("config", "remote.origin.url", address)
    foreign.configure("protocol.ext.allow=always protocol.fd.allow=always protocol.allow=always")
    foreign.sandbox.configure(
        '[protocol "ext"]\n\tallow = always\n[protocol "fd"]\n\tallow = always\n'
    )
    with pytest.raises(DeliveryError, match=r"not allowed|lies inside of|invalid gitfile"):
        ask(remotes.plumbing(), "origin")
    assert foreign.ran() == []


@pytest.mark.parametrize("url", ["inner.git", "./inner.git", "file://{top}/inner.git", ".git"])
def test_a_remote_that_came_with_the_repository_is_refused(foreign: Foreign, url: str) -> None:
    remotes = Remotes(foreign.sandbox)
    top = foreign.sandbox.top
    foreign.sandbox.git("clone", "--quiet", "--bare", str(remotes.bare), str(top / "inner.git"))
    foreign.sandbox.git("config", "remote.origin.url", url.format(top=top))
    with pytest.raises(DeliveryError, match="lies inside of"):
        ask(remotes.plumbing(), "origin")


def test_the_users_own_settings_lead_to_the_remote(sandbox: Sandbox) -> None:
    remotes = Remotes(sandbox)
    mark = sandbox.base / "ssh-words"
    program = sandbox.base / "ssh"
    program.write_text(f'#!/bin/sh\necho "$@" > {mark}\nexit 255\n')
    program.chmod(0o755)
    sandbox.configure(
        f'[core]\n\tsshCommand = {program}\n[url "ssh://git@example.org/"]\n\tinsteadOf = work:\n'
    )
    sandbox.git("config", "remote.origin.url", "work:team/repo.git")
    with pytest.raises(DeliveryError):
        ask(remotes.plumbing(), "origin")
    assert "git@example.org" in mark.read_text()


def test_a_shallow_clone_delivers(sandbox: Sandbox) -> None:
    remotes = Remotes(sandbox)
    for number in range(3):
        (sandbox.top / "code.py").write_text(f"print({number})\n")
        sandbox.git("commit", "--quiet", "-am", f"work {number}")
    sandbox.git("push", "--quiet", "origin", "main")
    shallow = sandbox.base / "shallow"
    where = f"file://{remotes.bare}"
    sandbox.git("clone", "--quiet", "--depth=1", where, str(shallow), cwd=sandbox.base)
    name = sandbox.folder.name
    sandbox.folder.rename(shallow / name)
    sandbox.top, sandbox.folder = shallow, Path(shallow / name)
    assert remotes.deliver().standing == "pushed"
    assert remotes.there("rev-list", "--count", f"incident/{name}") == "5"
    sandbox.git("fsck", "--strict")
