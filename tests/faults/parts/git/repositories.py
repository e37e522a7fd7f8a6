"""Everything that keeps git from committing, while somebody types into the console.

The causes stand in `obstacles`. They come one after the other, under one console for each kind of
repository, as they would come to somebody who leaves it open.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import cycle
from pathlib import Path

import msgspec

from tests.faults.counts import Count, Fault, Row, Scale, Skipped, compare
from tests.faults.ground import Ground
from tests.faults.obstacles import (
    ASKED,
    COMMITTED,
    HELD,
    WITH_HOOKS,
    WITH_SIGNATURES,
    WITH_STAGED_WORK,
    WITHOUT_CHANGES,
    GitFault,
    nothing,
    own_git,
    top,
)
from tests.faults.parts.git.filters import WITH_FILTERS
from tests.faults.parts.git.read_only import READ_ONLY
from tests.faults.scribe import Paints, Scribe

KEYS, KEYS_IN_SHORT, KEYS_BEFORE = 20, 9, 5
SLOW_SECONDS, SLOWER = 0.05, 3
"""A key that takes longer than this, and than so many times what it took before, is a loss."""
SPARSE = "sparse checkout without the home"
LINE_SECONDS = 5.0
RETRY_SECONDS = 75.0
LIMIT_SECONDS = 40.0
"""Within which a git that hangs has been ended, and a commit that is pending is tried again."""


class Kind(msgspec.Struct, frozen=True):
    """A repository with a home in it, and what happens there."""

    name: str
    faults: tuple[GitFault, ...] = ()
    settings: str = ""
    """Lines of the home's configuration."""
    clean: bool = False
    """Whether the user has changed nothing."""


def _kinds() -> Iterator[Kind]:
    yield Kind("staged work", (*WITH_STAGED_WORK, READ_ONLY))
    yield Kind("no changes", WITHOUT_CHANGES, clean=True)
    yield Kind("filters", WITH_FILTERS)
    yield Kind("hooks", WITH_HOOKS, settings="[git]\nhooks = true\n")
    yield Kind("signing", WITH_SIGNATURES, settings="[git]\nsign = true\n")
    for name in ("unborn", "submodule", "worktree", "shallow clone of a bare one", SPARSE):
        yield Kind(name, (GitFault(f"a repository: {name}", nothing),))
    yield Kind(
        "bare", (GitFault("a repository: bare", _in_the_bare_one, _of_its_own, "commit pending"),)
    )


def _session(scale: Scale, base: Path, *, kind: Kind) -> Iterator[Row]:
    """Each fault of a kind, under one console."""
    ground = _repository(base, kind)
    incident = ground.declare()
    with Scribe(ground) as scribe:
        work = _Work(ground, incident, scribe, patient=not scale.small)
        for fault in kind.faults:
            through = partial(work.rounds, fault=fault, number=scale.part(150))
            yield Row(f"git: {fault.name}, console open", through, fault.injected)


class _Work:
    """What is typed into one console, and what came of it."""

    def __init__(self, ground: Ground, incident: str, scribe: Scribe, *, patient: bool) -> None:
        self.ground = ground
        self.incident = incident
        self.scribe = scribe
        self.patient = patient
        """Whether time limits of half a minute are waited for, and many keys pressed."""
        self._slowest = (0.0, 0.0, 0.0)
        self._levels = cycle(("SEV1", "SEV2", "SEV3"))

    def rounds(self, count: Count, fault: GitFault, number: int) -> None:
        """So many rounds of a fault, which is over then in any case."""
        try:
            for _ in range(number):
                self.through(count, fault)
        except Skipped:
            raise
        except BaseException as problem:
            # What hangs must not do so for ever, nor what is read-only stay in the way.
            with suppress(OSError, RuntimeError):
                fault.end(self.ground)
            if not isinstance(problem, RuntimeError):
                raise
            count.lose(str(problem))

    def through(self, count: Count, fault: GitFault) -> None:
        """One round: quiet, the fault, its end, and the commit that follows it."""
        ground, scribe = self.ground, self.scribe
        before = scribe.keys(KEYS_BEFORE)
        fault.begin(ground)
        count.rounds += 1
        outside = _outside(ground, self.incident)
        fact = f"seen {scribe.number}"  # short, so that its number stands in the same line
        slowest = scribe.enter(fact)
        acknowledged = {fact: scribe.number}
        why = f"worse {scribe.number}"
        slowest = max(slowest, self._transition(why))
        acknowledged[why] = scribe.number
        # The commit is tried meanwhile, and where git hangs, it is all the time.
        during = scribe.keys(KEYS if self.patient else KEYS_IN_SHORT)
        self._tell(count, during, slowest)
        count.expect(slowest < LINE_SECONDS, f"a line took {slowest:.1f} s")
        count.expect(not too_slow(during, before), f"{count.note}; {before.median:.3f} s before")
        if fault.says == COMMITTED:
            self._committed(count, why)
        else:
            count.expect(scribe.says(fault.says), f"it says {scribe.save_state!r}")
        count.expect(
            _outside(ground, self.incident) == outside, "something outside of the folder changed"
        )
        if fault.says == HELD and self.patient and count.rounds % 2 == 0:
            ended = scribe.says("git took too long", within=LIMIT_SECONDS)
            count.expect(ended, f"git was not ended: {scribe.save_state!r}")
        pending = "commit pending" in scribe.save_state
        fault.end(ground)
        self._kept(count, fact)
        outside = _outside(ground, self.incident)
        if fault.says != COMMITTED:
            if pending and not (self.patient and count.rounds % 2 == 0):
                why = f"better {scribe.number}"
                self._transition(why)
                acknowledged[why] = scribe.number
            self._committed(count, why)
        count.expect(
            _outside(ground, self.incident) == outside, "something outside changed afterwards"
        )
        asked = ASKED in scribe.painted or (ground.base / ASKED).exists()
        count.expect(not asked, "something was printed or asked on the terminal")
        count.acknowledged += len(acknowledged)
        compare(count, ground.home, self.incident, acknowledged)

    def _tell(self, count: Count, keys: Paints, line: float) -> None:
        """Note the slowest of all rounds of a fault."""
        if count.rounds == 1:
            self._slowest = (0.0, 0.0, 0.0)
        measured = (keys.median, keys.worst, line)
        middle, worst, line = map(max, self._slowest, measured)
        self._slowest = (middle, worst, line)
        count.note = (
            f"key to paint {middle * 1000:.0f} ms (median), {worst * 1000:.0f} ms worst; "
            f"the slowest line took {line:.2f} s"
        )

    def _kept(self, count: Count, fact: str) -> None:
        """Where git has put an older log in its place, the newer one comes back by itself."""
        file = self.ground.home / self.incident / "incident.json"
        end = time.monotonic() + LINE_SECONDS
        while fact not in file.read_text(encoding="utf-8") and time.monotonic() < end:
            self.scribe.rest(silent_for=0.05)
        count.expect(fact in file.read_text(encoding="utf-8"), f"{fact} did not come back")

    def _transition(self, why: str) -> float:
        """Something that is committed at once; seconds until it was acknowledged."""
        return self.scribe.enter(f"/sev {next(self._levels)} {why}")

    def _committed(self, count: Count, what: str) -> None:
        """The commit of this transition is told; what it holds is what lies on the disk."""
        # An earlier one may be told first, where a log had to be brought back.
        done = self.scribe.committed(within=RETRY_SECONDS)
        while done and what not in self._git("show", f"HEAD:{self._inside}incident.json"):
            done = self.scribe.committed(within=RETRY_SECONDS)
        count.expect(done, f"not committed: {self.scribe.save_state!r}")
        there = ("--", f":(top,literal){self._inside}")
        listed = self._git("ls-tree", "-r", "-z", "HEAD", *there).split("\0")[:-1]
        names = [line.partition("\t")[2] for line in listed]
        if done and names:
            on_disk = self._git("hash-object", "--no-filters", *names).split()
            held = [line.split()[2] for line in listed]
            count.expect(on_disk == held, "what is committed is not what is on the disk")

    @property
    def _inside(self) -> str:
        """The path of the incident in its repository, with a slash at the end."""
        folder = (self.ground.home / self.incident).resolve()
        return f"{folder.relative_to(_top_of(self.ground)).as_posix()}/"

    def _git(self, *words: str) -> str:
        return self.ground.git(*words, cwd=_top_of(self.ground))


def too_slow(during: Paints, before: Paints) -> bool:
    """A machine that is slow for everybody is no loss."""
    return during.median > SLOW_SECONDS and during.median > SLOWER * before.median


def _top_of(ground: Ground) -> Path:
    return Path(ground.git("rev-parse", "--show-toplevel").strip())


def _in_the_bare_one(ground: Ground) -> None:
    """The home is in no other repository."""
    shutil.rmtree(ground.home / ".git", ignore_errors=True)


def _of_its_own(ground: Ground) -> None:
    """The home gets a repository of its own, as it was told to."""
    ground.git("init", "--quiet")


def _repository(base: Path, kind: Kind) -> Ground:
    """A repository with work of its user's, staged and not, and a home in it."""
    ground = Ground(base)
    top(ground).mkdir()
    ground.home = _place(ground, kind) / "incidents"
    ground.home.mkdir()
    if kind.settings:
        (ground.home / "incident-tui.toml").write_text(kind.settings)
    if kind.name != "bare":
        _change(ground, kind)
    ground.env["INCIDENT_TUI_HOME"] = str(ground.home)
    # A git of its own, so that it can go missing.
    ground.env["PATH"] = f"{own_git(ground).parent}"
    return ground


def _place(ground: Ground, kind: Kind) -> Path:
    """Make the repository; gives the folder that the home belongs into."""
    base, place = ground.base, top(ground)
    if kind.name == "bare":
        ground.git("init", "--quiet", "--bare", str(place), cwd=base)
        return place
    ground.git("init", "--quiet", cwd=place)
    if kind.name == "unborn":
        return place
    for name in ("code.py", "more.py"):
        (place / name).write_text("print(1)\n")
    ground.git("add", "--all", cwd=place)
    ground.git("commit", "--quiet", "-m", "code", cwd=place)
    if kind.name == "worktree":
        ground.git("worktree", "add", "--quiet", "-b", "other", str(base / "worktree"), cwd=place)
        return base / "worktree"
    if kind.name == "submodule":
        _origin(ground)
        allowed = ("-c", "protocol.file.allow=always")
        added = ("submodule", "--quiet", "add", str(base / "origin"), "sub")
        ground.git(*allowed, *added, cwd=place)
        ground.git("commit", "--quiet", "-m", "a submodule", cwd=place)
        return place / "sub"
    if kind.name.startswith("shallow clone"):
        ground.git("commit", "--quiet", "--allow-empty", "-m", "more", cwd=place)
        ground.git("clone", "--quiet", "--bare", str(place), str(base / "bare"), cwd=base)
        clone = base / "clone"
        words = ("clone", "--quiet", "--depth", "1", f"file://{base / 'bare'}", str(clone))
        ground.git(*words, cwd=base)
        return clone
    if kind.name == SPARSE:
        ground.git("sparse-checkout", "set", "--cone", "docs", cwd=place)
    return place


def _origin(ground: Ground) -> None:
    origin = ground.base / "origin"
    origin.mkdir()
    ground.git("init", "--quiet", cwd=origin)
    ground.git("commit", "--quiet", "--allow-empty", "-m", "empty", cwd=origin)


def _change(ground: Ground, kind: Kind) -> None:
    """The user's own work: untracked, and where that does no harm, staged and changed."""
    place = top(ground)
    (place / "untracked.py").write_text("untracked\n")
    if kind.clean:
        return
    (place / "staged.py").write_text("staged\n")
    ground.git("add", "staged.py", cwd=place)
    if kind.name != "unborn":
        (place / "more.py").write_text("changed\n")


def _outside(ground: Ground, incident: str) -> str:
    """A hash of all that is the user's: files, what is staged and stashed, settings, remotes."""
    made = hashlib.sha256()
    place = ground.home.parent
    for path in _files({top(ground), place}, incident):
        made.update(f"{path} {path.lstat().st_mode}\0".encode())
        made.update(path.read_bytes())
    # That of the ground may be missing, or hang.
    seen, ground.env = ground.env, ground.env | {"PATH": os.environ["PATH"]}
    try:
        for folder in {top(ground), place}:
            if (folder / ".git").exists():
                mine = f":(exclude)incidents/{incident}"
                staged = ground.git("ls-files", "-s", "-v", "-z", "--", ".", mine, cwd=folder)
                made.update(staged.encode())
                made.update(ground.git("stash", "list", cwd=folder).encode())
        remote = ground.base / "bare"
        if remote.exists():
            made.update(ground.git("for-each-ref", cwd=remote).encode())
    finally:
        ground.env = seen
    return made.hexdigest()


def _files(tops: set[Path], incident: str) -> list[Path]:
    """The files below these folders without what git and the program keep there, and settings."""
    skipped = (".git", ".incident-tui", incident)
    paths = set()
    for each in tops:
        for folder, folders, names in os.walk(each):
            folders[:] = [name for name in folders if name not in skipped]
            paths |= {Path(folder, name) for name in names}
        paths |= {path for path in [each / ".git" / "config"] if path.exists()}
    return sorted(paths)


SESSIONS: dict[str, Fault] = {kind.name: partial(_session, kind=kind) for kind in _kinds()}
"""The faults of each kind of repository, under one console."""
