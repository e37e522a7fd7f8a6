"""Telling git how the files of a home are merged: the drivers of a clone, and the attributes.

What the drivers do is `service.merging`'s. See gitattributes(5), "Defining a custom merge driver".
"""

from pathlib import Path

from incident_tui.history import obstacles
from incident_tui.history.repository import GitHome
from incident_tui.history.runner import GitUnavailableError

ATTRIBUTES = ".gitattributes"
LINES = (
    "*/incident.json merge=incident-log",
    *(
        f"*/{page} merge=incident-page"
        for page in (
            "README.md",
            "timeline.md",
            "actions.md",
            "postmortem.md",
            "artifacts/*.md",
            "updates/*.md",
            "checkpoints/*.md",
        )
    ),
)
"""In the home: the log is united, a rendered document is made anew."""
_HEAD = "# Incidents are merged by incident-tui; `incident-tui init` tells a clone how."
_SECONDS = 10.0


def set_up_merging(repository: GitHome, home: Path, program: str) -> bool:
    """Make this clone merge the incidents of `home`; returns whether its attributes changed.

    `program` is how git starts this program. Other lines of the attributes stay as they are.
    Raises GitUnavailableError and OSError.
    """
    for name, does in (("log", "unite two incident logs"), ("page", "render an incident anew")):
        driver = f"merge.incident-{name}"
        for key, value in (
            (f"{driver}.name", does),
            (f"{driver}.driver", f"{program} merge-log %O %A %B %P"),
        ):
            done = repository.runner.run(
                ["config", "--local", key, value],
                cwd=repository.top,
                timeout_seconds=_SECONDS,
            )
            if done.status != 0 or done.timed_out:
                doing = "set up the merge driver"
                raise GitUnavailableError(obstacles.explain(done, doing=doing, top=repository.top))
    return _add_attributes(home / ATTRIBUTES)


def _add_attributes(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
    except FileNotFoundError:
        text = ""
    known = text.splitlines()
    missing = [line for line in LINES if line not in known]
    if not missing:
        return False
    if text and not text.endswith("\n"):
        text += "\n"
    head = [] if _HEAD in known else [_HEAD]
    added = "\n".join([*head, *missing]) + "\n"
    path.write_text(text + added, encoding="utf-8", errors="surrogateescape")
    return True
