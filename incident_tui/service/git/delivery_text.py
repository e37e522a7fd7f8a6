"""What a delivery says: the title and body of the pull request, and the message of its commit."""

from collections.abc import Mapping

from incident_tui.documents.pages import postmortem_summary, shared_facts
from incident_tui.documents.pages.artifact_pages import POSTMORTEM
from incident_tui.documents.pages.postmortem_summary import UNKNOWN
from incident_tui.documents.text.document_times import Moments
from incident_tui.documents.text.markdown_text import (
    Markdown,
    bullets,
    code,
    labelled,
    paragraphs,
    table,
    within,
)
from incident_tui.domain.core.events import Incident
from incident_tui.domain.handover.summary_drafts import field_of_summary, propose
from incident_tui.domain.learning.factors import Factors
from incident_tui.domain.process.artifacts import Artifacts
from incident_tui.domain.process.lifecycle import Lifecycle
from incident_tui.domain.values.text import clean_line, label

LONGEST_TITLE = 120


def title(incident: Incident) -> str:
    """``Incident <id>: <title>``, on one line."""
    declared = incident.of(Lifecycle).declared
    text = f"Incident {declared.incident if declared else ''}: {shared_facts.title(incident)}"
    line = clean_line(text)
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"


def body(incident: Incident, inside: str, documents: Mapping[str, str]) -> str:
    """The text of the pull request, in Markdown.

    `inside` is the path of the incident folder in the repository, `documents` what lies in it:
    path within the folder and text.
    """
    moments = Moments(incident)
    lifecycle = incident.of(Lifecycle)
    parts = [
        paragraphs(shared_facts.kind(incident)),
        _approval(incident),
        _section("What happened", paragraphs(_happened(incident)), "Nothing is known yet."),
        labelled(
            [
                ("State", label(lifecycle.status)),
                ("Severity", shared_facts.severity(incident) or "not set"),
                ("Stage", "" if lifecycle.closed else lifecycle.current.stage.title),
                ("Impact", shared_facts.impact_times(incident, moments)),
                (
                    postmortem_summary.cause_label(incident),
                    postmortem_summary.cause(incident) or UNKNOWN,
                ),
                (
                    "What stopped it",
                    postmortem_summary.what_stopped_it(incident, moments) or UNKNOWN,
                ),
                ("What fixes it", postmortem_summary.what_fixes_it(incident, moments) or UNKNOWN),
                ("Playbook", incident.playbook.title),
                ("Times are in", moments.zone_name),
            ]
        ),
        _section("Impact", labelled(shared_facts.impact(incident)), "Nothing was said about it."),
        _section(
            "Durations",
            table(["Duration", "Length", "From"], shared_facts.known_durations(incident)),
            "None is known yet.",
        ),
        _section("Contributing factors", _factors(incident), "None is named yet."),
        _section(
            "Action items",
            table(shared_facts.ACTION_HEADS, shared_facts.actions(incident, moments)),
            "There are none yet.",
        ),
        _section("Documents", _documents(incident, inside, documents), "None are written yet."),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def commit_body(incident: Incident) -> str:
    """The body of the delivered commit: state, severity and the durations."""
    lifecycle = incident.of(Lifecycle)
    lines = [
        f"state: {lifecycle.status}",
        f"severity: {shared_facts.severity(incident) or 'not set'}",
        f"stage: {lifecycle.current.stage.title}",
    ]
    rows = shared_facts.known_durations(incident)
    return "\n".join([*lines, *(f"{str(name).lower()}: {length}" for name, length, _ in rows)])


def _section(heading: str, content: Markdown, otherwise: str) -> Markdown:
    return Markdown(f"## {heading}\n\n{content or otherwise}")


def _approval(incident: Incident) -> Markdown:
    """What the reviewer shall do, and what a merge means to the incident."""
    current = incident.of(Lifecycle).current
    if current.state != "review" or current.stage.review != "external":
        return Markdown(
            "**For the reviewer:** nothing waits for your approval, and merging this only keeps"
            " the record. Read whether it tells what happened and why without blame; where it is"
            " wrong say so in a comment, and its team records the correction."
        )
    artifact = current.stage.produces
    what = artifact.title if artifact else current.stage.title
    return Markdown(
        "**For the reviewer:** read the document below, see whether it tells what happened and why"
        " without blame, and whether each action item can be seen to its end. Merging this approves"
        f" **{within(what)}**, revision {len(current.revisions)}. Whoever merges should not be one"
        " of its authors."
    )


def _happened(incident: Incident) -> str:
    """The summary as its author wrote it; before there is one, what the record says."""
    stage = incident.playbook.postmortem_stage()
    values = incident.of(Artifacts).values(stage) if stage else []
    field = field_of_summary(incident)
    written = next((value.text for value in values if value.field.id == field), "")
    return written or propose(incident)


def _factors(incident: Incident) -> Markdown:
    titles = {layer.id: layer.title for layer in incident.playbook.layers}
    return bullets(
        Markdown(
            f"**{within(titles.get(item.layer, item.layer))}:** {within(item.text)}"
            + (" (candidate, to be verified)" if item.candidate else "")
        )
        for item in incident.of(Factors).items
    )


def _documents(incident: Incident, inside: str, documents: Mapping[str, str]) -> Markdown:
    """Each document by its kind: of which incident they are, the title of the text says."""
    own = within(shared_facts.title(incident))
    return bullets(
        Markdown(f"{_kind(_heading(text), own) or within(path)}: {code(f'{inside}/{path}')}")
        for path, text in sorted(documents.items(), key=lambda pair: _place(pair[0]))
    )


def _kind(heading: Markdown, own: Markdown) -> Markdown:
    return Markdown("The incident" if heading == own else heading.removesuffix(f": {own}"))


def _place(path: str) -> tuple[int, int, str]:
    """The overview and the postmortem first, then single documents, then those with a number."""
    folder, _, name = path.rpartition("/")
    number = name.partition("-")[0].partition(".")[0]
    if not folder:
        first = ("README.md", POSTMORTEM)
        return (first.index(name) if name in first else len(first), 0, name)
    return 3, int(number) if number.isdecimal() else 0, path


def _heading(text: str) -> Markdown:
    first = next((line for line in text.splitlines() if line.startswith("# ")), "")
    return Markdown(first.removeprefix("# "))
