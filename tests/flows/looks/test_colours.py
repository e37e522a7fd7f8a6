"""What the console paints can be read, in each theme of the product and on each terminal."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from rich.cells import cell_len
from rich.color import Color, ColorSystem
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES
from textual.widgets import OptionList

from incident_tui.app import IncidentApp, make_app
from incident_tui.screens.terminal.contrast import READABLE, contrast
from incident_tui.screens.terminal.themes import DARK, SEVERITIES, THEMES
from incident_tui.store.user_settings import Settings
from tests.flows.conftest import Console, enter, settle, settled
from tests.flows.scenes import FULL, SCENES, TOO_SMALL, Story, begun, by_story, on_top, shown
from tests.support.console import until
from tests.support.thorough import thorough


class Cell(NamedTuple):
    """Letters that were painted in one style."""

    text: str
    ink: Color
    ground: Color


def painted(pilot: Pilot[None]) -> Iterator[Cell]:
    """The letters and digits on the screen; frames and signs are told by their shape."""
    screen = pilot.app.screen
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            below = screen.is_modal and screen.get_widget_at(x, y)[0] is screen
            x += cell_len(text)
            if below or style is None or not any(map(str.isalnum, text)):
                continue
            assert style.color is not None
            assert style.bgcolor is not None
            ink, ground = style.color, style.bgcolor
            yield Cell(text, *((ground, ink) if style.reverse else (ink, ground)))


@pytest.mark.parametrize(
    ("story", "scenes"), by_story(thorough(sorted({*SCENES} - {TOO_SMALL}), one_in=2))
)
async def test_every_text_can_be_read(console: Console, story: Story, scenes: list[str]) -> None:
    """On each screen, where its focus is at first and where Tab leads from there."""
    async with begun(console, story, (120, 40)) as pilot:
        for scene in scenes:
            async with on_top(pilot, scene):
                await read(pilot)


async def test_a_terminal_that_is_too_small_can_be_read(console: Console) -> None:
    async with shown(console, TOO_SMALL, (50, 10)) as pilot:
        await read(pilot)


async def read(pilot: Pilot[None]) -> None:
    """See that nothing on the screen is faint."""
    for theme in THEMES:
        pilot.app.theme = theme.name
        await settle(pilot)
        faint = set(faint_texts(pilot))
        await pilot.press("tab")
        await settle(pilot)
        faint |= set(faint_texts(pilot))
        assert not faint, "\n".join(sorted(faint))


def faint_texts(pilot: Pilot[None]) -> Iterator[str]:
    """What cannot be read with all colours, or with 256 of them."""
    for cell in painted(pilot):
        for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
            ratio = contrast(cell.ink, cell.ground, system)
            if ratio < READABLE:
                colours = f"{cell.ink.name} on {cell.ground.name} in {pilot.app.theme}"
                yield f"{cell.text.strip()!r} {system.name} {ratio:.1f} {colours}"


def grounds(pilot: Pilot[None], text: str) -> set[str]:
    """The grounds on which these letters stand."""
    return {cell.ground.name for cell in painted(pilot) if text in cell.text}


async def test_each_severity_stands_on_a_colour_of_its_own(console: Console) -> None:
    app = console.app(console.incident_with())
    async with app.run_test(size=(120, 40)) as pilot:
        for theme in THEMES:
            app.theme = theme.name
            for rank in range(1, len(SEVERITIES) + 1):
                await enter(pilot, f"/sev SEV{rank}")
                shape = "▲◆■●"[rank - 1]
                assert grounds(pilot, f"{shape} SEV{rank}") == {theme.variables[f"severity-{rank}"]}


async def test_an_overdue_update_is_louder_than_one_that_is_due(console: Console) -> None:
    app = console.app(console.incident_with("/sev SEV1"))
    async with settled(app, size=(120, 40)) as pilot:
        header = grounds(pilot, "update in")
        assert len(header) == 1
        console.clock.forward(hours=2)
        assert app.controller is not None
        app.controller.tell()
        await settle(pilot)
        assert grounds(pilot, "update overdue") == {DARK.variables["overdue"]}


async def test_every_theme_of_textual_can_be_chosen(console: Console) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with app.run_test(size=(80, 24)) as pilot:
        for name in thorough(sorted(BUILTIN_THEMES), one_in=3):
            app.theme = name
            await settle(pilot)
            assert grounds(pilot, "SEV2"), name


async def test_a_theme_that_is_chosen_is_kept_for_the_next_start(console: Console) -> None:
    kept: list[tuple[str, str]] = []
    incident = console.incident_with("/sev SEV2")
    app = make_app(console.service, incident=incident, keep=lambda *named: kept.append(named))
    async with settled(app, size=(80, 24)) as pilot:
        assert kept == []
        app.theme = "incident-light"
        await settle(pilot)
    assert kept == [("theme", "incident-light")]
    again = make_app(console.service, incident=incident, settings=Settings(theme=kept[0][1]))
    assert again.theme == "incident-light"
    assert make_app(console.service, settings=Settings(theme="no longer there")).theme == DARK.name


async def test_the_themes_of_the_product_are_offered_first(console: Console) -> None:
    app = console.app(console.incident_with("/sev SEV2"))
    async with settled(app, size=(80, 24)) as pilot:
        app.action_change_theme()
        for typed, wanted in (("", DARK.name), ("light", "incident-light")):
            await until(pilot, lambda: bool(app.screen.query(OptionList)))
            await pilot.press(*typed)
            offered = app.screen.query_one(OptionList)
            await until(pilot, lambda: first_of(offered) == wanted)  # noqa: B023
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "incident-light")


def first_of(offered: OptionList) -> str:
    return str(offered.get_option_at_index(0).prompt) if offered.option_count else ""


async def test_without_colour_what_is_loud_stands_out_by_light_alone(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = console.app(console.incident_with("/sev SEV1"))
    console.clock.forward(hours=2)
    async with app.run_test(size=(120, 40)) as pilot:
        for theme in THEMES:
            app.theme = theme.name
            await settle(pilot)
            cells = {cell.text.strip(): cell for cell in painted(pilot)}
            header = cells["Checkout returns 5xx in eu-west"].ground
            for loud in ("▲ SEV1", "! update overdue 1h 30m"):
                assert distance(cells[loud].ground, header) >= READABLE, (loud, theme.name)
            flag = next(cell for text, cell in cells.items() if text.startswith("! The status"))
            plain = cells["Checkout returns 5xx in eu-west"]
            assert distance(flag.ink, flag.ground) >= distance(plain.ink, plain.ground)


def distance(one: Color, other: Color) -> float:
    return contrast(one, other, ColorSystem.TRUECOLOR)


async def test_with_16_colours_the_war_room_can_be_read(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(IncidentApp, "few_colours", True)
    app = console.app(console.incident_with(*FULL))
    console.clock.forward(hours=2)
    async with app.run_test(size=(120, 40)) as pilot:
        for theme in THEMES:
            app.theme = theme.name
            await settle(pilot)
            faint = {
                f"{cell.text.strip()!r} {cell.ink.name} on {cell.ground.name} in {theme.name}"
                for cell in painted(pilot)
                if contrast(cell.ink, cell.ground, ColorSystem.STANDARD) < READABLE
            }
            assert not faint, "\n".join(sorted(faint))
