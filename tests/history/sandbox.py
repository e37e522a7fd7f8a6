"""A home in a repository of its own, with an environment that holds nothing of the tester's."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from incident_tui.history import (
    CommitOptions,
    CommitRequest,
    GitHome,
    Outcome,
    Pending,
    commit,
    open_or_create,
)
from tests.support.git import REAL_GIT, environment, git, start

MOMENT = datetime(2026, 11, 20, 14, 2, 7, tzinfo=UTC)


class Sandbox:
    """A repository at ``top`` with an incident folder in it; ``env`` is all that git gets."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.settings = base / "gitconfig"
        self.env = environment(base)
        self.top = base / "home"
        start(self.top)
        self.folder = self.top / "2026-11-20-checkout-5xx"
        self.write("incident.json", '{"entries": 1}\n')
        self.write("README.md", "# Checkout 5xx\n")

    def write(self, name: str, text: str) -> Path:
        """A file of the incident folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    def configure(self, text: str) -> None:
        """Add to the user's own settings of git."""
        with self.settings.open("a") as file:
            file.write(text)

    def git(self, *arguments: str, cwd: Path | None = None, ok: tuple[int, ...] = (0,)) -> str:
        """What the user's own git prints."""
        return git(*arguments, cwd=cwd or self.top, env=self.env, ok=ok)

    def first_commit(self) -> None:
        """Something of the user's own in the history, outside the incident folder."""
        (self.top / "code.py").write_text("print(1)\n")
        self.git("add", "code.py")
        self.git("commit", "--quiet", "-m", "code")

    def open(self, env: Mapping[str, str] | None = None) -> GitHome:
        return open_or_create(self.top, create=False, env=env or self.env)

    def request(
        self,
        *,
        folder: Path | None = None,
        subject: str = "checkout-5xx: Triage → Mitigate",
        body: str = "",
        trailers: tuple[tuple[str, str], ...] = (),
        person: tuple[str, str] | None = None,
        mark: int = 7,
        leave_out: tuple[str, ...] = (),
    ) -> CommitRequest:
        return CommitRequest(
            folder=folder or self.folder,
            subject=subject,
            moment=MOMENT,
            mark=mark,
            body=body,
            trailers=trailers,
            person=person,
            leave_out=leave_out,
        )

    def commit(
        self, request: CommitRequest | None = None, *, options: CommitOptions | None = None
    ) -> Outcome:
        """One attempt on a freshly opened repository."""
        return commit(self.open(), request or self.request(), options=options)

    def reason(self, *, options: CommitOptions | None = None) -> str:
        """Why an attempt came to nothing; fails when it did not."""
        outcome = self.commit(options=options)
        assert isinstance(outcome, Pending), outcome
        return outcome.reason

    def fake_git(self, when: str, then: str) -> None:
        """Put a git on the PATH that runs ``then`` in a shell when ``when`` is among its words.

        Everything else goes to the real one.
        """
        place = self.base / "fake"
        place.mkdir(exist_ok=True)
        script = place / "git"
        script.write_text(
            f'#!/bin/sh\nREAL="{REAL_GIT}"\n'
            f'for word in "$@"; do\nif [ "$word" = "{when}" ]; then\n{then}\nfi\ndone\n'
            'exec "$REAL" "$@"\n'
        )
        script.chmod(0o755)
        self.env["PATH"] = f"{place}:{os.environ['PATH']}"

    def files_in_head(self) -> list[str]:
        return self.git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")[:-1]
