"""A number that a line names: every command that takes one finds it, or says the same of it."""

import pytest

from incident_tui.domain import discovery
from incident_tui.domain.core import commands, line_grammar
from incident_tui.domain.core.commands import Command, LineError
from incident_tui.domain.core.events import Entry
from incident_tui.domain.core.line_grammar import Line, format_line
from tests.support.incidents import Story
from tests.support.playbooks.engine import baking, mends, refusal

discovery.load()
NUMBERED = [
    form for form in commands.every_command() if any(part.kind == "number" for part in form.parts)
]
# What brings the first of each -> how one is called, the line that mends, the commands for it.
ITEMS = {
    "? gas": ("hypothesis", "? …", {"/hyp", "/fix"}),
    "> flour": (
        "change",
        "> …",
        {"/verify", "/fail", "/undone", "/reverse", "/keep"},
    ),
    "+ oven": ("action item", "+ … owner:NAME", {"/act"}),
    "/guardrail two bakers": ("guardrail", "/guardrail …", {"/lift"}),
    "/question who?": ("question", "/question …", {"/answer"}),
}
OF_ITEMS = {lead: (made, *item[:2]) for made, item in ITEMS.items() for lead in item[2]}
ENTRIES = {"/retract", "/amend", "/source", "/restrict", "/star", "/aside", "/unstar"}
"""Commands for entries that count."""
ALL_ENTRIES = {"/redact", "/keep-secret", "/purged"}
"""Commands for entries whether or not they count: their words are there all the same."""


def typed(form: Command, number: int | str) -> str:
    """The command with that number, and a word wherever else it wants one."""
    required = [part for part in form.parts if part.kind != "literal" and not part.optional]
    return format_line(Line(form, {part.name: "x" for part in required} | {"n": str(number)}))


def table(*leads: str) -> pytest.MarkDecorator:
    """Every form of these commands, of all that take a number where none is named."""
    forms = [form for form in NUMBERED if not leads or form.lead in leads]
    return pytest.mark.parametrize("form", forms, ids=[form.syntax for form in forms])


def test_each_command_that_takes_a_number_is_in_one_of_the_tables() -> None:
    assert {form.lead for form in NUMBERED} == {*OF_ITEMS, *ENTRIES, *ALL_ENTRIES}


@table()
@pytest.mark.parametrize("number", ["0", "-1", "#0", "x", "1.5", "12345678"])
def test_what_is_no_number_is_told_with_its_column(form: Command, number: str) -> None:
    line = typed(form, number)
    with pytest.raises(LineError, match="a number is expected") as error:
        line_grammar.parse(line)
    assert line[error.value.column :].startswith(number)


@table(*OF_ITEMS)
def test_a_number_is_refused_with_the_line_that_brings_the_first(form: Command) -> None:
    _, what, mend = OF_ITEMS[form.lead]
    refused = refusal(baking(), typed(form, 1))
    assert refused.message == f"there is no {what} 1: none is on record yet"
    assert mends(refused) == [mend]
    assert line_grammar.parse(mend.replace("…", "x")).command.name


@table(*OF_ITEMS)
def test_a_number_past_the_last_is_refused_with_how_far_they_go(form: Command) -> None:
    made, what, mend = OF_ITEMS[form.lead]
    refused = refusal(baking(made, made), typed(form, 9))
    assert refused.message == f"there is no {what} 9: they go to 2"
    assert mends(refused) == [mend]


@table(*OF_ITEMS)
@pytest.mark.parametrize("number", ["3", "#3"])
def test_the_number_of_an_entry_is_answered_with_that_of_its_item(
    form: Command, number: str
) -> None:
    made, what, _ = OF_ITEMS[form.lead]
    refused = refusal(baking(made, made), typed(form, number))
    assert refused.message == f"there is no {what} 3: they go to 2; #3 is {what} 2"


@table(*OF_ITEMS)
def test_an_item_that_was_retracted_has_no_number_any_more(form: Command) -> None:
    made, what, _ = OF_ITEMS[form.lead]
    story = baking(made, "/retract 2 a mistake")
    assert refusal(story, typed(form, 1)).message == f"there is no {what} 1: none is on record yet"


@pytest.mark.parametrize("made", ITEMS)
def test_what_follows_a_retracted_item_moves_up_and_the_retracted_one_is_told_without_number(
    made: str,
) -> None:
    story = baking(made, made, "/retract 2 a mistake")
    first, second = [row_of(story, entry) for entry in story.incident.entries[1:3]]
    text = made.split(maxsplit=1)[1]
    assert first == text
    assert second in (f"1 {text}", f"1 {text} (in flight)")


def row_of(story: Story, entry: Entry) -> str:
    return entry.event.tell(entry, story.incident)


@pytest.mark.parametrize("number", ["9", "0", "x", "#9", "-1", "123456789"])
def test_a_factor_that_is_not_there_is_refused_in_the_same_words(number: str) -> None:
    refused = refusal(baking("/factor oven old"), f"+ a second oven factor:{number}")
    assert refused.message == f"there is no contributing factor {number}: they go to 1"
    assert mends(refused) == ["/factor oven …"]


@table(*ENTRIES, *ALL_ENTRIES)
def test_an_entry_past_the_last_is_refused_with_how_far_they_go(form: Command) -> None:
    assert refusal(baking("a"), typed(form, 9)).message == "there is no entry 9: they go to 2"


@table(*ENTRIES)
def test_an_entry_that_was_retracted_is_refused_with_what_took_it_back(form: Command) -> None:
    refused = refusal(baking("= heat 20", "/retract 2 wrong"), typed(form, 2))
    assert refused.message == "#2 does not count any more: #3 took it back"


@pytest.mark.parametrize("lead", sorted(ALL_ENTRIES - {"/purged"}))
def test_the_words_of_a_retracted_entry_can_still_be_dealt_with(lead: str) -> None:
    (entry,) = baking("a", "/retract 2 wrong").say(f"{lead} 2 x")
    assert getattr(entry.event, "target", "") == "e00002"


def test_completion_offers_the_numbers_with_what_they_stand_for() -> None:
    story = baking("? gas", "? flour", "/hyp 2 refute sieved", "/question who?", "/factor oven old")
    offered = {
        placeholder: commands.choices_for(placeholder, story.incident)
        for placeholder in ("/hyp N", "/answer N", "factor", "/redact N")
    }
    assert offered["/hyp N"] == [("1", "gas (open)"), ("2", "flour (refuted)")]
    assert offered["/answer N"] == [("1", "who?")]
    assert offered["factor"] == [("1", "old")]
    assert offered["/redact N"][0] == ("6", "oven: old")


@table(*OF_ITEMS, "/retract", "/amend", "/source", "/redact")
def test_completion_knows_what_the_number_can_be(form: Command) -> None:
    story = baking(OF_ITEMS[form.lead][0] if form.lead in OF_ITEMS else "= heat 20")
    if form.lead == "/fix":
        story.say("/hyp 1 confirm it smells")
    offered = [number for number, _ in commands.choices_for(f"{form.lead} N", story.incident)]
    assert ("1" if form.lead in OF_ITEMS else "2") in offered
