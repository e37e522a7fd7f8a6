"""The list that every pane is made of, beside the one that comes with Textual: many rows given."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter

from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import OptionList

from benchmarks.instruments.ground import NEWEST, Ground, facts
from benchmarks.instruments.measure import Row, in_turn, milliseconds, ratio
from incident_tui.screens.painted_text import plain
from incident_tui.screens.terminal.themed_app import ThemedApp
from incident_tui.screens.widgets.rows.rows import Row as ListRow, Rows

OURS, TEXTUALS = "our list", "Textual's list"


def rows(ground: Ground) -> list[Row]:
    """From the rows as they are given to the list until the newest of them is painted."""
    texts = [*facts(ground.sizes.many - 1), NEWEST]
    subjects = {name: partial(fill, texts) for name, fill in ((OURS, _ours), (TEXTUALS, _textuals))}
    in_turn(ground.sizes.warm_ups, subjects)
    samples = in_turn(ground.sizes.long, subjects)
    return [
        Row(
            f"{len(texts)} rows given to a list and painted : a list of Textual's own",
            ratio(samples, OURS, TEXTUALS),
            0.1,
            milliseconds(samples, OURS, TEXTUALS),
        )
    ]


class _ListApp(ThemedApp[None]):
    """One list and nothing else."""

    def __init__(self, shown: Widget) -> None:
        super().__init__()
        self._shown = shown

    def compose(self) -> ComposeResult:
        yield self._shown


def _ours(texts: Sequence[str]) -> float:
    shown = Rows(follow=True)
    given = [ListRow(str(at), plain(text)) for at, text in enumerate(texts)]
    return asyncio.run(_seconds(shown, lambda: shown.set_rows(given)))


def _textuals(texts: Sequence[str]) -> float:
    """It follows no tail, so the newest comes first."""
    shown = OptionList(markup=False)
    return asyncio.run(_seconds(shown, lambda: shown.add_options(reversed(texts))))


async def _seconds(shown: Widget, fill: Callable[[], object]) -> float:
    """Seconds until the newest row is painted, in a console without a terminal.

    RuntimeError when it is not within a minute.
    """
    async with _ListApp(shown).run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        begun = perf_counter()
        fill()
        while NEWEST not in _painted(pilot.app):
            if perf_counter() - begun > 60:
                raise RuntimeError(f"{shown} did not paint its newest row")
            await asyncio.sleep(0)
        return perf_counter() - begun


def _painted(app: App[None]) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
