"""TOML of others: what costs too much is refused with its place, what controls is made inert."""

import pytest

from incident_tui.store.files.toml_text import LARGEST, MOST_PARTS, BadToml, read_toml

LONG = ".".join("a" * (MOST_PARTS + 1))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (f"id = 1\n{LONG} = 1", "line 2: a dotted name of more than 32 parts"),
        (f"[{LONG}]", "line 1: a dotted name"),
        (f"[[{LONG}]]", "line 1: a dotted name"),
        (f"x = {{ {LONG} = 1 }}", "line 1: a dotted name"),
        ('"a b"' + " . 'c'" * 100_000 + "=1", "bytes, and"),
        ('"a b"' + " . 'c'" * 30_000 + "=1", "line 1: a dotted name"),
        ("#" * (LARGEST + 1), "it has 262,145 bytes, and 262,144 are read at most"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        ("a = " + "1" * 100_000, "too many digits"),
    ],
)
def test_what_would_take_too_long_is_refused_with_its_place(content: str, says: str) -> None:
    with pytest.raises(BadToml, match=says) as refusal:
        read_toml(content.encode())
    assert refusal.value.remedy


def test_a_file_as_large_as_is_read_and_a_name_as_long_are_read() -> None:
    name = ".".join("a" * MOST_PARTS)
    text = f"{name} = 1\n"
    assert "a" in read_toml((text + "#" * (LARGEST - len(text))).encode())


def test_every_text_and_name_is_inert() -> None:
    read = read_toml('"a\\u202e" = ["x\\u001b[2J\\ty", {b = "\u200b"}]\nc = 1'.encode())
    assert read == {"a\ufffd": ["x␛[2J\ty", {"b": "\ufffd"}], "c": 1}
