"""The index damaged, deleted, stale, locked and foreign: each answer is that of the logs."""

import fcntl
import json
import os
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from incident_tui.store.index.file_versions import version_of
from tests.faults.contained import run_here
from tests.faults.counts import Count, Row, Scale, Skipped
from tests.faults.ground import PROGRAM, Ground

ASKS = (
    ("list", "--json"),
    ("actions", "--json"),
    ("stats", "--json"),
    ("search", "flour", "--json"),
)
INCIDENTS, LINES = 4, 1500
"""So many that their logs are worth an index."""
TRUSTED = 2.1
"""Seconds after which the index trusts a file: see `store/index/file_versions`."""
SECRET = "hunter2marmalade"

Cause = Callable[["Indexed", random.Random], AbstractContextManager[None]]


class Indexed:
    """A home with an index, and whoever reads its logs without one, for comparison."""

    def __init__(self, base: Path) -> None:
        self.ground = Ground(base, XDG_CACHE_HOME=str(base / "cache"))
        blocked = base / "blocked"
        blocked.touch()
        self.without = self.ground.acting_as("ana")
        self.without.env = self.ground.env | {"XDG_CACHE_HOME": str(blocked)}
        self.incidents = [self.ground.declare(f"No bread {n}") for n in range(INCIDENTS)]
        facts = "\n".join(f"fact {n} of the long night" for n in range(LINES))
        for name in self.incidents:
            self.log(name, "+ alert on flour below 80 % owner:ana due:2w\n" + facts)
        time.sleep(TRUSTED)
        self.ask(Count("made"), "made")

    def log(self, name: str, lines: str) -> None:
        """Record lines in an incident."""
        subprocess.run(
            [*PROGRAM, "log", "-i", name, "-"],
            input=lines.encode(),
            env=self.ground.env,
            cwd=self.ground.base,
            capture_output=True,
            check=True,
        )

    @property
    def index(self) -> Path:
        """Where the index lies, or would."""
        locks = list((self.ground.base / "cache").rglob("index.lock"))
        return locks[0].with_name("index.db") if locks else self.ground.base / "nowhere"

    def bytes_of_cache(self) -> bytes:
        """All that is cached."""
        files = [path for path in (self.ground.base / "cache").rglob("*") if path.is_file()]
        return b"".join(path.read_bytes() for path in files)

    def ask(self, count: Count, what: str) -> None:
        """Ask each question with and without the index; the answers have to be the same."""
        for words in ASKS:
            answer, truth = run_here(self.ground, words), run_here(self.without, words)
            same = _timeless(answer.out) == _timeless(truth.out)
            count.expect(same, f"{what}: {words[0]} is not what the logs say")
            count.expect(answer.code == truth.code, f"{what}: {words[0]} ended with {answer.code}")


def _timeless(answer: str) -> object:
    """An answer without the figure that grows while it is asked for: how long items are open."""

    def settled(fields: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in fields.items() if name != "open_for"}

    try:
        return json.loads(answer, object_hook=settled)
    except ValueError:
        return answer


@contextmanager
def _damaged(place: Indexed, chance: random.Random) -> Iterator[None]:
    """Bytes anywhere are others; the time of the file may be put back."""
    before = place.index.stat()
    with place.index.open("r+b") as file:
        for _ in range(chance.randint(1, 4)):
            file.seek(chance.randrange(before.st_size))
            file.write(chance.randbytes(chance.randint(1, 5000)))
    if chance.random() < 0.5:
        os.utime(place.index, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield


@contextmanager
def _cut(place: Indexed, chance: random.Random) -> Iterator[None]:
    os.truncate(place.index, chance.randrange(place.index.stat().st_size))
    yield


@contextmanager
def _deleted(place: Indexed, chance: random.Random) -> Iterator[None]:
    """The file, its seal, or the whole cache."""
    gone = chance.choice((place.index, place.index.with_name("index.seal"), place.index.parents[3]))
    shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    yield


@contextmanager
def _stale(place: Indexed, chance: random.Random) -> Iterator[None]:
    """A log changes after it was read; a write in its place may put the time back."""
    name = chance.choice(place.incidents)
    if chance.random() < 0.5:
        place.log(name, "+ alert on salt below 80 % owner:ben due:1w")
    else:
        path = place.ground.home / name / "incident.json"
        before = path.stat()
        was, now = chance.sample((b"flour", b"salty", b"sugar"), 2)
        path.write_bytes(path.read_bytes().replace(was, now))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    yield


@contextmanager
def _locked(place: Indexed, chance: random.Random) -> Iterator[None]:
    """Another process writes, or another program holds the database, and does not end."""
    if not place.index.exists():
        yield
    elif chance.random() < 0.5:
        with place.index.with_name("index.lock").open("r+b") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield
    else:
        with closing(sqlite3.connect(place.index, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")


@contextmanager
def _foreign(place: Indexed, chance: random.Random) -> Iterator[None]:
    """Something that others made: another database, a link, a folder that others may enter."""
    kind = chance.choice(("database", "link", "folder"))
    root = place.ground.base / "cache" / "incident-tui"
    if kind == "folder":
        root.chmod(0o755)
        yield
        root.chmod(0o700)
        return
    other = place.ground.base / f"other-{chance.random()}.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE incident (name, version, summary, outline)")
        connection.commit()
    place.index.unlink(missing_ok=True)
    place.index.symlink_to(other) if kind == "link" else shutil.copy(other, place.index)
    yield


@contextmanager
def _newer(place: Indexed, chance: random.Random) -> Iterator[None]:
    """Another version of the program wrote it, and sealed it as its own; or has other tables."""
    with closing(sqlite3.connect(place.index, isolation_level=None)) as other:
        other.execute("UPDATE meta SET value = 'of tomorrow'")
        if chance.random() < 0.5:
            other.execute("ALTER TABLE incident RENAME COLUMN summary TO page")
    place.index.with_name("index.seal").write_bytes(version_of(place.index.stat()))
    yield


@contextmanager
def _of_another_user(place: Indexed, chance: random.Random) -> Iterator[None]:
    """The folder, or one above it, belongs to somebody else."""
    if os.geteuid():
        raise Skipped("it takes root to give a folder away")
    given = chance.choice((place.index.parent, place.index.parents[1], place.index))
    os.chown(given, 65_534, 65_534)
    yield
    if given.exists():
        os.chown(given, 0, 0)


@contextmanager
def _built_twice(place: Indexed, chance: random.Random) -> Iterator[None]:
    """Several processes begin it at once; one of them may be killed in the middle."""
    shutil.rmtree(place.ground.base / "cache")
    asked = chance.sample(ASKS, 3)
    processes = [
        subprocess.Popen(
            [*PROGRAM, *words],
            env=place.ground.env,
            cwd=place.ground.base,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for words in asked
    ]
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0.2, 1.5))
        processes[0].kill()
    yield
    for each in processes:
        each.wait()


@contextmanager
def _on_a_disk(place: Indexed, trouble: Callable[[Path], object]) -> Iterator[None]:
    """The cache lies on a disk of its own, to which something happens once the index is there."""
    cache = place.ground.base / "cache"
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(cache)]
    done = subprocess.run(mount, capture_output=True, check=False)
    if done.returncode:
        raise Skipped("it needs root, and the right to mount")
    try:
        place.ask(Count("made"), "made")
        trouble(cache)
        place.log(place.incidents[0], "a fact that the index does not know")
        yield
    finally:
        subprocess.run(["umount", str(cache)], check=True)


def _full(place: Indexed, chance: random.Random) -> AbstractContextManager[None]:
    """Not a byte is left."""

    def fill(cache: Path) -> None:
        with suppress(OSError), (cache / "filler").open("wb", buffering=0) as file:
            while True:
                file.write(b"\0" * 4096)

    return _on_a_disk(place, fill)


def _read_only(place: Indexed, chance: random.Random) -> AbstractContextManager[None]:
    """What is there is read; nothing is written beside it."""

    def remount(cache: Path) -> None:
        subprocess.run(["mount", "-o", "remount,ro", str(cache)], check=True)

    return _on_a_disk(place, remount)


CAUSES: tuple[tuple[str, Cause], ...] = (
    ("damaged", _damaged),
    ("cut off", _cut),
    ("deleted", _deleted),
    ("stale", _stale),
    ("locked", _locked),
    ("foreign", _foreign),
    ("of a newer version", _newer),
    ("of another user", _of_another_user),
    ("begun by several at once", _built_twice),
    ("on a disk that is full", _full),
    ("on a disk that is read-only", _read_only),
)


def indexes(scale: Scale, base: Path) -> Iterator[Row]:
    """Every way in which an index can be wrong, and a redaction."""
    place = Indexed(base / "index")
    rounds = 2 if scale.small else 8
    for name, cause in CAUSES:
        yield Row(f"the index is {name}", partial(_asked, place, cause, rounds))
    yield Row("the index holds what is redacted", partial(_redacted, place, rounds))


def _asked(place: Indexed, cause: Cause, rounds: int, count: Count) -> None:
    for number in range(rounds):
        count.rounds += 1
        if not place.index.exists():
            place.ask(count, "before")
        with cause(place, random.Random(number)):
            place.ask(count, "meanwhile")
        place.ask(count, "afterwards")


def _redacted(place: Indexed, rounds: int, count: Count) -> None:
    for number in range(rounds):
        count.rounds += 1
        name = place.incidents[number % INCIDENTS]
        place.log(name, f"the key was {SECRET}{number} of the shop")
        place.ask(count, "before")
        held = f"{SECRET}{number}".encode()
        count.expect(held in place.bytes_of_cache(), "the index does not hold the word at all")
        place.log(name, f"/redact {_last(place, name)} a key")
        count.expect(held not in place.bytes_of_cache(), "a redacted word is left in the index")
        place.ask(count, "after it")
        count.expect(held not in place.bytes_of_cache(), "a redacted word came back")


def _last(place: Indexed, name: str) -> int:
    """The number of the entry that says what is redacted next."""
    shown = json.loads(run_here(place.ground, ("show", name, "--json")).out)
    return int(next(row["number"] for row in reversed(shown["timeline"]) if SECRET in row["text"]))
