"""Templates reach only what they are given: those of the package and the texts of a playbook."""

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound
from jinja2.exceptions import SecurityError, UndefinedError
from msgspec.structs import replace

from incident_tui.documents.text.template_environment import sandbox
from incident_tui.domain.handover.update_drafts import compose
from incident_tui.domain.values.playbook import Messages
from tests.support.homes import Kitchen
from tests.support.playbooks.engine import bakery


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ told.__globals__ }}",
        "{{ told.__init__.__globals__['os'] }}",
        "{{ table.__globals__['__builtins__'] }}",
        "{{ ''.format.__self__.__class__ }}",
        "{{ '{0.__class__.__mro__}'.format(told) }}",
        "{{ (told | attr('__class__')).__mro__ }}",
        "{% for number in range(10 ** 9) %}x{% endfor %}",
    ],
)
def test_a_template_reaches_nothing_outside_of_its_context(template: str) -> None:
    with pytest.raises((SecurityError, UndefinedError, OverflowError)):
        sandbox().from_string(template).render(told=lambda: "said")


@pytest.mark.parametrize("name", ["../writing.py", "/etc/passwd", "..", "overview.md.j2/../x"])
def test_a_template_is_taken_from_the_folder_of_templates_only(name: str) -> None:
    with pytest.raises(TemplateNotFound):
        sandbox().get_template(name)


def test_the_messages_of_a_playbook_name_facts_and_nothing_else(tmp_path: Path) -> None:
    message = "{title.__class__} {0} {title!r} {{ 7 * 7 }} %(title)s $title: {title}"
    playbook = replace(bakery(), messages=Messages(message, message, message))
    incident = Kitchen(tmp_path, under=playbook).open().incident
    assert compose(incident) == message.replace("{title}", "No bread")
