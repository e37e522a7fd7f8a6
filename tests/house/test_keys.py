"""One key means one thing on every screen: the whole of the keys that act while somebody types.

Letters are no part of it: they act in lists only, where the footer says of each what it does.
"""

import re
from collections import defaultdict

from tests.support.paths import ROOT

MEANINGS: dict[str, set[str]] = {
    "f1": {"screen.help"},
    "f2": {"verb.hat"},
    "f3": {"verb.me", "checkpoint.sit_down"},  # somebody else types
    "f4": {"verb.sev"},
    "f5": {"verb.update", "composer.leave"},  # the update: there and back
    "f6": {"room.flags"},
    # to read, there and back
    "f7": {"room.read", "search.next_time", "declare.next_time", "next_time.leave"},
    "f8": {  # what the place is for is done
        "verb.advance",
        "composer.post",
        "checkpoint.hand_over",
        "checkpoint.read_back",
        "declare.declare",
        "deliver.deliver",
        "field.save",
        "send.send",
    },
    "f9": {"room.zoom"},
    "f10": {"app.incidents"},
    "f11": {"room.end_tour"},
    "f12": {"verb.checkpoint", "checkpoint.leave"},  # the checkpoint: there and back
    "ctrl+g": {"verb.gate"},
    "ctrl+l": {"composer.from_log", "field.from_log"},  # as the log has it
    "ctrl+n": {"composer.nothing_new", "checkpoint.give", "declare.anew"},  # anew
    "ctrl+o": {"app.follow_up"},
    "alt+s": {"app.search"},
    "alt+n": {"app.numbers"},
    "ctrl+q": {"app.quit"},
    "ctrl+d": {"rows.half_down"},
    "ctrl+u": {"rows.half_up"},
    "ctrl+t": {"room.postmortem"},
    "ctrl+z": {"verb.undo"},
    "alt+e": {"screen.outside"},
    "alt+j": {"screen.jump"},
    "alt+r": {"field.as_recorded"},
    "alt+z": {"verb.redo"},
    "alt+w": {"room.changes"},
}
"""By key the names of what it does; more than one name is one meaning in several places."""
IN_A_LINE = re.compile(r"line\.|lines\.")
ROW = re.compile(r"^\| (?P<keys>`[^|]+`) \| .* \| `(?P<name>[^`]+)` \|$", re.M)
TYPIST_KEY = re.compile(r"f\d+|(ctrl|alt)\+[a-z]$")


def keys_of_the_page() -> dict[str, set[str]]:
    """The page of keys is made from the bindings, which another test sees to."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in ROW.finditer((ROOT / "docs" / "keys.md").read_text("utf-8")):
        for key in re.findall(r"`([^`]+)`", row["keys"]):
            if TYPIST_KEY.fullmatch(key) and not IN_A_LINE.match(row["name"]):
                names[key].add(row["name"])
    return names


def test_a_key_that_acts_while_somebody_types_means_one_thing_everywhere() -> None:
    assert keys_of_the_page() == MEANINGS


def test_enter_takes_what_is_marked_and_escape_leads_back_on_every_screen() -> None:
    page = (ROOT / "docs" / "keys.md").read_text("utf-8")
    for row in ROW.finditer(page):
        keys, end = re.findall(r"`([^`]+)`", row["keys"]), row["name"].rpartition(".")[2]
        if "enter" in keys:
            assert end in {"choose", "take", "tick", "submit", "toggle"}, row[0]
        if "escape" in keys:
            assert end in {"leave", "write", "unfilter", "close"}, row[0]
