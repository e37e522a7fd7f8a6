"""The screens' thread touches no file of a home: a disk that hangs keeps nobody from typing."""

import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.flows.conftest import (
    OVER_THE_WAR_ROOM,
    Console,
    back_in_the_war_room,
    enter,
    keys,
    over_the_war_room,
    settled,
)

_FILES = {
    "open", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir",
    "os.truncate", "os.utime", "os.chmod", "os.link", "os.symlink",
}  # fmt: skip


class _Watch:
    """What one thread does to the files below a folder, while it is watched."""

    def __init__(self) -> None:
        self.below: bytes | None = None
        self.thread = 0
        self.seen: list[str] = []
        sys.addaudithook(self._hook)  # which cannot be taken away again

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.below is None or event not in _FILES or threading.get_ident() != self.thread:
            return
        path = arguments[0]
        if isinstance(path, str | bytes | os.PathLike) and os.fsencode(path).startswith(self.below):
            where = [f for f in traceback.extract_stack() if "incident_tui" in f.filename]
            calls = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in where[::-1][:8])
            self.seen.append(f"{event} {os.fsdecode(path)}: {calls}")

    @contextmanager
    def over(self, folder: Path) -> Iterator[list[str]]:
        """What this thread does to files below `folder` from here on."""
        self.seen, self.thread = [], threading.get_ident()
        self.below = os.fsencode(folder)
        try:
            yield self.seen
        finally:
            self.below = None


_WATCH = _Watch()


def test_the_watch_sees_a_file_that_is_opened(tmp_path: Path) -> None:
    with _WATCH.over(tmp_path) as seen:
        (tmp_path / "file").write_text("x")
    assert len(seen) == 1
    (tmp_path / "file").write_text("y")
    assert len(seen) == 1


async def test_no_screen_over_the_war_room_makes_the_typist_wait_for_a_disk(
    console: Console, tmp_path: Path
) -> None:
    app = console.app(console.incident_with("/sev SEV2", "why is it slow", "? the pool"))
    async with settled(app, size=(120, 40)) as pilot:
        for screen in OVER_THE_WAR_ROOM:
            with _WATCH.over(tmp_path) as seen:
                await over_the_war_room(pilot, screen)
                await back_in_the_war_room(pilot)
            assert seen == [], f"{screen}\n" + "\n".join(seen)


async def test_no_line_makes_the_typist_wait_for_a_disk(console: Console, tmp_path: Path) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(120, 40)) as pilot:
        with _WATCH.over(tmp_path) as seen:
            await enter(pilot, "5xx rising", "= p95 4.2s -> 310ms", "/commander ana", "/undo")
    assert seen == [], "\n".join(seen)


async def test_declaring_listing_and_opening_do_not_make_the_typist_wait_for_a_disk(
    console: Console, tmp_path: Path
) -> None:
    console.declare("Disk full on node 3")
    app = console.app()
    async with settled(app, size=(120, 40)) as pilot:
        with _WATCH.over(tmp_path) as seen:
            await keys("enter")(pilot)
            await keys("f10")(pilot)
            await keys("n", *"Mail is late", "enter")(pilot)
            await enter(pilot, "first fact")
            await keys("ctrl+q")(pilot)
    assert seen == [], "\n".join(seen)
