"""An incident is declared with what it needs, or not at all."""

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.service import Declaration
from tests.service.conftest import Bench


@pytest.mark.parametrize("title", ["", "  ", "\n\t"])
def test_an_incident_without_a_title_is_refused_and_no_folder_is_made(
    bench: Bench, title: str
) -> None:
    with pytest.raises(Refused, match="needs a title"):
        bench.service.declare(Declaration(title))
    assert bench.service.listed() == []
    assert not bench.home.path.exists()
