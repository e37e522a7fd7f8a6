"""The commit that follows a transition, against the two git commands one would type for it."""

import subprocess
from datetime import UTC, datetime
from itertools import cycle

from benchmarks.instruments.ground import Ground
from benchmarks.instruments.measure import Row, in_turn, milliseconds, ratio
from benchmarks.instruments.processor import used_here
from incident_tui.documents import render_folder, write_folder
from incident_tui.history import BackgroundCommitter, Committed, open_or_create
from incident_tui.service.git.commits import committer_for
from incident_tui.store.home import Home

BACKGROUND, PAPER = "background commit", "of which documents"
GIT, SYNCHRONISED = "git", "git with core.fsync=committed,reference"
_SAFE = ("-c", "core.fsync=committed,reference")


def commit(ground: Ground) -> list[Row]:
    """From the transition's request for a commit until it stands, documents and all: the console's.

    In processor time: how long a disk takes to synchronise says nothing of either.
    """
    home = Home(ground.make_home("home-commit", ground.sizes.few))
    service = ground.service(home, clock=lambda: datetime.now(UTC))
    session = service.open(service.active()[0])
    open_or_create(home.path, create=True, env=ground.env)
    attempt = committer_for(session, home, ground.env, long_lived=True)
    committer = BackgroundCommitter()
    levels = cycle(("SEV1", "SEV2"))

    def transition() -> None:
        session.enter(f"/sev {next(levels)} it is wider or narrower than we thought")

    def in_background() -> float:
        transition()
        begun = used_here()
        committer.submit(attempt)
        committer.drain(60.0)
        seconds = used_here() - begun
        outcome = committer.status().last
        if not isinstance(outcome, Committed):
            raise RuntimeError(f"the transition was not committed: {outcome}")
        return seconds

    def by_hand(*settings: str) -> float:
        transition()
        write_folder(session.folder, render_folder(session.incident))
        begun = used_here()
        for arguments in (["add", "-A"], ["commit", "--quiet", "-m", "m"]):
            subprocess.run(
                ["git", *settings, *arguments, "--", session.id],
                cwd=home.path,
                env=ground.env,
                check=True,
            )
        return used_here() - begun

    def documents() -> float:
        begun = used_here()
        write_folder(session.folder, render_folder(session.incident))
        return used_here() - begun

    subjects = {
        BACKGROUND: in_background,
        GIT: by_hand,
        SYNCHRONISED: lambda: by_hand(*_SAFE),
    }
    try:
        in_turn(ground.sizes.warm_ups, subjects)
        samples = in_turn(ground.sizes.commits, subjects) | in_turn(
            ground.sizes.commits, {PAPER: documents}
        )
    finally:
        committer.close()
    return [
        Row(
            "commit of a transition : `git add` and `git commit`, processor time",
            ratio(samples, BACKGROUND, GIT),
            1.5,
            milliseconds(samples, BACKGROUND, PAPER, GIT),
        ),
        Row(
            "the same : with the two synchronising what they commit",
            ratio(samples, BACKGROUND, SYNCHRONISED),
            1.5,
            milliseconds(samples, BACKGROUND, SYNCHRONISED),
        ),
    ]
