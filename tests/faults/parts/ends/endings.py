"""The console is told to end, or its terminal is gone: it ends, and what was typed is kept.

Also what was saved in an editor that was open in its place.
"""

import signal
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.faults.counts import Count, Row, Scale, compare
from tests.faults.ground import Ground
from tests.faults.parts.ends.drafts import ENTER, PLAYBOOK, SETTING, TO_STAGE
from tests.faults.victim import Victim

ALT_E = "\x1be"
WITHIN = 5.0
"""Seconds after which a console that goes on is a loss; by itself it takes less than one."""
LEAVES = b"\x1b[?1049l"
"""With this a program gives the terminal back as it was."""
EDITOR = """\
#!/bin/sh
echo "{text}" >"$1"
touch {saved}
while [ -e {hold} ]; do sleep 0.05; done
"""

Ending = Callable[[Victim], object]


def _sends(number: signal.Signals) -> Ending:
    return lambda console: console.signal(number)


ENDINGS: dict[str, Ending] = {
    "the terminal is gone, console open": Victim.hang_up,
    "SIGHUP, console open": _sends(signal.SIGHUP),
    "SIGTERM, console open": _sends(signal.SIGTERM),
    "SIGQUIT, console open": _sends(signal.SIGQUIT),
}


def endings(scale: Scale, base: Path) -> Iterator[Row]:
    """Each ending, and the end of a console that waits for an editor."""
    rounds = scale.part(100)
    for number, (fault, ending) in enumerate(ENDINGS.items()):
        yield Row(fault, partial(_ended, ending=ending, rounds=rounds, base=base / str(number)))
    edited = partial(_edited, rounds=rounds, base=base / "editor")
    yield Row("kill -9 with text saved in the editor", edited)


def _ended(count: Count, ending: Ending, rounds: int, base: Path) -> None:
    slowest = 0.0
    for turn in range(rounds):
        count.rounds += 1
        ground = Ground(base / str(turn))
        incident = ground.declare()
        sent, draft = f"sent{turn}", f"draft{turn}"
        with Victim(ground) as console:
            console.until("›")
            console.send(f"{sent}\r")
            shown = console.until(rf"{sent}\b[^\n]*#(\d+)")
            console.send(draft)
            console.until(draft)
            started = time.monotonic()
            ending(console)
            ended = console.until_ended(WITHIN)
            slowest = max(slowest, time.monotonic() - started)
            count.expect(ended, f"it goes on for more than {WITHIN:.0f} s")
            if ending is not Victim.hang_up:
                count.expect(LEAVES in console.written, "the terminal is left as it was not")
        assert shown is not None
        count.acknowledged += 2
        count.note = f"ended within {slowest:.1f} s"
        compare(count, ground.home, incident, {sent: int(shown[1])})
        with Victim(ground) as console:
            console.until("›")
            kept = console.until(draft, seconds=8, fails=False)
            count.expect(kept is not None, f"the draft is gone: {console.tail()}")


def _edited(count: Count, rounds: int, base: Path) -> None:
    """The form shows what the editor has saved, not what it was opened with."""
    for turn in range(rounds):
        count.rounds += 1
        ground = Ground(base / str(turn))
        saved, hold, editor = (ground.base / name for name in ("saved", "hold", "editor"))
        text = f"edited{turn}"
        hold.touch()
        editor.write_text(EDITOR.format(text=text, saved=saved, hold=hold))
        editor.chmod(0o755)
        ground.env["VISUAL"] = str(editor)
        (ground.base / "forms.toml").write_text(PLAYBOOK, encoding="utf-8")
        for words in (("declare", "5xx", "--playbook", "forms.toml"), ("log", *SETTING)):
            if (done := ground.run(*words)).returncode:
                raise RuntimeError(done.stderr)
        form = (TO_STAGE, "k", ENTER)
        try:
            with Victim(ground) as console:
                console.until("›")
                console.keys(*form)
                console.send("begun")
                console.until("begun")
                console.send(ALT_E)
                end = time.monotonic() + 20
                while not saved.exists() and time.monotonic() < end:
                    console.linger(0.05)
                count.expect(saved.exists(), f"the editor was never opened: {console.tail()}")
        finally:
            hold.unlink()
        count.acknowledged += 1
        with Victim(ground) as console:
            console.until("›")
            console.keys(*form)
            offered = console.until(text, seconds=8, fails=False)
            count.expect(offered is not None, f"what was saved is gone: {console.tail()}")
