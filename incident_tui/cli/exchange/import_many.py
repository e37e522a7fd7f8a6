"""Several files in one run of `import`: each tells its own story, and one report tells of all.

A file that cannot be read keeps no other out. A run that was broken off goes on where it ended when
it is repeated, because rows that are there already are not recorded again.
"""

from collections.abc import Sequence
from pathlib import Path

from incident_tui.cli.exchange.import_preview import plan_data
from incident_tui.cli.exchange.import_steps import (
    Wanted,
    no_rows,
    outcome,
    planned,
    recorded,
    told,
)
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import USAGE, UsageFailure
from incident_tui.cli.frame.foreign_rows import tell_doubts
from incident_tui.cli.frame.output import print_json, print_text, tell
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.report import Data
from incident_tui.domain.values.text import counted


def import_many(
    invocation: Invocation,
    files: Sequence[tuple[Path | None, str]],
    wanted: Wanted,
    as_json: bool,
) -> int:
    """Import each file; the exit code says whether any of them gave nothing."""
    from incident_tui.service.exchange.foreign.import_recording import KnownRows

    known = KnownRows(invocation.service)
    results: list[Data] = []
    for number, (path, shown) in enumerate(files, 1):
        result: Data = {"file": shown, "problem": None}
        try:
            plan = planned(invocation, path, shown, wanted, many=True)
            tell_doubts(plan)
            if not plan.rows:
                raise UsageFailure(no_rows(shown, plan))
            result |= plan_data(plan)
            if wanted.dry_run:
                outcome_told = f"{counted(len(plan.rows), 'row')} would be recorded"
                result |= {"incident": None, "recorded": 0, "known": 0, "taken": []}
            else:
                done = recorded(invocation, plan, wanted, known)
                outcome_told = told(plan, done)
                result |= outcome(done)
                if not wanted.fragment and (done.recorded or done.filled):
                    invocation.commit(done.session)
        except (UsageFailure, Refused) as error:
            outcome_told = str(error)
            result["problem"] = outcome_told
        results.append(result)
        tell(f"{number} of {len(files)}: {shown}: {outcome_told}")
        if not as_json and result.get("incident"):
            print_text(result["incident"])
    totals = totals_of(results)
    if as_json:
        print_json({"files": results, "totals": totals})
    tell(
        f"{counted(totals['files'], 'file')}: {counted(totals['rows'], 'row')} read, "
        f"{totals['doubtful']} of them doubtful, {counted(totals['unread'], 'line')} not read, "
        f"{counted(totals['milestones'], 'milestone')}, "
        f"{totals['agreeing']} of {counted(totals['stated'], 'stated duration')} agreeing; "
        f"{totals['recorded']} recorded, {totals['known']} there already, "
        f"{counted(totals['problems'], 'file')} without rows."
    )
    return USAGE if totals["problems"] == len(results) else 0


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
