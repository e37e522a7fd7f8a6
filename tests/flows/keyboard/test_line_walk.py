"""The life of a line as ARCHITECTURE.md tells it: the files it names run, where it says."""

import os
import re
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from types import FrameType

import pytest

from incident_tui.app import make_app
from incident_tui.screens.widgets.line.log_line import LogLine
from incident_tui.service import Declaration, Service
from incident_tui.store.home import Home
from tests.flows.conftest import controller_of, settle
from tests.support.console import until
from tests.support.incidents import DECLARED_AT
from tests.support.paths import ROOT
from tests.support.world import Clock, make_world

LINE = "= p95 4.2s -> 310ms"
THREADS = {"M": "MainThread", "W": "writer", "C": "commits"}
ROW = re.compile(r"^\| ([MWC→]+) \| .+ \| (`.+`[^|]*) \|$", re.MULTILINE)


def steps() -> list[tuple[str, str]]:
    """Each file that the page names on the way, with the threads on which it is passed."""
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    life = page.partition("## The life of one line")[2].partition("\n## ")[0]
    return [
        (threads, name)
        for threads, where in ROW.findall(life)
        for name in re.findall(r"`([\w/*]+)`", where)
    ]


def test_the_page_tells_the_way_of_a_line_on_three_threads() -> None:
    assert len(steps()) > 30
    assert set("".join(threads for threads, _ in steps())) == {*THREADS, "→"}


@contextmanager
def watched() -> Iterator[dict[str, set[str]]]:
    """The files that run meanwhile, by the name of the thread without its number."""
    passed: dict[str, set[str]] = defaultdict(set)

    def look(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            thread = threading.current_thread().name.partition("_")[0]
            passed[thread].add(frame.f_code.co_filename)

    threading.setprofile(look)  # for threads to come; those of the controller begin with it
    sys.setprofile(look)
    try:
        yield passed
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


@pytest.fixture
async def passed(tmp_path: Path) -> dict[str, set[str]]:
    """The files through which the line went, and the transition after it that commits both."""
    who = {f"GIT_{role}_NAME": "Ana" for role in ("AUTHOR", "COMMITTER")}
    who |= {f"GIT_{role}_EMAIL": "ana@example.org" for role in ("AUTHOR", "COMMITTER")}
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TZ": "UTC", **who}
    world = make_world(tmp_path, Clock(DECLARED_AT), env)
    home = Home(tmp_path / "home", tmp_path / "state")
    service = Service(home, world, "ana", version="0.1.0")
    app = make_app(service, incident=service.declare(Declaration("Checkout returns 5xx")).id)
    with watched() as files:
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: controller_of(pilot) is not None)
            log_line = app.screen.query_one(LogLine)
            log_line.draft = LINE[:-1]
            await pilot.press(LINE[-1], "enter")
            await settle(pilot)
            log_line.draft = "/sev SEV2 checkout fails"
            await pilot.press("enter")
            await settle(pilot)
    # Copied first: what belongs to the console may go on for a moment.
    return {thread: ran.copy() for thread, ran in files.copy().items()}


@pytest.mark.usefixtures("with_documents")
async def test_the_line_passes_each_file_on_the_thread_that_the_page_names(
    passed: dict[str, set[str]],
) -> None:
    def is_passed(threads: str, name: str) -> bool:
        ran = (passed[THREADS[letter]] for letter in threads if letter in THREADS)
        return any(fnmatch(file, f"*/{name}.py") for files in ran for file in files)

    assert [f"{threads} {name}" for threads, name in steps() if not is_passed(threads, name)] == []
