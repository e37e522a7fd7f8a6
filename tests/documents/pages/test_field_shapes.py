"""A field in a document has the shape of its type, as logs of all versions hold it."""

import pytest

from incident_tui.documents.pages.artifact_pages import body
from incident_tui.domain.process.artifacts import FieldValue
from incident_tui.domain.values.field_text import older_rows
from incident_tui.domain.values.playbook import Field, FieldType


@pytest.mark.parametrize(
    ("type", "text", "markdown"),
    [
        ("list", "one", "one"),
        ("list", "one\ntwo", "- one\n- two"),
        ("chain", "retries\nempty pool", "1. retries\n2. empty pool"),
        ("checklist", "[x] alert @ana\nlimit", "- [x] alert @ana\n- [ ] limit"),
        (
            "table",
            "5xx: 12 % -> 0.4 %\np95: 4s -> 1s",
            "| What | Before | After |\n| --- | --- | --- |\n| 5xx | 12 % | 0.4 % |\n"
            "| p95 | 4s | 1s |",
        ),
        (
            "table",
            "rolled back -> falling\nwaited",
            "| Step | Result |\n| --- | --- |\n| rolled back | falling |\n| waited |  |",
        ),
        ("link", "https://wiki.example.org/1", "<https://wiki.example.org/1>"),
    ],
)
def test_a_value_is_shaped_by_its_type(type: FieldType, text: str, markdown: str) -> None:
    field = Field(id="x", title="X", type=type)
    assert body(FieldValue(field, text, True, tuple(older_rows(text)))) == markdown
