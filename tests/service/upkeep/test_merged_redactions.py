"""What one copy of a log redacted is gone after a merge, however the other copy repeated it."""

import hashlib
import random
import shutil
from contextlib import suppress
from itertools import count, permutations, product
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from incident_tui.documents import render_folder
from incident_tui.domain.confidential.redactions import EntryRedacted
from incident_tui.domain.confidential.secrets import Secrets, SecretSuspected
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident, fold
from incident_tui.domain.quality.evidence import EvidenceAttached
from incident_tui.domain.values.playbook import Playbook
from incident_tui.service.secrets.texts import HeldBack, must_not_leave
from incident_tui.service.session.incident_session import IncidentSession
from incident_tui.service.upkeep.log_merge import Copy, merged_page, read_copy, united
from tests.support.homes import Kitchen
from tests.support.thorough import thorough

PATH = Path("x/incident.json")
WORDS = "the customer is called Zanzibar of Omsk"
REPEATED = [
    "/amend 2 {w}, and his brother",
    "/amend 2 it is Zanzibar",
    "see #2: {w}",
    "he said: The Customer  is called 'Zanzibar', of Omsk!",
    "! nobody calls back, since {w}",
    "? {w} did it",
    "/hyp 1 test {w}",
    "/hyp 1 for {w}",
    "/hyp 1 refute {w}",
    '+ call back owner:ana due:fri verify:"{w}"',
    "+ tell {w} owner:ana due:fri",
    "/update We know that {w}. next:30m",
    "/set seen {w}",
    "/question is it so that {w}?",
    "/answer 1 {w}",
    "/impact users {w}",
    "/retract 3 {w}",
    "= 5xx 1 % -> 2 % {w}",
    '/mitigate rebake what {w} ordered undo:"not needed"',
    "cold src:https://example.org/{w}",
    "/waive decisions.made {w}",
    "/sev HIGH {w}",
    "/guardrail {w}",
    "/link https://example.org/ {w}",
    "/checkpoint ben {w} users:{w}",
    "/why {w}",
    "/factor oven {w}",
    "/cause {w}",
    "/legal {w}",
    "/restrict 2 {w}",
    "/hyp 1 against {w}",
]
BEFORE = ("the oven is cold", "? the gas is off", "/question is anybody there?")


class Side(NamedTuple):
    """One clone: its home and the incident, opened by somebody with ids of their own."""

    kitchen: Kitchen
    session: IncidentSession

    @property
    def data(self) -> bytes:
        return self.session.file.path.read_bytes()

    def copy(self) -> Copy:
        return read_copy(self.data, PATH)

    def say(self, *lines: str) -> None:
        for line in lines:
            self.session.enter(line)


def side(place: Path, who: str, data: bytes | None = None) -> Side:
    place.mkdir()
    kitchen = Kitchen(place)
    numbers = count(1)
    kitchen.world = msgspec.structs.replace(
        kitchen.world, new_id=lambda: f"{who}{next(numbers):04}"
    )
    if data is not None:
        (kitchen.folder / "incident.json").write_bytes(data)
    return Side(kitchen, kitchen.open(who))


@pytest.fixture
def ana(tmp_path: Path) -> Side:
    ana = side(tmp_path / "a", "ana")
    ana.say(WORDS)
    return ana


@pytest.fixture
def base(ana: Side) -> Copy:
    """What both sides had when the clone was made."""
    return ana.copy()


@pytest.fixture
def ben(tmp_path: Path, ana: Side, base: Copy) -> Side:
    return side(tmp_path / "b", "ben", ana.data)


def merged(bases: list[Copy], one: Copy, other: Copy) -> Copy:
    """What both sides of a merge come to; merging that once more changes nothing."""
    union = united(bases, one, other, PATH)
    assert united(bases, other, one, PATH) == union, "it matters who merges"
    copy = read_copy(union, PATH)
    for again in (one, other):
        assert united(bases, copy, again, PATH) == union, "a second merge changes something"
        assert united([], copy, again, PATH) == union, "the base is needed a second time"
        assert united([again], again, copy, PATH) == union, "going on from one side differs"
    return copy


def state(copy: Copy, playbook: Playbook) -> Incident:
    return fold((stored.entry for stored in copy.stored.values()), playbook)


def worded(line: str) -> str:
    return line.format(w=WORDS)


@pytest.mark.parametrize(
    ("where", "line"),
    thorough(product(("before the fork", "by the one", "by the other"), REPEATED), one_in=3),
)
def test_no_word_survives_however_it_was_repeated(tmp_path: Path, line: str, where: str) -> None:
    ana = side(tmp_path / "a", "ana")
    ana.say(WORDS, *BEFORE)
    if where == "before the fork":
        ana.say(worded(line))
    base = ana.copy()
    ben = side(tmp_path / "b", "ben", ana.data)
    ben.say("rain")
    if where != "before the fork":
        (ana if where == "by the one" else ben).say(worded(line))
    ana.say("/redact 2 it names a customer")
    union = merged([base], ana.copy(), ben.copy())
    document = b"".join(stored.document for stored in union.stored.values())
    assert b"anzibar" not in document
    playbook = ana.kitchen.playbook
    pages = render_folder(state(union, playbook))
    for page in pages:
        text = merged_page(PurePosixPath(page), [base], ana.copy(), ben.copy(), playbook)
        assert "anzibar" not in str(text)
        assert text == pages[page]


def test_what_is_amended_with_the_redaction_in_sight_stays(
    ana: Side, base: Copy, ben: Side
) -> None:
    ben.say("rain")
    ana.say("/redact 2", "/amend 2 somebody cannot bake")
    union = state(merged([base], ana.copy(), ben.copy()), ana.kitchen.playbook)
    texts = [getattr(entry.event, "text", "") for entry in union.recorded]
    assert texts[1] == "(redacted)"
    assert "somebody cannot bake" in texts


def test_words_of_its_own_that_speak_of_the_same_have_to_be_looked_at(
    ana: Side, base: Copy, ben: Side
) -> None:
    """Nobody can tell whether a name in another sentence is the one that was to go."""
    ben.say("Zanzibar called again", "the customer is angry")
    ana.say("/redact 2")
    union = merged([base], ana.copy(), ben.copy())
    incident = state(union, ana.kitchen.playbook)
    suspected = [e.event for e in incident.recorded if isinstance(e.event, SecretSuspected)]
    assert [incident.number(event.target) for event in suspected] == [4]
    assert "anzibar" not in suspected[0].what
    with pytest.raises(HeldBack, match="/redact 4"):
        must_not_leave(incident)


def test_words_of_its_own_are_looked_at_behind_a_redaction_of_the_other_copy(
    ana: Side, base: Copy, ben: Side
) -> None:
    ben.say("rain", "/redact 3", "Zanzibar called again")
    ana.say("/redact 2")
    incident = state(merged([base], ana.copy(), ben.copy()), ana.kitchen.playbook)
    suspected = [e.event for e in incident.recorded if isinstance(e.event, SecretSuspected)]
    texts = {entry.id: getattr(entry.event, "text", "") for entry in incident.recorded}
    assert [texts[event.target] for event in suspected] == ["Zanzibar called again"]


def test_a_file_that_the_other_attached_again_is_the_note_in_its_place_for_both(
    ana: Side, tmp_path: Path
) -> None:
    (ana.kitchen.path / "list.txt").write_text("Zanzibar of Omsk\n")
    ana.say("/evidence list.txt")
    base, place = ana.copy(), ana.kitchen.folder / "evidence"
    ben = side(tmp_path / "b", "ben", ana.data)
    shutil.copytree(place, ben.kitchen.folder / "evidence")
    ben.say(f"/evidence {ana.kitchen.path / 'list.txt'}")
    ana.say("/redact 3")
    both = merged([base], ana.copy(), ben.copy()).stored.values()
    attached = [each.entry.event for each in both if isinstance(each.entry.event, EvidenceAttached)]
    note = hashlib.sha256((place / "list.txt").read_bytes()).hexdigest()
    assert [(each.name, each.sha256) for each in attached] == [("list.txt", note)] * 2


def test_a_suspicion_that_was_settled_does_not_return(
    ana: Side, base: Copy, ben: Side, tmp_path: Path
) -> None:
    ben.say("Zanzibar called again")
    ana.say("/redact 2")
    first = merged([base], ana.copy(), ben.copy())
    after = side(tmp_path / "c", "eve", united([base], ana.copy(), ben.copy(), PATH))
    after.say("/keep-secret 4 it is the island")
    ben.say("hail")
    last = merged([first], after.copy(), ben.copy())
    assert state(last, ana.kitchen.playbook).of(Secrets).open == []


def test_an_event_of_a_newer_version_loses_them_and_nothing_else(
    ana: Side, base: Copy, ben: Side
) -> None:
    ben.say("marker")
    newer = f'"type":"newer.thing","text":"{WORDS}!","deep":{{"1":[1,2.50,"é"]}}'
    path = ben.session.file.path
    path.write_bytes(
        path.read_bytes().replace(b'"type":"fact.recorded","text":"marker"', newer.encode())
    )
    ana.say("/redact 2")
    union = b"".join(
        stored.document for stored in merged([base], ana.copy(), ben.copy()).stored.values()
    )
    assert b"anzibar" not in union
    assert '"type":"newer.thing","text":"(redacted)","deep":{"1":[1,2.50,"é"]}'.encode() in union


def test_both_redacting_it_on_their_own_leaves_nothing_of_what_was_typed_since(
    ana: Side, base: Copy, ben: Side
) -> None:
    """Then only the base still has the words."""
    ben.say("/redact 2", f"once more: {WORDS}")
    ana.say("/redact 2")
    union = united([base], ana.copy(), ben.copy(), PATH)
    assert union == united([base], ben.copy(), ana.copy(), PATH)
    assert b"anzibar" not in union


@pytest.mark.parametrize("seed", range(6))
def test_three_copies_come_to_the_same_in_any_order_and_criss_cross(
    tmp_path: Path, seed: int
) -> None:
    ana = side(tmp_path / "a", "ana")
    ana.say(WORDS, *BEFORE)
    base = ana.copy()
    pick = random.Random(seed)
    others = [side(tmp_path / who, who, ana.data) for who in ("ben", "eve")]
    for other in others:
        for line in pick.sample(REPEATED, 4):
            with suppress(Refused):  # some come in each other's way
                other.say(worded(line))
    ana.say("/redact 2 it names a customer")
    copies = [ana.copy(), *(other.copy() for other in others)]
    results = set()
    for first, second, third in permutations(copies):
        two = merged([base], first, second)
        crossed = read_copy(united([base], second, third, PATH), PATH)
        results.add(united([base, second], two, third, PATH))
        results.add(united([second], two, crossed, PATH))
    assert len(results) == 1
    (result,) = results
    assert b"anzibar" not in result


texts = st.lists(st.sampled_from(["rain", WORDS, f"he: {WORDS}?", "Omsk is far"]), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(before=texts, ours=texts, theirs=texts, who=st.booleans())
def test_any_two_histories_forget_it(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[str],
    ours: list[str],
    theirs: list[str],
    who: bool,
) -> None:
    place = tmp_path_factory.mktemp("merge")
    ana = side(place / "a", "ana")
    ana.say(WORDS, *before)
    base = ana.copy()
    ben = side(place / "b", "ben", ana.data)
    ana.say(*ours)
    ben.say(*theirs)
    (ana if who else ben).say("/redact 2")
    union = merged([base], ana.copy(), ben.copy())
    assert b"anzibar" not in b"".join(stored.document for stored in union.stored.values())
    marks = [e for e in union.stored.values() if isinstance(e.entry.event, EntryRedacted)]
    assert len(marks) == 1
