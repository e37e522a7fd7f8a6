"""What holds for every form of a line, whichever concept declares it."""

import pytest

from incident_tui.domain.core import commands, line_grammar
from tests.support.playbooks.engine import baking


def test_looking_at_the_gate_records_nothing() -> None:
    assert baking().say("/gate") == []


class TestEveryVerb:
    FORMS = commands.every_command()

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.syntax))
    def test_it_has_a_help_and_an_example_that_means_this_very_form(
        self, form: commands.Command
    ) -> None:
        assert form.help
        assert line_grammar.parse(form.example).command is form

    @pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.syntax))
    def test_its_example_reads_back_from_what_it_is_formatted_as(
        self, form: commands.Command
    ) -> None:
        line = line_grammar.parse(form.example)
        assert line_grammar.parse(line_grammar.format_line(line)) == line

    def test_no_two_forms_of_a_command_have_one_name(self) -> None:
        names = [form.name for form in self.FORMS]
        assert sorted(set(names)) == sorted(names)

    def test_a_key_starts_one_command_only(self) -> None:
        keys = [form.key for form in self.FORMS if form.key]
        assert len(set(keys)) == len(keys)
