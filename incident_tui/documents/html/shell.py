"""What every page shares: its style and script inside of it, and the policy that allows only these.

A browser runs and loads nothing else, whatever words of people stand in the page.
"""

import base64
import hashlib
from functools import cache

from incident_tui.documents.text.template_environment import TEMPLATES, html_sandbox

_FOLDER = TEMPLATES / "html"


@cache
def _file(name: str) -> str:
    return _tidy((_FOLDER / name).read_text(encoding="utf-8"))


def _tidy(text: str) -> str:
    """A text without empty lines and blanks at ends of lines, as the hashes of a page count it."""
    return "\n".join(line.rstrip() for line in text.split("\n") if line.strip()) + "\n"


def _source(text: str) -> str:
    """A text as a content security policy names it: by its hash."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@cache
def policy(*scripts: str) -> str:
    """The policy of a page with these scripts: nothing from elsewhere, nothing that was put in."""
    allowed = " ".join(_source(_file(name)) for name in scripts) or "'none'"
    return (
        f"default-src 'none'; style-src {_source(_file('page.css'))}; script-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )


def page(template: str, scripts: tuple[str, ...], context: dict[str, object]) -> str:
    """The page that a template makes of `context`, with the style and these scripts inside."""
    from jinja2.filters import do_mark_safe

    shell: dict[str, object] = {
        "policy": policy(*scripts),
        "style": do_mark_safe(_file("page.css")),
        "scripts": [do_mark_safe(_file(name)) for name in scripts],
    }
    rendered = html_sandbox().get_template(f"html/{template}.html.j2").render(context | shell)
    return _tidy(rendered)
