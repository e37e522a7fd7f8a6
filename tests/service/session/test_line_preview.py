"""What a line is understood as while it is typed, and how it can go on."""

from pathlib import Path

import pytest

from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.session.line_preview import suggest, understand
from incident_tui.store.config import Config, ServiceConfig
from tests.support.homes import Kitchen


@pytest.fixture
def session(tmp_path: Path) -> IncidentSession:
    kitchen = Kitchen(tmp_path, zone="Europe/Berlin")
    kitchen.clock.forward(20)  # 14:26 in UTC, 15:26 for those who type
    return kitchen.open()


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("", ""),
        ("   ", ""),
        ("smoke", "records a fact, now"),
        ("smoke src:nose", "records a fact, now · source nose"),
        ("@15:20 smoke", "records a fact, at 15:20 (late: +6m)"),
        ("@-1d smoke", "records a fact, at 19 Nov 15:26 (late: +1d 0h)"),
        ("! bake", "records a decision, now"),
        (
            "= error rate 14 % -> 0.4 % src:pager",
            'records a reading, now · "error rate": before 14 %, after 0.4 % · source pager',
        ),
        ("= p95 payments -> 310 ms", 'records a reading, now · "p95 payments": after 310 ms'),
        (
            "= 5xx 12 % ->",
            "the reading of 5xx has no value after the arrow  try: = 5xx 12 % -> …",
        ),
        ("/role all ana", "records 2 x hat, now"),
        ("/gate", "what the gate of this stage still asks for"),
        ("/me ben", "say who is typing"),
    ],
)
def test_a_good_line_says_what_it_would_record(
    session: IncidentSession, text: str, note: str
) -> None:
    understood = understand(session, text)
    assert (understood.ok, understood.note, understood.column) == (True, note, None)


def test_a_correction_says_which_entry_it_is_about(session: IncidentSession) -> None:
    (number,) = session.enter("smoke").numbers
    assert understand(session, "/undo").note == f"takes back #{number} fact smoke"
    assert understand(session, f"/retract {number} no").note == f"takes back #{number} fact smoke"
    assert understand(session, f"/amend {number} x").note == f"changes #{number} fact smoke"


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("/svr HIGH", 0, "did you mean /sev"),
        ("/hyp one test x", 5, "a number is expected"),
        ("@14:99 smoke", 4, "no minute 99"),
        ("@15:59 smoke", 1, "lies ahead"),
        ("/sev AWFUL", None, "try: /sev HIGH"),
        ("/advance", None, "the gate of Look around is shut  try: /sev HIGH|LOW"),
        ("/undo", None, "moved the incident"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_where(
    session: IncidentSession, text: str, column: int | None, says: str
) -> None:
    understood = understand(session, text)
    assert not understood.ok
    assert understood.column == column
    assert says in understood.note


@pytest.mark.parametrize("text", ["/sev", "/sev ", "!", "@15:20", "/hyp 1 test", "/hyp 1"])
def test_nothing_is_wrong_yet_with_an_unfinished_line(session: IncidentSession, text: str) -> None:
    understood = understand(session, text)
    assert understood.ok
    assert understood.note


@pytest.mark.parametrize(
    ("text", "inserts", "start"),
    [
        ("/se", ["/set", "/sev"], 0),
        ("@15:20 /se", ["/set", "/sev"], 7),
        ("@yesterday 23:10 /se", ["/set", "/sev"], 17),
        ("/sev ", ["HIGH", "LOW"], 5),
        ("/sev h", ["HIGH"], 5),
        ("/sev HIGH", [], 0),
        ("/role ta", ["taster"], 6),
        ("/role taster n", ["not-needed"], 13),
        ("/mitigate re", ["rebake"], 10),
        ("/factor ", ["oven", "plan"], 8),
        ("/state m", ["mitigated", "monitoring"], 7),
        ("/hyp 1 te", ["test"], 7),
        ("/close dup", ["duplicate"], 7),
        ("+ oven cl", ["class:"], 7),
        ("+ oven class:", ["class:prevent"], 7),
        ("+ oven owner:a", ["owner:ana"], 7),
        ("> flour un", ["undo:"], 8),
        ("/reopen l", ["look", "learn"], 8),
        ("smoke", [], 0),
        ("", [], 0),
    ],
)
def test_the_word_before_the_cursor_can_go_on(
    session: IncidentSession, text: str, inserts: list[str], start: int
) -> None:
    offers = suggest(session.incident, text, len(text))
    assert {suggestion.insert for suggestion in offers} >= set(inserts)
    assert bool(offers) is bool(inserts)
    assert all(suggestion.start == start for suggestion in offers)


def test_what_is_offered_says_what_it_stands_for(session: IncidentSession) -> None:
    meanings = {offer.insert: offer.meaning for offer in suggest(session.incident, "/sev ", 5)}
    assert meanings["HIGH"].startswith("nobody eats")


def test_only_what_stands_before_the_cursor_counts(session: IncidentSession) -> None:
    offers = suggest(session.incident, "/sev h and more", 6)
    assert [suggestion.insert for suggestion in offers] == ["HIGH"]


@pytest.mark.parametrize(
    "text", ["/", "@", "@@", "/hyp ", "\\", '/role "', "+ ", "@14:02 ", "\t/s", "= "]
)
def test_no_text_is_too_odd_to_be_looked_at(session: IncidentSession, text: str) -> None:
    for cursor in range(len(text) + 1):
        for offer in suggest(session.incident, text, cursor):
            assert 0 <= offer.start <= cursor
    assert understand(session, text).note


def test_a_quoted_number_says_which_entry_it_means(session: IncidentSession) -> None:
    (number,) = session.enter("@15:20 5xx rising").numbers
    note = understand(session, f"? the pool is full, see #{number}").note
    assert f"#{number} = 5xx rising, 15:20" in note
    assert "=" not in understand(session, f"? fixed by PR #{number}").note


def test_a_number_sign_offers_the_newest_entries(session: IncidentSession) -> None:
    (number,) = session.enter("5xx rising").numbers
    text = "? the pool, see #"
    offered = suggest(session.incident, text, len(text))
    assert (offered[0].insert, offered[0].meaning) == (f"#{number}", "5xx rising")
    text = "? the pool #"
    assert suggest(session.incident, text, len(text))[0].insert == f"see #{number}"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("/impact services ch", ["checkout"]),
        ("/impact services mail, ch", ["checkout"]),
        ("/tag re", ["retries"]),
        ("/tag config re", ["retries"]),
        ("/impact users ch", []),
        ("a fact about ch", []),
    ],
)
def test_what_the_home_names_is_offered_with_owner_and_runbook(
    session: IncidentSession, text: str, offered: list[str]
) -> None:
    config = Config(services={"checkout": ServiceConfig("team pay", "W-1")}, tags=("retries",))
    offers = suggest(session.incident, text, len(text), config.words)
    assert [one.insert for one in offers] == offered
    if offered == ["checkout"]:
        assert offers[0].meaning == "owner team pay · runbook W-1"


@pytest.mark.parametrize(
    ("before", "line", "what"),
    [
        ((), "smoke", "a fact"),
        ((), "+ a new oven", "an action"),
        (("> flour", "= heat 12 % -> 80 %"), "/fail 1 no effect", '"failed"'),
        (("? gas",), "/hyp 1 for the smell", '"evidence"'),
    ],
)
def test_what_a_line_records_is_told_with_an_article_where_it_has_one(
    tmp_path: Path, before: tuple[str, ...], line: str, what: str
) -> None:
    session = Kitchen(tmp_path).open()
    session.enter_group(list(before))
    assert understand(session, line).note.startswith(f"records {what}, now")
