"""What a line does to the incident says when its folder is committed."""

import pytest

from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB


@pytest.mark.parametrize(
    ("line", "moves"),
    [
        ("smoke", False),
        ("/sev SEV2", True),
        (f"token {GITHUB}", False),
        (f"/sev SEV2 since {GITHUB} leaked", True),
    ],
)
def test_a_line_of_which_one_entry_moves_the_incident_is_a_transition(
    bench: Bench, line: str, *, moves: bool
) -> None:
    receipt = bench.declared().enter(line)
    assert (receipt.is_transition, receipt.wants_commit) == (moves, moves)
