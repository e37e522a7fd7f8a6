"""Learns what words weigh from the tables of judged sentences; run by hand after they grew.

A logistic regression without a constant, so that a sentence of which nothing is known leans to
nothing. Tables whose name begins with `unseen_` are left out: they say how well it is learned.
"""

import math
import textwrap
from collections.abc import Sequence
from pathlib import Path

from incident_tui.domain.values.wording import leanings
from incident_tui.domain.values.wording.people import marked

PEOPLE = (
    "Ana", "Ben Roe", "Chen", "dana", "dora", "priya", "Tomas", "lee", "Jonas", "Marta", "Carlos",
    "marek",
)  # fmt: skip
TABLES = Path(__file__).parent / "sentences"
CODE = Path(leanings.__file__).parent
ROUNDS, RATE, DECAY, KEPT, SCALE, BAR = 300, 0.8, 0.0004, 1700, 6, 3


def judged() -> list[tuple[frozenset[str], int]]:
    """The features of each sentence, and whether it blames."""
    return [
        (leanings.features(marked(sentence, PEOPLE)), int(table.stem.endswith("caught")))
        for table in sorted(TABLES.glob("*.tsv"))
        if not table.name.startswith("unseen_")
        for of, _, sentence in (
            line.partition("\t") for line in table.read_text(encoding="utf-8").splitlines()
        )
        if of == "blame"
    ]


def learned(sentences: Sequence[tuple[frozenset[str], int]]) -> dict[str, float]:
    """Weights by which as many as possible of the sentences lean to their own side."""
    weights = dict.fromkeys(sorted(set().union(*(found for found, _ in sentences))), 0.0)
    for _ in range(ROUNDS):
        slopes = dict.fromkeys(weights, 0.0)
        for found, caught in sentences:
            off = caught - 1 / (1 + math.exp(-sum(weights[one] for one in sorted(found))))
            for one in found:
                slopes[one] += off
        for one, slope in slopes.items():
            weights[one] += RATE * (slope / 30 - DECAY * 30 * weights[one])
    return weights


def table(weights: dict[str, float]) -> str:
    """The heaviest weights as a module, words by weight."""
    heaviest = sorted(weights, key=lambda one: (-abs(weights[one]), one))[:KEPT]
    by_weight: dict[int, list[str]] = {}
    for one in sorted(heaviest):
        by_weight.setdefault(round(SCALE * weights[one]), []).append(one)
    rows = [
        f'    {weight}: """\n'
        + textwrap.fill(" ".join(words), 99, break_on_hyphens=False)
        + '\n""",'
        for weight, words in sorted(by_weight.items())
        if weight
    ]
    made_by = "python -m tests.domain.values.wording.word_weights"
    about = f"What words weigh towards blame; made by `{made_by}`."
    bar = f'BAR = {BAR}\n"""A sentence leans to blame beyond it."""'
    return f'"""{about}"""\n\n{bar}\nWEIGHTS = {{\n' + "\n".join(rows) + "\n}\n"


if __name__ == "__main__":
    (CODE / "blame_weights.py").write_text(table(learned(judged())), encoding="utf-8")
