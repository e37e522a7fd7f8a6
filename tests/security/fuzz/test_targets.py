"""Each target of the fuzzer, a few times: that it finds nothing, and that it is no idle run."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import strategies as st

from tests.security.fuzz.__main__ import main
from tests.security.fuzz.checks import Check, Count
from tests.security.fuzz.engines import with_hypothesis
from tests.security.fuzz.targets import TARGETS, Target
from tests.support.thorough import EVERYTHING

every = pytest.mark.parametrize("name", TARGETS)


@every
def test_nothing_but_the_promised_comes_of_it(name: str) -> None:
    times = 60 if EVERYTHING else 25
    assert with_hypothesis(name, times).total() >= times


@every
def test_what_fuzzing_begins_with_is_well_taken(name: str, tmp_path: Path) -> None:
    """The seeds too; among them what earlier fuzzing has found."""
    count: Count = Counter()
    target = TARGETS[name]
    check = target.check(count, tmp_path)
    seeds = target.seeds()
    for seed in seeds:
        check(target.of_bytes(seed))
    assert count.total() >= len(seeds)


def broken(count: Count, folder: Path) -> Check:
    def check(text: str) -> None:
        assert "\x00" not in text, f"a NUL in {text!r}"
        count["read"] += 1

    return check


def test_a_finding_is_told_and_no_table_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- last fuzzing -->\nas before\n<!-- end of fuzzing -->\n")
    finding = Target(broken, lambda: st.just("a\x00b"), bytes.decode, lambda: [b"ab"])
    monkeypatch.setitem(TARGETS, "names", finding)
    arguments = ["--only", "names", "--examples", "5", "--write", str(page)]
    assert main(arguments) == 1
    assert "FOUND" in (printed := capsys.readouterr().out)
    assert "a NUL in" in printed
    assert "findings = 1" in printed
    assert "as before" in page.read_text()


def test_counts_are_printed_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- last fuzzing -->\nold\n<!-- end of fuzzing -->\nafter\n")
    assert main(["--only", "names", "--examples", "20", "--write", str(page)]) == 0
    assert "names (hypothesis): 20 runs: " in capsys.readouterr().out
    assert "| names | hypothesis | 20 | " in page.read_text()
    assert "old" not in page.read_text()
    assert page.read_text().startswith("before\n")
    assert page.read_text().endswith("after\n")
