"""A way to a remote that is the user's own: nothing of the repository's configuration is on it.

A repository can name programs for nearly everything on the way: ssh, credentials, proxies, cookies,
the other end's. So git is given a repository that has the objects, the references and the address,
and no other setting; those of the user and of the machine hold. What is sent is `remote`'s.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from incident_tui.history.commits.plumbing import DeliveryError, Plumbing

_KEYS = ("url", "pushurl")
_REFERENCES = "packed-refs"
REFERENCE = "--format=%(objectname) %(refname)"
"""What has git for-each-ref print a line as it stands among packed references."""
_ADDRESS = re.compile(r"remote\..+\.url")
_NO_ADDRESS = ("ext", "fd")
"""Transports that name a command, or a descriptor to wait at (gitremote-helpers(7))."""


@contextmanager
def outlet(git: Plumbing, name: str, *, references: bool = True) -> Iterator[Mapping[str, str]]:
    """The environment in which git knows the remote of that name, and nothing else of its own.

    Without `references` it knows no branch either, which whoever only asks does not need. Raises
    DeliveryError where the address cannot be used, and GitUnavailableError.
    """
    common = git.repository.common_dir
    own = settings(git)
    addresses = {key: own.get(f"remote.{name}.{key}", []) for key in _KEYS}
    for address in (value for values in addresses.values() for value in values):
        _refuse_what_the_repository_brings(git, name, address)
    with TemporaryDirectory(prefix="incident-tui-") as folder:
        place = Path(folder)
        for each in ("refs", "objects"):
            (place / each).mkdir()
        (place / "HEAD").write_text("ref: refs/heads/incident-tui\n", encoding="ascii")
        (place / "config").write_text(
            _configuration(own, name), encoding="utf-8", errors="surrogateescape"
        )
        (place / _REFERENCES).write_text(
            f"# pack-refs with: sorted\n{_listed(git) if references else ''}",
            encoding="utf-8",
            errors="surrogateescape",
        )
        if (common / "shallow").is_file():
            (place / "shallow").symlink_to(common / "shallow")
        yield {"GIT_DIR": str(place), "GIT_OBJECT_DIRECTORY": str(common / "objects")}


def known_in(env: Mapping[str, str]) -> list[str]:
    """Object and name of each reference that git knows in a new outlet, as lines."""
    listed = Path(env["GIT_DIR"], _REFERENCES).read_text("utf-8", errors="surrogateescape")
    return listed.splitlines()[1:]


def _listed(git: Plumbing) -> str:
    return git.repository.read(
        lambda reader: "".join(f"{name} {ref}\n" for name, ref in reader.references()),
        lambda: git.must("for-each-ref", REFERENCE, deed="list the branches"),
    )


def _configuration(own: Mapping[str, list[str]], name: str) -> str:
    partial = own.get("extensions.partialclone") == [name]
    lines = ["[core]", "\tbare = true", "\trepositoryFormatVersion = 1", "[extensions]"]
    if own.get("extensions.objectformat", [])[-1:] == ["sha256"]:
        lines.append("\tobjectFormat = sha256")
    if partial:
        lines.append(f"\tpartialClone = {_quoted(name)}")
    # The address comes from the repository: not even where the user's settings allow a program.
    lines += [line for each in _NO_ADDRESS for line in (f'[protocol "{each}"]', "\tallow = never")]
    lines.append(f"[remote {_quoted(name)}]")
    kept = (*_KEYS, *(("partialCloneFilter",) if partial else ()))
    lines += [
        f"\t{key} = {_quoted(value)}"
        for key in kept
        for value in own.get(f"remote.{name}.{key.lower()}", [])
    ]
    if partial:
        lines.append("\tpromisor = true")
    return "\n".join(lines) + "\n"


def settings(git: Plumbing) -> Mapping[str, list[str]]:
    """What the repository itself says, by key as git writes it; those of the user hold anyway."""
    values: dict[str, list[str]] = {}
    for setting in git.attempt("config", "--local", "-z", "--list").out.split("\0")[:-1]:
        key, _, value = setting.partition("\n")
        values.setdefault(key, []).append(value)
    return values


def remotes_in(own: Mapping[str, list[str]]) -> list[str]:
    """The remotes that such settings have an address of."""
    return [key[len("remote.") : -len(".url")] for key in own if _ADDRESS.fullmatch(key)]


def _quoted(value: str) -> str:
    # git-config(5), "Syntax": in double quotes, only these have to be escaped.
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _refuse_what_the_repository_brings(git: Plumbing, name: str, address: str) -> None:
    """A repository inside of this one came with it, and pushing there would run its hooks."""
    path = address.removeprefix("file://")
    if ":" in path.partition("/")[0]:
        return  # of another machine, as git tells it: a colon before the first slash
    top = git.repository.top
    there = Path(os.path.realpath(top / path))
    if there.is_relative_to(top) or there.is_relative_to(git.repository.common_dir):
        raise DeliveryError(
            f"{name} points to {there}, which lies inside of {top} itself: give it an address"
            f" elsewhere with `git remote set-url {name} URL`"
        )
