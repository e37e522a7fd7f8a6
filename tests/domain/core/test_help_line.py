"""A word that people try is understood, or answered with what does it."""

import pytest

from incident_tui.domain.core import commands
from incident_tui.domain.core.commands import LineError
from incident_tui.domain.core.help_line import UnknownCommand, answers
from incident_tui.domain.core.key_names import as_it_comes
from incident_tui.domain.core.line_grammar import parse
from incident_tui.domain.discovery import vocabulary

vocabulary()

OTHER_WORDS = {
    form.lead: [f"/{word}" for word in form.words]
    for form in commands.every_command()
    if form.words
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/severity SEV2", "/sev SEV2"),
        ("/status monitoring", "/state monitoring"),
        ("/edit 4 5xx at 12 %", "/amend 4 5xx at 12 %"),
        ("@14:02 /note the pager fired", "@14:02 the pager fired"),
        ("/next", "/advance"),
        ("/keys", "/help"),
        ("/exit", "/quit"),
        ("/grep connection pool", "/find connection pool"),
        ("/rename Payments fail", "/title Payments fail"),
        ("/post Rolling back", "/update Rolling back"),
        ("/task alert on the pool", "+ alert on the pool"),
    ],
)
def test_another_word_for_a_command_begins_its_line(typed: str, meant: str) -> None:
    other, own = parse(typed), parse(meant)
    assert (other.command, other.values, other.at) == (own.command, own.values, own.at)


@pytest.mark.parametrize(
    ("typed", "helps"),
    [
        ("/copy", "F7"),
        ("/mouse", "double click"),
        ("/resolve", "/state resolved"),
        ("/settings", "config.toml"),
        ("/sve", "/sev"),
        ("/eta 30m", "/update … next:+30m"),
        ("/comment the pool is full", "without a command"),
        ("/bridge", "/link"),
        ("/sleep", "/quiet"),
        ("/timezone", "@14:02"),
        ("/wrong", "/amend"),
        ("/commander ben", "/role commander"),
        ("/mitigated", "/state mitigated"),
        ("/paste", "before any is recorded"),
        ("/history", "ctrl+r"),
        ("/vim", "alt+e"),
        ("/demo", "worked example"),
        ("/close!", "/close"),
        ("/xyzzy", "F1"),
    ],
)
def test_a_word_that_is_no_command_is_answered_with_what_does_it(typed: str, helps: str) -> None:
    with pytest.raises(LineError) as refused:
        parse(typed)
    assert helps in refused.value.message


@pytest.mark.parametrize(
    ("capital", "small"), [("/SEV SEV2", "/sev SEV2"), ("/Severity 2", "/sev 2"), ("/ACK", "/ack")]
)
def test_a_command_is_known_in_capitals(capital: str, small: str) -> None:
    assert parse(capital).command is parse(small).command
    assert parse(capital).values == parse(small).values


def test_no_word_stands_for_two_commands_or_hides_one() -> None:
    words = [word for typed in OTHER_WORDS.values() for word in typed]
    assert len(words) == len(set(words))
    assert not set(words) & set(commands.leads())
    for lead, typed in OTHER_WORDS.items():
        assert {commands.lead_of(word) for word in typed} == {lead}


def test_what_is_answered_is_no_command_by_now() -> None:
    answered = [f"/{word}" for words, _ in answers(as_it_comes) for word in words]
    assert len(answered) == len(set(answered))
    assert [word for word in answered if commands.lead_of(word)] == []
    assert not [
        word for word in answered if UnknownCommand(word, [], 0).explanation().endswith(": ")
    ]


def test_an_answer_names_the_key_that_its_reader_has_set() -> None:
    with pytest.raises(UnknownCommand) as refused:
        parse("/{room.read}")
    assert refused.value.explanation(str.upper).startswith("there is no command /{room.read}: ")
    with pytest.raises(UnknownCommand) as refused:
        parse("/documents")
    assert refused.value.message.endswith("F7 reads the documents")
    assert refused.value.explanation(lambda action: f"<{action}>").endswith(
        "<room.read> reads the documents"
    )
