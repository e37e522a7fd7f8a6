"""The published shape of a report holds for records of others, whatever was taken from them."""

from datetime import date
from itertools import product

import pytest
from msgspec.structs import replace

from incident_tui.domain.learning.quotes import Quotes
from incident_tui.service.exchange.foreign.import_fields import ALL, names_taken
from incident_tui.service.exchange.foreign.recorded_import import import_new
from incident_tui.service.exchange.foreign.timeline_import import plan_import
from tests.intake.test_made_up_records import cases
from tests.service.conftest import Bench
from tests.service.exchange.test_report_schema import fits
from tests.support.thorough import thorough

WHOLE = """\
---
title: Logins fail
date: 2025-03-01
team: store
---
Written by two of us.

## Summary
Logins failed for an hour.
## Impact
- 12 % of logins
## Root cause
Retries were unbounded.
## Timeline (UTC)
- 10:00 deploy
- 10:05-10:20 looked at the pool
- ~11:00 fine again
## Resolution
The pool was enlarged:
```
pool set 40
  --now
```
| Pool | Size |
| --- | --- |
| a | 40 |
## What went well
- the pager
## Where we got lucky
- it was early
## Action items
- [x] alert on the pool (ana)
- [ ] bound the retries, due 2025-03-20
"""
RECORDS = {case.name: (case.text, case.days.get("day")) for case in cases()[::20]}
RECORDS["whole"] = (WHOLE, None)


@pytest.mark.parametrize(
    ("over", "take", "record"),
    thorough(product([False, True], ["", "rest", ALL], RECORDS), one_in=4),
)
def test_the_report_of_an_imported_record_fits_the_published_schema(
    bench: Bench, record: str, take: str, *, over: bool
) -> None:
    text, day = RECORDS[record]
    plan = plan_import(bench.service, text, f"{record}.md", day=day)
    plan = replace(plan, take=names_taken(plan.passages, [take], lenient=True))
    fits(import_new(bench.service, plan, over=over).session.incident)


def test_what_is_taken_of_a_whole_record_is_in_its_report(bench: Bench) -> None:
    plan = plan_import(bench.service, WHOLE, "whole.md", day=date(2025, 3, 1))
    plan = replace(plan, take=names_taken(plan.passages, ["rest"]))
    incident = import_new(bench.service, plan, over=True).session.incident
    assert [(event.heading, event.text) for _, event in incident.of(Quotes).items] == [
        ("team", "store"),
        ("", "Written by two of us."),
        ("Resolution", "The pool was enlarged:"),
        ("Resolution", "pool set 40\n  --now"),
        ("Resolution", "a · 40"),
    ]
    fits(incident)
