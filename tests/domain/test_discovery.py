"""What playbooks name is found where the name says."""

from collections.abc import Callable

import pytest

from incident_tui.domain import discovery
from incident_tui.domain.core.rules import every_flag, every_rule, every_source

discovery.load()
DECLARED: dict[str, Callable[..., object]] = {
    **{f"check {name}": rule.decide for name, rule in every_rule().items()},
    **{f"source {name}": fill for name, fill in every_source().items()},
    **{f"flag {name}": rule.detect for name, rule in every_flag().items()},
}
ELSEWHERE = {
    # It doubts a state, which the lifecycle holds, by the changes, which stand a floor above it.
    "flag lifecycle.unverified": "incident_tui.domain.mitigation.mitigations.progress",
}


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_what_a_playbook_names_stands_in_the_file_or_package_of_that_name(name: str) -> None:
    concept = name.partition(" ")[2].partition(".")[0].replace("-", "_")
    module = DECLARED[name].__module__
    assert concept in module.split(".")[3:] or ELSEWHERE.get(name) == module
