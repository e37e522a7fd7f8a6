"""Rules about what the program is and where it keeps things: versions, home, settings, locks."""

import re
from collections.abc import Iterator
from shlex import quote

from incident_tui.service.machine.facts import Folder, Lock, Machine, Package, Version
from incident_tui.service.machine.finding import Finding, State

_BOUND = re.compile(r"(>=|<|==)\s*([\d.]+)")


def version_rules(machine: Machine) -> Iterator[Finding]:
    """Whether the packages are those that the program was made with."""
    if machine.packages is None:
        text = f"incident-tui {machine.program}, not installed but run from its source"
        yield Finding("versions", State.NOTE, text, "nothing says which packages it needs")
        return
    wrong = [package for package in machine.packages if not _fits(package)]
    for package in wrong:
        wanted = f"{package.name}{package.needed}"
        yield Finding(
            "versions",
            State.PROBLEM if not package.version else State.WARNING,
            f"{package.name} {package.version or 'is not installed'}, needed is {package.needed}",
            "the program was never tried like that: parts of it may fail",
            f"{quote(machine.executable)} -m pip install {quote(wanted)}",
        )
    if not wrong:
        python = ".".join(map(str, machine.python))
        yield Finding("versions", State.WELL, f"incident-tui {machine.program}, Python {python}")


def _fits(package: Package) -> bool:
    have = _numbers(package.version)
    if not have:
        return False
    for sign, bound in _BOUND.findall(package.needed):
        limit = _numbers(bound)
        if (sign == ">=" and have < limit) or (sign == "<" and have >= limit):
            return False
        if sign == "==" and have != limit:
            return False
    return True


def _numbers(version: str) -> Version:
    """The leading numbers of a version (PEP 440), without zeroes at their end."""
    match = re.match(r"\d+(\.\d+)*", version)
    numbers = [int(part) for part in match[0].split(".")] if match else []
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def place_rules(machine: Machine) -> Iterator[Finding]:
    """Whether incidents, and what belongs to the user, can be kept."""
    yield _home(machine)
    for path, problem in machine.settings.items():
        cost = "commands that need a setting stop with this message"
        mend = f"${{EDITOR:-vi}} {quote(str(path))}"
        yield Finding("settings", State.PROBLEM, f"{path}: {problem}", cost, mend)
    yield from _keys(machine)
    yield _state(machine)
    yield from map(_lock, machine.locks)
    if not machine.locks:
        yield Finding("locks", State.WELL, "nobody holds one")


def _keys(machine: Machine) -> Iterator[Finding]:
    for path, problems in machine.keys.items():
        if not problems:
            yield Finding("keys", State.WELL, f"as {path} sets them")
        for problem in problems:
            cost = "the console says so at each start, and that action has not the key you meant"
            yield Finding(
                "keys", State.WARNING, problem, cost, f"${{EDITOR:-vi}} {quote(str(path))}"
            )


def _home(machine: Machine) -> Finding:
    place, home = machine.place, machine.home
    if place.writable:
        made = "" if place.path == home else ", made with the first incident"
        return Finding("home", State.WELL, f"{home}{made}")
    name = "incident-records" if home.name == "incidents" else "incidents"
    elsewhere = f'export INCIDENT_TUI_HOME="$HOME/{name}"'
    cost = "no incident can be declared, and no line recorded"
    if not place.is_folder:
        return Finding("home", State.PROBLEM, f"{place.path} is a file", cost, elsewhere)
    text = f"{place.path} may not be written"
    return Finding("home", State.PROBLEM, text, cost, _writable(place, machine) or elsewhere)


def _writable(place: Folder, machine: Machine) -> str:
    """How a folder becomes writable for its owner; empty where nothing is sure to help."""
    if place.read_only_disk or not place.owned:
        return ""
    path = quote(str(place.path))
    if place.mode & 0o300 != 0o300:
        return f"chmod u+rwx {path}"
    # Its owner may write into it, and yet it cannot be: then it was marked so.
    return f"chflags nouchg {path}" if machine.platform == "darwin" else f"chattr -i {path}"


def _state(machine: Machine) -> Finding:
    if not machine.state_trouble:
        return Finding("state", State.WELL, str(machine.state))
    cost = "unsent texts, entries kept aside and trust in playbooks are not kept"
    mend = 'mkdir -p -m 700 "$HOME/.state" && export XDG_STATE_HOME="$HOME/.state"'
    if machine.state is None:
        mend = "export XDG_STATE_HOME=/var/tmp/state-of-$(id -un)"
    return Finding("state", State.WARNING, machine.state_trouble, cost, mend)


def _lock(lock: Lock) -> Finding:
    by = f"process {lock.pid}" if lock.pid else "another program"
    end = f"kill {lock.pid}" if lock.pid else f"fuser -k -TERM {quote(str(lock.path))}"
    return Finding(
        "locks",
        State.PROBLEM,
        f"{by} holds the log of {lock.incident} and does not let go",
        "lines for it are refused, or kept aside, after 5 s each",
        end,
    )
