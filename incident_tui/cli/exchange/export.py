"""`incident-tui export`: an incident as something to hand on."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incident_tui.cli.frame import choices
from incident_tui.cli.frame.command import command, incident_argument
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import REFUSED, RefusedFailure, UsageFailure
from incident_tui.cli.frame.lines import columns
from incident_tui.cli.frame.output import print_json, print_raw, print_text, tell
from incident_tui.cli.frame.progress import steps
from incident_tui.cli.incident.show import commits
from incident_tui.documents.text.flavours import FLAVOURS
from incident_tui.domain.core.commands import Refused
from incident_tui.domain.values.text import counted
from incident_tui.service.exchange.export import FORMS, export

if TYPE_CHECKING:
    from incident_tui.service.exchange.copies.audience_copies import PublicCopy
    from incident_tui.service.session.incident_session import IncidentSession

AUDIENCES = ("internal", "public", "executive")
_BRIEF_FORMS = ("md", "html")
_LACKS = {
    "what-happened": "It does not say what happened",
    "cause": "It does not say why it happened",
    "prevention": "It does not say what is done so that it does not happen again",
    "apology": "It holds no apology",
}


@command("export")
@incident_argument
@click.option(
    "--format", "form", type=click.Choice(list(FORMS)), default="md", help="What to print."
)
@click.option(
    "--flavour", type=click.Choice(list(FLAVOURS)), default=None,
    help="With --format md: in whose markup.",
)  # fmt: skip
@click.option(
    "--audience", type=click.Choice(AUDIENCES), default="internal",
    help="Who reads it: the team, strangers, or those who decide (one page).",
)  # fmt: skip
@click.option(
    "--looked-at", default="", metavar="MARK",
    help="With --audience public: the mark of the text that you have read.",
)  # fmt: skip
@click.option(
    "--keep", multiple=True, metavar="WORD",
    help="With --audience public: a host, link or name that strangers may read.",
)  # fmt: skip
@click.option(
    "--all", "folder", type=click.Path(path_type=Path), metavar="DIR",
    help="Write every incident into a folder to browse, for any static host.",
)  # fmt: skip
@click.option(
    "--protected-too", multiple=True, metavar="ID", shell_complete=choices.incidents,
    help="With --all: show a protected incident; its whole id, typed out.",
)  # fmt: skip
@click.option("--shared", "for_others", is_flag=True, help="Withhold need-to-know details.")
@click.pass_context
def entry(
    ctx: click.Context,
    invocation: Invocation,
    fragment: str | None,
    form: str,
    flavour: str | None,
    audience: str,
    looked_at: str,
    keep: tuple[str, ...],
    folder: Path | None,
    protected_too: tuple[str, ...],
    for_others: bool,
) -> None:
    """Print an incident as Markdown, JSON, CSV, one page of HTML, or what is due as a calendar.

    Nothing is printed while an entry looks like it holds a secret. A public text is printed once
    you name the one that you have read: without --looked-at it says what was taken out, and where.
    The folder of --all has a list to search, the numbers and a page for each incident; what only
    some need to know is not in it.
    """
    if folder is not None:
        others = (fragment, flavour, looked_at, keep, for_others, audience != "internal")
        if any(others) or form not in _BRIEF_FORMS:
            raise UsageFailure("--all writes pages of all incidents, and takes none of these")
        _home(ctx, invocation, invocation.world.cwd / folder, protected_too)
        return
    if protected_too:
        raise UsageFailure("--protected-too is for --all")
    if flavour and (form != "md" or audience != "internal"):
        raise UsageFailure("--flavour is for --format md, to the team")
    if audience != "internal" and form not in _BRIEF_FORMS:
        raise UsageFailure(f"--audience {audience} is for --format {' or '.join(_BRIEF_FORMS)}")
    if audience != "public" and (looked_at or keep):
        raise UsageFailure("--looked-at and --keep are for --audience public")
    session = invocation.session(fragment)
    if audience == "public":
        _public(session, form, looked_at.strip().lower(), keep)
        return
    if audience == "executive":
        from incident_tui.service.exchange.copies.audience_copies import executive_copy

        print_raw(executive_copy(session, form, for_others=for_others))
    else:
        _internal(invocation, session, form, flavour or "", for_others=for_others)
    _tell_of_need_to_know(session, for_others=for_others)


def _internal(
    invocation: Invocation,
    session: "IncidentSession",
    form: str,
    flavour: str,
    *,
    for_others: bool,
) -> None:
    exported = export(session, form, for_others=for_others, flavour=flavour)
    if isinstance(exported, str):
        print_raw(exported)
    else:
        # The subjects of commits quote the log.
        print_json(exported if for_others else exported | {"commits": commits(invocation, session)})


def _tell_of_need_to_know(session: "IncidentSession", *, for_others: bool) -> None:
    from incident_tui.domain.confidential.shared_incident import holds_need_to_know

    if not holds_need_to_know(session.incident):
        return
    if for_others:
        tell("Need-to-know details were withheld. Its id and title were not: read them once.")
    else:
        tell("This holds need-to-know details; --shared withholds them.")


def _home(
    ctx: click.Context, invocation: Invocation, folder: Path, protected_too: tuple[str, ...]
) -> None:
    """Write the folder of --all, and tell what is missing; what could be there ends with 3."""
    from incident_tui.service.exchange.copies.home_copy import write_home

    done = write_home(
        invocation.service, folder, named=protected_too, paced=lambda all_: steps(all_, "writing")
    )
    with invocation.acknowledgement(lambda: f"{done.index} is written", "It stands as it is."):
        print_text(f"{done.index}: {counted(done.shown, 'incident')}")
    if done.protected:
        tell(
            f"Left out, for those only who need to know: {', '.join(done.protected)}. "
            "--protected-too ID shows one."
        )
    for missing in done.left_out:
        tell(f"{missing.id} is left out: {missing.why}")
        for mend in missing.mends:
            tell(f"    {mend}")
    if done.left_out:
        ctx.exit(REFUSED)


def _public(session: "IncidentSession", form: str, looked_at: str, keep: tuple[str, ...]) -> None:
    """Print the public text to whoever has read it; tell everybody else what there is to read."""
    from incident_tui.service.exchange.copies.audience_copies import public_copy

    copy = public_copy(session, keep)
    if looked_at == copy.mark:
        print_raw(copy.rendered(form))
        return
    _preview(copy)
    kept = "".join(f" --keep {shlex.quote(word)}" for word in keep)
    again = (
        f"incident-tui export {session.id} --format {form} --audience public{kept} "
        f"--looked-at {copy.mark}"
    )
    what = "the text that was looked at is another one" if looked_at else "nobody looked at it yet"
    reasons = [("print it, once you have read it", again)]
    raise RefusedFailure(Refused(what, reasons), as_json=False)


def _preview(copy: "PublicCopy") -> None:
    """The text as strangers would read it, then what was taken out of it and what nobody wrote.

    It goes to standard error: a file that output is sent to is to hold the public text or nothing.
    """
    tell(copy.rendered("md").rstrip("\n"))
    tell("")
    removed = copy.text.removed
    if removed:
        tell(f"Taken out in {counted(len(removed), 'place')}; --keep WORD leaves one in:")
        for line in columns([(item.kind, item.words, item.where) for item in removed]):
            tell(f"  {line}")
    else:
        tell("No name, host, address, link or ticket was found in it.")
    if copy.text.perhaps:
        words = ", ".join(f"{word} ({where})" for word, where in copy.text.perhaps)
        tell(f"May be names that the record does not know, and stand in it: {words}.")
    tell("What has no such form is not found: read every word.")
    if copy.text.taken_over:
        parts = ", ".join(copy.text.taken_over)
        tell(f"Not written for strangers, so taken from the record: {parts}. Write it: /public …")
    for part in copy.text.missing:
        tell(f"{_LACKS[part]}: /public {part} …")
