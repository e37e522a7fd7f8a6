"""The gate screen: it says what is missing and what mends it, and moves only what may move."""

from functools import partial
from pathlib import Path

import pytest

from incident_tui.domain.process.gates import Gates
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.screens.browse.gate import GateScreen
from incident_tui.screens.session.suggested_line import lead_of
from incident_tui.service import Service
from tests.support.console import (
    EVIL,
    Host,
    listed,
    make_service,
    now_in,
    painted,
    press_later,
    service_with,
    settle,
    settled,
    stray_letters,
    until,
)
from tests.support.incidents import FOLLOW_UP, INVESTIGATE, POSTMORTEM, RESOLVE, TRIAGE
from tests.support.thorough import row
from tests.support.world import Clock

SIZES = [(80, 24), (120, 40), (200, 60)]
READY, ASKED = TRIAGE[:-2], TRIAGE[:-1]
MITIGATED = (
    '/mitigate rollback checkout back to v41 undo:"deploy v42 again"',
    "? a certificate expired",
    "= 5xx 12 % -> 0.3 % src:pager",
    "/verify 1 5xx back at 0.3 % on the panel that paged",
    "/set residual-risk v42 must not be deployed again",
    "/attest impact-reduced checkout works for testers",
    "/advance",
    "/approve",
)
COMMUNICATED = ("/advance",)


host_of = partial(Host.of, GateScreen)


def stage_of(service: Service) -> tuple[str, str]:
    current = now_in(service).of(Lifecycle).current
    return current.stage.id, current.state


# --- what is shown -------------------------------------------------------------------------------


async def test_what_is_missing_comes_first_with_what_mends_it(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TRIAGE[:3]))
    async with settled(app) as pilot:
        for size in SIZES:
            with row(*size):
                await pilot.resize_terminal(*size)
                shown = painted(app)
                assert "✗ 5 checks fail" in shown
                assert "Missing · 5" in shown
                assert "/impact users …" in listed(app)
                assert listed(app).index("Missing · 5") < listed(app).index("Holds · 3")


async def test_the_artifact_is_shown_as_it_will_be_committed(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *ASKED))
    async with settled(app) as pilot:
        for size in SIZES:
            with row(*size):
                await pilot.resize_terminal(*size)
                shown = painted(app)
                assert "Incident brief · as it will be committed" in shown
                assert "Revision 1 waits for approval." in shown
                assert "a approves it, b sends it back" in shown


async def test_ticks_tell_who_gave_them_and_waivers_their_reasons(tmp_path: Path) -> None:
    waived = "/waive mitigations.tried the provider fixed it"
    app = host_of(service_with(tmp_path, *TRIAGE, waived, "/attest impact-reduced"))
    async with settled(app, size=(80, 24)):
        assert "the impact is reduced or gone  by ana" in listed(app)
        assert "waived: the provider fixed it" in listed(app)


async def test_text_of_users_stays_text(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TRIAGE, f"/waive mitigations.tried {EVIL}", EVIL))
    async with settled(app, size=(80, 24)):
        assert "[/var/log] [b]x[/b]" in listed(app)
        assert "\x1b" not in painted(app)


# --- the way on ----------------------------------------------------------------------------------


async def test_a_asks_for_the_review_shows_what_it_is_about_and_then_approves(
    tmp_path: Path,
) -> None:
    service = service_with(tmp_path, *READY)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("a")
        await until(pilot, lambda: "? Enter asks for the approval of Triage" in painted(app))
        assert stage_of(service) == ("triage", "open")
        await pilot.press("enter")
        await until(pilot, lambda: "Revision 1 waits" in painted(app))
        assert stage_of(service) == ("triage", "review")
        assert app.given == []
        await pilot.press("a")
        await until(pilot, lambda: "? Enter passes Triage, which nobody" in painted(app))
        assert stage_of(service) == ("triage", "review")
        await pilot.press("enter")
        await until(pilot, lambda: app.given == [None])
        assert stage_of(service) == ("mitigate", "open")


async def test_an_approval_says_so_as_long_as_the_document_is_not_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_with(tmp_path, *ASKED)
    app = host_of(service)
    make = GateScreen.make_documents
    monkeypatch.setattr(GateScreen, "make_documents", lambda screen: None)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("a")
        await until(pilot, lambda: "unseen: its document" in painted(app))
        assert isinstance(app.screen, GateScreen)
        make(app.screen)
        await until(pilot, lambda: "unseen" not in painted(app))
        assert "? Enter passes Triage, which nobody" in painted(app)
        assert stage_of(service) == ("triage", "review")


async def test_a_leaves_a_stage_without_a_gate(tmp_path: Path) -> None:
    service = service_with(tmp_path, *TRIAGE, *MITIGATED)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        assert "This stage has no gate. a leaves it." in painted(app)
        await pilot.press("a", "enter")
        await until(pilot, lambda: app.given == [None])
        assert stage_of(service) == ("investigate", "open")


async def test_a_review_by_somebody_else_offers_the_line_that_names_them(tmp_path: Path) -> None:
    chapters = (TRIAGE, MITIGATED, COMMUNICATED, INVESTIGATE, RESOLVE, POSTMORTEM[:-1])
    service = service_with(tmp_path, *(line for chapter in chapters for line in chapter))
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        assert "somebody else has to approve it" in listed(app)
        await pilot.press("a")
        await settle(pilot)
        assert stage_of(service) == ("postmortem", "review")
        await pilot.press("home", "enter")
        assert app.given == ["/approve by:"]


async def test_c_closes_at_the_last_stage_only(tmp_path: Path) -> None:
    approved = [*POSTMORTEM[:-1], "/approve by:ben ref:pull/7"]
    chapters = (TRIAGE, MITIGATED, COMMUNICATED, INVESTIGATE, RESOLVE, approved, FOLLOW_UP[:-2])
    service = service_with(tmp_path, *(line for chapter in chapters for line in chapter))
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        assert "✓ Everything holds. c closes the incident." in painted(app)
        await pilot.press("c", "enter")
        await until(pilot, lambda: app.given == [None])
        assert service.active() == []


async def test_c_is_no_key_but_text_before_the_last_stage(tmp_path: Path) -> None:
    service = service_with(tmp_path, *READY)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: app.given == ["c"])
        assert stage_of(service) == ("triage", "open")


# --- the way back, and what is missing -----------------------------------------------------------


async def test_b_sends_back_with_a_note(tmp_path: Path) -> None:
    service = service_with(tmp_path, *ASKED)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("b", "enter")
        await until(pilot, lambda: app.focused is not None and app.focused.id == "gate-note-line")
        await pilot.press(*"which zone", "enter")
        await until(pilot, lambda: app.given == [None])
        record = now_in(service).of(Lifecycle).current
        assert record.state == "open"
        assert record.revisions[0].answer is not None
        assert getattr(record.revisions[0].answer.event, "text", "") == "which zone"


async def test_a_note_that_is_not_sent_is_kept(tmp_path: Path) -> None:
    service = service_with(tmp_path, *ASKED)
    for typed in ("which zone", ""):
        app = host_of(service)
        async with settled(app, size=(80, 24)) as pilot:
            await pilot.press("b", "enter")
            await until(pilot, lambda app=app: app.focused.id == "gate-note-line")  # type: ignore[misc]
            await pilot.press(*typed)
            assert "which zone" in painted(app)
            await pilot.press("escape", "q")
            await until(pilot, lambda app=app: app.given == [None])  # type: ignore[misc]
    assert stage_of(service) == ("triage", "review")


async def test_a_key_says_why_it_cannot_and_changes_nothing(tmp_path: Path) -> None:
    service = service_with(tmp_path, *TRIAGE[:3])
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        known = len(now_in(service).recorded)
        reasons = {
            "a": "the gate of Triage is shut",
            "b": "nothing waits for approval",
            "w": "it cannot be waived",
        }
        for number, (key, why) in enumerate(reasons.items()):
            with row(key):
                press_later(app, key, 10 * number)
                await until(pilot, lambda why=why: why in painted(app))  # type: ignore[misc]
                assert (app.given, stage_of(service)) == ([], ("triage", "open"))
                assert len(now_in(service).recorded) == known


async def test_enter_on_a_failing_check_gives_the_line_that_mends_it(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TRIAGE[:5], *TRIAGE[6:-2]))
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert app.given == ["/impact data "]


async def test_w_begins_a_waiver_where_the_playbook_allows_one(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TRIAGE))
    async with settled(app, size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, GateScreen)
        screen._checks.select("mitigations.tried")
        await pilot.press("w", "enter")
        await until(pilot, lambda: app.given != [])
        assert app.given == ["/waive mitigations.tried "]


async def test_space_ticks_what_only_a_person_can_judge(tmp_path: Path) -> None:
    service = service_with(tmp_path, *TRIAGE)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, GateScreen)
        screen._checks.select("impact-reduced")
        await pilot.press("space", "enter")
        await until(pilot, lambda: "Ticked by people · 1" in painted(app))
        gates = service.open(service.active()[0]).incident.of(Gates)
        assert ("mitigate", "impact-reduced") in gates.attested


async def test_space_on_another_check_says_that_the_log_decides_it(tmp_path: Path) -> None:
    app = host_of(service_with(tmp_path, *TRIAGE))
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: "the log decides it, nobody has to tick it" in painted(app))


async def test_a_question_hears_one_key_and_only_enter_is_a_yes(tmp_path: Path) -> None:
    service = service_with(tmp_path, *ASKED)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        known = len(service.open(service.active()[0]).incident.recorded)
        for keys in ("a escape", "a j enter", "a tab", "b a", "w left", "space up"):
            with row(keys):
                await pilot.press(*keys.split())
                await settle(pilot)
                assert len(service.open(service.active()[0]).incident.recorded) == known
                if app.given:  # it was closed
                    app.given.clear()
                    await app.push_screen(GateScreen(app.controllers[0]), app.given.append)
                    await settle(pilot)


# --- others, and stray keys ----------------------------------------------------------------------


async def test_a_key_that_was_meant_for_an_earlier_stage_is_not_taken(tmp_path: Path) -> None:
    """Somebody else approves while the brief is being read: the next key says so, and no more."""
    service = service_with(tmp_path, *ASKED)
    other = make_service(tmp_path, Clock(service.world.clock()), actor="ben")
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        other.open(other.active()[0]).enter("/approve")
        screen = app.screen
        assert isinstance(screen, GateScreen)
        await screen.controller.poll()
        await until(pilot, lambda: "ben recorded meanwhile" in painted(app))
        assert "This is Mitigate now" in painted(app)
        await pilot.press("a")
        await until(pilot, lambda: "Not done yet." in painted(app))
        assert (app.given, stage_of(service)) == ([], ("mitigate", "open"))


async def test_text_typed_into_the_gate_closes_it_and_does_nothing(tmp_path: Path) -> None:
    service = service_with(tmp_path, *ASKED)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await stray_letters(pilot, "all pods are red")
        assert app.given == ["all pods are red"]
        assert stage_of(service) == ("triage", "review")


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_leaving_changes_nothing(tmp_path: Path, key: str) -> None:
    service = service_with(tmp_path, *ASKED)
    app = host_of(service)
    async with settled(app, size=(80, 24)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: app.given == [None])
        assert stage_of(service) == ("triage", "review")


@pytest.mark.parametrize(
    ("mend", "lead"),
    [
        ("/impact users …", "/impact users "),
        ("/update … next:+30m", "/update "),
        ("/role commander PERSON", "/role commander "),
        ("/approve by:NAME ref:…", "/approve by:"),
        ("/sev SEV1|SEV2|SEV3", "/sev "),
        ("/state resolved …", "/state resolved "),
        ("? …", "? "),
        ("= 5xx 12 % -> …", "= 5xx 12 % -> "),
        ("… src:…", ""),
    ],
)
def test_a_mending_line_begins_with_all_that_is_known_and_no_invented_word(
    mend: str, lead: str
) -> None:
    assert lead_of(mend) == lead
