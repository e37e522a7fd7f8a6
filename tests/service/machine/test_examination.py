"""Rules over machines that are plain values: each finding to mend says what it costs and how."""

from itertools import product
from pathlib import Path

import pytest
from msgspec.structs import replace

from incident_tui.service.machine.examination import examine
from incident_tui.service.machine.facts import (
    Folder,
    Git,
    Lock,
    Machine,
    Package,
    Repository,
    Terminal,
)
from incident_tui.service.machine.finding import TO_MEND, Finding, State, all_well

HOME = Path("/home/ana/incidents")
ANOTHER = '"$HOME/incident-records"'
TERMINAL = Terminal(
    {"TERM": "xterm-256color", "LANG": "C.UTF-8"},
    "utf-8",
    types=frozenset({"xterm-256color", "tmux-256color", "xterm", "linux"}),
)
SOUND = Machine(
    program="1.0",
    python=(3, 11, 2),
    executable="/usr/bin/python3",
    platform="linux",
    installers=("dnf",),
    packages=(Package("textual", "<9,>=8.2.8", "8.2.8"),),
    terminal=TERMINAL,
    gits=(Git(Path("/usr/bin/git"), (2, 40, 1)),),
    committer="Ana <ana@example.org>",
    unsigned_beside_signed=False,
    typist="",
    supposed="ana",
    home=HOME,
    settings={},
    keys={},
    place=Folder(HOME, writable=True, owned=True, mode=0o755),
    state=Path("/home/ana/.local/state/incident-tui"),
    state_trouble="",
)


def finding_of(machine: Machine, check: str) -> Finding:
    (finding,) = (each for each in examine(machine) if each.check == check)
    return finding


def in_terminal(**env: str) -> Machine:
    return replace(SOUND, terminal=replace(TERMINAL, env={**TERMINAL.env, **env}))


def in_tmux(term: str = "tmux-256color", **options: str) -> Machine:
    machine = in_terminal(TMUX="/tmp/tmux,1,0", TERM=term)
    return replace(machine, terminal=replace(machine.terminal, tmux=options))


def with_place(**changes: object) -> Machine:
    return replace(SOUND, place=replace(SOUND.place, writable=False, **changes))


def test_a_sound_machine_is_well() -> None:
    assert all_well(examine(SOUND))
    assert {each.state for each in examine(SOUND)} == {State.WELL}


@pytest.mark.parametrize(
    ("machine", "check", "mend"),
    [
        (in_terminal(TERM=""), "terminal", "export TERM=xterm-256color"),
        (in_terminal(TERM="dumb"), "colours", "export TERM=xterm-256color"),
        (in_terminal(TERM="xterm-ghost"), "terminal", "export TERM=xterm-256color"),
        (in_terminal(TERM="xterm"), "colours", "export TERM=xterm-256color"),
        (in_tmux("xterm-256color"), "terminal", "export TERM=tmux-256color"),
        (in_tmux(**{"set-clipboard": "external"}), "clipboard",
         "tmux set-option -s set-clipboard on"),
        (in_terminal(TMUX="/gone,1,0"), "clipboard", "unset TMUX"),
        (in_terminal(TERM="linux"), "clipboard",
         r"tmux new-session \; set-option -s set-clipboard on"),
        (in_terminal(LANG="de_DE"), "characters", "export LANG=C.UTF-8"),
        (in_terminal(LC_CTYPE="C"), "characters", "export LC_CTYPE=C.UTF-8"),
        (replace(in_terminal(LANG=""), platform="darwin"), "characters",
         "export LANG=en_US.UTF-8"),
        (replace(SOUND, gits=()), "git", "sudo dnf install git"),
        (replace(SOUND, gits=(Git(Path("/old/git"), (2, 17, 1)),)), "git",
         "sudo dnf install git"),
        (replace(SOUND, gits=(Git(Path("/o d/git"), (2, 31)), Git(Path("/n w/git"), (2, 40)))),
         "git", "export PATH='/n w':\"$PATH\""),
        (replace(SOUND, committer="", supposed="ana o'hara"), "identity",
         "git config --global user.name 'ana o'\"'\"'hara' && "
         "git config --global user.email you@example.org"),
        (with_place(mode=0o555), "home", f"chmod u+rwx {HOME}"),
        (with_place(mode=0o755), "home", f"chattr -i {HOME}"),
        (with_place(owned=False), "home", f"export INCIDENT_TUI_HOME={ANOTHER}"),
        (with_place(read_only_disk=True), "home", f"export INCIDENT_TUI_HOME={ANOTHER}"),
        (with_place(is_folder=False), "home", f"export INCIDENT_TUI_HOME={ANOTHER}"),
        (replace(with_place(is_folder=False), home=Path("/srv/on-call")), "home",
         'export INCIDENT_TUI_HOME="$HOME/incidents"'),
        (replace(SOUND, packages=(Package("textual", "<9,>=8.2.8", "9.0"),)), "versions",
         "/usr/bin/python3 -m pip install 'textual<9,>=8.2.8'"),
        (replace(SOUND, packages=(Package("click", ">=8.1.8", ""),)), "versions",
         "/usr/bin/python3 -m pip install 'click>=8.1.8'"),
        (replace(SOUND, keys={Path("/c.toml"): ("room.zom: no such action",)}), "keys",
         "${EDITOR:-vi} /c.toml"),
        (replace(SOUND, locks=(Lock(Path("/l"), "2026-11-20-x", 47),)), "locks", "kill 47"),
        (replace(SOUND, locks=(Lock(Path("/l"), "2026-11-20-x", None),)), "locks",
         "fuser -k -TERM /l"),
        (replace(SOUND, repository=Repository(HOME, lock=HOME / "x.lock", lock_seconds=90)),
         "repository", f"rm {HOME}/x.lock"),
        (replace(SOUND, repository=Repository(HOME, "HEAD is detached")), "repository",
         f"git -C {HOME} status"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_cost_and_the_command_that_mends_it(
    machine: Machine, check: str, mend: str
) -> None:
    finding = finding_of(machine, check)
    assert finding.state in TO_MEND
    assert finding.cost
    assert finding.mend == mend
    assert not all_well(examine(machine))


def test_signatures_that_incidents_go_without_are_told_and_are_no_fault() -> None:
    unsigned = replace(SOUND, unsigned_beside_signed=True)
    finding = finding_of(unsigned, "signing")
    assert (finding.state, "sign = true" in finding.cost) == (State.NOTE, True)
    assert all_well(examine(unsigned))


def test_a_git_that_is_at_work_is_no_fault() -> None:
    busy = replace(SOUND, repository=Repository(HOME, lock=HOME / "x.lock", lock_seconds=2))
    assert finding_of(busy, "repository").state is State.NOTE
    assert all_well(examine(busy))


@pytest.mark.parametrize(
    ("escape_time", "what"), [("", "0 ms"), ("off", "0 ms"), ("10", "10 ms"), ("500", "500 ms")]
)
def test_it_is_said_how_long_tmux_holds_escape_back(escape_time: str, what: str) -> None:
    finding = finding_of(in_tmux(**{"escape-time": escape_time}), "escape key")
    assert finding.what.startswith(f"tmux waits {what}")


@pytest.mark.parametrize("version", ["8.2.8", "8.10", "8.3.0rc1", "8.99.1"])
def test_each_version_within_the_range_is_well(version: str) -> None:
    machine = replace(SOUND, packages=(Package("textual", "<9,>=8.2.8", version),))
    assert finding_of(machine, "versions").state is State.WELL


def test_whatever_the_environment_a_finding_to_mend_has_a_cost_and_a_command() -> None:
    terms = ("", "dumb", "linux", "xterm", "xterm-256color", "tmux-256color", "of/nobody")
    tmux: tuple[dict[str, str] | None, ...] = (
        None,
        {},
        {"set-clipboard": "on"},
        {"set-clipboard": "off", "escape-time": "500"},
    )
    for term, around, outside, known in product(
        terms, tmux, ("TMUX", "STY", "NO_COLOR", "X"), (None, frozenset[str]())
    ):
        env = {"TERM": term, outside: "1"}
        machine = replace(SOUND, terminal=Terminal(env, "ascii", False, known, around))
        for finding in examine(machine):
            assert finding.what
            assert finding.state not in TO_MEND or (finding.cost and finding.mend), finding
