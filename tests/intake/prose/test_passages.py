"""What a record says for fields, by its headings."""

from datetime import UTC

import pytest

from incident_tui.intake import read_timeline

RECORD = """# Outage 2025-03-01
## Summary
Logins failed
for an hour.

Nobody noticed.
## Timeline (UTC)
- 10:00 deploy
- **Impact**: none of it belongs to the fields
## Contributing factors
The usual suspects:
1. no limit on retries
2. no alert
## What went well
TBD
## Action items
### Technical
| What | Who |
|---|---|
| add a limit | ana |
## Appendix
- nothing
"""


def passages_of(text: str) -> list[tuple[str, int, str]]:
    passages = read_timeline(text, default_zone=UTC).passages
    return [(one.name, one.line, one.text) for one in passages]


def test_paragraphs_items_and_rows_below_a_heading_are_its_passages() -> None:
    assert passages_of(RECORD) == [
        ("summary", 3, "Logins failed for an hour."),
        ("summary", 6, "Nobody noticed."),
        ("factors", 12, "no limit on retries"),
        ("factors", 13, "no alert"),
        ("actions", 20, "add a limit"),
    ]


def test_a_word_in_bold_heads_what_is_behind_and_below_it() -> None:
    text = "- **Key events**\n  - Resolved 2025-03-01 10:00\n- **Impact**:\n  - logins failed\n"
    text += "- **Context**: x\n"
    assert passages_of(text) == [("impact", 4, "logins failed")]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("3. Root cause analysis", "cause"), ("Lessons learnt:", "lessons"),
        ("Ursache", "cause"), ("Auswirkungen", "impact"), ("Maßnahmen", "actions"),
        ("Zusammenfassung", "summary"), ("Causes racines", "cause"), ("Résumé", "summary"),
        ("Ce qui a bien fonctionné", "went-well"), ("Lecciones aprendidas", "lessons"),
        ("Causa raíz", "cause"), ("Impacto", "impact"), ("Próximos passos", "actions"),
        ("Lições aprendidas", "lessons"), ("Where we got lucky", "got-lucky"),
        ("What could be said", ""), ("Impact of the moon on tides", ""),
    ],
)  # fmt: skip
def test_headings_in_five_languages(heading: str, name: str) -> None:
    passages = passages_of(f"# Outage\n## {heading}\n- words\n")
    assert passages == ([(name, 3, "words")] if name else [])
