"""The text of a commit arrives in git as it was meant, whatever people typed."""

import subprocess

import pytest
from hypothesis import given, settings, strategies as st

from incident_tui.history.commits.message import LONGEST_SUBJECT, commit_message
from tests.support.git import REAL_GIT


def trailers_git_reads(message: str) -> list[str]:
    done = subprocess.run(
        [REAL_GIT, "interpret-trailers", "--parse"],
        input=message.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().splitlines()


def test_subject_body_and_trailers_are_paragraphs() -> None:
    message = commit_message(
        "x: Triage → Mitigate", "Gate passed.\n\nWaived: none", [("Stage", "Mitigate")]
    )
    assert message == "x: Triage → Mitigate\n\nGate passed.\n\nWaived: none\n\nStage: Mitigate\n"


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ("one\ntwo", "one two"),
        ("red \x1b[31malert\x07", "red ␛[31malert␇"),
        ("mirror\u202etxt", "mirrortxt"),
        ("   ", "Incident record"),
        ("# not a comment", "# not a comment"),
        ("half \ud800", "half \ufffd"),
    ],
)
def test_the_subject_is_one_clean_line(subject: str, line: str) -> None:
    assert commit_message(subject, "", []).splitlines() == [line]


def test_a_long_subject_is_cut_and_says_so() -> None:
    line = commit_message("word " * 60, "", []).rstrip("\n")
    assert len(line) <= LONGEST_SUBJECT
    assert line.endswith("…")


@pytest.mark.parametrize(
    ("pair", "read"),
    [
        (("Co-authored-by", "Ana <ana@example.org>"), ["Co-authored-by: Ana <ana@example.org>"]),
        (("Gate", "passed\nForged: yes"), ["Gate: passed Forged: yes"]),
        (("Two words\n", "x"), ["Two-words: x"]),
        (("Empty", " \n "), []),
        (("\n", "no key"), []),
    ],
)
def test_a_trailer_is_one_line_or_left_out(pair: tuple[str, str], read: list[str]) -> None:
    message = commit_message("s", "body", [pair, ("Log-Position", "7")])
    assert trailers_git_reads(message) == [*read, "Log-Position: 7"]


def test_a_body_that_looks_like_a_patch_does_not_hide_the_trailers() -> None:
    message = commit_message("s", "before\n---\nafter\n--- a/file", [("Stage", "Triage")])
    assert trailers_git_reads(message) == ["Stage: Triage"]


@settings(max_examples=25, deadline=None)
@given(st.text(), st.text(), st.text())
def test_git_always_reads_back_the_trailer_that_counts(subject: str, body: str, text: str) -> None:
    message = commit_message(subject, body, [("Gate", text), ("Log-Position", "12")])
    assert trailers_git_reads(message)[-1] == "Log-Position: 12"
    assert "\x1b" not in message
