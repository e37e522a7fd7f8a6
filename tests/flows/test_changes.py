"""What changed before the start: repositories and a log of deploys, the likeliest first."""

from collections.abc import Callable

import pytest

from incident_tui.service.suspects.feeds import feed
from incident_tui.store.config import MARKER, add_watched
from tests.flows.conftest import Console, keys
from tests.support.git import environment, git

Compare = Callable[..., bool]
DEPLOYS = """\
2026-11-20T13:49Z checkout v42 deployed by ben
2026-11-20T12:20Z feature flag fast-pool on for 10 %
"""
COMMITS = (
    ("2026-11-20T13:41:00Z", "config/pool.yml", "Shrink the pool of checkout [/] to 5"),
    ("2026-11-20T10:02:00Z", "db/migrate/7_orders.sql", "Index orders by customer"),
    ("2026-11-20T13:30:00Z", "docs/pools.md", "Explain the pools"),
)


def changed(console: Console) -> str:
    """An incident after commits, a deploy and a flag; its id."""
    env = environment(console.base)
    assert isinstance(console.service.world.env, dict)
    console.service.world.env.update(env)
    top = console.base / "shop"
    for moment, path, subject in COMMITS:
        (top / path).parent.mkdir(parents=True)
        (top / path).write_text(subject)
        if not (top / ".git").exists():
            git("init", "--quiet", cwd=top, env=env)
        dated = env | {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
        git("add", "-A", cwd=top, env=dated)
        git("commit", "--quiet", "-m", subject, cwd=top, env=dated)
    console.service.home.path.mkdir()
    add_watched(console.service.home.path / MARKER, "../shop")
    incident = console.told("= 5xx 0.3 % -> 12 %")
    feed(console.service.open(incident), DEPLOYS, "standard input")
    return incident


@pytest.mark.parametrize(
    "size", [(80, 24), (120, 40), (200, 50)], ids=["80x24", "120x40", "200x50"]
)
def test_what_changed_before_the_start_with_the_reasons(
    console: Console, snap_compare: Compare, size: tuple[int, int]
) -> None:
    """alt+w opens it; s made the first a suspect."""
    incident = changed(console)
    run = keys("alt+w", "s", "down")
    assert snap_compare(console.app(incident), run_before=run, terminal_size=size)
