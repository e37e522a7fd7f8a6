"""What recurs is input for a standard until it was fed, and again once it comes back."""

from datetime import timedelta

import pytest

from incident_tui.service import Declaration
from incident_tui.service.across.recurrence import Recurrence, recurrences
from tests.service.conftest import Bench

LINES = (
    "/impact services checkout",
    "/factor detection nobody watched the pool",
    "+ alert on pools class:detect owner:ana",
)


def incident_with(bench: Bench, title: str, *lines: str) -> str:
    session = bench.declared(title)
    for text in lines or LINES:
        session.enter(text)
    return session.id


def of(bench: Bench) -> dict[str, Recurrence]:
    return {one.recurrence: one for one in recurrences(bench.service)[0]}


@pytest.fixture
def twice(bench: Bench) -> Bench:
    incident_with(bench, "First")
    incident_with(bench, "Second")
    incident_with(bench, "Other", "/impact services mail")
    drill = bench.service.declare(Declaration("We practise", drill=True))
    drill.enter("/impact services mail")
    return bench


def test_it_recurs_from_the_second_incident_on_and_drills_do_not_count(twice: Bench) -> None:
    recurrences = of(twice)
    assert set(recurrences) == {"layer:detection", "service:checkout", "class:detect"}
    assert recurrences["layer:detection"].examples == ("nobody watched the pool",)
    assert (recurrences["class:detect"].unfinished, recurrences["class:detect"].standard) == (
        2, "observability",
    )  # fmt: skip


def test_what_was_fed_stays_known_where_the_incident_has_no_part_in_it_any_more(
    bench: Bench,
) -> None:
    fed = "/feed observability class:detect alerts on pools, OBS-12"
    incident_with(bench, "First")
    incident_with(bench, "Second")
    lines = LINES[2], fed, '/act 1 drop another team why:"it is theirs"'
    last = incident_with(bench, "Third", *lines)
    assert [one.incident for one in of(bench)["class:detect"].fed] == [last]


def test_what_was_fed_is_marked_and_counted_anew_since(twice: Bench) -> None:
    session = twice.service.open("second")
    session.enter("/feed observability layer:detection alerts on pools, OBS-12")
    one = of(twice)["layer:detection"]
    assert [(fed.standard, fed.text) for fed in one.fed] == [
        ("observability", "alerts on pools, OBS-12")
    ]
    assert one.since == 0
    twice.clock.now += timedelta(days=30)
    incident_with(twice, "Third")
    assert of(twice)["layer:detection"].since == 1
