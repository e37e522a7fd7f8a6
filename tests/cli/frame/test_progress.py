"""How far something is, told on a terminal once it takes long."""

import sys
from collections.abc import Generator
from io import StringIO

import pytest

from incident_tui.cli.frame.progress import Count, steps


class Screen(StringIO):
    """Standard error on a terminal."""

    def isatty(self) -> bool:
        return True


def shown_while(seconds_for_each: float, screen: StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    now = [0.0]
    done = []
    for item in steps(["a", "b", "c", "d"], "checking [red]", clock=lambda: now[0]):
        done.append(item)
        now[0] += seconds_for_each
    assert done == ["a", "b", "c", "d"]
    return screen.getvalue()


def test_what_takes_longer_than_a_second_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = shown_while(0.6, Screen(), monkeypatch)
    assert "checking [red]" in shown
    assert "2/4" in shown
    assert "3/4" in shown
    assert "1/4" not in shown


def test_what_is_short_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_while(0.2, Screen(), monkeypatch) == ""


def test_off_a_terminal_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_while(60, StringIO(), monkeypatch) == ""


def test_a_loop_that_is_left_leaves_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    now = [0.0]
    progress = steps("abcd", "checking", clock=lambda: now[0])
    next(progress)
    now[0] = 5.0
    next(progress)
    assert isinstance(progress, Generator)
    progress.close()
    assert screen.getvalue().endswith("\x1b[?25h") or "\x1b[2K" in screen.getvalue()


def counted(screen: StringIO, answers: StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(sys, "stdout", answers)
    now = [0.0]
    count = Count("lines read", clock=lambda: now[0])
    for done in (0, 2000, 4000):
        with count.at(done):
            now[0] += 0.6
    return screen.getvalue()


def test_what_has_no_known_end_says_how_many_are_done_and_leaves_the_line_empty(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert counted(Screen(), StringIO(), monkeypatch) == "4,000 lines read\r\x1b[K"


@pytest.mark.parametrize(("screen", "answers"), [(StringIO(), StringIO()), (Screen(), Screen())])
def test_answers_that_are_seen_need_no_count(
    screen: StringIO, answers: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counted(screen, answers, monkeypatch) == ""
