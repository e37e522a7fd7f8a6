"""The pane of the impact: beside what is affected stands who answers for it."""

from types import SimpleNamespace
from typing import cast

from incident_tui.screens.panes.impact import ImpactPane
from incident_tui.screens.session.controller import IncidentController
from incident_tui.store.config import Config, ServiceConfig
from tests.support.incidents import Story, playbook

CONFIG = Config(
    services={
        "Checkout": ServiceConfig(owner="team payments", runbook="https://wiki.example.org/x"),
        "gift cards": ServiceConfig(owner="[b]team[/b] gifts"),
        "mail": ServiceConfig(owner="team mail"),
        "ledger": ServiceConfig(),
    }
)


def rows(*lines: str, process: str = "war-room") -> dict[str, str]:
    story = Story(playbook(process)).tell(lines)
    stub = SimpleNamespace(
        incident=story.incident,
        now=lambda: story.incident.recorded[-1].recorded_at,
        seen=(),
        words=CONFIG.words,
        session=SimpleNamespace(zone=None),
    )
    pane = ImpactPane(cast(IncidentController, stub))
    return {row.key: row.build().plain.strip() for row in pane.make_rows()}


def test_owner_and_runbook_stand_below_the_services_that_the_home_names() -> None:
    shown = rows("/impact services checkout, gift cards, ledger, unheard of")
    assert {key: cells for key, cells in shown.items() if key.startswith("service ")} == {
        "service checkout": "checkout  owner team payments · runbook https://wiki.example.org/x",
        "service gift cards": "gift cards  owner [b]team[/b] gifts",
    }
    keys = list(shown)
    assert keys[keys.index("impact services") + 1] == "service checkout"


def test_without_services_nobody_is_named() -> None:
    assert not any(key.startswith("service ") for key in rows("/impact users 12 %"))


def test_what_the_severity_rests_on_stands_below_it() -> None:
    assert "judged" not in rows("/sev high", process="command")
    shown = rows("/judge bounded now", process="command")
    assert shown["judged"] == "judged    bounded, now"
    assert list(shown)[:2] == ["sev", "judged"]
    shown = rows("/judge bounded now", "/sev medium a workaround is known", process="command")
    assert shown["judged"] == "judged    bounded, now · says high"


def test_what_only_the_outage_before_said_is_told_to_be_of_then() -> None:
    back = ("/state mitigated it stopped", "/state active it is back")
    shown = rows("/sev SEV2 many", "/impact users 12 %", *back, "/impact services checkout")
    assert shown["sev"].endswith("since episode 1")
    assert shown["impact users"] == "users     12 %  since episode 1"
    assert shown["impact services"] == "services  checkout"
    assert "since" not in rows("/impact users 12 %")["impact users"]
