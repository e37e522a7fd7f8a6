"""Numbers as OpenMetrics text, by the specification: types, units, escapes, and the end."""

from incident_tui.documents.text.open_metrics import Family, Sample, exposition


def test_families_have_type_unit_and_help_and_the_text_ends_in_its_mark() -> None:
    families = [
        Family(
            "span_seconds",
            "How long.",
            [Sample({"span": 'a\\b\n"c"'}, 90.5), Sample({}, 1795938272)],
            unit="seconds",
        ),
        Family("incident", "What.", [Sample({"title": "x"}, 1)], type="info"),
    ]
    assert exposition(families).split("\n") == [
        "# TYPE span_seconds gauge",
        "# UNIT span_seconds seconds",
        "# HELP span_seconds How long.",
        r'span_seconds{span="a\\b\n\"c\""} 90.5',
        "span_seconds 1795938272",
        "# TYPE incident info",
        "# HELP incident What.",
        'incident_info{title="x"} 1',
        "# EOF",
        "",
    ]
