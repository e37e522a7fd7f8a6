"""The picture of the house: every floor of the import contracts, with what stands on it.

Which floors there are is read from pyproject.toml, what each holds from the first line of its
docstring; so the picture is true as long as the contracts are kept.
"""

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOP = "incident_tui"


def floors() -> dict[str, list[list[str]]]:
    """Each package with floors, and what stands on them from the top floor to the ground."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {
        container: [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]
        for contract in data["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
        for container in contract["containers"]
    }


def picture() -> str:
    """The floors as text: a number from the ground, a name, what it holds; deeper ones indented."""
    return "\n".join(["```", *_drawn(floors(), TOP, 0), "```"])


def _drawn(
    known: Mapping[str, Sequence[Sequence[str]]], container: str, depth: int
) -> Iterator[str]:
    for height, names in zip(range(len(known[container]), 0, -1), known[container], strict=True):
        for name in names:
            module = f"{container}.{name}"
            yield f"{'    ' * depth}{height} {name:<{24 - 4 * depth}} {holds(module)}"
            if module in known:
                yield from _drawn(known, module, depth + 1)


def holds(module: str) -> str:
    """The first line of a module's docstring, without the full stop."""
    path = ROOT.joinpath(*module.split("."))
    source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    docstring = ast.get_docstring(ast.parse(source.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0].rstrip(".")
