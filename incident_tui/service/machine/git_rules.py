"""Rules about git: which one, who commits, and what stands in the way of commits."""

from collections.abc import Iterator
from shlex import quote

from incident_tui.service.machine.facts import Machine, Repository, Version
from incident_tui.service.machine.finding import Finding, State

NEEDED: Version = (2, 30)
"""Before it, `rev-parse` printed --end-of-options instead of obeying it (git's release notes)."""
BEST: Version = (2, 36)
"""The first that synchronises branches with the disk as well (`core.fsync`)."""
STALE_SECONDS = 60.0
"""No git of ours holds a lock of a repository this long."""
INSTALLERS = {
    "apt-get": "sudo apt-get install git",
    "dnf": "sudo dnf install git",
    "apk": "sudo apk add git",
    "pacman": "sudo pacman -S git",
    "zypper": "sudo zypper install git",
    "brew": "brew install git",
}
"""Package manager -> how it installs or renews git."""


def git_rules(machine: Machine) -> Iterator[Finding]:
    """What is found about git."""
    yield _version(machine)
    yield _identity(machine)
    if machine.unsigned_beside_signed:
        yield _signatures()
    if machine.repository is not None:
        yield _repository(machine.repository)


def _version(machine: Machine) -> Finding:
    if not machine.gits:
        cost = "incidents are recorded, but never committed"
        return Finding("git", State.PROBLEM, "there is none", cost, _install(machine))
    used = machine.gits[0]
    text = f"{_dotted(used.version)}, {used.path}"
    if used.version >= BEST:
        return Finding("git", State.WELL, text)
    newer = next((git for git in machine.gits if git.version >= BEST), None)
    mend = f'export PATH={quote(str(newer.path.parent))}:"$PATH"' if newer else _install(machine)
    if used.version < NEEDED:
        cost = f"commits may not be made at all: {_dotted(NEEDED)} or newer is needed"
        return Finding("git", State.PROBLEM, f"{text} is too old", cost, mend)
    cost = "after a power failure the last commit may be gone; the log is whole"
    return Finding("git", State.WARNING, f"{text} is old", cost, mend)


def _install(machine: Machine) -> str:
    return INSTALLERS[machine.installers[0]] if machine.installers else INSTALLERS["apt-get"]


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def _identity(machine: Machine) -> Finding:
    if machine.committer:
        return Finding("identity", State.WELL, machine.committer)
    name = machine.typist or machine.supposed
    mend = (
        f"git config --global user.name {quote(name)} && "
        "git config --global user.email you@example.org"
    )
    if machine.typist:
        text = f"git knows nobody; commits are made as {name}"
        cost = "their address reaches nobody, and other commits of yours fail"
        return Finding("identity", State.NOTE, text, cost, mend)
    cost = f"you are asked who you are, and until then entries are signed {name}"
    return Finding("identity", State.WARNING, "git does not know who commits", cost, mend)


def _signatures() -> Finding:
    text = "git signs your commits; those of incidents are not signed"
    cost = "they show as unverified; `sign = true` below [git] in incident-tui.toml signs them"
    return Finding("signing", State.NOTE, text, cost)


def _repository(repository: Repository) -> Finding:
    if repository.lock is not None and repository.lock_seconds >= STALE_SECONDS:
        minutes = int(repository.lock_seconds // 60)
        return Finding(
            "repository",
            State.PROBLEM,
            f"a git that was cut off left {repository.lock}, {minutes} min ago",
            "nothing is committed while it lies there",
            f"rm {quote(str(repository.lock))}",
        )
    if repository.lock is not None:
        text = f"another git is at work in {repository.top}"
        return Finding("repository", State.NOTE, text, "commits wait until it is done")
    if repository.trouble:
        cost = "nothing is committed until then; entries are recorded all the same"
        mend = f"git -C {quote(str(repository.top))} status"
        return Finding("repository", State.WARNING, repository.trouble, cost, mend)
    return Finding("repository", State.WELL, str(repository.top))
