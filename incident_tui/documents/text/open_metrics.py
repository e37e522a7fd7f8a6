"""Numbers as OpenMetrics text (version 1.0 of the specification), for whatever scrapes it."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

Sample = tuple[Mapping[str, str], float]
"""Labels and value."""


class Family(msgspec.Struct, frozen=True):
    """Numbers of one kind. Where there is a `unit` the name ends in it.

    `type` is "gauge" or "info".
    """

    name: str
    help: str
    samples: Sequence[Sample]
    unit: str = ""
    type: str = "gauge"


def exposition(families: Iterable[Family]) -> str:
    """The families one after the other, and the mark of the end."""
    lines: list[str] = []
    for family in families:
        lines.append(f"# TYPE {family.name} {family.type}")
        lines += [f"# UNIT {family.name} {family.unit}"] if family.unit else []
        lines.append(f"# HELP {family.name} {_escaped(family.help)}")
        name = f"{family.name}_info" if family.type == "info" else family.name
        lines += [f"{name}{_labels(labels)} {value:.15g}" for labels, value in family.samples]
    return "\n".join([*lines, "# EOF"]) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{told}}}" if told else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
