"""The keys that a user sets: each holds, or it is told what is wrong with it."""

import tomllib

import pytest

from incident_tui.app import IncidentApp
from incident_tui.screens.terminal.keymap import Declared, checked, shown
from incident_tui.screens.war_room.key_places import every_action
from tests.support.paths import ROOT

ACTIONS = every_action(IncidentApp)
BY_NAME = {one.id: one for one in ACTIONS if one.id}


@pytest.mark.parametrize(
    ("keys", "held"),
    [
        ("shift+f9", ("shift+f9",)),
        ("Shift+F9, shift+f6", ("shift+f9", "shift+f6")),
        (["shift+f9", "x"], ("shift+f9", "x")),
        ("shift+f3", ("shift+f3",)),
        ("Alt+9", ("f21",)),
    ],
)
def test_keys_that_can_be_set_hold_however_they_are_written(
    keys: object, held: tuple[str, ...]
) -> None:
    for table in ({"room.zoom": keys}, {"room": {"zoom": keys}}):
        keymap = checked(table, ACTIONS)
        assert (keymap.keys, keymap.problems) == ({"room.zoom": held}, ())


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"room.zom": "shift+f9"}, "room.zom: there is no such action; did you mean room.zoom"),
        ({"room.flags": "x"}, "room.flags: x is a letter of text, and it must act while somebody"),
        ({"verb.undo": "?"}, "is a letter of text"),
        ({"room.zoom": "f7"}, "room.zoom: f7 is the key of room.read (Read the documents) already"),
        ({"room.zoom": "f7"}, "it stays on f9, z"),
        ({"room.zoom": "ctrl+k"}, "ctrl+k is the key of line.delete_right_all"),
        ({"composer.post": "ctrl+k"}, "ctrl+k is the key of moving and cutting in a text"),
        (
            {"room.zoom": "shift+f9", "room.flags": "shift+f9"},
            "both on shift+f9; both keep the keys they have",
        ),
        ({"room.zoom": "ctrl+i"}, "a terminal sends ctrl+i as tab"),
        ({"room.zoom": "ctrl+p"}, "ctrl+p stays what it is"),
        ({"room.zoom": "hyper+x"}, "there is no key hyper+x"),
        ({"room.zoom": "f99x"}, "there is no key f99x"),
        ({"room.zoom": ""}, "it names no key"),
        ({"room.zoom": 3}, "keys are written as"),
        ({"menu.choose": "x"}, "belong together and cannot be changed"),
    ],
)
def test_keys_that_cannot_are_told_in_plain_words_and_their_actions_stay(
    table: dict[str, object], problem: str
) -> None:
    keymap = checked(table, ACTIONS)
    assert keymap.keys == {}
    assert len(keymap.problems) == 1
    assert problem in keymap.problems[0]


def test_one_wrong_key_takes_no_other_with_it() -> None:
    keymap = checked({"room.zoom": "shift+f9", "room.flags": "x"}, ACTIONS)
    assert keymap.keys == {"room.zoom": ("shift+f9",)}
    assert len(keymap.problems) == 1


def test_keys_may_be_exchanged_and_shared_where_they_were() -> None:
    swap = checked({"room.flags": "f7", "room.read": "f6"}, ACTIONS)
    assert not swap.problems
    both = checked({"gate.advance": "x", "gate.approve": "x"}, ACTIONS)
    assert not both.problems


def test_a_key_of_another_place_is_free_here() -> None:
    assert not checked({"gate.waive": "d"}, ACTIONS).problems  # which opens the example in the list


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_the_keys_that_actions_have_as_they_come_can_be_set(name: str) -> None:
    action = BY_NAME[name]
    keymap = checked({name: [shown(key) for key in action.keys]}, ACTIONS)
    assert keymap.problems == () or action.fixed


def test_the_page_of_keys_shows_keys_that_can_be_set() -> None:
    page = (ROOT / "docs" / "keys.md").read_text("utf-8")
    example = tomllib.loads(page.partition("```toml")[2].partition("```")[0])
    assert len(checked(example["keys"], ACTIONS).keys) == 3


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        ({"gate.revise": "r"}, set()),
        ({"document.markup": "m"}, set()),
        ({"gate.revise": "r", "document.markup": "v"}, {"gate.revise", "document.markup"}),
        ({"reader.again": "b"}, {"reader.again"}),
    ],
    ids=["a part's key in a whole", "a whole's key in a part", "both moved", "another whole's"],
)
def test_a_key_that_a_place_has_from_what_it_is_made_of_is_taken(
    wanted: dict[str, object], held: set[str]
) -> None:
    keymap = checked(wanted, ACTIONS)
    assert keymap.keys.keys() == held
    assert bool(keymap.problems) == (not held)


def test_what_takes_no_text_may_have_letters() -> None:
    declared = [Declared("list.open", ("f6",), place="list")]
    assert checked({"list.open": "x"}, declared).keys == {"list.open": ("x",)}


def test_a_key_has_one_name_for_people() -> None:
    assert [shown(key) for key in ("f13", "f22", "f6")] == ["alt+1", "alt+0", "f6"]
