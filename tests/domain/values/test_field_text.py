"""How the text of a field reads: items, rows of a table, ticks and links."""

import pytest
from hypothesis import given, strategies as st

from incident_tui.domain.learning.postmortem import is_light
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.values.field_text import cells_of, is_link, items_of, tick_of, with_tick
from incident_tui.domain.values.playbook import Field
from tests.support.incidents import Story, playbook, story


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("", []),
        ("one", ["one"]),
        ("one; two", ["one", "two"]),
        ("one; two\nthree", ["one; two", "three"]),
        (" one \n\n two ", ["one", "two"]),
        (";;", []),
    ],
)
def test_in_older_logs_lines_separate_items_and_semicolons_do_on_a_single_line(
    text: str, items: list[str]
) -> None:
    assert items_of(text) == items


@given(st.lists(st.text(st.characters(exclude_characters=";", min_codepoint=33), min_size=1)))
def test_items_written_one_a_line_are_read_back(items: list[str]) -> None:
    items = [item for item in items if item.strip() == item and len(item.splitlines()) == 1]
    assert items_of("\n".join(items)) == items


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("5xx: 12 % -> 0.4 %", ("5xx", "12 %", "0.4 %")),
        ("rolled back -> falling", ("rolled back", "falling")),
        ("note: nothing happened", ("note: nothing happened",)),
        ("a -> b -> c", ("a", "b -> c")),
        ("a->b", ("a->b",)),
    ],
)
def test_in_older_logs_rows_are_cut_at_their_arrows(row: str, cells: tuple[str, ...]) -> None:
    assert cells_of(row) == cells


@pytest.mark.parametrize(
    ("item", "ticked", "text"),
    [
        ("[x] done @ana", True, "done @ana"),
        ("[X] done", True, "done"),
        ("[ ] open", False, "open"),
        ("[] open", False, "open"),
        ("- [x] from a document", True, "from a document"),
        ("no box", False, "no box"),
        ("[/] no box either", False, "[/] no box either"),
    ],
)
def test_a_box_says_whether_an_item_is_ticked(item: str, ticked: bool, text: str) -> None:
    assert tick_of(item) == (ticked, text)


@given(st.text(max_size=20), st.booleans())
def test_a_tick_that_was_set_is_read_back(text: str, ticked: bool) -> None:
    boxed = with_tick(text.strip(), ticked)
    assert tick_of(boxed)[0] == ticked
    assert with_tick(boxed, not ticked)[1] == (" " if ticked else "x")


LINKS = ["https://wiki.example.org/a?b=c#d", "HTTP://x.org", "docs/pm.md", "a b/c d.md", "pm.md"]
NO_LINKS = ["javascript:alert(1)", "file:///etc/passwd", "https://", "https:// x", "two words", ""]


@pytest.mark.parametrize("text", LINKS)
def test_addresses_and_paths_are_links(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize("text", [*NO_LINKS, "https://a.org\nhttps://b.org"])
def test_other_schemes_and_prose_are_none(text: str) -> None:
    assert not is_link(text)


def test_what_the_log_says_can_be_asked_for_beside_what_was_typed() -> None:
    outage = story(1)
    stage = outage.incident.playbook.stages[0]
    assert stage.produces is not None
    field = next(field for field in stage.produces.fields if field.source == "impact.users")
    from_log = outage.incident.of(Artifacts).from_log(field)
    outage.say(f"/set {field.id} typed by hand")
    artifacts = outage.incident.of(Artifacts)
    value = next(value for value in artifacts.values(stage) if value.field == field)
    assert (value.text, value.given) == ("typed by hand", True)
    assert artifacts.from_log(field) == from_log == "12 % of checkouts in eu-west"


def test_the_log_is_silent_about_a_choice_in_words_of_its_own() -> None:
    outage = Story()
    field = Field(id="x", title="X", type="choice", choices=("up",), source="lifecycle.status")
    assert outage.incident.of(Artifacts).from_log(field) == ""


@pytest.mark.parametrize(
    ("name", "level", "light"),
    [
        ("command", "low", True),
        ("command", "high", False),
        ("command", "", False),
        ("war-room", "SEV4", False),
    ],
)
def test_a_light_postmortem_will_do_where_the_playbook_names_the_severity(
    name: str, level: str, light: bool
) -> None:
    outage = Story(playbook(name))
    if level:
        outage.say(f"/sev {level}")
    assert is_light(outage.incident) == light
