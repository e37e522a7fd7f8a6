"""All rules over one machine, in the order in which they are told."""

from incident_tui.service.machine.facts import Machine
from incident_tui.service.machine.finding import Finding
from incident_tui.service.machine.git_rules import git_rules
from incident_tui.service.machine.place_rules import place_rules, version_rules
from incident_tui.service.machine.terminal_rules import terminal_rules

RULES = (version_rules, terminal_rules, git_rules, place_rules)


def examine(machine: Machine) -> list[Finding]:
    """What is found, what is well included."""
    return [finding for rules in RULES for finding in rules(machine)]
