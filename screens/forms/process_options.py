"""What the form that declares offers of the processes: what each is for, its levels, its law."""

from textual.content import Content

from incident_tui.domain.values.playbook import Playbook
from incident_tui.screens.painted_text import line
from incident_tui.screens.widgets.chrome.choice_list import Option
from incident_tui.service.declaration_choices import DeclarationChoices
from incident_tui.store.playbook_files import PlaybookRef

LATER = Option("", Content("not known yet"))


def playbooks(choices: DeclarationChoices) -> list[Option]:
    """Every process, with what it is for; one that cannot be read says why."""
    return [
        Option(ref.id, line((ref.id, "bold"), f"  {_purpose(choices, ref)}"), ref.problem)
        for ref in choices.playbooks
    ]


def _purpose(choices: DeclarationChoices, ref: PlaybookRef) -> str:
    """What a process is for, in its first sentence."""
    playbook = choices.read.get(ref.id, "")
    if isinstance(playbook, str):
        return ref.title
    purpose = playbook.purpose.strip().partition(". ")[0].rstrip(".")
    same = ref.title.casefold().replace(" ", "-") == ref.id
    return purpose if same else f"{ref.title}: {purpose}"


def levels(playbook: Playbook) -> list[Option]:
    """The levels of a process, each with what makes an incident one of them, behind none."""
    return [
        LATER,
        *(
            Option(level.id, line((level.id, "bold"), f"  {level.description}"))
            for level in playbook.severities
        ),
    ]


def law_text(playbook: Playbook) -> Content:
    """Its law, and what its first gate will ask for; nothing of it holds up the declaration."""
    lines = [line((playbook.law, "italic"))]
    if playbook.prerequisites:
        asked = "; ".join(item.title for item in playbook.prerequisites)
        lines.append(line((f"its first gate asks for: {asked}", "dim")))
    if playbook.judgement:
        lines.append(line(("its first gate asks for: radius and urgency (/judge)", "dim")))
    return Content("\n").join(lines)
