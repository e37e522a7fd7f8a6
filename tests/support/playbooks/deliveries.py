"""A home whose repository has a remote, under a small invented playbook that waits for reviewers.

Git and `gh` get an environment that holds nothing of the tester's.
"""

from datetime import timedelta
from pathlib import Path

from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.service import Declaration, IncidentSession, Service
from incident_tui.store.config import MARKER
from incident_tui.store.files.user_folders import state_root
from incident_tui.store.home import Home
from tests.support.git import environment, git, start
from tests.support.incidents import DECLARED_AT
from tests.support.world import Clock, make_world

PLAYBOOK = """\
id = "bakery"
title = "Bakery"
purpose = "Bread is late."
law = "First bread, then blame for nobody."
layers = [{ id = "oven", title = "Oven" }, { id = "plan", title = "Plan" }]
mitigation-kinds = [{ id = "rebake", title = "bake again" }]
action-classes = [{ id = "prevent", title = "never again" }]

[[severities]]
id = "HIGH"
title = "no bread"
criteria = "nobody eats"
example = "oven cold"
respond-within = "now"
update-every = "30m"

[[hats]]
id = "lead"
title = "Lead"
duty = "Decides."
commands = true

[[stages]]
id = "look"
title = "Look around"
purpose = "what is it"
review = "none"

[[stages]]
id = "learn"
title = "Learn"
purpose = "why"
review = "external"
checks = [{ id = "factors.named" }]
produces.id = "lesson"
produces.title = "Lesson"
produces.fields = [{ id = "moral", title = "Moral", required = false }]

[[stages]]
id = "after"
title = "Afterwards"
purpose = "clean up"
review = "none"

[messages]
initial = "{title}, {severity}: {users}."
update = "{status}; {doing}"
resolution = "Over: {services}."
"""
REVIEW = ("/advance", "/factor oven too old", "/advance")
"""As far as the review by somebody else."""


class Bakery:
    """A home in a repository with a bare remote; `room` is its incident, typed by ana."""

    def __init__(self, base: Path, *, protected: bool = False, settings: str = "") -> None:
        self.base = base
        self.clock = Clock(DECLARED_AT, timedelta(minutes=1))
        self.env = environment(base)
        self.top = base / "repository"
        self.bare = base / "origin.git"
        start(self.top)
        start(self.bare, bare=True)
        (self.top / "code.py").write_text("print(1)\n")
        self.git("add", "code.py")
        self.git("commit", "--quiet", "-m", "code")
        self.git("remote", "add", "origin", str(self.bare))
        self.git("push", "--quiet", "origin", "main")
        self.path = self.top / "incidents"
        (self.path / "playbooks").mkdir(parents=True)
        (self.path / "playbooks" / "bakery.toml").write_text(PLAYBOOK)
        (self.path / MARKER).write_text(f'playbook = "bakery"\n{settings}')
        self.world = make_world(self.top, self.clock, self.env)
        self.home = Home(self.path, state_root(self.env))
        service = Service(self.home, self.world, "ana", version="0")
        self.session: IncidentSession = service.declare(
            Declaration("Bread is late", protected=protected)
        )

    def say(self, *lines: str) -> None:
        """Type log lines."""
        for line in lines:
            self.session.enter(sure(parse(line)))

    def git(self, *words: str, cwd: Path | None = None, **extra: str) -> str:
        """What the user's own git prints."""
        return git(*words, cwd=cwd or self.top, env=self.env | extra).strip()

    def there(self, *words: str) -> str:
        """What git prints in the remote repository."""
        return self.git(*words, cwd=self.bare)

    @property
    def branch(self) -> str:
        return f"incident/{self.session.id}"

    def merge(self, *options: str, by: str = "Ben", email: str = "ben@example.org") -> None:
        """Somebody merges the branch in the remote; `--squash` is followed by a commit."""
        place = self.base / "clone"
        who = {
            "GIT_AUTHOR_NAME": by,
            "GIT_AUTHOR_EMAIL": email,
            "GIT_COMMITTER_NAME": by,
            "GIT_COMMITTER_EMAIL": email,
        }
        self.git("clone", "--quiet", str(self.bare), str(place))
        chosen = options or ("--no-ff", "-m", "Merge it")
        self.git("merge", "--quiet", *chosen, f"origin/{self.branch}", cwd=place, **who)
        if "--squash" in options:
            self.git("commit", "--quiet", "-m", "Squashed", cwd=place, **who)
        self.git("push", "--quiet", "origin", "main", cwd=place)

    def gh(self, script: str) -> Path:
        """Put a `gh` on the PATH that runs `script`; gives the file of the words it was given."""
        place = self.base / "bin"
        place.mkdir()
        words = self.base / "gh-words"
        program = place / "gh"
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" -- >> "{words}"\n{script}\n')
        program.chmod(0o755)
        self.env["PATH"] = f"{place}:{self.env['PATH']}"
        return words
