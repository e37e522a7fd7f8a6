"""Action items as issues of GitHub or GitLab, by the programs `gh` and `glab` of the user.

Nothing leaves by itself: what would be run is words to be looked at, and running them is a call of
its own. The address that comes back becomes the `ref` of the item. What was restricted, protected,
or looks like a secret is in no issue.
"""

import json
import re
import shlex
from collections.abc import Iterator

import msgspec

from incident_tui.documents.text.flavours import in_flavour
from incident_tui.documents.text.markdown_text import inline, labelled
from incident_tui.domain.confidential.protection import Protection
from incident_tui.domain.confidential.shared_incident import shared
from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.core.events import Incident
from incident_tui.domain.core.line_grammar import Line
from incident_tui.domain.learning.actions import SETTLED, Action, Actions
from incident_tui.domain.values.text import clean_line
from incident_tui.service.runtime.command_runner import Ran, run_command
from incident_tui.service.runtime.world import World
from incident_tui.service.secrets.texts import suspicion
from incident_tui.service.session.incident_session import IncidentSession

SECONDS = 60.0
"""How long one call may take."""
TITLE = 200
"""Characters of a title; GitHub takes 256, GitLab 255."""
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+/(?:issues|work_items)/\d+")
_FLAVOUR = {"gh": "github", "glab": "gitlab"}


class Planned(msgspec.Struct, frozen=True):
    """What would be run for an action item; where it must not leave, no words but why."""

    number: int
    text: str
    words: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def line(self) -> str:
        """The words as any POSIX shell takes them; line breaks stay, within quotes."""
        return shlex.join(self.words)


class State(msgspec.Struct, frozen=True):
    """What a tracker says of the issue of an item: "open", "closed", or why it is not known."""

    number: int
    text: str
    ref: str
    state: str
    problem: str = ""
    mend: str = ""
    """The line that brings the item up to what the tracker says; empty where they agree."""


def planned(session: IncidentSession, tracker: str, repository: str = "") -> list[Planned]:
    """What would be run for each item that is not settled and has no issue yet."""
    theirs = {item.number: item for item in shared(session.incident).of(Actions).items}
    plans = []
    for item in session.incident.of(Actions).items:
        if item.status in SETTLED or item.ref:
            continue
        why = _why_not(session.incident, item, theirs[item.number])
        words = () if why else _create(session, item, tracker, repository)
        plans.append(Planned(item.number, item.text, words, why))
    return plans


def create(session: IncidentSession, plan: Planned) -> str:
    """Run what was planned, and record the address of the issue as the item's `ref`; the address.

    Raises `Refused` where the program fails or says no address: nothing is recorded then.
    """
    ran = _run(plan.words, session.world)
    addresses = _ADDRESS.findall(ran.output.decode("utf-8", "replace"))
    if ran.exit_code != 0 or not addresses:
        raise Refused(
            f"{plan.words[0]} made no issue of action item {plan.number}: {_output_of(ran)}"
        )
    address: str = clean_line(addresses[-1])
    form = next(form for form in commands.forms("/act") if form.name == "/act")
    session.enter(Line(form, {"n": str(plan.number), "ref": address}))
    return address


def states(session: IncidentSession) -> Iterator[State]:
    """What the trackers say of the items whose `ref` is the address of an issue."""
    for item in session.incident.of(Actions).items:
        if _ADDRESS.fullmatch(item.ref):
            yield _state(item, session.world)


def _state(item: Action, world: World) -> State:
    of_gitlab = "/-/" in item.ref
    program, form = ("glab", ("--output", "json")) if of_gitlab else ("gh", ("--json", "state"))
    try:
        ran = _run((program, "issue", "view", item.ref, *form), world)
        answer = _answer(ran.output) if ran.exit_code == 0 else None
        state = str(answer["state"]).casefold() if isinstance(answer, dict) else ""
    except Refused as error:
        return State(item.number, item.text, item.ref, "", error.message)
    except (ValueError, KeyError, RecursionError):
        return State(item.number, item.text, item.ref, "", "its answer is not understood")
    if not state:
        return State(item.number, item.text, item.ref, "", _output_of(ran))
    state = "closed" if state == "closed" else "open"
    mend = ""
    if state == "closed" and item.status == "open":
        mend = f"/act {item.number} done closed in {item.ref}"
    elif state == "open" and item.status in ("done", "verified"):
        mend = f"/act {item.number} reopen still open in {item.ref}"
    return State(item.number, item.text, item.ref, state, "", mend)


def _answer(output: bytes) -> object:
    """The JSON within what a program said, warnings before and behind it left out.

    Raises `ValueError` where there is none.
    """
    text = output.decode("utf-8", "replace")
    return json.JSONDecoder().raw_decode(text, text.index("{"))[0]


def _why_not(incident: Incident, own: Action, theirs: Action) -> str:
    """Why an item must not leave; empty where it may."""
    if incident.of(Protection).protected:
        return "its incident is protected"
    if (own.text, own.verify) != (theirs.text, theirs.verify):
        return "it holds what only those may read who need to know"
    what = suspicion([own.text, own.verify, own.owner])
    return f"it looks like it holds a secret ({what})" if what else ""


def _create(
    session: IncidentSession, item: Action, tracker: str, repository: str
) -> tuple[str, ...]:
    about = labelled(
        [
            ("Seen by", item.verify),
            ("Owner", item.owner),
            ("Due", item.due.astimezone(session.zone).date().isoformat() if item.due else ""),
            ("Class", item.action_class),
            ("Priority", item.priority),
            ("Incident", f"{session.id}, action item {item.number}"),
        ]
    )
    body = in_flavour(f"{inline(item.text)}\n\n{about}", _FLAVOUR[tracker]).strip()
    where = [f"--repo={repository}"] if repository else []
    title = clean_line(item.text)[:TITLE]
    text = "--body" if tracker == "gh" else "--description"
    sure = ["--yes"] if tracker == "glab" else []
    return (tracker, "issue", "create", *where, f"--title={title}", f"{text}={body}", *sure)


def _run(words: tuple[str, ...], world: World) -> Ran:
    # They would ask on the terminal, and colour what is read here.
    env = {**world.env, "NO_COLOR": "1", "GH_PROMPT_DISABLED": "1", "NO_PROMPT": "1"}
    return run_command(words, cwd=world.cwd, env=env, seconds=SECONDS)


def _output_of(ran: Ran) -> str:
    if ran.exit_code is None:
        return f"it was stopped after {SECONDS:.0f} seconds"
    lines = [clean_line(line) for line in ran.output.decode("utf-8", "replace").splitlines()]
    last_line = next((line for line in reversed(lines) if line), "nothing")
    return f"it ended with {ran.exit_code} and said: {last_line}"
