"""What was redacted or protected stays so, when git puts an older version of the log there."""

from collections.abc import Callable

import pytest

from incident_tui.service.session.spooler import Spooler
from tests.service.session.test_spooler import Bench, bench, shown

__all__ = ["bench"]


def polls(spooler: Spooler) -> None:
    spooler.refresh()


def types(spooler: Spooler) -> None:
    spooler.enter("rain")


@pytest.mark.parametrize("noticed_by", [polls, types])
class TestRedactions:
    """Words that were taken out stay out, whoever took them and whatever git brings back."""

    def test_redacted_words_do_not_return_with_an_older_version(
        self, bench: Bench, noticed_by: Callable[[Spooler], None]
    ) -> None:
        spooler = bench.spooler()
        path = bench.kitchen.folder / "incident.json"
        spooler.enter("the saying is s3cret-and-long")
        older = path.read_bytes()
        (mark,) = spooler.enter("/redact 2 it held a token").entries
        assert b"s3cret" not in path.read_bytes()
        path.write_bytes(older)
        noticed_by(spooler)
        assert b"s3cret" not in path.read_bytes()
        assert bench.kitchen.open().incident.number(mark.id) == 3
        assert not (bench.path / "aside.jsonl").exists()

    def test_the_file_that_was_redacted_does_not_return_either(
        self, bench: Bench, noticed_by: Callable[[Spooler], None]
    ) -> None:
        (bench.place / "log.txt").write_text("the words of a customer")
        spooler = bench.spooler()
        spooler.enter("/evidence log.txt")
        (kept,) = (bench.kitchen.folder / "evidence").glob("*.txt")
        path = bench.kitchen.folder / "incident.json"
        older = path.read_bytes()
        spooler.enter("/redact 2 it names somebody")
        redacted = kept.read_text()
        path.write_bytes(older)
        kept.write_text("the words of a customer")
        noticed_by(spooler)
        assert kept.read_text() == redacted
        assert "customer" not in redacted

    def test_what_returns_does_not_bring_back_what_was_redacted_elsewhere(
        self, bench: Bench, noticed_by: Callable[[Spooler], None]
    ) -> None:
        """Its author had quoted the words, in a version of the log that was put away."""
        spooler = bench.spooler()
        path = bench.kitchen.folder / "incident.json"
        spooler.enter("the saying is s3cret-and-long")
        older = path.read_bytes()
        spooler.enter("who wrote: the saying is s3cret-and-long ?")
        spooler.enter("flames")
        path.write_bytes(older)
        bench.kitchen.open("ben").enter("/redact 2 it held a token")
        noticed_by(spooler)
        assert b"s3cret" not in path.read_bytes()
        assert not any("s3cret" in text for text in shown(spooler))
        assert "who wrote: (redacted) ?" in bench.facts()
        assert "flames" in bench.facts()

    def test_nor_does_what_an_earlier_console_left_beside_the_file(
        self, bench: Bench, noticed_by: Callable[[Spooler], None]
    ) -> None:
        spooler = bench.spooler()
        path = bench.kitchen.folder / "incident.json"
        spooler.enter("the saying is s3cret-and-long")
        bench.away()
        spooler.refresh()
        spooler.enter("who wrote: the saying is s3cret-and-long ?")
        bench.back()
        bench.kitchen.open("ben").enter("/redact 2 it held a token")
        noticed_by(bench.spooler("eve"))
        assert b"s3cret" not in path.read_bytes()
        assert "who wrote: (redacted) ?" in bench.facts()
        assert not (bench.path / "aside.jsonl").exists()

    def test_an_older_version_of_a_protected_incident_is_its_owners_alone_again(
        self, bench: Bench, noticed_by: Callable[[Spooler], None]
    ) -> None:
        spooler = bench.spooler()
        path = bench.kitchen.folder / "incident.json"
        older = path.read_bytes()
        spooler.enter("/protect")
        path.unlink()
        path.write_bytes(older)
        bench.kitchen.folder.chmod(0o755)
        path.chmod(0o644)
        noticed_by(spooler)
        assert path.stat().st_mode & 0o777 == 0o600
        assert bench.kitchen.folder.stat().st_mode & 0o777 == 0o700
