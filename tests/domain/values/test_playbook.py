"""A playbook is refused with every problem at once, each at its key path."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incident_tui.domain import discovery
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.playbook.playbook_data import from_data
from incident_tui.domain.values.playbook.postmortem_fields import STANDARD
from tests.support.incidents import playbook
from tests.support.playbooks.engine import bakery, bakery_data

Change = Callable[[dict[str, Any]], object]


def problems(*changes: Change) -> tuple[str, ...]:
    data = bakery_data()
    for change in changes:
        change(data)
    with pytest.raises(PlaybookError) as caught:
        from_data(data, "bakery", discovery.vocabulary())
    assert caught.value.name == "bakery"
    return caught.value.problems


def put(path: str, value: object) -> Change:
    """Set what stands at a path such as ``stages.1.review``; None takes it out."""

    def change(data: dict[str, Any]) -> None:
        *way, last = path.split(".")
        at: Any = data
        for step in way:
            at = at[int(step)] if step.isdigit() else at[step]
        if value is None:
            del at[last]
        else:
            at[int(last) if last.isdigit() else last] = value

    return change


def add(path: str, value: object) -> Change:
    """Append to the list at a path."""

    def change(data: dict[str, Any]) -> None:
        at: Any = data
        for step in path.split("."):
            at = at[int(step)] if step.isdigit() else at[step]
        at.append(value)

    return change


SHAPE = [
    (put("law", None), "law: is missing"),
    (put("lawn", "x"), "the top: unknown field `lawn`; known: id, title, "),
    (put("title", 7), "title: Expected `str`, got `int`"),
    (put("stages", "x"), "stages: Expected `array`, got `str`"),
    (put("stages.1", "x"), "stages[1]: a table is expected"),
    (put("stages.1.review", "maybe"), "stages[1].review: Invalid enum value 'maybe'"),
    (put("stages.1.reviw", "ask"), "stages[1]: unknown field `reviw`"),
    (put("stages.1.status_after", "x"), "stages[1]: unknown field `status_after`"),
    (put("stages.1.title", None), "stages[1].title: is missing"),
    (put("stages.1.checks.0.waivable", "yes"), "stages[1].checks[0].waivable: Expected `bool`"),
    (put("stages.1.checks.0.args", {"x": 1.5}), "stages[1].checks[0].args[...]: Expected `int |"),
    (put("stages.0.produces", []), "stages[0].produces: "),
    (put("hats.0.needed-for", ["HIGH", 1]), "hats[0].needed-for[1]: Expected `str`"),
    (put("deadlines", {"postmortem-hours": "2d"}), "deadlines.postmortem-hours: Expected `int`"),
    (put("flags", {"severity.missing": "5m"}), "flags"),
    (put("messages.update", None), "messages.update: is missing"),
]

MEANING = [
    (put("severities", []), "severities: at least one is expected"),
    (put("stages", []), "stages: at least one is expected"),
    (put("severities.1.id", "HIGH"), "severities[1].id: 'HIGH' is used twice"),
    (put("hats.2.id", "lead"), "hats[2].id: 'lead' is used twice"),
    (put("stages.2.id", "look"), "stages[2].id: 'look' is used twice"),
    (put("layers.1.id", "oven"), "layers[1].id: 'oven' is used twice"),
    (put("stages.1.checks.1.id", "calm"), "stages[1].checks[1].id: 'calm' is used twice"),
    (
        add("stages.1.produces.fields", {"id": "risk", "title": "R"}),
        "stages[1].produces.fields[3].id: 'risk' is used twice",
    ),
    (
        put("stages.1.produces.id", "note"),
        "stages[0].produces.id: 'note' is produced by two stages",
    ),
    (add("closing", {"id": "lifecycle.resolved"}), "closing[3].id: 'lifecycle.resolved' is used"),
    (put("hats.0.needed-for", ["AWFUL"]), "hats[0].needed-for: 'AWFUL' is not a severity"),
    (put("severities.0.update-every", "often"), "severities[0].update-every: 'often' is not a dur"),
    (put("flags", {"ovens.cold": 1}), "flags.ovens.cold: no such red flag; known: "),
    (put("stages.0.hats", ["baker"]), "stages[0].hats: 'baker' is not a hat"),
    (put("stages.0.requires", ["cake"]), "stages[0].requires: no stage produces 'cake'"),
    (put("stages.0.requires", ["report"]), "which does not come before 'look': a cycle"),
    (put("stages.0.requires", ["note"]), "which does not come before 'look': a cycle"),
    (put("stages.1.status-after", "asleep"), "stages[1].status-after: 'asleep' is not one of"),
    (put("stages.1.status-after", "closed"), "stages[1].status-after: 'closed' is not one of"),
    (put("stages.1.review", "none"), 'stages[1].checks: a stage with review "none" has no gate'),
    (put("stages.0.checks", []), 'stages[0].checks: review "auto" needs at least one check'),
    (put("stages.0.checks.0.id", "severity.sett"), "stages[0].checks[0].id: unknown check"),
    (put("closing.0.id", "lifecycle.over"), "closing[0].id: unknown check 'lifecycle.over'"),
    (put("stages.1.checks.0.title", ""), "stages[1].checks[0].title: an attestation needs"),
    (
        put("stages.0.checks.0.args", {"level": 1}),
        "stages[0].checks[0].args: severity.set takes no arguments, not 'level'",
    ),
    (
        put("stages.3.checks.0", {"id": "factors.enough", "args": {"factors": "three"}}),
        "stages[3].checks[0].args: factors must be int, not 'three'",
    ),
    (
        put("stages.3.checks.0", {"id": "factors.enough", "args": {"factor": 3}}),
        "stages[3].checks[0].args: factors.enough takes factors, layers, not 'factor'",
    ),
    (
        put("stages.3.checks.0", {"id": "actions.complete", "args": {"needs": "owner date"}}),
        "stages[3].checks[0].args: needs holds words of owner, due,",
    ),
    (
        put("stages.3.checks.0", {"id": "impact.known", "args": {"fields": "people"}}),
        "stages[3].checks[0].args: fields holds words of users,",
    ),
    (
        put("stages.3.checks.0", {"id": "milestones.known", "args": {"names": "finished"}}),
        "stages[3].checks[0].args: names holds words of ",
    ),
    (put("stages.1.produces.fields.1.choices", []), "fields[1].choices: a choice needs its list"),
    (put("stages.0.produces.fields.0.source", "x.y"), "fields[0].source: unknown source 'x.y'"),
    (put("severities.0.light", True), "severities[0].light: 'HIGH' calls people"),
]


@pytest.mark.parametrize(
    ("change", "says"), [*SHAPE, *MEANING], ids=[c[1] for c in SHAPE + MEANING]
)
def test_a_mistake_is_told_at_its_place(change: Change, says: str) -> None:
    mistakes = problems(change)
    assert any(says in problem for problem in mistakes), mistakes


@pytest.mark.parametrize(
    "mistakes",
    [
        [SHAPE[index] for index in (0, 1, 2, 5, 6, 9, 12, 13)],
        [MEANING[index] for index in (2, 3, 4, 5, 9, 10, 11, 12, 13, 17, 21, 23)],
    ],
)
def test_all_mistakes_are_told_at_once(mistakes: list[tuple[Change, str]]) -> None:
    listed = problems(*(change for change, _ in mistakes))
    for _, says in mistakes:
        assert any(says in problem for problem in listed), (says, listed)


def test_what_is_no_table_at_all_is_told() -> None:
    with pytest.raises(PlaybookError, match="bakery: the top: a table is expected"):
        from_data([], "bakery", discovery.vocabulary())


def test_names_are_found_however_their_letters_are_cased() -> None:
    playbook = bakery()
    assert [one.id for one in (playbook.severity("high"), playbook.hat("LEAD")) if one] == [
        "HIGH", "lead",
    ]  # fmt: skip
    assert playbook.stage("Look Around") is playbook.stages[0]
    assert playbook.stage("cake") is None


def test_the_first_hat_commands_where_none_is_said_to() -> None:
    data = bakery_data()
    del data["hats"][0]["commands"]
    assert from_data(data, "bakery", discovery.vocabulary()).commanding_hat().id == "lead"


SHIPPED = sorted((Path(discovery.__file__).parents[1] / "playbooks").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.stem))
def test_every_playbook_of_the_product_is_valid_and_named_as_its_file(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    assert from_data(data, path.name, discovery.vocabulary()).id == path.stem


def test_a_postmortem_asks_for_no_standard_field_that_the_playbook_calls_something_else() -> None:
    stage = playbook("studio").postmortem_stage()
    assert stage is not None
    assert stage.produces is not None
    ids = [field.id for field in stage.produces.fields]
    assert len(set(ids)) == len(ids)
    assert {each.id for each in STANDARD} - {*ids} == {"summary"}
    assert ids[0] == "what-happened"
