"""Each process that ships, typed into the console from the declaration to the close.

The lines are those of tests/playbooks, where it stands beside each which checks it mends.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_tui.service import Declaration
from tests.flows.conftest import Console, keys, settle, type_in
from tests.playbooks.driver import Step
from tests.playbooks.scripts.all import NAMES, WALKED

Compare = Callable[..., bool]
SIZE = (120, 40)

# Process -> the line before which its most characteristic gate is looked at.
CHARACTERISTIC = {
    "command": "/attest inside-healthy https://example.org/dash/8",
    "gated": "/mitigate limit suggestions switched off undo:\"switch them on\" src:runbook",
    "lifecycle": "/attest guardrails-listed",
    "mitigate-first": "/attest deployed https://example.org/dash/7",
    "studio": "/attest tests-mean-something red without the change",
    "war-room": "/hyp 2 refute it is valid until March",
}  # fmt: skip


def typed(script: Sequence[Step]) -> Iterator[str]:
    """The lines of a script as one keyboard gives them: whoever types next says so before."""
    actor = "ana"
    for step in script:
        if step.by != actor:
            actor = step.by
            yield f"/me {actor}"
        yield step.line


def declared(console: Console, name: str) -> str:
    """An incident under that process, which only few may read where the process tells how."""
    home = Path(console.service.home.path)
    home.mkdir(parents=True, exist_ok=True)
    (home / "incident-tui.toml").write_text("self-review = true\n")
    declaration = Declaration(
        "Orders are refused in eu-west", playbook=name, protected=name == "command"
    )
    return console.service.declare(declaration).id


@pytest.mark.parametrize("name", NAMES)
def test_the_gate_that_tells_most_of_a_process(
    console: Console, snap_compare: Compare, name: str
) -> None:
    """Half-way through the stage: what is proven, what is missing, and what mends it."""
    lines = list(typed(WALKED[name]))
    incident = declared(console, name)
    console.incident_with(*lines[: lines.index(CHARACTERISTIC[name])], declared=True)
    run = keys("ctrl+g")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=SIZE)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_from_the_declaration_to_the_close(
    console: Console, snap_compare: Compare, name: str
) -> None:
    """Every line of the script is taken, and the room says that it is over."""
    incident = declared(console, name)

    async def run(pilot: Pilot[None]) -> None:
        await settle(pilot)
        # Nobody looks before the end: painting each of hundreds of lines takes half of the time.
        with pilot.app.batch_update():
            for text in typed(WALKED[name]):
                console.clock.forward(seconds=10)
                await type_in(pilot, text)
        await settle(pilot)

    assert snap_compare(console.app(incident), run_before=run, terminal_size=SIZE)
