"""What somebody typed stays in one cell, from the log to form, page, JSON and CSV."""

import csv
import io
import json
from datetime import timedelta

import pytest
from hypothesis import given, strategies as st

from incident_tui.documents.pages.artifact_pages import body
from incident_tui.documents.text.csv_rows import csv_rows
from incident_tui.domain.core.events import fold
from incident_tui.domain.core.stored_entries import decode, encode
from incident_tui.domain.findings.readings import ReadingTaken
from incident_tui.domain.mitigation.mitigations import ChangeMade
from incident_tui.domain.process.artifacts import Artifacts, FieldSet, FieldValue
from incident_tui.domain.report import report
from incident_tui.domain.values.field_text import text_of_content, typed_rows
from incident_tui.domain.values.playbook import Field
from tests.support.incidents import Story

NASTY = st.lists(
    st.sampled_from(["->", " -> ", "|", " | ", ";", "; ", ":", ": ", "a", "b", "12 %", "4", " x "]),
    min_size=1,
    max_size=12,
).map(lambda parts: " ".join("".join(parts).split()))
TEXTS = NASTY.filter(lambda text: text not in ("", "-"))


def value(story: Story, name: str) -> FieldValue:
    """The field of that id, wherever it stands."""
    artifacts = story.incident.of(Artifacts)
    return next(
        value
        for stage in story.playbook.stages
        for value in artifacts.values(stage)
        if value.field.id == name
    )


def typed_items(*texts: str) -> FieldValue:
    """The list field `went-well` after these items were saved in its form, read from a file."""
    story = Story()
    event = FieldSet(stage="postmortem", field="went-well", text="\n".join(texts), lines=True)
    story.record([event])
    stored = [decode(encode(entry)) for entry in story.entries]
    story.incident = fold(stored, story.playbook)
    return value(story, "went-well")


@given(texts=st.lists(TEXTS, min_size=1, max_size=3))
def test_an_item_that_holds_arrows_pipes_semicolons_or_colons_is_one_item(
    texts: list[str],
) -> None:
    items = typed_items(*texts)
    assert items.items == texts
    assert [row.cells for row in items.rows] == [(text,) for text in texts]


@given(text=TEXTS, outcome=TEXTS)
def test_a_step_keeps_its_words_in_its_own_cell(text: str, outcome: str) -> None:
    story = Story()
    (change,) = story.record([ChangeMade(text=text)])
    story.say(f"/fail 1 {outcome}")
    steps = value(story, "steps")
    assert steps.rows[0].cells == (text, f"failed: {outcome}")
    assert change.event in [entry.event for entry in story.incident.entries]


@given(name=TEXTS, before=TEXTS, after=TEXTS)
def test_a_reading_keeps_name_before_and_after_in_form_page_json_and_csv(
    name: str, before: str, after: str
) -> None:
    story = Story()
    story.record([ReadingTaken(name=name, before=before, after=after)])
    metrics = value(story, "metrics")
    assert metrics.rows[0].cells == (name, before, after)
    # the form shows lines; saved as they stand, they are the same rows
    known = story.incident.of(Artifacts).rows_from_log(metrics.field)
    assert [row.cells for row in typed_rows(text_of_content(known), known)] == [
        (name, before, after)
    ]
    data = json.loads(json.dumps(report(story.incident, story.now + timedelta(minutes=1))))
    rows = [rows["metrics"] for rows in data["artifact_rows"].values() if "metrics" in rows]
    assert rows == [[[name, before, after]]]
    assert data["readings"] == [{"name": name, "before": before, "after": after}]
    timeline = list(csv.DictReader(io.StringIO(csv_rows(data["timeline"]))))
    assert timeline[-1]["text"].removeprefix("'") == f"{name} {before} -> {after}"


@pytest.mark.parametrize(
    ("typed", "row"),
    [
        ("scale auth pods 4 -> 12", "| scale auth pods 4 -> 12 | failed: no effect |"),
        ("failover orders eu-west -> eu-north", "| failover orders eu-west -> eu-north | failed:"),
        ("drain a | b; then c: d", "| drain a \\| b; then c: d | failed: no effect |"),
    ],
)
def test_an_arrow_in_a_mitigation_stays_in_the_step(typed: str, row: str) -> None:
    story = Story().tell([f"> {typed}", "/fail 1 no effect"])
    assert row in body(value(story, "steps"))


def test_a_single_decision_with_a_semicolon_is_one_item() -> None:
    story = Story().tell(["! drain eu-west-1b; then look at the pool"])
    assert value(story, "immediate-actions").items == ["drain eu-west-1b; then look at the pool"]


def test_rows_that_an_older_version_recorded_keep_their_cells() -> None:
    old = b'{"type":"artifact.field-set","stage":"mitigate","field":"steps","text":"a -> b; c"}'
    entry = (
        b'{"id":"e2","order":2,"at":"2026-11-20T14:06:00Z","recorded_at":"2026-11-20T14:06:00Z",'
        b'"actor":"ana","event":' + old + b"}"
    )
    story = Story()
    story.incident = fold([*story.entries, decode(entry)], story.playbook)
    assert [row.cells for row in value(story, "steps").rows] == [("a", "b"), ("c",)]


def test_a_table_shows_a_typed_row_among_rows_of_the_log() -> None:
    field = Field(id="x", title="X", type="table")
    story = Story().tell(["= 5xx 12 % -> 0.4 %"])
    known = value(story, "metrics").rows
    rows = tuple(typed_rows("5xx: 12 % -> 0.4 %\nread by hand: a -> b", known))
    assert body(FieldValue(field, "", True, rows)).split("\n")[2:] == [
        "| 5xx | 12 % | 0.4 % | 2026-11-20 14:06 |",
        "| read by hand: a -> b |  |  |  |",
    ]
