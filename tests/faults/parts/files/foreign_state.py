"""A home was cloned that has the state of somebody else's program committed: drafts, side files, …

None of it is taken for the user's own: no draft is offered, nothing is recorded unasked, and no
link in it is followed.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.faults.counts import Count, Row, Scale, compare
from tests.faults.ground import Ground
from tests.faults.parts.ends.drafts import CUT
from tests.faults.parts.files.hostile import Yours
from tests.faults.victim import Victim

DRAFT = "attackertyped"
ENTRY = "shutdownthedatacentre"


def foreign_state(scale: Scale, base: Path) -> Iterator[Row]:
    """Plain files, and links to what is the user's."""
    rounds = scale.part(100)
    files = partial(_cloned, links=False, rounds=rounds, base=base / "files")
    yield Row("a clone with drafts and side files of somebody else", files)
    links = partial(_cloned, links=True, rounds=rounds, base=base / "links")
    yield Row("a clone with links in the place of drafts, side files and trust", links)


def _cloned(count: Count, links: bool, rounds: int, base: Path) -> None:
    for turn in range(rounds):
        count.rounds += 1
        place = base / str(turn)
        theirs = Ground(place / "theirs")
        ground = Ground(place / "mine")
        yours = Yours(ground.base / "yours")
        yours.folder.mkdir()
        yours.file.write_text("alias ll='ls -l'\n")
        incident = _published(theirs, yours if links else None)
        ground.git("clone", "--quiet", str(theirs.base / "work"), "work", cwd=ground.base)
        ground.home = ground.base / "work" / "incidents"
        ground.env["INCIDENT_TUI_HOME"] = str(ground.home)
        before = yours.state()
        acknowledged = _used(count, ground, incident)
        count.acknowledged += len(acknowledged)
        compare(count, ground.home, incident, acknowledged)
        log = (ground.home / incident / "incident.json").read_text(encoding="utf-8")
        count.expect(ENTRY not in log, "an entry that came with the clone was recorded unasked")
        count.expect(DRAFT not in log, "a draft that came with the clone was recorded")
        count.expect(yours.state() == before, "something of yours was changed")


def _used(count: Count, ground: Ground, incident: str) -> dict[str, int]:
    """`log`, a line in the console, and one while the log is away; all that was acknowledged."""
    done = ground.run("log", "-i", incident, "the first")
    count.expect(done.returncode == 0, f"`log` exits with {done.returncode}: {done.stderr}")
    number, _, name = done.stdout.strip().partition("\t")
    acknowledged = {name: int(number)} if number else {}
    log, away = ground.home / incident / "incident.json", ground.base / "away"
    with Victim(ground) as console:
        console.until("›")
        console.linger(2.5)
        taken = DRAFT in console.text()
        count.expect(not taken, "the log line opens with what came with the clone")
        console.keys(CUT)
        for text in ("second", "third"):
            if text == "third":
                log.rename(away)
            console.send(f"{text}\r")
            shown = console.until(rf"{text}\b[^\n]*#(\d+)", fails=False)
            if shown is None:
                count.lose(f"{text} was typed and never acknowledged: {console.tail()}")
            else:
                acknowledged[text] = int(shown[1])
        away.rename(log)
        console.until_written(log, "third")
        console.send("half a line")
        console.linger(1.0)
    return acknowledged


def _published(theirs: Ground, yours: Yours | None) -> str:
    """A repository with a home, and with what the program of its owner kept; gives the incident."""
    work = theirs.base / "work"
    theirs.home = work / "incidents"
    theirs.env["INCIDENT_TUI_HOME"] = str(theirs.home)
    work.mkdir()
    theirs.git("init", "--quiet", cwd=work)
    incident = theirs.declare()
    theirs.run("log", "/sev SEV2 bad")
    line = re.search(r'"2": ({.*"severity.changed".*})', _log(theirs, incident))
    assert line is not None
    entry = re.sub(r'"id":"\w+"', '"id":"aaaaaaaaaaaa"', line[1].rstrip(","))
    entry = re.sub(r'"order":2', '"order":3', entry)
    entry = re.sub(r'"event":{.*?}', f'"event":{{"type":"decision.made","text":"{ENTRY}"}}', entry)
    draft = f'{{"log-line":"/close duplicate {DRAFT}"}}'
    for folder in (theirs.home / ".incident-tui", theirs.home / ".state"):
        for name, text in (
            (f"aside/{incident}.jsonl", f"{entry}\n"),
            (f"drafts/{incident}.json", draft),
            (f"locks/{incident}.pid", "1\n"),
            (f"trust/{incident}", "trusted\n"),
            (f"homes/0/consoles/{incident}/1/aside.jsonl", f"{entry}\n"),
            (f"homes/0/consoles/{incident}/1/drafts.json", draft),
        ):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if yours is None:
                path.write_text(text)
            else:
                path.symlink_to(yours.missing if "drafts" in name else yours.file)
    theirs.git("add", "--all", "--force", ".", cwd=work)
    theirs.git("commit", "--quiet", "-m", "our incidents", cwd=work)
    return incident


def _log(ground: Ground, incident: str) -> str:
    return (ground.home / incident / "incident.json").read_text(encoding="utf-8")
