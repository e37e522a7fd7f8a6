"""Numbers as OpenMetrics text (version 1.0 of the specification), for whatever scrapes it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec


class Sample(NamedTuple):
    """Labels, and a value in the unit of its family; a summary has some with a `suffix`."""

    labels: Mapping[str, str]
    value: float
    suffix: str = ""


class Family(msgspec.Struct, frozen=True):
    """Numbers of one kind. Where there is a `unit` the name ends in it.

    `type` is "gauge", "info" or "summary". What has the same labels stands together.
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
        lines += [
            f"{name}{sample.suffix}{_labels(sample.labels)} {sample.value:.15g}"
            for sample in family.samples
        ]
    return "\n".join([*lines, "# EOF"]) + "\n"


def _labels(labels: Mapping[str, str]) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
