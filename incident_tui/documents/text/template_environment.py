"""The template environments: sandboxed, strict about names, escaping whatever is not Markdown yet,
or not HTML.

Jinja2 is imported when the first document is rendered, so that programs which render none do not
wait for it.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from incident_tui.documents.text import html_text, markdown_text

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATES = Path(__file__).parents[1] / "templates"


def _sandbox(finalize: Callable[[object], object], *, autoescape: bool) -> "SandboxedEnvironment":
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=autoescape,
        finalize=finalize,
    )


@lru_cache(maxsize=1)
def sandbox() -> "SandboxedEnvironment":
    """Where Markdown is rendered: templates reach nothing but what they are given."""
    # Escaping by Jinja2 itself would be for HTML.
    environment = _sandbox(markdown_text.inline, autoescape=False)
    for function in (
        markdown_text.paragraphs,
        markdown_text.code,
        markdown_text.bullets,
        markdown_text.numbered,
        markdown_text.labelled,
    ):
        environment.filters[function.__name__] = function
    environment.globals["table"] = markdown_text.table
    environment.globals["link"] = markdown_text.link
    return environment


@lru_cache(maxsize=1)
def html_sandbox() -> "SandboxedEnvironment":
    """Where HTML is rendered: whatever is put in is escaped; what is not known is left empty."""
    from jinja2.filters import do_mark_safe

    environment = _sandbox(lambda value: do_mark_safe(html_text.escaped(value)), autoescape=True)
    for function in (html_text.prose, html_text.paragraphs):
        environment.filters[function.__name__] = _safe(function)
    return environment


def _safe(function: Callable[[object], str]) -> Callable[[object], object]:
    from jinja2.filters import do_mark_safe

    return lambda value: do_mark_safe(function(value))


def render(template: str, context: dict[str, object]) -> str:
    """The document that a template of this package makes of `context`.

    Headings with nothing below them are left out, so that a template need not ask what is empty.
    It ends in one line break and has never more than one blank line in a row.
    """
    text = sandbox().get_template(f"{template}.md.j2").render(context)
    kept = "\n".join(_without_empty_sections(text.split("\n")))
    return re.sub(r"\n{3,}", "\n\n", kept).strip() + "\n"


def _without_empty_sections(lines: list[str]) -> list[str]:
    """The lines without headings that are followed by their equals, by higher ones or by the end.

    Only templates make headings: a `#` that somebody typed is escaped.
    """
    kept: list[str] = []
    below = 0  # the level of the heading that follows, 0 at the end, 7 where there is text
    for line in reversed(lines):
        heading = re.match(r"(#{1,6}) ", line) if line.startswith("#") else None
        if heading is None:
            below = 7 if line.strip() and not line.startswith("<!--") else below
        elif (level := len(heading[1])) < below or level == 1:
            below = level
        else:
            continue
        kept.append(line)
    return kept[::-1]
