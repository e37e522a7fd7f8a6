"""Two clones go on with one incident offline, and are brought together in both directions."""

import os
import random
import shlex
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from incident_tui.history import open_or_create
from incident_tui.history.git.setup import set_up_merges
from incident_tui.service import Service, World
from incident_tui.service.git.commits import committer_for
from incident_tui.store.files.user_folders import state_root
from incident_tui.store.home import Home
from tests.faults.counts import Count, Row, Scale, compare, read, text_of
from tests.faults.ground import Ground

LINES = ("saw {}", "? maybe {}", "! do {}", "/sev SEV1 {}", "/sev SEV2 {}", "/sev SEV3 {}")


def merges(scale: Scale, base: Path) -> Iterator[Row]:
    """So many rounds of going on alone and merging both ways."""
    merge = partial(_merge, rounds=scale.part(60), base=base)
    yield Row("two clones of one incident merge", merge)


def _merge(count: Count, rounds: int, base: Path) -> None:
    chance = random.Random(3)
    ana, ben = clones(base)
    incident = ana.declare()
    commit_rest(ana)
    git(ben, "pull", "--quiet", str(ana.home.parent), "main")
    typed: set[str] = set()
    acknowledged: dict[str, None] = {}
    for turn in range(rounds):
        count.rounds += 1
        for who, ground in (("ana", ana), ("ben", ben)):
            lines = [
                chance.choice(LINES).format(f"{who} {turn} {number}")
                for number in range(chance.randint(1, 5))
            ]
            done = ground.run("log", "--as", who, "--keep-going", *lines)
            acknowledged |= dict.fromkeys(
                line.partition("\t")[2] for line in done.stdout.splitlines()
            )
            typed |= {
                line.partition(" ")[2]
                for line in lines
                if not line.startswith("/") and done.returncode == 0
            }
            commit_rest(ground)
        git(ben, "fetch", "--quiet", str(ana.home.parent), "main:theirs", "--force")
        git(ana, "fetch", "--quiet", str(ben.home.parent), "main:theirs", "--force")
        for ground in (ana, ben):
            git(ground, "merge", "--quiet", "-m", f"merge {turn}", "theirs")
        logs = [(ground.home / incident / "incident.json").read_bytes() for ground in (ana, ben)]
        count.expect(logs[0] == logs[1], "the two sides come to different logs")
        count.acknowledged = len(acknowledged)
        for ground in (ana, ben):
            # Pages that only one side had changed are no matter of git's; opening it makes them.
            opened(ground)
            sound = ground.run("verify", incident)
            count.expect(sound.returncode == 0, f"verify: {sound.stdout}")
            # By its id: what the other side recorded earlier may have moved its number.
            compare(count, ground.home, incident, acknowledged)
            log = read(ground.home, incident)
            held = set() if isinstance(log, str) else {text_of(e) for e in log.entries}
            lost = {text for text in typed if not any(text in other for other in held)}
            count.expect(not lost, f"not there after the merge: {sorted(lost)}")
        # From here on both go on from the same commit.
        git(ben, "pull", "--quiet", "--no-rebase", "--no-edit", str(ana.home.parent), "main")
        git(ana, "pull", "--quiet", "--no-rebase", "--no-edit", str(ben.home.parent), "main")


def clones(base: Path) -> tuple[Ground, Ground]:
    first = Ground(base / "ana")
    first.home = first.base / "repository" / "incidents"
    first.home.mkdir(parents=True)
    first.env["INCIDENT_TUI_HOME"] = str(first.home)
    git(first, "init", "--quiet")
    set_up(first)
    git(first, "add", "--all")
    git(first, "commit", "--quiet", "-m", "set up")
    second = Ground(base / "ben")
    second.home = second.base / "repository" / "incidents"
    second.env["INCIDENT_TUI_HOME"] = str(second.home)
    second.git("clone", "--quiet", str(first.home.parent), "repository", cwd=second.base)
    set_up(second)
    return first, second


def set_up(ground: Ground) -> None:
    repository = open_or_create(ground.home, create=False, env=ground.env)
    set_up_merges(repository, ground.home, f"{shlex.quote(sys.executable)} -m incident_tui")


def opened(ground: Ground) -> None:
    """What the console does first when it opens an incident."""
    world = World(lambda: datetime.now(UTC), lambda: os.urandom(6).hex(), ground.env, ground.base)
    service = Service(Home(ground.home, state_root(ground.env)), world, "ana", version="0.1.0")
    committer_for(service.open(service.active()[0]), service.home, ground.env)()


def commit_rest(ground: Ground) -> None:
    """What no transition has committed yet."""
    git(ground, "add", "--all")
    ground.git("commit", "--quiet", "-m", "what is left", cwd=ground.home.parent, ok=(0, 1))


def git(ground: Ground, *words: str) -> None:
    ground.git(*words, cwd=ground.home.parent)
