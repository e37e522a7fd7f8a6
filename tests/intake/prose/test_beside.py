"""What no field has a place for is told, so that nothing of a document is lost without a word."""

from datetime import UTC

import pytest
from hypothesis import example, given, strategies as st

from incident_tui.intake import read_timeline

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
    beside = read_timeline(RECORD, default_zone=UTC).beside
    assert [(one.line, one.last_line, one.heading, one.text) for one in beside] == [
        (3, 3, "", "Written by the team."),
        (4, 4, "Time to repair", "3h 8m"),
        (5, 6, "Noticed", "a user wrote to the channel"),
        (8, 8, "Context", "We were moving."),
        (10, 10, "Resolution", "the disk was enlarged"),
        (11, 11, "Resolution", "logs go elsewhere"),
        (13, 14, "Background", "Two pools share one disk."),
        (16, 19, "Background", "df -h\ndu -s"),
        (22, 22, "Background", "a · 8000"),
        (29, 29, "Action items", "These are ours:"),
    ]


def test_a_field_below_the_timeline_and_the_lines_of_an_item_are_whole() -> None:
    passages = read_timeline(RECORD, default_zone=UTC).passages
    assert [(one.name, one.text) for one in passages] == [
        ("cause", "Retries were unbounded for a day."),
        ("actions", "watch the pool, and tell somebody"),
    ]


MATTER = """---
title: Pool full
date: 2025-03-01
layout: post
Authors:
  - ana
  - ben
started: 2025-03-01T09:00
---
## Timeline (UTC)
- 10:00 deploy
```
one:
    two

three
```
- 10:05 rolled back
"""


def test_fields_of_the_front_matter_that_are_none_of_a_record_are_told() -> None:
    reading = read_timeline(MATTER, default_zone=UTC)
    assert (reading.title, len(reading.rows)) == ("Pool full", 2)
    assert [(one.line, one.last_line, one.heading, one.text) for one in reading.beside] == [
        (4, 4, "layout", "post"),
        (6, 7, "Authors", "ana\nben"),
        (8, 8, "started", "2025-03-01T09:00"),
        (12, 17, "Timeline (UTC)", "one:\n    two\n\nthree"),
    ]


def test_a_title_that_is_only_a_date_and_lines_of_no_field_are_told() -> None:
    fields = "title = '2025-03-01'\n[extra]\ndraft = true\ndate = soon"
    text = f"+++\n{fields}\n+++\n# Pool\n- 10:00 deploy\n"
    reading = read_timeline(text, default_zone=UTC)
    beside = [(one.heading, one.text) for one in reading.beside]
    assert (reading.title, beside) == (
        "Pool",
        [("title", "2025-03-01"), ("", "[extra]"), ("draft", "true"), ("date", "soon")],
    )


def test_words_between_a_day_and_its_rows_are_told() -> None:
    text = "## Timeline\n### 2025-03-01\nTwo were on call.\n| 10:07 | pool empty |"
    reading = read_timeline(text, default_zone=UTC)
    assert [one.text for one in reading.beside] == ["Two were on call."]


@pytest.mark.parametrize("head", ["## Lessons learned", "## More"])
def test_of_a_long_passage_no_word_is_cut(head: str) -> None:
    lines = [f"word{n:04} {'x' * 90}" for n in range(60)]
    for text in ("\n".join(lines), " ".join(lines)):
        reading = read_timeline(f"2025-03-01\n{head}\n\n{text}\n", default_zone=UTC)
        shown = " ".join(one.text for one in [*reading.passages, *reading.beside])
        assert shown == " ".join(lines)


HEADS = ["# Title", "## Impact", "## Timeline", "### Causes", "## Lessons learned", "## More",
         "**Note**", "- **Resolution**:", "### 2025-03-01"]  # fmt: skip
FORMS = ["{}", "- {}", "  - {}", "  {}", "1. {}", "> {}", "```\n{}\n  x\n```", "```", "| {} | x |",
         "- 10:04 {}", "10:05 {}", "**Cause**: {}", "- **Word**: {}",
         "| 10:07 | {} |", "- {}: none"]  # fmt: skip
LINES = st.lists(st.sampled_from([*HEADS, *FORMS, *FORMS, "", "| --- | --- |"]), max_size=14)


FIELDS = st.lists(st.sampled_from(["{}: x", "x: {}", "x = {}", "- {}", "  {}", "title: {}"]))


@given(FIELDS, LINES)
@example(["{}: x", "title: {}"], ["  - {}"])
def test_no_line_of_a_document_is_lost_without_a_word(fields: list[str], below: list[str]) -> None:
    drawn = [*(["---", "date: 2025-03-01", *fields, "---"] if fields else ["2025-03-01"]), *below]
    lines = [line.replace("{}", f"word{n:02}") for n, line in enumerate(drawn)]
    reading = read_timeline("\n".join(lines), default_zone=UTC)
    texts = [reading.title or ""]
    texts += [one.text for one in [*reading.rows, *reading.milestones]]
    texts += [one.text for one in reading.unread]
    texts += [one.text for one in [*reading.passages, *reading.beside]]
    heads = {one.heading for one in reading.beside}
    shown = " ".join([*texts, *heads])
    titles = {cell for n, _ in enumerate(drawn) for cell in _titles_of_tables(lines, n)}
    words = {f"word{n:02}" for n, line in enumerate(drawn) if "{}" in line} - titles
    assert [word for word in sorted(words) if word not in shown] == []


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
