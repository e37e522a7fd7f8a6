"""Wherever a secret is put, it is asked about before it leaves, and can be taken out again."""

from collections.abc import Iterator
from contextlib import suppress
from typing import get_origin

import msgspec
import pytest

from incident_tui.domain import discovery
from incident_tui.domain.confidential.redactions import rewritten
from incident_tui.domain.confidential.secrets import SecretSuspected
from incident_tui.domain.core.commands import PendingEvent, Refused
from incident_tui.domain.core.events import Entry, Event, UnknownEvent, event_types, fold
from incident_tui.domain.core.stored_entries import encode
from incident_tui.history import CommitRequest, NothingToCommit, Outcome, Pending
from incident_tui.service import Declaration, IncidentSession
from incident_tui.service.exchange.export import FORMS, export
from incident_tui.service.exchange.foreign.recorded_import import import_into
from incident_tui.service.exchange.foreign.timeline_import import plan_import
from incident_tui.service.git.commits import committer_for
from incident_tui.service.secrets.texts import HeldBack, must_not_leave, suspicion_of
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB
from tests.support.incidents import DECLARED_AT
from tests.support.playbooks.engine import bakery
from tests.support.strategies.events import plain_types, sample

discovery.load()

PLACES = {
    "a fact": "token {}",
    "a fact at a time": "@-5m token {}",
    "an escaped fact": "\\> token {}",
    "a decision": "! use {}",
    "a hypothesis": "? {} was revoked",
    "the test of a hypothesis": "/hyp 1 test curl with {}",
    "evidence for it": "/hyp 1 for {} is refused",
    "why it is refuted": "/hyp 1 refute {} works",
    "a change": "> set {} on the gateway",
    "the name of a reading": "= {} 1 -> 2",
    "a reading": "= tokens 1 -> {}",
    "an action": "+ rotate {}",
    "the owner of an action": "+ rotate owner:{} due:+5d",
    "the proof of an action": '+ rotate verify:"{} is refused"',
    "a source": "cold src:{}",
    "a source with a password": "cold src:https://ana:s3cr3t{}@grafana.example.org/",
    "a severity's reason": "/sev SEV2 {} leaked",
    "impact": "/impact users who have {}",
    "scope": "/scope users with {}",
    "a person": "/role operations {}",
    "why a hat is not needed": "/role operations not-needed {}",
    "a mitigation": "/mitigate rollback {}",
    "how it is reversed": '/mitigate rollback v41 undo:"export T={}"',
    "an update": "/update token {} was leaked. next:+30m",
    "a snooze": "/snooze-flag mitigations.stalled 15m {}",
    "whom a checkpoint is for": "/checkpoint {}",
    "a factor": "/factor detection {} was printed",
    "a why": "/why because {}",
    "a guardrail": "/guardrail never use {}",
    "a question": "/question who made {}",
    "an amendment": "/amend 2 token {}",
    "a reason to retract": "/retract 2 it is {}",
    "a reason to restrict": "/restrict 2 it has {}",
    "a conclusion in law": "/legal {} is personal data",
    "a link": "/link https://ana:s3cr3t{}@example.org/ dashboard",
    "the words of a link": "/link https://example.org/ token {}",
    "a protection": "/protect {} leaked",
    "a closing": "/close duplicate of {}",
}


class Git:
    """Stands in the place of git: keeps what it is asked to commit, and what the folder holds."""

    def __init__(self, bench: Bench, session: IncidentSession) -> None:
        self.asked: list[str] = []
        self.session = session
        self.commit = committer_for(session, bench.home, bench.env, self._perform)

    def _perform(self, request: CommitRequest) -> Outcome:
        files = [path for path in self.session.folder.rglob("*") if path.is_file()]
        self.asked.append(repr(request) + "".join(path.read_text("utf-8") for path in files))
        return NothingToCommit()


def gets_nowhere(git: Git) -> None:
    """Neither a commit nor an export takes place, and nobody is told the secret."""
    outcome = git.commit()
    assert isinstance(outcome, Pending)
    assert git.asked == []
    assert "looks like it holds a secret" in outcome.reason
    assert GITHUB not in outcome.reason
    for form in FORMS:
        with pytest.raises(Refused, match="looks like it holds a secret") as refused:
            export(git.session, form)
        assert GITHUB not in repr((refused.value.message, refused.value.reasons))
        with suppress(Refused):
            assert GITHUB not in repr(export(git.session, form, for_others=True))


def leaves_without(git: Git, secret: str = GITHUB) -> None:
    """It is committed, and neither its message nor its files hold the secret."""
    git.commit()
    (asked,) = git.asked
    assert secret not in asked


@pytest.mark.parametrize("line", PLACES.values(), ids=PLACES.keys())
def test_a_line_with_a_secret_goes_nowhere_until_it_is_redacted(bench: Bench, line: str) -> None:
    session = bench.declared()
    session.enter("cold")
    session.enter("? the pool")
    session.enter("/role all ana")
    receipt = session.enter(line.format(GITHUB))
    assert receipt.entries[-1].event.kind == "suspected"
    git = Git(bench, session)
    gets_nowhere(git)
    for entry in receipt.entries:
        if isinstance(entry.event, SecretSuspected):
            session.enter(f"/redact {session.incident.number(entry.event.target)}")
    leaves_without(git)


def test_a_title_with_a_secret_names_no_folder_and_goes_nowhere(bench: Bench) -> None:
    secret = "AKIA" + "ABCDEFGH12345678"
    session = bench.declared(f"{secret} leaked")
    assert secret.lower() not in session.id
    assert session.id.endswith("-leaked")
    git = Git(bench, session)
    gets_nowhere(git)
    session.enter("/redact 1")
    leaves_without(git, secret)


def test_under_a_name_that_looks_like_a_secret_nothing_is_recorded(bench: Bench) -> None:
    session = bench.declared()
    session.enter(f"/me {GITHUB}")
    for line in ("cold", "/redact 1"):
        with pytest.raises(Refused, match="the name that you type under") as refused:
            session.enter(line)
        assert refused.value.reasons == (("say who you are", "/me PERSON"),)
    assert len(session.file.read().entries) == 1
    session.enter("/me ana")
    session.enter("cold")


def test_an_incident_declared_under_such_a_name_goes_nowhere(bench: Bench) -> None:
    bench.service.introduction.name = GITHUB
    session = bench.service.declare(Declaration("No bread"))
    git = Git(bench, session)
    gets_nowhere(git)
    session.enter("/me ana")
    session.enter("/redact 1")
    leaves_without(git)


def test_imported_rows_are_asked_about_one_by_one(bench: Bench, session: IncidentSession) -> None:
    text = f"- 2026-11-20 13:02Z cold\n- 2026-11-20 13:03Z token {GITHUB}\n"
    import_into(session, plan_import(bench.service, text, "chat.md"))
    with pytest.raises(HeldBack, match=r"#\d+ looks like it holds a secret \(GitHub Token\)"):
        must_not_leave(session.incident)


@pytest.mark.parametrize(
    "text", [f"token\n{GITHUB[:20]}\n{GITHUB[20:]}", "password:\n  hunter2x", f"a\n{GITHUB}\nb"]
)
def test_a_field_of_several_lines_is_looked_at_across_them(bench: Bench, text: str) -> None:
    from incident_tui.domain.process.artifacts import FieldSet

    session = bench.declared()
    event = FieldSet(stage="triage", field="signal", text=text)
    receipt = session.record(lambda incident: [PendingEvent(event)])
    assert receipt.entries[-1].event.kind == "suspected"


# --- no field of any event is left out ------------------------------------------------------------


def _filled(kind: type[Event]) -> Iterator[tuple[str, Event]]:
    """The event with the secret in each of its fields that may hold text, one at a time."""
    for name, held in plain_types(kind).items():
        if held in (str, str | None):
            yield name, sample(kind, **{name: GITHUB})
        elif get_origin(held) is dict:
            yield f"{name} keys", sample(kind, **{name: {GITHUB: "x"}})
            yield f"{name} values", sample(kind, **{name: {"x": GITHUB}})
        elif get_origin(held) is tuple:
            yield name, sample(kind, **{name: (GITHUB,)})


# The hash is computed, a suspicion has only kinds, and what a correction is about is an id.
EXEMPT = {("evidence.attached", "sha256")}
FILLED = {
    f"{tag}: {name}": event
    for tag, kind in event_types().items()
    if kind is not SecretSuspected
    for name, event in _filled(kind)
    if (tag, name) not in EXEMPT
}


def _entry(event: Event) -> Entry:
    return Entry("a", 1, DECLARED_AT, DECLARED_AT, "ana", event)


@pytest.mark.parametrize("event", FILLED.values(), ids=FILLED.keys())
def test_each_text_of_each_event_is_looked_at(event: Event) -> None:
    assert suspicion_of(_entry(event)) == "GitHub Token"


@pytest.mark.parametrize("name", ["actor", "hat", "source"])
def test_so_is_what_is_around_it(name: str) -> None:
    from incident_tui.domain.findings.timeline import FactRecorded

    entry = msgspec.structs.replace(_entry(FactRecorded(text="cold")), **{name: GITHUB})
    assert suspicion_of(entry) == "GitHub Token"
    (new,) = rewritten([entry], "a", [GITHUB])
    assert GITHUB.encode() not in encode(new)


@pytest.mark.parametrize(
    "event",
    [event for name, event in FILLED.items() if name != "evidence.attached: name"],
    ids=[name for name in FILLED if name != "evidence.attached: name"],
)
def test_a_redaction_takes_the_secret_out_of_whatever_field_it_is_in(event: Event) -> None:
    assert not isinstance(event, UnknownEvent)
    incident = fold([_entry(event)], bakery())
    (new,) = rewritten(incident.recorded, "a", [GITHUB])
    assert GITHUB.encode() not in encode(new)
    other = msgspec.structs.replace(_entry(event), id="b", order=2)
    changed = rewritten([_entry(event), other], "a", [GITHUB])
    assert [entry.id for entry in changed] == ["a", "b"]
    assert GITHUB.encode() not in b"".join(map(encode, changed))
