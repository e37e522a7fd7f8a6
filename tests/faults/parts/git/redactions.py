"""Redacted words stay away: also what another clone brings, and what is kept beside the log."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.faults.counts import Count, Row, Scale, compare
from tests.faults.ground import Ground
from tests.faults.parts.git.merges import clones, commit_rest, git, opened

WORD = "zork"
SECRET = f"the customer is {WORD}"
ENTRY = 2
"""Its number."""
MEANWHILE: dict[str, tuple[str, ...]] = {
    "amended": (f"/amend {ENTRY} {SECRET} of Zurich",),
    "amended twice": (f"/amend {ENTRY} {SECRET} of Zurich", f"/amend {ENTRY} it is {WORD}"),
    "quoted": (f"! call them, #{ENTRY} says: {SECRET}",),
    "amended, and committed": (f"/amend {ENTRY} {SECRET} of Zurich", "/sev SEV1 worse"),
}
"""What the other clone, which knows nothing of it, does with the entry."""


def redactions(scale: Scale, base: Path) -> Iterator[Row]:
    """What another clone did meanwhile, and where the words may be left in this one."""
    names = list(MEANWHILE)[: 2 if scale.small else None]
    for number, name in enumerate(names):
        place = base / str(number)
        cause = partial(_merged, lines=MEANWHILE[name], rounds=scale.part(150), base=place)
        yield Row(f"redacted in one clone, {name} in the other", cause)
    kept = partial(_kept_beside, rounds=scale.part(60), base=base / "beside")
    yield Row("redacted after the log was damaged and recovered", kept)


def _merged(count: Count, lines: tuple[str, ...], rounds: int, base: Path) -> None:
    for turn in range(rounds):
        count.rounds += 1
        ana, ben = clones(base / str(turn))
        incident = ana.declare()
        acknowledged: dict[str, None] = {}
        _log(count, ana, acknowledged, SECRET, "/sev SEV3 bad")
        commit_rest(ana)
        git(ben, "pull", "--quiet", str(ana.home.parent), "main")
        _log(count, ana, acknowledged, f"/redact {ENTRY} names a customer")
        _log(count, ben, acknowledged, *lines)
        for ground in (ana, ben):
            commit_rest(ground)
        for ground, other in ((ana, ben), (ben, ana)):
            git(ground, "fetch", "--quiet", str(other.home.parent), "main:theirs", "--force")
        for ground in (ana, ben):
            git(ground, "merge", "--quiet", "-m", "merge", "theirs")
        count.acknowledged += len(acknowledged)
        logs = [(ground.home / incident / "incident.json").read_bytes() for ground in (ana, ben)]
        count.expect(logs[0] == logs[1], "the two sides come to different logs")
        for ground in (ana, ben):
            opened(ground)
            compare(count, ground.home, incident, acknowledged)
            _expect_gone(count, ground)


def _log(count: Count, ground: Ground, acknowledged: dict[str, None], *lines: str) -> None:
    """Record these lines; their ids, since a merge may move the numbers."""
    done = ground.run("log", *lines)
    count.expect(done.returncode == 0, f"exit {done.returncode}: {done.stderr}")
    acknowledged |= dict.fromkeys(line.partition("\t")[2] for line in done.stdout.splitlines())


def _kept_beside(count: Count, rounds: int, base: Path) -> None:
    """The damaged log is kept for whoever wants to look at it, and holds the words as well."""
    for turn in range(rounds):
        count.rounds += 1
        ground = Ground(base / str(turn))
        ground.home.mkdir()
        ground.git("init", "--quiet")
        incident = ground.declare()
        acknowledged: dict[str, None] = {}
        _log(count, ground, acknowledged, SECRET, "/sev SEV2 bad")
        path = ground.home / incident / "incident.json"
        whole = path.read_bytes()
        at = whole.rfind(b'"why"')
        path.write_bytes(whole[:at] + b"\x00\x01" + whole[at + 2 :])
        done = ground.run("recover", incident)
        count.expect(done.returncode == 0, f"recover: {done.stderr}")
        _log(count, ground, acknowledged, f"/redact {ENTRY} names a customer")
        count.acknowledged += len(acknowledged)
        compare(count, ground.home, incident, acknowledged)
        left = _holders(ground)
        if left:
            verified = ground.run("verify", incident)
            named = verified.returncode == 1 and all(path.name in verified.stdout for path in left)
            count.expect(
                named, f"{[path.name for path in left]} hold the words, and verify is mute"
            )


def _holders(ground: Ground) -> list[Path]:
    """Files of the home and of the state folder that hold the word; git's own are purge's."""
    return [
        path
        for folder in {ground.home, *ground.state_folders}
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts and WORD.encode() in path.read_bytes()
    ]


def _expect_gone(count: Count, ground: Ground) -> None:
    for path in _holders(ground):
        lines = path.read_text(errors="replace").splitlines()
        line = next(line for line in lines if WORD in line)
        count.lose(f"{path.name} says {line.strip()[:200]!r}")
