"""Several processes and consoles on one incident: numbers, gates, locks, and who sees what when."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from incident_tui.domain.process.lifecycle import StagePassed
from tests.faults.counts import Count, Row, Scale, compare, expect_numbers, read
from tests.faults.ground import Ground
from tests.faults.pilot import Console

WRITERS = 8
HOLD = """
import sys
from pathlib import Path
from incident_tui.domain import discovery
from incident_tui.store.home import Home
discovery.load()
with Home(Path(sys.argv[1])).file(sys.argv[2]).transaction():
    print("held", flush=True)
    sys.stdin.readline()
"""
PASSES_AT_ONCE = """\
id = "quick"
title = "Quick"
purpose = "Each gate passes at once."
law = "One step at a time."
layers = [{ id = "oven", title = "Oven" }]
mitigation-kinds = [{ id = "rebake", title = "bake again" }]
action-classes = [{ id = "prevent", title = "never again" }]
severities = [{ id = "HIGH", title = "x", criteria = "x", example = "x", respond-within = "now" }]
hats = [{ id = "lead", title = "Lead", duty = "Decides.", commands = true }]
messages = { initial = "{title}", update = "{status}", resolution = "{services}" }
"""
STAGES = 12


def many_writers(scale: Scale, base: Path) -> Iterator[Row]:
    """Writers beside a console, which shows what they record within a second."""
    calls = scale.part(3, 8)
    yield Row(
        f"{WRITERS} processes × {calls} `log` calls and an open console",
        lambda count: asyncio.run(_many_writers(count, calls, base / "many")),
    )


def gates_and_locks(scale: Scale, base: Path) -> Iterator[Row]:
    """A gate that two advance, and the lock."""
    rounds = min(scale.part(10), STAGES - 2)
    yield Row(
        "two consoles advance one gate",
        lambda count: asyncio.run(_one_gate(count, rounds, base / "gate")),
    )
    dead, live = (
        partial(_dead_owner, rounds=scale.part(15)),
        partial(_live_owner, rounds=scale.part(100)),
    )
    yield Row("the owner of the lock is killed", partial(dead, base=base / "dead"))
    yield Row("the lock is held by a living process", partial(live, base=base / "live"))


async def _many_writers(count: Count, calls: int, base: Path) -> None:
    """Eight processes call `log` so often each, while a console is open."""
    ground = Ground(base)
    incident = ground.declare()
    seen: dict[str, datetime] = {}
    acknowledged: dict[str, tuple[int, datetime]] = {}
    async with Console(ground) as console:

        def look() -> None:
            now = datetime.now(UTC)
            for name in console.controller.incident.numbers:
                seen.setdefault(name, now)

        console.controller.listen(look)

        async def writer(who: int) -> None:
            for call in range(calls):
                process = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "incident_tui", "log", "--as", f"w{who}", f"{who}:{call}",
                    cwd=ground.base, env=ground.env, stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                )  # fmt: skip
                out, err = await process.communicate()
                if process.returncode:
                    count.lose(f"writer {who}: exit {process.returncode}: {err.decode()}")
                    continue
                number, _, name = out.decode().strip().partition("\t")
                acknowledged[name] = (int(number), datetime.now(UTC))

        await asyncio.gather(*(writer(who) for who in range(WRITERS)))
        await console.until(lambda: len(seen) >= len(acknowledged) + 1, seconds=5)
        console.controller.unlisten(look)
    count.rounds = WRITERS * calls
    count.acknowledged = len(acknowledged)
    compare(
        count, ground.home, incident, {name: number for name, (number, _) in acknowledged.items()}
    )
    numbers = sorted(number for number, _ in acknowledged.values())
    first = numbers[0] if numbers else 0
    count.expect(
        numbers == list(range(first, first + WRITERS * calls)), "numbers have gaps or duplicates"
    )
    late = [(seen[name] - at).total_seconds() if name in seen else 99.0
            for name, (_, at) in acknowledged.items()]  # fmt: skip
    slowest = max(late, default=0.0)
    count.note = f"the slowest was shown {max(slowest, 0):.2f} s after its acknowledgement"
    count.expect(slowest <= 1.0, f"an entry was shown {slowest:.2f} s after it was acknowledged")


async def _one_gate(count: Count, rounds: int, base: Path) -> None:
    """Two consoles that look at the same stage both advance it."""
    ground = Ground(base)
    (ground.home / "playbooks").mkdir(parents=True)
    stages = "".join(
        f'[[stages]]\nid = "s{number}"\ntitle = "S{number}"\npurpose = "x"\nreview = "none"\n'
        for number in range(STAGES)
    )
    (ground.home / "playbooks" / "quick.toml").write_text(PASSES_AT_ONCE + stages)
    done = ground.run("declare", "Twice", "--playbook", "quick")
    incident = done.stdout.strip()
    acknowledged: dict[str, int] = {}
    async with Console(ground) as ana, Console(ground, actor="ben") as ben:
        for _ in range(rounds):
            count.rounds += 1
            await ana.polled()
            await ben.polled()
            for shown in await asyncio.gather(ana.enter("/advance"), ben.enter("/advance")):
                acknowledged |= shown
    count.acknowledged = len(acknowledged)
    log = read(ground.home, incident)
    if isinstance(log, str):
        count.lose(log)
        return
    expect_numbers(count, log, acknowledged)
    events = [entry.event for entry in log.recorded]
    passed = Counter(event.stage for event in events if isinstance(event, StagePassed))
    count.expect(
        passed == Counter({f"s{number}": 1 for number in range(rounds)}),
        f"{rounds} gates were passed as {dict(passed)}",
    )


def _holder(ground: Ground, incident: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(ground.home), incident],
        cwd=ground.base, env=ground.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _dead_owner(count: Count, rounds: int, base: Path) -> None:
    """The lock of a process that was killed is free at once; what it says of an owner misleads
    nobody."""
    ground = Ground(base)
    incident = ground.declare()
    locks = ground.home / ".incident-tui" / "locks"
    for turn in range(rounds):
        count.rounds += 1
        owner = _holder(ground, incident)
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait()
        (locks / f"{incident}.pid").write_text(str(os.getpid()))
        started = time.monotonic()
        done = ground.run("log", f"after {turn}")
        count.expect(done.returncode == 0, f"exit {done.returncode}: {done.stderr}")
        count.expect(time.monotonic() - started < 4, "it waited for a dead process")
        count.acknowledged += done.returncode == 0
    compare(count, ground.home, incident, {f"after {turn}": turn + 2 for turn in range(rounds)})


def _live_owner(count: Count, rounds: int, base: Path) -> None:
    """One that lives is waited for, and named when the time is over."""
    ground = Ground(base)
    incident = ground.declare()
    for turn in range(rounds):
        count.rounds += 1
        owner = _holder(ground, incident)
        started = time.monotonic()
        done = ground.run("log", f"refused {turn}")
        waited = time.monotonic() - started
        count.expect(done.returncode == 5, f"exit {done.returncode}: {done.stderr}")
        count.expect(str(owner.pid) in done.stderr, f"it does not name the owner: {done.stderr}")
        count.expect(waited >= 4.5, f"it waited for {waited:.1f} s only")
        count.expect(done.stdout == "", "something was acknowledged")
        assert owner.stdin is not None
        owner.stdin.write("\n")
        owner.stdin.close()
        owner.wait()
    compare(count, ground.home, incident, {})
