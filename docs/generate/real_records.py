"""The page of real records: what the reader makes of published postmortems of other teams.

The records are not part of the project; without them the page stays as it is. It holds figures and
names of files, no sentence of a record.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asked_records import asked
from tables import table

MADE = "<!-- Made by docs/generate from records that INCIDENT_TUI_CORPUS names: `make docs`. -->"
PAGE = Path(__file__).parents[1] / "real-records.md"
HEADS = ("record", "rows", "doubtful", "not read", "milestones", "stated durations agreeing")


def folder() -> Path:
    """Where the published records lie: what INCIDENT_TUI_CORPUS names, or beside the project."""
    return Path(os.environ.get("INCIDENT_TUI_CORPUS") or "../shared/corpus")


def real_records() -> str:
    """The report of `incident-tui import` over the records, into a home that is asked then."""
    files = sorted(folder().resolve().glob("*__*"))
    if not files:
        return PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    with TemporaryDirectory() as folder_of_user:
        report = json.loads(_imported(files, folder_of_user, "--over", "--json"))
        answers = asked(Path(folder_of_user, "incidents"))
    totals = report["totals"]
    body = ["# Real records", MADE, ""]
    body += [
        "What `incident-tui import --over --json` reads in published postmortems of other "
        "teams, whose timelines nobody wrote for it. A doubtful row says why; a line that is not "
        "read is told with its number. A stated duration is what an author wrote, beside what "
        "the rows give.",
        "",
        f"{totals['files']} records, {totals['problems']} of them without rows.",
        "",
        *table(HEADS, [*map(_row, report["files"]), _total(totals)]),
        "",
        "## Asked of them",
        "",
        "What somebody might ask of a home that holds all of them (`import --over`), and at which "
        "place stands the first record that the question meant. Where no entry holds all words, "
        "`search` tells the incidents that hold most of what the words mean, and says so.",
        "",
        *answers,
        "",
    ]
    return "\n".join(body)


def _imported(files: list[Path], home: str, *options: str) -> str:
    """What `incident-tui import` prints of the files; the home is that of a user of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "incident_tui", "import", *options, "--zone", "UTC",
         *map(str, files)],
        env={"HOME": home, "INCIDENT_TUI_HOME": f"{home}/incidents", "TZ": "UTC",
             "LC_ALL": "C.UTF-8", "PATH": home},  # without git: nobody looks at the commits
        cwd=PAGE.parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def _row(one: dict[str, Any]) -> tuple[str, ...]:
    rows, stated = one.get("rows", []), one.get("stated", [])
    agreed = sum(each["agrees"] is True for each in stated)
    return (
        f"`{Path(one['file']).name}`",
        str(len(rows)),
        str(sum(bool(row["flags"]) for row in rows)),
        str(len(one.get("unread", []))),
        str(sum(row["milestone"] is not None for row in rows)),
        f"{agreed} of {len(stated)}" if stated else "",
    )


def _total(totals: dict[str, Any]) -> tuple[str, ...]:
    counts = [str(totals[name]) for name in ("rows", "doubtful", "unread", "milestones")]
    return ("all together", *counts, f"{totals['agreeing']} of {totals['stated']}")
