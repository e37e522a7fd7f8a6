"""Everything that keeps git from committing, while somebody types into the console."""

import asyncio
import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from tests.faults.counting import Count, Scale, compare
from tests.faults.ground import Ground
from tests.faults.pilot import Console


class GitFault(Struct, frozen=True):
    """A fault: how it comes and goes, and whether a commit has to wait for its end."""

    name: str
    begin: Callable[[Ground], object]
    end: Callable[[Ground], object] = lambda ground: None
    pending: str = ""
    """What is said while the commit waits; empty where nothing stands in its way."""
    clean: bool = False
    """Git begins it only where the user has changed nothing."""


def _git_dir(ground: Ground) -> Path:
    return Path(ground.git("rev-parse", "--absolute-git-dir").strip())


def _touch(name: str) -> Callable[[Ground], object]:
    return lambda ground: (_git_dir(ground) / name).touch()


def _remove(name: str) -> Callable[[Ground], object]:
    return lambda ground: (_git_dir(ground) / name).unlink()


def _conflict(*words: str) -> Callable[[Ground], object]:
    def begin(ground: Ground) -> None:
        code = _top(ground) / "code.py"
        ground.git("checkout", "--quiet", "-b", "side", cwd=_top(ground))
        code.write_text("print('side')\n")
        ground.git("commit", "--quiet", "-m", "side", "--", "code.py", cwd=_top(ground))
        ground.git("checkout", "--quiet", "main", cwd=_top(ground))
        code.write_text("print('main')\n")
        ground.git("commit", "--quiet", "-m", "main", "--", "code.py", cwd=_top(ground))
        ground.git(*words, "side", cwd=_top(ground), ok=(1,))

    return begin


def _top(ground: Ground) -> Path:
    return ground.base / "repository"


def _git(*words: str) -> Callable[[Ground], object]:
    return lambda ground: ground.git(*words, cwd=_top(ground))


def _identity(text: str) -> Callable[[Ground], object]:
    return lambda ground: Path(ground.env["GIT_CONFIG_GLOBAL"]).write_text(text)


def _hooks(lines: str) -> Callable[[Ground], object]:
    def begin(ground: Ground) -> None:
        for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
            hook = _git_dir(ground) / "hooks" / name
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(f"#!/bin/sh\n{lines}\n")
            hook.chmod(0o755)

    return begin


def _no_hooks(ground: Ground) -> None:
    for hook in (_git_dir(ground) / "hooks").iterdir():
        hook.unlink()


def _own_git(ground: Ground, lines: str = "") -> Path:
    """The git of this ground, which does something else first."""
    program = ground.base / "bin" / "git"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\n{lines}\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    return program


def _real_git(ground: Ground) -> None:
    _own_git(ground)


def _no_git(ground: Ground) -> None:
    _own_git(ground).unlink()


def _hanging_git(ground: Ground) -> None:
    pause = f'for word in "$@"; do [ "$word" = commit ] && {shutil.which("sleep")} 10; done'
    _own_git(ground, pause)


def _config(key: str, value: str) -> Callable[[Ground], object]:
    return _git("config", key, value)


def _ignored(ground: Ground) -> None:
    (_top(ground) / ".gitignore").write_text("incidents/\n*.json\n*.md\n")


IDENTITY = "[user]\n\tname = Ana Ops\n\temail = ana@example.org\n[init]\n\tdefaultBranch = main\n"
FAULTS = (
    GitFault("index.lock", _touch("index.lock"), _remove("index.lock"), "another git process"),
    GitFault("a merge under way", _conflict("merge"), _git("merge", "--abort"), "a merge", True),
    GitFault(
        "a rebase under way", _conflict("rebase"), _git("rebase", "--abort"), "a rebase", True
    ),
    GitFault(
        "a detached HEAD",
        _git("checkout", "--quiet", "--detach"),
        _git("checkout", "--quiet", "main"),
        "detached",
    ),
    GitFault("no identity", _identity(""), _identity(IDENTITY), "who commits"),
    GitFault("failing hooks", _hooks("exit 1"), _no_hooks),
    GitFault("hanging hooks", _hooks("sleep 60"), _no_hooks),
    GitFault("signing turned on", _config("commit.gpgSign", "true")),
    GitFault("an ignored home", _ignored),
    GitFault("git missing", _no_git, _real_git, "git is not installed"),
    GitFault("a git that hangs for 10 s", _hanging_git, _real_git),
)
KINDS = ("ordinary", "unborn", "submodule", "worktree")


def repositories(scale: Scale, base: Path) -> Iterator[Count]:
    """Each fault once for each kind of round, and each kind of repository without one."""
    rounds = scale.part(150)
    for fault in FAULTS:
        yield asyncio.run(_typed_through(fault, "ordinary", rounds, base))
    for kind in KINDS[1:]:
        yield asyncio.run(
            _typed_through(GitFault(f"a repository: {kind}", _nothing), kind, 1, base)
        )


def _nothing(ground: Ground) -> None:
    """No fault; the repository itself is out of the ordinary."""


async def _typed_through(fault: GitFault, kind: str, rounds: int, base: Path) -> Count:
    count = Count(f"git: {fault.name}, console open")
    for turn in range(rounds):
        count.rounds += 1
        await _once(count, fault, kind, base / re.sub(r"\W+", "-", f"{fault.name} {turn}"))
    return count


async def _once(count: Count, fault: GitFault, kind: str, base: Path) -> None:
    ground = _repository(base, kind, clean=fault.clean)
    incident = ground.declare()
    acknowledged: set[str] = set()
    async with Console(ground) as console:
        await console.committed()
        fault.begin(ground)
        before = _outside(ground)
        slowest = 0.0
        for text in ("seen", "/sev SEV2 bad", "? why", "/sev SEV1 worse"):
            started = time.monotonic()
            acknowledged |= await console.enter(text)
            slowest = max(slowest, time.monotonic() - started)
        count.note = f"the slowest line took {slowest:.2f} s"
        count.expect(slowest < 5, f"a line took {slowest:.1f} s")
        await console.committed()
        if fault.pending:
            count.expect(fault.pending in console.pending, f"it says {console.pending!r}")
            shown = "commit pending" in console.painted()
            count.expect(shown, "the console does not show that the commit is pending")
        count.expect(_outside(ground) == before, "something outside of the folder has changed")
        fault.end(ground)
        await console.polled()
        console.desk.committer.retry_now()
        done = await console.committed()
        count.expect(done and not console.pending, f"not committed afterwards: {console.pending}")
    count.acknowledged += len(acknowledged)
    compare(count, ground.home, incident, {})
    held = Console.recorded(ground, incident)
    for text in ("seen", "why"):
        count.expect(text in acknowledged, f"{text} was not acknowledged")
        count.expect(text in held, f"{text} is not in the file")
    inside = ground.home.relative_to(_top_of(ground)) / incident / "incident.json"
    committed = ground.git("show", f"HEAD:{inside}", cwd=_top_of(ground))
    count.expect("worse" in committed, "the transition is not in the history")


def _top_of(ground: Ground) -> Path:
    return Path(ground.git("rev-parse", "--show-toplevel").strip())


def _repository(base: Path, kind: str, *, clean: bool) -> Ground:
    """A repository with work of its user's, staged and not, and a home in it."""
    ground = Ground(base)
    top = _top(ground)
    top.mkdir()
    ground.git("init", "--quiet", cwd=top)
    if kind != "unborn":
        (top / "code.py").write_text("print(1)\n")
        (top / "more.py").write_text("print(1)\n")
        ground.git("add", "--all", cwd=top)
        ground.git("commit", "--quiet", "-m", "code", cwd=top)
    inner = top
    if kind == "worktree":
        inner = base / "worktree"
        ground.git("worktree", "add", "--quiet", "-b", "other", str(inner), cwd=top)
    if kind == "submodule":
        origin = base / "origin"
        origin.mkdir()
        ground.git("init", "--quiet", cwd=origin)
        ground.git("commit", "--quiet", "--allow-empty", "-m", "empty", cwd=origin)
        ground.git(
            "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(origin), "sub",
            cwd=top,
        )  # fmt: skip
        ground.git("commit", "--quiet", "-m", "a submodule", cwd=top)
        inner = top / "sub"
    if not clean:
        (top / "staged.py").write_text("staged\n")
        ground.git("add", "staged.py", cwd=top)
    if kind != "unborn" and not clean:
        (top / "more.py").write_text("changed\n")
    (top / "untracked.py").write_text("untracked\n")
    ground.home = inner / "incidents"
    ground.home.mkdir()
    ground.env["INCIDENT_TUI_HOME"] = str(ground.home)
    # A git of its own, so that it can go missing.
    ground.env["PATH"] = str(_own_git(ground).parent)
    return ground


def _outside(ground: Ground) -> str:
    """A hash of everything but the home: working files, what is staged, and the settings."""
    top = _top(ground)
    made = hashlib.sha256()
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in (".git", "incidents"))
        for name in sorted(names):
            path = Path(folder, name)
            if path.name != ".git":
                made.update(f"{path} {path.lstat().st_mode}\0".encode())
                made.update(path.read_bytes())
    real = ground.env | {"PATH": os.environ["PATH"]}
    seen, ground.env = ground.env, real
    try:
        staged = ground.git("ls-files", "-s", "-z", "--", ".", ":(exclude)incidents", cwd=top)
        stashes = ground.git("stash", "list", cwd=top)
    finally:
        ground.env = seen
    made.update(staged.encode() + stashes.encode())
    made.update((top / ".git" / "config").read_bytes())
    return made.hexdigest()
