"""Several files in one run of `import`: each tells its own story, and one report tells of all.

A file that cannot be read keeps no other out. A run that was broken off goes on where it ended when
it is repeated, because rows that are there already are not recorded again.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from incident_tui.cli.exchange.import_preview import plan_data
from incident_tui.cli.exchange.import_steps import (
    Wanted,
    no_rows,
    outcome,
    outcome_text,
    planned,
    recorded,
)
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import STOPPED, USAGE, UsageFailure
from incident_tui.cli.frame.foreign_rows import tell_doubts
from incident_tui.cli.frame.output import print_json, print_text, tell
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import counted

if TYPE_CHECKING:
    from incident_tui.service.exchange.foreign.recorded_import import KnownRows


def import_many(
    invocation: Invocation,
    files: Sequence[tuple[Path | None, str]],
    wanted: Wanted,
    as_json: bool,
) -> int:
    """Import each file; the exit code says whether any of them gave nothing, or it was stopped."""
    from incident_tui.service.exchange.foreign.recorded_import import KnownRows

    known = KnownRows(invocation.service)
    results: list[Data] = []
    stopped = False
    try:
        for number, (path, shown) in enumerate(files, 1):
            result, answer = _one(invocation, path, shown, wanted, known)
            results.append(result)
            tell(f"{number} of {len(files)}: {shown}: {answer}")
            if not as_json and result.get("incident"):
                print_text(result["incident"])
    except KeyboardInterrupt:
        stopped = True
    totals = totals_of(results)
    if as_json:
        print_json({"files": results, "totals": totals})
    _tell_totals(totals)
    if stopped:
        tell(
            f"Stopped after {len(results)} of {counted(len(files), 'file')}. "
            "The same command goes on from there: what is recorded is not recorded again."
        )
        return STOPPED
    return USAGE if totals["problems"] == len(results) else 0


def _one(
    invocation: Invocation, path: Path | None, shown: str, wanted: Wanted, known: "KnownRows"
) -> tuple[Data, str]:
    """What became of one file, for the report and in a sentence."""
    result: Data = {"file": shown, "problem": None}
    try:
        plan = planned(invocation, path, shown, wanted, many=True)
        tell_doubts(plan)
        if not plan.rows:
            raise UsageFailure(no_rows(shown, plan))
        result |= plan_data(plan)
        if wanted.dry_run:
            result |= {"incident": None, "recorded": 0, "known": 0, "taken": []}
            return result, f"{counted(len(plan.rows), 'row')} would be recorded"
        done = recorded(invocation, plan, wanted, known)
        result |= outcome(done)
        if not wanted.fragment:  # a run that was broken off may have recorded and not committed
            invocation.commit(done.session)
        return result, outcome_text(plan, done)
    except (UsageFailure, Refused) as error:
        return result | {"problem": str(error)}, str(error)


def _tell_totals(totals: Data) -> None:
    tell(
        f"{counted(totals['files'], 'file')}: {counted(totals['rows'], 'row')} read, "
        f"{totals['doubtful']} of them doubtful, {counted(totals['unread'], 'line')} not read, "
        f"{counted(totals['milestones'], 'milestone')}, "
        f"{totals['agreeing']} of {counted(totals['stated'], 'stated duration')} agreeing; "
        f"{totals['recorded']} recorded, {totals['known']} there already, "
        f"{counted(totals['problems'], 'file')} without rows."
    )


def totals_of(results: Sequence[Data]) -> Data:
    """The numbers of a run, over all of its files."""
    rows = [row for result in results for row in result.get("rows", ())]
    return {
        "files": len(results),
        "problems": sum(result["problem"] is not None for result in results),
        "rows": len(rows),
        "doubtful": sum(bool(row["flags"]) for row in rows),
        "unread": sum(len(result.get("unread", ())) for result in results),
        "milestones": sum(row["milestone"] is not None for row in rows),
        "stated": sum(len(result.get("stated", ())) for result in results),
        "agreeing": sum(one["agrees"] is True for r in results for one in r.get("stated", ())),
        "recorded": sum(result.get("recorded", 0) for result in results),
        "known": sum(result.get("known", 0) for result in results),
    }
