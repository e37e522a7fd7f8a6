"""How many forms of secrets are found before they are recorded, and that ordinary lines are not.

Both tables may come in several files: every `token_forms*.py` and `ordinary_lines*.py` counts.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from random import Random

import pytest

from incident_tui.service.secrets.texts import suspicion
from tests.security.tokens.recipes import Form, filled

SEEDS = range(5)
LEAST_SHARE = 0.95
HERE = Path(__file__).parent


def _tables(pattern: str, name: str) -> Iterator[object]:
    for path in sorted(HERE.glob(pattern)):
        yield getattr(import_module(f"tests.security.tokens.{path.stem}"), name)


def _forms() -> tuple[Form, ...]:
    forms: list[Form] = []
    for table in _tables("[!t]*forms.py", "FORMS"):
        assert isinstance(table, tuple)
        forms.extend(table)
    return tuple(forms)


def _ordinary_lines() -> tuple[str, ...]:
    lines: list[str] = []
    for table in _tables("*ordinary_lines.py", "LINES"):
        assert isinstance(table, dict)
        lines.extend(line for family in table.values() for line in family)
    return tuple(lines)


def _overlooked(form: Form) -> str:
    """A text of the form that passes without a warning, or nothing: all seeds, all places."""
    for seed in SEEDS:
        rng = Random(f"{seed} {form.name}")
        for recipe in form.recipes:
            text = filled(recipe, rng)
            if not suspicion([text]):
                return f"{form.family}, {form.name}: {text[:160]!r}"
    return ""


def test_nearly_every_form_of_a_secret_is_found_wherever_it_stands() -> None:
    forms = _forms()

    overlooked = [text for form in forms if (text := _overlooked(form))]

    share = 1 - len(overlooked) / len(forms)
    report = f"{share:.1%} of {len(forms)} forms found; not these:\n" + "\n".join(overlooked)
    assert share >= LEAST_SHARE, report


@pytest.mark.parametrize("line", _ordinary_lines())
def test_an_ordinary_line_raises_no_alarm(line: str) -> None:
    alarms = {
        text: reason
        for seed in SEEDS
        if (reason := suspicion([text := filled(line, Random(f"{seed} {line}"))]))
    }

    assert alarms == {}


def test_every_form_has_a_name_of_its_own() -> None:
    names = [form.name for form in _forms()]

    assert sorted(names) == sorted(set(names))
