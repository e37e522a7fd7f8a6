"""Each target of the fuzzer, a few times: that it finds nothing, and that it is no idle run."""

import pytest

from tests.security.fuzz import TARGETS, run


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_the_promised_comes_of_it(name: str) -> None:
    count = run(name, 60)
    assert count.total() >= 60
