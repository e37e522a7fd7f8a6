"""What no field has a place for is told, so that nothing of a document is lost without a word."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_tui.intake import read_timeline
from incident_tui.intake.prose.beside import CODE

RECORD = """# Outage 2025-03-01

Written by the team.
- **Time to repair**: 3h 8m
- **Noticed**: a user wrote
  to the channel
- **Context**:
We were moving.
- **Resolution**:
  - the disk was enlarged
  - logs go elsewhere
## Background
Two pools share
one disk.

```
df -h
du -s
```
| Pool | Size |
|---|---|
| a | 8000 |
## Timeline (UTC)
- 10:00 deploy
### Root cause
Retries were unbounded
for a day.
## Action items
These are ours:
- watch the pool,
  and tell somebody
"""


def test_each_passage_is_told_below_what_it_stands_under() -> None:
    found = read_timeline(RECORD, default_zone=UTC).beside
    assert [(one.line, one.last_line, one.heading, one.text) for one in found] == [
        (3, 3, "", "Written by the team."),
        (4, 4, "Time to repair", "3h 8m"),
        (5, 6, "Noticed", "a user wrote to the channel"),
        (8, 8, "Context", "We were moving."),
        (10, 10, "Resolution", "the disk was enlarged"),
        (11, 11, "Resolution", "logs go elsewhere"),
        (13, 14, "Background", "Two pools share one disk."),
        (16, 19, "Background", CODE),
        (22, 22, "Background", "a · 8000"),
        (29, 29, "Action items", "These are ours:"),
    ]


def test_a_field_below_the_timeline_and_the_lines_of_an_item_are_whole() -> None:
    found = read_timeline(RECORD, default_zone=UTC).passages
    assert [(one.name, one.text) for one in found] == [
        ("cause", "Retries were unbounded for a day."),
        ("actions", "watch the pool, and tell somebody"),
    ]


HEADS = ["# Title", "## Impact", "## Timeline", "### Causes", "## Lessons learned", "## More",
         "**Note**", "- **Resolution**:", "### 2025-03-01"]  # fmt: skip
FORMS = ["{}", "- {}", "  - {}", "  {}", "1. {}", "> {}", "| {} | x |", "- 10:04 {}", "10:05 {}",
         "**Cause**: {}", "- **Word**: {}", "| 10:07 | {} |", "- {}: none"]  # fmt: skip
LINES = st.lists(st.sampled_from([*HEADS, *FORMS, *FORMS, "", "| --- | --- |"]), max_size=14)


@given(LINES)
def test_no_line_of_a_document_is_lost_without_a_word(drawn: list[str]) -> None:
    lines = [line.replace("{}", f"word{n:02}") for n, line in enumerate(drawn)]
    reading = read_timeline("\n".join(["2025-03-01", *lines]), default_zone=UTC)
    texts = [reading.title or ""]
    texts += [one.text for one in [*reading.rows, *reading.milestones]]
    texts += [one.text for one in reading.unread]
    texts += [one.text for one in [*reading.passages, *reading.beside]]
    heads = {one.heading for one in reading.beside}
    told = " ".join([*texts, *heads])
    titles = {cell for n, _ in enumerate(drawn) for cell in _titles_of_tables(lines, n)}
    words = {f"word{n:02}" for n, line in enumerate(drawn) if "{}" in line} - titles
    assert [word for word in sorted(words) if word not in told] == []


def _titles_of_tables(lines: list[str], at: int) -> list[str]:
    """The words of a line that only names the columns of the table below it."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    heads = lines[at].startswith("|") and below == "| --- | --- |"
    return lines[at].strip("| ").split(" | ") if heads else []


@pytest.mark.parametrize(
    "text", ["10:00 ana: down\n10:01 ben: looking\n", "time,text\n2025-03-01 10:00,down\n", ""]
)
def test_chats_and_files_of_programs_have_nothing_beside(text: str) -> None:
    assert read_timeline(text, default_zone=UTC).beside == []
