"""`incident-tui log` never asks: a doubted line is refused with the one that is taken."""

from tests.cli.conftest import Terminal


def test_a_doubted_line_exits_3_records_nothing_and_names_the_line_that_is_taken(
    terminal: Terminal,
) -> None:
    terminal.declared("Checkout")
    done = terminal.run("log", "/state resolved it went away")
    assert done.exit_code == 3
    assert "nothing on record shows that it is resolved" in done.output
    assert '/state resolved it went away why:"…"' in done.output
    assert terminal.json("show")["status"] == "active"
    terminal.ok("log", '/state resolved it went away why:"seen at the till"')
    data = terminal.json("show")
    assert data["status"] == "resolved"
    assert data["timeline"][-1]["text"].endswith(": seen at the till")


def test_a_word_to_the_program_is_asked_about_with_the_line_that_records_it(
    terminal: Terminal,
) -> None:
    terminal.declared("Checkout")
    done = terminal.run("log", "help")
    assert done.exit_code == 3
    assert "/help" in done.output
    assert "why:" not in done.output
    terminal.ok("log", "@now help")
    assert terminal.json("show")["timeline"][-1]["text"] == "help"
