"""A small invented playbook whose one artifact has a field of every type, for tests of forms."""

from collections.abc import Mapping

from msgspec.structs import replace

from incident_tui.service import IncidentSession, Service
from tests.support.console import declare

PLAYBOOK = """
id = "forms"
title = "Forms"
purpose = "Every kind of field."
law = "Write it down."

[[severities]]
id = "HIGH"
title = "high"
criteria = "all"
example = "down"
respond-within = "now"

[[hats]]
id = "lead"
title = "Lead"
duty = "Decides."
commands = true

[[stages]]
id = "write"
title = "Write"
purpose = "fill it in"
review = "ask"
checks = [{ id = "severity.set" }]

[stages.produces]
id = "sheet"
title = "Sheet"
fields = [
    { id = "story", title = "Story", help = "the story is not told yet" },
    { id = "lessons", title = "Lessons", type = "list" },
    { id = "mood", title = "Mood", type = "choice", choices = ["fine", "grim"] },
    { id = "places", title = "Places", type = "choices", required = false, choices = [
        "hall", "roof", "yard"] },
    { id = "numbers", title = "No.", type = "table", source = "readings.all", required = false },
    { id = "chain", title = "Chain", type = "chain", source = "factors.whys", required = false },
    { id = "todo", title = "Todo", type = "checklist", source = "actions.quick", required = false },
    { id = "published", title = "Published", type = "link", required = false },
]

[[stages]]
id = "after"
title = "Afterwards"
purpose = "rest"
review = "none"

[stages.produces]
id = "end"
title = "End"
fields = [{ id = "rest", title = "Rest", required = false }]

[[mitigation-kinds]]
id = "rollback"
title = "roll back"

[[layers]]
id = "trigger"
title = "Trigger"

[[action-classes]]
id = "prevent"
title = "prevent"

[messages]
initial = "{title}"
update = "{title}"
resolution = "{title}"
"""


def sheet(service: Service, *lines: str) -> IncidentSession:
    """An incident under this playbook with these lines, a minute apart."""
    home = service.home.playbooks
    home.mkdir(parents=True, exist_ok=True)
    (home / "forms.toml").write_text(PLAYBOOK, encoding="utf-8")
    return declare(service, lines, at="", playbook="forms")


def with_env(service: Service, env: Mapping[str, str]) -> None:
    """Give the service's world these environment variables beside its own."""
    service.world = replace(service.world, env={**service.world.env, **env})
