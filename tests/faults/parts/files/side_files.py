"""Entries wait aside while their log is away; what they wait in is deleted under the console."""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.faults.counts import Count, Row, Scale, compare
from tests.faults.ground import Ground
from tests.faults.parts.ends.drafts import CUT
from tests.faults.victim import Victim

Deletes = Callable[[Ground], object]


def _state_folders(ground: Ground) -> None:
    for folder in ground.state_folders:
        shutil.rmtree(folder, ignore_errors=True)


def _side_files(ground: Ground) -> None:
    for folder in ground.state_folders:
        for path in folder.rglob("*.jsonl"):
            path.unlink()


def _cut_short(ground: Ground) -> None:
    for folder in ground.state_folders:
        for path in folder.rglob("*.jsonl"):
            path.write_bytes(b"")


def _cleaned(ground: Ground) -> None:
    ground.git("clean", "-fdxq", cwd=ground.home.parent)


DELETED: dict[str, Deletes] = {
    "the state folder": _state_folders,
    "the side file": _side_files,
    "the content of the side file": _cut_short,
    "whatever git ignores": _cleaned,
}


def side_files(scale: Scale, base: Path) -> Iterator[Row]:
    """Each way to delete them, then kill -9."""
    for number, (name, deletes) in enumerate(DELETED.items()):
        fault = f"{name} is deleted with entries kept aside, then kill -9"
        place = base / str(number)
        yield Row(fault, partial(_deleted, deletes=deletes, rounds=scale.part(100), base=place))


def _deleted(count: Count, deletes: Deletes, rounds: int, base: Path) -> None:
    for turn in range(rounds):
        count.rounds += 1
        ground = Ground(base / str(turn))
        ground.home = ground.base / "work" / "incidents"
        ground.env["INCIDENT_TUI_HOME"] = str(ground.home)
        ground.home.mkdir(parents=True)
        ground.git("init", "--quiet", cwd=ground.home.parent)
        incident = ground.declare()
        folder, away = ground.home / incident, ground.base / "away"
        acknowledged: dict[str, int] = {}
        with Victim(ground) as console:
            console.until("›")
            folder.rename(away)
            console.send(CUT)
            for text in ("seven", "eight"):
                console.send(f"{text}\r")
                shown = console.until(rf"{text}\b[^\n]*#(\d+)", fails=False)
                if shown is None:
                    count.lose(f"{text} was typed and never acknowledged: {console.tail()}")
                    continue
                acknowledged[text] = int(shown[1])
                if text == "seven":
                    deletes(ground)
        count.acknowledged += len(acknowledged)
        # A folder that git removed with all that was in it is made again by whoever restores it.
        ground.home.mkdir(parents=True, exist_ok=True)
        away.rename(folder)
        with Victim(ground) as console:
            console.until("›")
            for text in acknowledged:
                console.until_written(folder / "incident.json", text)
        compare(count, ground.home, incident, acknowledged)
