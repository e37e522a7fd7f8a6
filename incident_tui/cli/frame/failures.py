"""How a command fails: its exit code, and what it says where.

What happened and what to do now goes to standard error; the reasons of a refusal are data and go
to standard output.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from incident_tui.cli.frame.output import OutputLost, let_go_of_output, print_json, print_text, tell
from incident_tui.domain.core.commands import LineError, Refused
from incident_tui.domain.values.playbook import PlaybookError
from incident_tui.domain.values.text import clean_line
from incident_tui.domain.values.time_grammar import WhenError
from incident_tui.store.files.errors import (
    Ambiguous,
    Busy,
    NoSuchIncident,
    NoSuchPlaybook,
    StoreError,
)

USAGE, REFUSED, STOPPED = 2, 3, 130
"""Exit codes that commands end with by themselves, beside 0 and 1. Shells give the last one to
what Ctrl-C ended."""


class Failure(click.ClickException):
    """The command failed: it ends with `exit_code` and says `message` on standard error."""

    exit_code = 1

    def show(self, file: object = None) -> None:
        tell(f"incident-tui: {self.message}")


class UsageFailure(Failure):
    """What was asked for, or given to be read, cannot be understood."""

    exit_code = USAGE


class NoIncidentFailure(Failure):
    """There is no such incident."""

    exit_code = 4


class BusyFailure(Failure):
    """The lock was not to be had in time."""

    exit_code = 5


_FAILURES: dict[type[StoreError], type[Failure]] = {
    NoSuchIncident: NoIncidentFailure,
    Ambiguous: UsageFailure,
    NoSuchPlaybook: UsageFailure,
    Busy: BusyFailure,
}


class RefusedFailure(Failure):
    """A rule said no: the reasons as text, or as JSON, on standard output."""

    exit_code = REFUSED

    def __init__(self, refused: Refused, *, as_json: bool) -> None:
        super().__init__(f"refused, nothing was recorded: {refused.message}")
        self.refused = refused
        self.as_json = as_json

    def show(self, file: object = None) -> None:
        super().show()
        lines = "\n".join(refusal_lines(self.refused))
        try:
            if self.as_json:
                print_json(refusal_data(self.refused))
            elif lines:
                print_text(lines)
        except OutputLost:
            if lines:
                tell(lines)


def refusal_data(refused: Refused) -> dict[str, object]:
    """A refusal as plain data."""
    reasons = [{"what": what, "mend": mend} for what, mend in refused.reasons]
    return {"refused": refused.message, "reasons": reasons}


def refusal_lines(refused: Refused) -> list[str]:
    """The reasons with what mends each; none where the refusal itself says it all."""
    lines = []
    for what, mend in refused.reasons:
        lines.append(f"- {what}")
        if mend:
            lines.append(f"    {mend}")
    return lines


@contextmanager
def as_failures(*, as_json: bool) -> Iterator[None]:
    """Turn what the layers below raise into a `Failure` of the right exit code.

    What needs no words, an interrupt and a reader that has gone, into click's `Exit`.
    """
    try:
        yield
    except Refused as refused:
        raise RefusedFailure(refused, as_json=as_json) from refused
    except LineError as error:
        raise UsageFailure(f"column {error.column + 1}: {error.message}") from error
    except WhenError as error:
        raise UsageFailure(error.reason) from error
    except PlaybookError as error:
        raise Failure(f"the playbook cannot be used:\n{error}") from error
    except StoreError as error:
        raise _FAILURES.get(type(error), Failure)(str(error)) from error
    except KeyboardInterrupt as stopped:
        raise click.exceptions.Exit(STOPPED) from stopped  # whoever pressed it need not be told
    except OutputLost as lost:
        if lost.unread:
            raise click.exceptions.Exit(1) from lost  # whoever read it has what they wanted
        raise Failure(f"standard output cannot be written: {lost.reason}.") from lost
    except OSError as error:
        if not error.filename:
            let_go_of_output()  # it may be what failed, with what click itself printed
        where = f"{error.filename}: " if error.filename else ""
        text = clean_line(error.strerror or str(error))
        raise Failure(
            f"{where}{text}. It stopped there: `incident-tui list` and `show` say what stands."
        ) from error
