"""Exports: what each form holds, that it harms no reader, and what a shared one leaves out."""

import csv
import io
import json
from datetime import date, datetime
from html.parser import HTMLParser

import pytest
from icalendar import Calendar
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from incident_tui.documents.text.flavours import FLAVOURS
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.line_plan import sure
from incident_tui.domain.report import report
from incident_tui.service import IncidentSession
from incident_tui.service.exchange.export import FORMS, SHARED_NOTE, export
from tests.documents.html.page_reader import Page
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB

WHOLE = ("md", "json", "csv", "html")
"""The forms that hold the whole record."""
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) **b** | \"q\" & 'a'"


def text(session: IncidentSession, form: str, *, for_others: bool = False) -> str:
    exported = export(session, form, for_others=for_others)
    return exported if isinstance(exported, str) else json.dumps(exported, ensure_ascii=False)


@pytest.fixture
def session(bench: Bench) -> IncidentSession:
    opened = bench.declared(f"No bread {HOSTILE}")
    for line in ("oven cold src:panel", f"/impact users {HOSTILE}", HOSTILE, f"? {HOSTILE}"):
        opened.enter(line)
    return opened


@pytest.mark.parametrize("form", WHOLE)
def test_every_form_holds_what_was_said(session: IncidentSession, form: str) -> None:
    assert "oven cold" in text(session, form)


def test_json_is_what_show_prints(session: IncidentSession) -> None:
    exported, shown = export(session, "json"), report(session.incident, session.world.clock())
    assert isinstance(exported, dict)
    so_far = [each.pop("impact_seconds_by_severity") for each in (exported, shown)]
    assert so_far[0].keys() == so_far[1].keys()  # the clock went on between the two
    assert exported == shown


def test_markdown_is_the_overview_and_the_timeline(session: IncidentSession) -> None:
    page = text(session, "md")
    assert page.index("# No bread") < page.index("# Timeline")


class Reader(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words += data


def test_a_page_shows_markup_as_text_and_loads_and_runs_nothing(session: IncidentSession) -> None:
    page = Page(text(session, "html"))
    page.assert_harmless()
    assert page.all("main")[0].words.count("<script>alert(1)</script>") >= 4


@pytest.mark.parametrize("form", ["md", "html"])
def test_what_looks_like_a_template_is_text(bench: Bench, form: str) -> None:
    session = bench.declared("{{ 7 * 6 }} {% raw %}")
    session.enter("{# note #}")
    page = "".join(text(session, form).replace("\\", "").split())
    assert "{{7*6}}{%raw%}" in page
    assert "{#note#}" in page


def test_lines_of_a_text_stay_apart_in_a_page(bench: Bench) -> None:
    session = bench.declared()
    session.enter("/update we are on it\nmore at noon next:+30m")
    assert "on it<br>more" in text(session, "html")


def test_only_conclusions_in_law_have_no_row_in_the_timeline(bench: Bench) -> None:
    session = bench.declared()
    session.enter("/legal this is a breach in law")
    session.enter("the panel says | 2 | again")
    facts, _, law = text(session, "md").partition("# Legal conclusions")
    rows = [line for line in facts.splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0] for row in rows if row[2].isdigit()] == ["| 1", "| 3"]
    assert "breach in law" in law


def test_markdown_shows_markup_as_text(session: IncidentSession) -> None:
    from markdown_it import MarkdownIt

    reader = Reader()
    reader.feed(
        MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text(session, "md"))
    )
    assert "script" not in reader.tags
    assert not [value for name, value in reader.attributes if "javascript" in (value or "")]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "  =1+1", "'=1", "%0A=1", "|x",
     "＝1+1", "＋1", "－1", "＠SUM(A1)"],
)  # fmt: skip
def test_no_cell_is_a_formula(bench: Bench, cell: str) -> None:
    session = bench.declared(cell)
    session.enter(f"\\{cell}" if cell[0] in "=+@" else f"x src:{cell}")
    rows = list(csv.reader(io.StringIO(text(session, "csv"))))
    values = [value for row in rows[1:] for value in row]
    assert any(cell.strip() in value for value in values)
    assert not [value for value in values if value.lstrip(' "').startswith(tuple("=+-@|%＝＋－＠"))]


def test_rows_survive_commas_quotes_and_a_reader(bench: Bench) -> None:
    session = bench.declared()
    session.enter('a, "b"; c')
    rows = list(csv.DictReader(io.StringIO(text(session, "csv"))))
    assert rows[1]["text"] == 'a, "b"; c'
    assert rows[1]["kind"] == "fact"
    assert rows[1]["retracted"] == "no"


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_exported_while_a_secret_is_suspected(bench: Bench, form: str) -> None:
    session = bench.declared()
    session.enter(f"token {GITHUB}")
    with pytest.raises(Refused) as refused:
        export(session, form)
    assert ("/redact 2 WHY") in [mend for _, mend in refused.value.reasons]
    session.enter("/keep-secret 2 revoked")
    assert (GITHUB in text(session, form)) == (form in WHOLE)


@pytest.mark.parametrize("form", WHOLE)
class TestNeedToKnow:
    @pytest.fixture
    def case(self, bench: Bench) -> IncidentSession:
        session = bench.declared("Leak")
        session.enter("acme lost 12 records")
        session.enter("/restrict 2 names a customer")
        session.enter("/legal this is a breach in law")
        session.enter("oven cold")
        return session

    def test_one_of_ones_own_holds_all_with_conclusions_after_the_facts(
        self, case: IncidentSession, form: str
    ) -> None:
        page = text(case, form)
        assert "acme" in page
        assert page.index("oven cold") < page.index("breach in law")
        assert page.count("breach in law") == 1

    def test_a_shared_one_holds_neither(self, case: IncidentSession, form: str) -> None:
        page = text(case, form, for_others=True)
        assert "oven cold" in page
        assert not [word for word in ("acme", "customer", "breach", "legal") if word in page]
        assert form == "csv" or SHARED_NOTE in page

    def test_of_a_protected_incident_only_its_course(
        self, case: IncidentSession, form: str
    ) -> None:
        case.enter("/protect")
        page = text(case, form, for_others=True)
        assert not [word for word in ("acme", "oven", "breach") if word in page]
        assert "Leak" in page


def test_a_calendar_has_what_is_still_owed_and_nothing_that_was_withheld(bench: Bench) -> None:
    session = bench.declared("Leak")
    for line in ("/update we look into it next:+30m", "+ tell acme; they, wait owner:ben due:1w",
                 "+ done already due:2w", "/act 2 verify seen", "/mitigate rollback back",
                 "/restrict 3 names a customer"):  # fmt: skip
        session.enter(sure(parse(line)))
    own, shared = text(session, "ics"), text(session, "ics", for_others=True)
    events = Calendar.from_ical(own).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [
        "Next update: Leak", "tell acme; they, wait (ben)",
    ]  # fmt: skip
    assert own.count("BEGIN:VEVENT") == shared.count("BEGIN:VEVENT") == 2
    assert r"SUMMARY:tell acme\; they\, wait (ben)" in own
    assert "acme" not in shared
    assert "Next update: Leak" in own


def test_a_due_day_is_a_day_in_a_calendar_and_a_due_time_a_time(session: IncidentSession) -> None:
    for line in ("+ a day due:2w", "+ a date due:2026-12-24", "+ a time due:30h"):
        session.enter(sure(parse(line)))
    events = Calendar.from_ical(text(session, "ics")).walk("VEVENT")
    due = [
        type(event.decoded("DTSTART")) for event in events if "Next" not in str(event["SUMMARY"])
    ]
    assert due[-3:] == [date, date, datetime]


def test_numbers_know_no_zero_for_what_is_unknown(session: IncidentSession) -> None:
    families = list(text_string_to_metric_families(text(session, "openmetrics")))
    named = {
        family.name: {
            value for sample in family.samples for value in sample.labels.values()
        }
        for family in families
    }  # fmt: skip
    assert "declared" in named["incident_milestone_timestamp_seconds"]
    assert "resolved" not in named["incident_milestone_timestamp_seconds"]
    assert all(session.id in values for values in named.values() if values)


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_each_flavour_holds_what_was_said(session: IncidentSession, flavour: str) -> None:
    page = export(session, "md", flavour=flavour)
    assert isinstance(page, str)
    assert "oven cold" in page
