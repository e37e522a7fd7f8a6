"""Whose an action is, when it is due and under which ticket: in columns and in words."""

from datetime import UTC, date

import pytest

from incident_tui.intake import read_timeline

SPRING = date(2025, 3, 28)


def actions(text: str) -> list[tuple[str, str, date | None, str]]:
    passages = read_timeline(text, default_zone=UTC).passages
    return [(one.text, one.owner, one.due, one.ref) for one in passages]


@pytest.mark.parametrize(
    "titles",
    [
        "# | Action item | Owner | Due date | Ticket",
        "No. | What | Assigned to | Deadline | Jira",
        "Nr. | Maßnahme | Verantwortlich | Fällig am | Vorgang",
        "N° | Action | Responsable | Échéance | Tâche",
        "# | Acción | Responsable | Fecha límite | Enlace",
        "# | Ação | Responsável | Prazo | Referência",
    ],
)
def test_a_table_of_actions_says_whose_they_are_and_when_they_are_due(titles: str) -> None:
    table = (
        f"## Action items\n| {titles} |\n|-|-|-|-|-|\n| 1 | test it | @ana | 2025-03-28 | OPS-1 |\n"
    )
    assert actions(table) == [("test it", "ana", SPRING, "OPS-1")]


def test_what_no_title_explains_or_nobody_can_read_stays_in_the_words() -> None:
    table = (
        "## Follow-ups\n| Action | Type | Owner | Due |\n|-|-|-|-|\n| x | prevent | TBD | Q3 |\n"
    )
    assert actions(table) == [("x · prevent · due Q3", "", None, "")]


@pytest.mark.parametrize(
    ("item", "right"),
    [
        ("[ ] @ana test it (OPS-1) by 2025-03-28", ("test it", "ana", SPRING, "OPS-1")),
        ("[x] @ana: test it", ("test it", "ana", None, "")),
        ("test it (owner: Ana, due 2025-03-28)", ("test it", "Ana", SPRING, "")),
        ("test it - Owner: Ana Ruiz", ("test it", "Ana Ruiz", None, "")),
        ("test it (Ana, bis 28.03.2025)", ("test it", "Ana", SPRING, "")),
        ("test it (by hand)", ("test it (by hand)", "", None, "")),
        ("test what was (in 2025) so", ("test what was (in 2025) so", "", None, "")),
        ("step by step 2 of 3", ("step by step 2 of 3", "", None, "")),
    ],
)
def test_the_words_of_an_item_give_only_what_they_mark(
    item: str, right: tuple[str, str, date | None, str]
) -> None:
    assert actions(f"## Next steps\n- {item}\n") == [right]


@pytest.mark.parametrize(
    ("item", "done"),
    [
        ("- [x] test it", True),
        ("- [X] @ana: test it", True),
        ("- ✅ test it", True),
        ("- ~~test it~~", True),
        ("- DONE: test it", True),
        ("- test it (done)", True),
        ("- test it [erledigt]", True),
        ("- [ ] test it", False),
        ("- test what was done", False),
        ("- test it when the others are done.", False),
        ("| Action | Status |\n|-|-|\n| test it | Done |", True),
        ("| Action | Status |\n|-|-|\n| test it | ✅ |", True),
        ("| Maßnahme | Erledigt |\n|-|-|\n| test it | ja |", True),
        ("| Action | Status |\n|-|-|\n| test it | Open |", False),
        ("| Action | Status |\n|-|-|\n| test it | not done yet |", False),
        ("| Action | Owner |\n|-|-|\n| ~~test it~~ | ana |", True),
    ],
)
def test_what_its_author_ticked_off_is_done(item: str, done: bool) -> None:
    passages = read_timeline(f"## Next steps\n{item}\n", default_zone=UTC).passages
    assert [one.done for one in passages] == [done]
    assert "done" not in passages[0].text.lower() or not done
