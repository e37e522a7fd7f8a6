"""What keeps git from committing: how each cause comes and goes, and what is said meanwhile."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from tests.faults.ground import Ground

Cause = Callable[[Ground], object]

COMMITTED = "committed"
HELD = "committing…"
ASKED = "would-you-tell-me"
"""What every hook and every asking program prints, and what nobody may see."""
IDENTITY = "[user]\n\tname = Ana Ops\n\temail = ana@example.org\n[init]\n\tdefaultBranch = main\n"


def nothing(ground: Ground) -> None:
    """It goes by itself, or stays and stands in nobody's way."""


class GitFault(Struct, frozen=True):
    """A fault, and what the key bar says of the commit while it stands."""

    name: str
    begin: Cause
    end: Cause = nothing
    says: str = COMMITTED
    injected: str = ""
    """What stands in the place of the real cause."""


def top(ground: Ground) -> Path:
    """The working folder of the user's repository."""
    return ground.base / "repository"


def git_dir(ground: Ground) -> Path:
    """What git keeps of the user's repository."""
    return top(ground) / ".git"


def own_git(ground: Ground, lines: str = "") -> Path:
    """The git of this ground, which does something else first; few programs are beside it."""
    program = ground.base / "bin" / "git"
    program.parent.mkdir(exist_ok=True)
    for other in ("cat", "sleep", "ssh-keygen", "touch"):
        real, link = shutil.which(other), program.with_name(other)
        if real and not link.exists():
            link.symlink_to(real)
    program.write_text(f'#!/bin/sh\n{lines}\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    return program


def _git(*words: str) -> Callable[[Ground], str]:
    return lambda ground: ground.git(*words, cwd=top(ground))


def _set(key: str, value: str) -> Cause:
    return _git("config", key, value)


def _unset(*keys: str) -> Cause:
    return _all(*(_git("config", "--unset", key) for key in keys))


def _all(*causes: Cause) -> Cause:
    def one_after_the_other(ground: Ground) -> None:
        for cause in causes:
            cause(ground)

    return one_after_the_other


def _lock(name: str) -> Cause:
    return lambda ground: (git_dir(ground) / name).touch()


def _unlock(name: str) -> Cause:
    return lambda ground: (git_dir(ground) / name).unlink()


def _script(ground: Ground, name: str, lines: str) -> Path:
    path = ground.base / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(0o755)
    return path


def _asks(ground: Ground) -> Path:
    """A program that asks the user on the terminal."""
    return _script(
        ground,
        "asks",
        f"echo {ASKED} >/dev/tty && read answer </dev/tty\n"
        "echo 'error: nobody to ask for the passphrase' >&2\nexit 1",
    )


def _opens_a_window(ground: Ground) -> Path:
    """A program that asks the user elsewhere, which leaves a mark."""
    return _script(ground, "opens", f"touch {ground.base / ASKED}\nexit 1")


def waits_for(ground: Ground) -> Path:
    """The file that something hangs on until it is gone."""
    return ground.base / "hold"


def _hangs(ground: Ground) -> str:
    hold = waits_for(ground)
    hold.touch()
    return f"while [ -e {hold} ]; do sleep 0.05; done"


def _let_go(ground: Ground) -> None:
    waits_for(ground).unlink(missing_ok=True)


def _hooks(lines: str) -> Cause:
    def begin(ground: Ground) -> None:
        for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction"):
            hook = git_dir(ground) / "hooks" / name
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(f"#!/bin/sh\n{lines}\n")
            hook.chmod(0o755)

    return begin


def _hooks_that_hang(ground: Ground) -> None:
    _hooks(_hangs(ground))(ground)


def _no_hooks(ground: Ground) -> None:
    for hook in (git_dir(ground) / "hooks").iterdir():
        hook.unlink()


PRINTS = f"echo {ASKED}; echo {ASKED} >&2; echo {ASKED} >/dev/tty; exit 0"


def _two_versions(ground: Ground) -> None:
    """Two branches that changed the same line, each time anew."""
    code = top(ground) / "code.py"
    _git("checkout", "--quiet", "-B", "side")(ground)
    for branch in ("side", "main"):
        _git("checkout", "--quiet", branch)(ground)
        code.write_text(f"{code.read_text()}print('{branch}')\n")
        _git("commit", "--quiet", "-m", branch, "--", "code.py")(ground)


def _stopped(*words: str) -> Cause:
    """Begin something that stops at a conflict."""
    return _all(_two_versions, lambda ground: ground.git(*words, cwd=top(ground), ok=(1,)))


def _bisect(ground: Ground) -> None:
    _two_versions(ground)
    _git("bisect", "start", "HEAD", "HEAD~1")(ground)


def _revert(ground: Ground) -> None:
    _two_versions(ground)
    code = top(ground) / "code.py"
    code.write_text(code.read_text().replace("print('main')", "print('later')"))
    _git("commit", "--quiet", "-m", "later", "--", "code.py")(ground)
    ground.git("revert", "HEAD~1", cwd=top(ground), ok=(1,))


def _identity(text: str) -> Cause:
    return lambda ground: Path(ground.env["GIT_CONFIG_GLOBAL"]).write_text(text)


def _no_git(ground: Ground) -> None:
    own_git(ground).unlink()


def _git_that_hangs(ground: Ground) -> None:
    own_git(ground, f'for word in "$@"; do case $word in commit*) {_hangs(ground)};; esac; done')


def _attributes(*lines: str) -> Cause:
    def write(ground: Ground) -> None:
        path = top(ground) / ".gitattributes"
        path.write_text("".join(f"{line}\n" for line in lines))

    return write


def _ignored(ground: Ground) -> None:
    (top(ground) / ".gitignore").write_text("incidents/\n*.json\n*.md\n")


def _not_ignored(ground: Ground) -> None:
    (top(ground) / ".gitignore").unlink()


def _other_case(ground: Ground) -> None:
    """A folder of the user's, committed, whose name differs from the incident's by case only."""
    (incident,) = [path.parent for path in ground.home.glob("*/incident.json")]
    other = incident.with_name(incident.name.upper())
    other.mkdir(exist_ok=True)
    (other / "notes.txt").write_text("mine\n")
    _git("add", str(other))(ground)
    _git("commit", "--quiet", "--allow-empty", "-m", "notes", "--", str(other))(ground)
    (other / "notes.txt").write_text("changed\n")
    _set("core.ignoreCase", "true")(ground)


def _asking_remote(ground: Ground) -> None:
    """An upstream that wants a password, and programs that would ask for it."""
    asks = str(_opens_a_window(ground))
    for key, value in (
        ("core.askPass", asks),
        ("credential.helper", asks),
        ("remote.far.url", "https://127.0.0.1:9/far.git"),
        ("branch.main.remote", "far"),
        ("branch.main.merge", "refs/heads/main"),
    ):
        _set(key, value)(ground)


def _branch_file(ground: Ground) -> Path:
    return git_dir(ground) / "refs" / "heads" / "main"


def _corrupt(ground: Ground) -> None:
    head = _branch_file(ground)
    (ground.base / "main").write_text(_git("rev-parse", "main")(ground))
    head.write_text("garbage\n")


def _sound(ground: Ground) -> None:
    _branch_file(ground).write_text((ground.base / "main").read_text())


def _gpg_that_asks(ground: Ground) -> None:
    _signature(ground, "gpg.program", str(_asks(ground)))
    _signature(ground, "user.signingKey", "0123456789ABCDEF")


def _signature(ground: Ground, key: str, value: str) -> None:
    """How the user signs: what a repository says of it counts for nothing."""
    _git("config", "--file", ground.env["GIT_CONFIG_GLOBAL"], key, value)(ground)


def _ssh_that_asks(ground: Ground) -> None:
    key = ground.base / "key"
    if not key.exists():
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "a passphrase", "-f", str(key)]
        subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    _signature(ground, "gpg.format", "ssh")
    _signature(ground, "user.signingKey", str(key))


def _key_that_is_open(ground: Ground) -> None:
    """Signing without a passphrase."""
    signs = _script(ground, "signs", "cat >/dev/null; echo '[GNUPG:] SIG_CREATED ' >&2; echo -- x")
    for key, value in (("gpg.format", "openpgp"), ("gpg.program", str(signs))):
        _signature(ground, key, value)


WITH_STAGED_WORK = (
    GitFault("index.lock", _lock("index.lock"), _unlock("index.lock"), "another git process"),
    GitFault(
        "a lock of the branch",
        _lock("refs/heads/main.lock"),
        _unlock("refs/heads/main.lock"),
        "another git process",
    ),
    GitFault(
        "a detached HEAD",
        _git("checkout", "--quiet", "--detach"),
        _git("checkout", "--quiet", "main"),
        "HEAD is detached",
    ),
    GitFault("HEAD at a broken branch", _corrupt, _sound, "the branch checked out"),
    GitFault("no identity", _identity(""), _identity(IDENTITY)),
    GitFault("hooks that fail", _hooks("exit 1"), _no_hooks),
    GitFault("hooks that hang", _hooks("sleep 60"), _no_hooks),
    GitFault("hooks that print", _hooks(PRINTS), _no_hooks),
    GitFault(
        "signing turned on for git",
        _all(_gpg_that_asks, _set("commit.gpgSign", "true")),
        _unset("commit.gpgSign"),
    ),
    GitFault(
        "a remote that asks for a password",
        _asking_remote,
        _all(
            _unset("core.askPass", "credential.helper"),
            _git("config", "--remove-section", "remote.far"),
            _git("config", "--remove-section", "branch.main"),
        ),
    ),
    GitFault(
        "core.autocrlf and text=auto",
        _all(_set("core.autocrlf", "true"), _attributes("* text=auto eol=crlf")),
        _all(_unset("core.autocrlf"), lambda ground: (top(ground) / ".gitattributes").unlink()),
    ),
    GitFault("an ignored home", _ignored, _not_ignored),
    GitFault("a folder of the same name but for case", _other_case, _unset("core.ignoreCase")),
    GitFault("git missing", _no_git, own_git, "git is not installed", "a search path without git"),
    GitFault(
        "a git that hangs", _git_that_hangs, _all(own_git, _let_go), HELD, "a script named git"
    ),
)
"""With changes of the user's, staged and not."""

WITHOUT_CHANGES = (
    GitFault("a merge under way", _stopped("merge", "side"), _git("merge", "--abort"), "a merge"),
    GitFault(
        "a rebase under way", _stopped("rebase", "side"), _git("rebase", "--abort"), "a rebase"
    ),
    GitFault(
        "a cherry-pick under way",
        _stopped("cherry-pick", "side"),
        _git("cherry-pick", "--abort"),
        "a cherry-pick",
    ),
    GitFault("a revert under way", _revert, _git("revert", "--abort"), "a revert"),
    GitFault("a bisection under way", _bisect, _git("bisect", "reset"), "a bisection"),
)
"""Git begins them only where the user has changed nothing."""

WITH_HOOKS = (
    GitFault("hooks turned on that fail", _hooks("exit 1"), _no_hooks, "could not commit"),
    GitFault(
        "hooks turned on that hang", _hooks_that_hang, _all(_no_hooks, _let_go), HELD
    ),
    GitFault("hooks turned on that print", _hooks(PRINTS), _no_hooks),
)  # fmt: skip
"""Where the home's configuration has hooks run."""

WITH_SIGNATURES = (
    GitFault(
        "signing with a passphrase, gpg", _gpg_that_asks, _key_that_is_open, "could not sign"
    ),
    GitFault(
        "signing with a passphrase, ssh", _ssh_that_asks, _key_that_is_open, "could not sign"
    ),
)  # fmt: skip
"""Where the home's configuration has commits signed."""
