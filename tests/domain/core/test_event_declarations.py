"""What each event says about itself, and that nothing elsewhere says it a second time."""

import ast
import re
import types
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin

import msgspec
import pytest

from incident_tui.domain import discovery
from incident_tui.domain.core import typed_text
from incident_tui.domain.core.events import (
    About,
    Correction,
    Emphasis,
    Entry,
    Event,
    UnknownEvent,
    Words,
    event_types,
    facts,
    fold,
)
from incident_tui.domain.core.field_contents import contents
from incident_tui.domain.core.named_events import NamedEvent
from incident_tui.domain.values.playbook import Playbook
from tests.support.incidents import Story
from tests.support.playbooks.engine import bakery
from tests.support.strategies.events import sample

discovery.load()
EVENTS = event_types()
ROOT = Path(__file__).parents[3]
AT = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
HOLDS = {"words", "reference", "person", "file name", "digest"}
FACTS = [
    name
    for name, value in vars(Event).items()
    if not name.startswith("_") and (isinstance(value, bool) or name in ("emphasis", "about"))
]


def texts_in(annotation: Any) -> Iterator[str]:
    """What each text in an annotation was declared to hold; empty where nothing was said."""
    if get_origin(annotation) is Annotated:
        base, *marks = get_args(annotation)
        if base is str:
            extra = [mark.extra or {} for mark in marks if isinstance(mark, msgspec.Meta)]
            yield str(extra[0].get("holds", "") if extra else "")
        return
    if annotation is str:
        yield ""
    elif get_origin(annotation) in (Union, types.UnionType, dict, tuple, list):
        for part in get_args(annotation):
            yield from texts_in(part)


@pytest.mark.parametrize("tag", sorted(EVENTS))
def test_every_text_of_an_event_says_whether_people_typed_it(tag: str) -> None:
    for field in msgspec.structs.fields(EVENTS[tag]):
        for holds in texts_in(field.type):
            assert holds in HOLDS, f"{tag}: say what {field.name} holds: Words, Reference, …"


@pytest.mark.parametrize("tag", sorted(EVENTS))
def test_texts_stand_where_redaction_looks_for_them(tag: str) -> None:
    """In a field of one text, or in a table: in no list."""
    for field in msgspec.structs.fields(EVENTS[tag]):
        assert get_origin(field.type) not in (tuple, list, set, frozenset), f"{tag}: {field.name}"


@pytest.mark.parametrize("tag", sorted(EVENTS))
def test_an_event_that_carries_words_loses_them_all_when_it_is_withheld(tag: str) -> None:
    typed = [
        field.name
        for field in msgspec.structs.fields(EVENTS[tag])
        if get_origin(field.type) is not dict and "words" in texts_in(field.type)
    ]
    event = sample(EVENTS[tag], **{name: f"said in {name}" for name in typed})
    entry = Entry("e1", 1, AT, AT, "ana", event)
    withheld = typed_text.without_text(entry, "withheld").event
    assert withheld == sample(EVENTS[tag], **dict.fromkeys(typed, "withheld"))


class Undeclared(Event, frozen=True, tag=False):
    """Of a concept that says nothing about its fields."""

    label: str
    note: str | None = None


def test_a_text_that_nobody_declared_is_taken_for_words_and_removed() -> None:
    entry = Entry("e1", 1, AT, AT, "ana", Undeclared("hunter2", note="of eve"))
    assert typed_text.typed_texts(entry) == ["hunter2", "of eve"]
    assert typed_text.without_text(entry, "-").event == Undeclared("-", note="-")


def test_a_fact_is_spelt_as_the_event_base_spells_it() -> None:
    known = {*FACTS, "kind", "lead", "restores", "does", "names", "listed_in"}
    for tag, event in EVENTS.items():
        for base in event.__mro__[: event.__mro__.index(Event)]:
            declared = {
                name
                for name, annotation in vars(base).get("__annotations__", {}).items()
                if get_origin(annotation) is ClassVar or "ClassVar" in str(annotation)
            }
            assert declared <= known, f"{tag}: no base declares {declared - known}"
        assert event.emphasis in get_args(Emphasis)
        assert event.about in get_args(About)
        assert event.kind != Event.kind, f"{tag}: say the word that the timeline shows"
        if issubclass(event, NamedEvent):
            assert event.names in event.__struct_fields__, f"{tag}: it has no field {event.names}"
            assert {event.listed_in} <= {"", *Playbook.__struct_fields__}


@pytest.mark.parametrize("declared", [{"in_storey": True}, {"act": "yes"}, {"label": "a name"}])
def test_what_is_no_fact_of_events_is_refused_where_it_is_declared(
    declared: dict[str, str | bool],
) -> None:
    with pytest.raises(TypeError, match="Undeclared has no fact"):
        facts(**declared)(Undeclared)


def test_only_events_with_a_subject_ask_for_a_commit() -> None:
    assert {tag for tag, event in EVENTS.items() if event.has_commit()} == {
        "checkpoint.acknowledged", "checkpoint.made", "entry.redacted", "incident.closed",
        "incident.declared", "incident.protected", "secret.kept", "severity.changed",
        "stage.passed", "stage.reopened", "stage.sent-back", "stage.submitted", "state.changed",
    }  # fmt: skip
    fact = Entry("e1", 1, AT, AT, "ana", sample(EVENTS["fact.recorded"]))
    assert fact.event.commit_subject(fact, fold([fact], bakery())) == ""


TYPES = {event.__name__ for event in EVENTS.values()}
TAGS = {*EVENTS, *(tag.partition(".")[0] + "." for tag in EVENTS)}
ANY = re.compile("|".join(map(re.escape, sorted(TYPES | TAGS))))


def names_in(node: ast.AST) -> list[str]:
    """The event types, tags and prefixes of tags that a list, set, tuple or table names."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        parts: list[ast.expr] = node.elts
    elif isinstance(node, ast.Dict):
        parts = [key for key in node.keys if key is not None]
    else:
        return []
    return [
        ast.unparse(part)
        for part in parts
        if (isinstance(part, ast.Constant) and part.value in TAGS)
        or (isinstance(part, ast.Name) and part.id in TYPES)
        or (isinstance(part, ast.Attribute) and part.attr in TYPES)
    ]


def test_no_list_elsewhere_says_which_events_something_is_true_of() -> None:
    """Two that are alike may be named together; a longer list would have to be extended."""
    lists = [
        f"{path.relative_to(ROOT)}:{node.lineno} {', '.join(named)}"
        for folder in ("incident_tui", "screens")
        for path in (ROOT / folder).rglob("*.py")
        if len(ANY.findall(code := path.read_text(encoding="utf-8"))) > 2
        for node in ast.walk(ast.parse(code))
        if len(named := names_in(node)) > 2 and isinstance(node, ast.expr)
    ]
    assert not lists, "declare a fact on the events instead: " + "; ".join(lists)


def test_the_list_finder_finds_lists() -> None:
    assert names_in(ast.parse("(FactRecorded, x.DecisionMade)").body[0].value) == [  # type: ignore[attr-defined]
        "FactRecorded",
        "x.DecisionMade",
    ]
    assert names_in(ast.parse("{'fact.': 1, 'stage.passed': 2}").body[0].value) == [  # type: ignore[attr-defined]
        "'fact.'",
        "'stage.passed'",
    ]


def test_an_event_of_a_newer_version_has_no_words_that_anybody_could_find() -> None:
    assert contents(UnknownEvent)["name"] == "reference"
    assert contents(Correction)["target"] == "reference"
    assert contents(EVENTS["entry.amended"])["text"] == "words"
    assert Words.__metadata__[0].extra == {"holds": "words"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("tag", sorted(EVENTS))
def test_the_text_of_an_event_is_told_in_the_timeline_and_in_documents(tag: str) -> None:
    typed = {"text": "said so", "reason": "abc"}
    given = {name: typed[name] for name in typed if name in EVENTS[tag].__struct_fields__}
    story = Story()
    [entry] = story.record([sample(EVENTS[tag], **given)])
    row = " ".join(entry.event.row_of(entry, story.incident))
    for sentence in (
        entry.event.tell(entry, story.incident), entry.event.in_words(entry, story.incident), row
    ):  # fmt: skip
        assert given.get("text", "") in sentence
        assert sentence.strip()
