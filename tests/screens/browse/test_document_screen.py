"""How a document is read on its screen: rendered or raw, whole at every width, at one place."""

import re
from functools import partial
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from incident_tui.screens.browse.document_screen import DocumentScreen
from incident_tui.screens.widgets.chrome.rendered_document import line_of
from tests.support.console import (
    EVIL,
    Host,
    painted,
    painted_lines,
    press_later,
    service_with,
    until as until_true,
)

LONG = "x" * 300
HOSTILE = f"""# Title {EVIL}

## A part with **bold**, *slanted* and `code`

A paragraph that goes on
over several lines, with [a link](https://example.org/a?b=c&d=e) and {LONG} in it.

| Time | What was seen by whoever looked | Who | Where it is written down |
| --- | --- | --- | --- |
| 14:02 | {EVIL} | ana | the log |
| 14:03 | one\\|two | {LONG[:90]} | nowhere |

1. first
   - second
     - third
       - fourth {EVIL}
         - [x] fifth, ticked
2. after

> quoted
> > twice

```python
def f():  # {EVIL}
    return "[b]no markup[/]"
```

<script>alert("no page")</script>

{"".join(f"Paragraph {number} stands here.{chr(10) * 2}" for number in range(60))}The end.
"""


class Page(DocumentScreen):
    """Shows the text above, and nothing else."""

    def compose(self) -> ComposeResult:
        yield self.paper

    def on_mount(self) -> None:
        self.paper.focus()
        self.show_paper(HOSTILE, nothing="", top=True)


@pytest.fixture
def app(tmp_path: Path) -> Host:
    return Host.of(Page, service_with(tmp_path))


def page(app: Host) -> Page:
    assert isinstance(app.screen, Page)
    return app.screen


def row_line(app: Host) -> int:
    """The line of the raw text that the cursor is on."""
    row = page(app).paper.row
    assert row is not None
    return line_of(row.key)


def row_top(app: Host) -> int:
    """Where the cursor stands on the screen."""
    return next(at for at, line in enumerate(painted_lines(app)) if line.startswith("▸"))


async def laid_out(pilot: Pilot[None], app: Host, *, raw: bool = False) -> None:
    begins = "# Title" if raw else "Title"
    await until_true(pilot, lambda: page(app).paper.rows[:1] != ())
    shown = partial(lambda: page(app).paper.rows[0].build().plain.startswith(begins))
    fits = partial(lambda: page(app)._width == page(app).paper.outer_size.width)
    await until_true(pilot, lambda: shown() and fits())
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("width", [40, 80, 200])
async def test_every_word_is_painted_as_it_is_meant_however_hostile_the_text_and_narrow_the_screen(
    app: Host, width: int
) -> None:
    async with app.run_test(size=(width, 400)) as pilot:
        await laid_out(pilot, app)
        shown = painted(app)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "…" not in shown, "nothing is cut"
        assert all(len(one) <= width for one in painted_lines(app))
        words = re.findall(r"[A-Za-z0-9]{2,}", HOSTILE.replace("[x]", ""))
        flat = re.sub(r"[^A-Za-z0-9]", "", shown)
        assert not [word for word in words if len(word) < width // 4 and word not in shown]
        assert flat.count("x") >= HOSTILE.count("x") - 1  # the tick is a sign of its own
        for wanted in ("══", "──", "☑ fifth, ticked", "• second", "1. first", "│ │ twice"):
            assert wanted in shown
        for raw in ("**", "| --- |", "```", "## "):
            assert raw not in shown
        assert '<script>alert("no page")</script>' in shown


async def test_the_place_is_kept_whenever_the_form_is_changed(app: Host) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await laid_out(pilot, app)
        wanted = next(row for row in page(app).paper.rows if "Paragraph 30 " in row.build().plain)
        page(app).paper.select(wanted.key, around=4)
        await pilot.pause()
        top = row_top(app)
        for number, raw in enumerate((True, False, True), 1):
            press_later(app, "r", 10 * number)
            await laid_out(pilot, app, raw=raw)
            assert row_line(app) == line_of(wanted.key)
            assert row_top(app) == top


async def test_the_place_is_kept_whatever_the_screen_becomes(app: Host) -> None:
    async with app.run_test(size=(200, 24)) as pilot:
        await laid_out(pilot, app)
        wanted = next(row for row in page(app).paper.rows if "Paragraph 30 " in row.build().plain)
        page(app).paper.select(wanted.key, around=4)
        await pilot.pause()
        for width, height in ((80, 24), (40, 12), (200, 60), (80, 24)):
            await pilot.resize_terminal(width, height)
            await laid_out(pilot, app)
            assert row_line(app) == line_of(wanted.key)
            assert "▸Paragraph 30 stands here." in painted(app)


async def test_what_is_read_stays_in_sight_where_the_cursor_is_elsewhere(app: Host) -> None:
    """A mouse wheel moves the text and leaves the cursor behind."""
    async with app.run_test(size=(80, 24)) as pilot:
        await laid_out(pilot, app)
        page(app).paper.scroll_to(y=90, animate=False, force=True)
        await pilot.pause()
        first = painted_lines(app)[0].strip() or painted_lines(app)[1].strip()
        press_later(app, "r")
        await laid_out(pilot, app, raw=True)
        assert first in "\n".join(painted_lines(app)[:2])
