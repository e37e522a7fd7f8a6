"""A console that ends lets the next one have its drafts, whatever else goes wrong in it."""

from pathlib import Path

import pytest

from incident_tui.store.console.console import Console
from incident_tui.store.console.machine_state import State


def _fail() -> None:
    raise RuntimeError("broken")


@pytest.mark.parametrize("part", ["log", "drafts"])
def test_drafts_are_there_at_the_next_start_where_a_part_fails_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    console = Console(State(tmp_path / "state", tmp_path / "home"), "2026-11-20-checkout", "ana")
    console.drafts.keep("log-line", "half a line")
    console.drafts.settle()
    monkeypatch.setattr(getattr(console, part), "close", _fail)
    with pytest.raises(RuntimeError, match="broken"):
        console.close()
    again = Console(State(tmp_path / "state", tmp_path / "home"), "2026-11-20-checkout", "ana")
    assert again.drafts.get("log-line") == "half a line"
    again.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_drafts_are_there_at_the_next_start_where_work_before_the_end_fails(
    tmp_path: Path,
) -> None:
    console = Console(State(tmp_path / "state", tmp_path / "home"), "2026-11-20-checkout", "ana")
    console.drafts.keep("log-line", "half a line")
    console.close_behind(_fail)
    again = Console(State(tmp_path / "state", tmp_path / "home"), "2026-11-20-checkout", "ana")
    assert again.drafts.get("log-line") == "half a line"
    again.close()


def test_the_last_console_leaves_no_folder_of_the_incident_behind(tmp_path: Path) -> None:
    state = State(tmp_path / "state", tmp_path / "home")
    first, last = (Console(state, "2026-11-20-checkout", "ana") for _ in range(2))
    for console in (first, last):
        console.drafts.keep("log-line", "half a line")
        console.drafts.settle()
        console.drafts.keep("log-line", "")
        console.close()
    assert not [path for path in tmp_path.rglob("*") if "checkout" in path.name]
