"""`incident-tui log`: log lines from arguments or from standard input.

What arrives together becomes durable together. A line is acknowledged once it is durable.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import BufferedReader, BytesIO
from typing import BinaryIO

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, incident_option, json_option
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import REFUSED, USAGE, UsageFailure, refusal_data
from incident_tui.cli.frame.output import inert, print_json_line, print_raw, tell
from incident_tui.cli.frame.progress import Count
from incident_tui.cli.incident.need_to_know_hints import tell_of_secrets
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.values.text import clean_line
from incident_tui.service import IncidentSession, Receipt
from incident_tui.store.console.machine_state import NO_STATE
from incident_tui.store.files.errors import StoreError

CHUNK = 256 * 1024
"""Bytes that are taken at once from an input that has as many."""
GROUP = 2000
"""Lines that become durable together at most: nobody should wait longer for the lock."""

NAMED = 20
"""Lines that are named at most where none of their numbers could be printed."""

Numbered = tuple[int, str]


@command("log")
@click.argument("lines", nargs=-1, required=True, metavar="LINE…", shell_complete=choices.log_lines)
@incident_option()
@click.option("--timed", is_flag=True, help="With -: lines of a chat or log keep their own times.")
@click.option("--keep-going", is_flag=True, help="Go on after a line that was not recorded.")
@json_option
@click.pass_context
def entry(
    ctx: click.Context,
    invocation: Invocation,
    lines: tuple[str, ...],
    fragment: str | None,
    timed: bool,
    keep_going: bool,
    as_json: bool,
) -> None:
    """Record log lines, one for each LINE, or one for each line of standard input where LINE is -.

    Each is acknowledged with its number and its id once it is durable. Put -- before a line that
    starts with a hyphen.
    """
    piped = lines == ("-",)
    if "-" in lines and not piped:
        raise click.UsageError("- stands for standard input and takes no other lines beside it")
    if timed and not piped:
        raise click.UsageError("--timed reads standard input: log - --timed")
    if piped and sys.stdin is None:
        raise UsageFailure("standard input is closed: there is nothing to read lines from.")
    typist = Typist(invocation, invocation.session(fragment), keep_going, as_json, piped, timed)
    for group in _groups(typist, lines, piped=piped, timed=timed):
        typist.take([(number, text) for number, text in group if text.strip() or not piped])
        if invocation.unacknowledged or (typist.worst and not keep_going):
            break
    _tell_of_state(invocation)
    ctx.exit(typist.worst)


def _groups(
    typist: "Typist", lines: tuple[str, ...], *, piped: bool, timed: bool
) -> Iterable[Iterable[Numbered]]:
    """The lines as they come: those with times of their own are read together, once all came."""
    if not piped:
        return [enumerate(lines, 1)]
    if not timed:
        return arrived_lines(sys.stdin.buffer)
    from incident_tui.service.exchange.foreign.timed_lines import timed_lines

    texts = [_text(line) for line in sys.stdin.buffer.read().split(b"\n")]
    return [timed_lines(typist.session, texts, tell)]


def _tell_of_state(invocation: Invocation) -> None:
    """What recording does without, where the user's state folder cannot be used."""
    if trouble := invocation.home.state.trouble:
        missing = "drafts, entries kept aside and trust in playbooks are not kept"
        tell(f"your state folder cannot be used: {trouble}; {missing}. {NO_STATE}")


def arrived_lines(stream: BinaryIO) -> Iterator[Iterable[Numbered]]:
    """The lines of a stream with their numbers, as many at a time as have arrived."""
    # Only these give what is there without waiting for more.
    source = stream if isinstance(stream, BufferedReader | BytesIO) else BytesIO(stream.read())
    number, rest = 1, b""
    while chunk := source.read1(CHUNK):
        *whole, rest = (rest + chunk).split(b"\n")
        if whole:
            yield list(enumerate(map(_text, whole), number))
            number += len(whole)
    if rest:
        yield [(number, _text(rest))]


def _text(line: bytes) -> str:
    return line.decode("utf-8", errors="replace")


class Typist:
    """Enters lines and says what became of each. `worst` is the exit code so far."""

    def __init__(
        self,
        invocation: Invocation,
        session: IncidentSession,
        keep_going: bool,
        as_json: bool,
        piped: bool,
        pasted: bool,
    ) -> None:
        self.worst = 0
        self._invocation = invocation
        self.session = session
        self._keep_going = keep_going
        self._as_json = as_json
        self._piped = piped
        self._pasted = pasted
        """Whether they came as one text, which one undo takes back."""
        self._count = Count("lines read")
        self._done = 0

    def take(self, lines: Sequence[Numbered]) -> None:
        """Enter lines; stops after one that was not recorded, unless it keeps going.

        Raises `StoreError` when they cannot be made durable; what was acknowledged is.
        """
        rest = list(lines)
        while rest:
            group = rest[:GROUP]
            try:
                with self._count.at(self._done):
                    results = self._enter([text for _, text in group])
            except StoreError:
                tell(f"{self._place(group[0][0])} and what follows: nothing of it was recorded.")
                raise
            more = self._piped or len(rest) > len(results)
            advice = f"Do not enter it again{'; nothing after it was recorded' if more else ''}."
            with self._invocation.acknowledgement(partial(self._recorded, group, results), advice):
                self._acknowledge(results)
            self._tell_more(results)
            self._done += len(results)
            for (number, text), result in zip(group, results, strict=False):
                if isinstance(result, LineError | Refused):
                    self._complain(number, text, result)
                elif not result.entries:
                    tell(f"{self._place(number)}: {result.summary or 'nothing to record'}")
            last = results[-1]
            if isinstance(last, Receipt) and last.wants_commit:
                self._invocation.commit(self.session)
            if self._invocation.unacknowledged or (self.worst and not self._keep_going):
                return
            rest = rest[len(results) :]

    def _enter(self, texts: list[str]) -> list[Receipt | LineError | Refused]:
        if len(texts) > 1:
            # A commit is made of each transition, so the group that holds one ends with it.
            return self.session.enter_group(
                texts,
                stop=lambda receipt: receipt.is_transition,
                keep_going=self._keep_going,
                pasted=self._pasted,
            )
        try:
            return [self.session.enter(texts[0])]
        except (LineError, Refused) as error:
            return [error]

    def _acknowledge(self, results: Sequence[Receipt | LineError | Refused]) -> None:
        receipts = [result for result in results if isinstance(result, Receipt) and result.entries]
        if self._as_json:
            for receipt in receipts:
                print_json_line(
                    {
                        "number": receipt.numbers[0],
                        "id": receipt.entries[0].id,
                        "text": receipt.summary,
                    }
                )
        elif receipts:
            rows = (f"{each.numbers[0]}\t{each.entries[0].id}\n" for each in receipts)
            print_raw("".join(rows))

    def _recorded(
        self, lines: Sequence[Numbered], results: Sequence[Receipt | LineError | Refused]
    ) -> str:
        """Which of these lines are recorded, and as what."""
        parts = [
            f"{self._place(number)} is recorded as #{result.numbers[0]} (id {result.entries[0].id})"
            for (number, _), result in zip(lines, results, strict=False)
            if isinstance(result, Receipt) and result.entries
        ]
        if len(parts) > NAMED:
            parts = [*parts[: NAMED - 1], f"and so on with each line, until {parts[-1]}"]
        return ", ".join(parts)

    def _tell_more(self, results: Sequence[Receipt | LineError | Refused]) -> None:
        """What else is worth knowing of lines that were recorded."""
        receipts = [result for result in results if isinstance(result, Receipt) and result.entries]
        if not self._piped:
            for receipt in receipts:
                tell(f"{receipt.numbers[0]}: {receipt.summary}")
        for receipt in receipts:
            tell_of_secrets(self.session, receipt)

    def _complain(self, number: int, text: str, error: LineError | Refused) -> None:
        """Say which line was not recorded and why; what mends a refusal is data."""
        place = self._place(number)
        if isinstance(error, LineError):
            self.worst = max(self.worst, USAGE)
            tell(f"{place}, column {error.column + 1}: {error.message}")
            shown = clean_line(text)
            if len(shown) <= 200:
                tell(f"    {shown}\n    {' ' * error.column}^")
            return
        self.worst = max(self.worst, REFUSED)
        tell(f"{place}: refused, nothing was recorded: {error.message}")
        with self._invocation.acknowledgement(lambda: f"{place} was refused for reasons", ""):
            if self._as_json:
                print_json_line(refusal_data(error))
                return
            for what, mend in error.reasons:
                print_raw(f"refused\t{inert(what)}\t{inert(mend)}".rstrip("\t") + "\n")

    def _place(self, number: int) -> str:
        return f"line {number}" if self._piped else f"LINE {number}"
