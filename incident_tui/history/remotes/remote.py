"""The remote that incidents are delivered to: what it holds, fetching from it, pushing to it.

Fetched commits get names of our own below refs/incident-tui, so that no branch, no
remote-tracking branch and no FETCH_HEAD of the user's moves.
"""

import re
from collections.abc import Mapping

import msgspec

from incident_tui.domain.values.text import clean_line
from incident_tui.history.commits.plumbing import DeliveryError, Plumbing
from incident_tui.history.git.runner import Finished
from incident_tui.history.remotes.outlet import (
    REFERENCE,
    known_in,
    outlet,
    remotes_in,
    settings,
)

NETWORK_SECONDS = 60.0
# Credential helpers with windows of their own would wait for somebody, too.
_NO_WINDOWS = {"GCM_INTERACTIVE": "never"}

# What git, ssh or the server says -> the sentence; the first that matches.
_COMPLAINTS = (
    (
        r"Host key verification failed",
        "ssh does not know the host of {remote} ({url}): connect to it once by hand and accept its"
        " key",
    ),
    (
        r"Could not resolve|Temporary failure in name resolution|Connection refused"
        r"|Connection (timed out|reset|closed)|Operation timed out|Network is unreachable"
        r"|No route to host|Failed to connect|Could(n't| not) connect|unable to connect"
        r"|SSL_ERROR|SSL certificate|early EOF|hung up unexpectedly|RPC failed",
        "{remote} ({url}) cannot be reached ({said}): check the network, then try again; nothing"
        " here is lost",
    ),
    (
        r"could not read (Username|Password)|Authentication failed|Permission denied \("
        r"|terminal prompts disabled|Access denied|[Ii]nvalid credentials|error: 40[13]"
        r"|Permission to \S+ denied|unable to read askpass|not authorized",
        "{remote} ({url}) does not let you in ({said}): sign in outside of this program, until"
        " `git fetch {remote}` works without a question, then try again",
    ),
    (
        r"does not appear to be a git repository|[Rr]epository .*not found|does not exist"
        r"|error: 404|[Nn]o such file or directory|not a git repository|Not a directory",
        "there is no repository at {url}, where {remote} points to ({said}): correct it with `git"
        " remote set-url {remote} URL`",
    ),
    (
        r"\[rejected\]|stale info|fetch first|non-fast-forward",
        "the branch changed in {remote} meanwhile, and was left as it is: try again",
    ),
    (
        r"No space left on device|Disk quota exceeded",
        "a disk is full, here or at {url} ({said}): free some space, then try again",
    ),
    (
        r"protected branch|hook declined|GH0\d\d|remote rejected|denied by|denyCurrentBranch"
        r"|insufficient permission|unable to create temporary|[Rr]ead-only",
        "{remote} ({url}) does not take the branch ({said}): ask who looks after it",
    ),
)


class Remote(msgspec.Struct, frozen=True):
    """What a remote held when it was asked. `heads` are its branches; `url` has no password."""

    name: str
    url: str
    base: str
    heads: dict[str, str]

    @property
    def base_tip(self) -> str:
        """The newest commit of its default branch."""
        return self.heads[self.base]


def configured(git: Plumbing, name: str) -> Remote:
    """A remote as this repository knows it, which has not been asked for anything.

    Raises DeliveryError when it is unknown; GitUnavailableError.
    """
    _check_known(git, name)
    with outlet(git, name, references=False) as env:
        return _configured(git, name, env)


def ask(git: Plumbing, name: str) -> Remote:
    """Ask a remote for its branches and which of them is the default one.

    Raises DeliveryError when it is unknown, cannot be reached or is empty; GitUnavailableError.
    """
    _check_known(git, name)
    with outlet(git, name, references=False) as env:
        remote = _configured(git, name, env)
        words = ("ls-remote", "--symref", "--", name, "HEAD", "refs/heads/*")
        done = _over_network(git, remote, env, *words, deed="ask")
    heads, pointed = _read(done.out)
    if not heads:
        raise DeliveryError(
            f"{name} ({remote.url}) is empty, so there is no branch to stand on: push yours there"
            f" first, such as `git push {name} HEAD`"
        )
    return msgspec.structs.replace(remote, base=_default(git, remote, heads, pointed), heads=heads)


def fetch(git: Plumbing, remote: Remote, *branches: str) -> None:
    """Get the commits of some of its branches; nothing of the user's moves.

    Raises DeliveryError and GitUnavailableError.
    """
    wanted = [f"+refs/heads/{name}:{our_ref(remote, 'seen', name)}" for name in branches]
    with outlet(git, remote.name) as env:
        before = known_in(env)
        _over_network(
            git,
            remote,
            env,
            *("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"),
            # Without this, git would also move the remote-tracking branches, and with them what a
            # `push --force-with-lease` of the user's relies on.
            "--refmap=",
            *("--", remote.name, *wanted),
            deed="fetch from",
        )
        _take_over(git, remote, env, before)


def push(git: Plumbing, remote: Remote, branch: str, commit: str) -> str:
    """Make the branch that commit, if it still is what the remote said; returns what it printed.

    Raises DeliveryError and GitUnavailableError.
    """
    if "/" in branch and branch.partition("/")[0] in remote.heads:
        first = branch.partition("/")[0]
        raise DeliveryError(
            f"{remote.name} has a branch {first}, so it can have none called {branch}: rename that"
            " branch there"
        )
    with outlet(git, remote.name) as env:
        done = _over_network(
            git,
            remote,
            env,
            *("push", "--porcelain", *(() if git.options.hooks else ("--no-verify",))),
            f"--force-with-lease=refs/heads/{branch}:{remote.heads.get(branch, '')}",
            *("--", remote.name, f"{commit}:refs/heads/{branch}"),
            deed="push to",
        )
    return done.err


def our_ref(remote: Remote, kind: str, name: str) -> str:
    """The name under which we keep a commit of that remote."""
    return f"refs/incident-tui/{remote.name}/{kind}/{name}"


def without_password(text: str) -> str:
    """A text whose addresses have no user name and password left."""
    return re.sub(r"(?<=://)[^/@\s]+@", "", text)


def _check_known(git: Plumbing, name: str) -> None:
    """Raise DeliveryError where the repository has no remote of that name."""
    known = git.repository.read(lambda reader: reader.remotes(), lambda: remotes_in(settings(git)))
    if name not in known:
        # The user's own settings may have further ones, which git knows.
        known = git.must("remote", deed="list the remotes").split()
    if name not in known:
        raise DeliveryError(_unknown(name, known, git))


def _configured(git: Plumbing, name: str, env: Mapping[str, str]) -> Remote:
    get = ("remote", "get-url", "--push", name)
    url = git.must(*get, deed=f"look up {name}", extra_env=env).splitlines()[0]
    return Remote(name, without_password(clean_line(url)), "", {})


def _unknown(name: str, known: list[str], git: Plumbing) -> str:
    top = git.repository.top
    if not known:
        return (
            f"{top} has no remote to deliver to: add one with `git remote add {name or 'origin'}"
            " URL`"
        )
    return (
        f"{top} has no remote {name!r}, only {', '.join(known)}: name one of these as remote in"
        " the [git] part of the home's incident-tui.toml"
    )


def _read(listed: str) -> tuple[dict[str, str], str]:
    """The branches in what ls-remote printed, and the branch that HEAD points to."""
    heads: dict[str, str] = {}
    pointed = ""
    for line in listed.splitlines():
        what, _, ref = line.partition("\t")
        if ref == "HEAD" and what.startswith("ref: refs/heads/"):
            pointed = what.removeprefix("ref: refs/heads/")
        elif ref.startswith("refs/heads/"):
            heads[ref.removeprefix("refs/heads/")] = what
    return heads, pointed


def _default(git: Plumbing, remote: Remote, heads: dict[str, str], pointed: str) -> str:
    """Its default branch: as it says, else as this clone remembers, else the obvious one."""
    if pointed in heads:
        return pointed
    ref = f"refs/remotes/{remote.name}/HEAD"
    remembered = git.attempt("symbolic-ref", "--quiet", ref).out.strip()
    if (name := remembered.removeprefix(f"refs/remotes/{remote.name}/")) in heads:
        return name
    usual = [name for name in ("main", "master") if name in heads]
    if len(usual) == 1:
        return usual[0]
    if len(heads) == 1:
        return next(iter(heads))
    raise DeliveryError(
        f"{remote.name} ({remote.url}) does not say which of its branches is the default one: tell"
        f" this clone with `git remote set-head {remote.name} BRANCH`"
    )


def _over_network(
    git: Plumbing, remote: Remote, env: Mapping[str, str], *arguments: str, deed: str
) -> Finished:
    """Run git where it knows the remote."""
    done = git.attempt(
        *_hooks(git),
        *arguments,
        extra_env={**_NO_WINDOWS, **env},
        timeout_seconds=_limit(git),
        network=True,
    )
    if done.status != 0 or done.timed_out:
        raise DeliveryError(_explain(git, remote, done, deed))
    return done


def _hooks(git: Plumbing) -> list[str]:
    """Where the user's hooks are, since the way to the remote has none of its own."""
    if not git.options.hooks:
        return []
    place = git.repository.must(
        ("rev-parse", "--git-path", "hooks"),
        deed="look for hooks",
        timeout_seconds=git.options.timeout_seconds,
        hooks=True,
    ).out.removesuffix("\n")
    return ["-c", f"core.hooksPath={git.repository.top / place}"]


def _take_over(git: Plumbing, remote: Remote, env: Mapping[str, str], before: list[str]) -> None:
    """Give what was fetched, beside what was known before, its names in the repository itself."""
    prefix = our_ref(remote, "seen", "")
    listed = git.must("for-each-ref", REFERENCE, prefix, deed="fetch", extra_env=env)
    new = sorted(set(listed.splitlines()) - set(before))
    if new:
        each = (line.partition(" ") for line in new)
        lines = "".join(f"update {ref} {commit}\n" for commit, _, ref in each)
        git.must("update-ref", "--stdin", deed="remember what was fetched", stdin=lines)


def _limit(git: Plumbing) -> float:
    return min(NETWORK_SECONDS, 2 * git.options.timeout_seconds)


def _explain(git: Plumbing, remote: Remote, done: Finished, deed: str) -> str:
    if done.timed_out:
        return (
            f"{remote.name} ({remote.url}) did not answer within {_limit(git):g} s and was given"
            " up: check the network, then try again; nothing here is lost"
        )
    printed = [without_password(clean_line(line)) for line in f"{done.err}\n{done.out}".split("\n")]
    for pattern, sentence in _COMPLAINTS:
        for line in printed:
            if re.search(pattern, line):
                why = re.sub(r"^(fatal|error|remote): ", "", line)[:200]
                return sentence.format(remote=remote.name, url=remote.url, said=why)
    complaints = [line for line in printed if line.startswith(("fatal:", "error:", "!"))]
    why = next(iter([*complaints, *filter(None, printed)]), "git printed no reason")[:200]
    return (
        f"git could not {deed} {remote.name} ({remote.url}): {why}. Try `git fetch {remote.name}`"
        " by hand, then try again"
    )
