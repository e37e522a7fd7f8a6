"""What changed before the start: from watched repositories and fed logs, whatever they hold."""

from datetime import timedelta
from pathlib import Path

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.domain.quality.evidence import Evidence
from incident_tui.service import IncidentSession
from incident_tui.service.suspects.changes_before import changes_before
from incident_tui.service.suspects.feeds import feed
from incident_tui.store.config import MARKER, add_watched, load_config
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB

OBJECT = '{"deployed_at": "2026-11-20T13:48:00Z", "service": "cart", "user": "zoe"}'
LINES = "2026-11-20T13:48Z checkout v42 deployed by ben\n2026-11-20T13:50Z feature flag pool on\n"


def repository(bench: Bench, name: str, subject: str, minutes: float, path: str = "a.py") -> Path:
    """A repository beside the home with a commit so many minutes before now."""
    top = bench.base / name
    (top / path).parent.mkdir(parents=True)
    bench.git("init", "--quiet", cwd=top)
    (top / path).write_text(subject)
    bench.git("add", "-A", cwd=top)
    moment = (bench.clock.now - timedelta(minutes=minutes)).isoformat()
    bench.env |= {"GIT_COMMITTER_DATE": moment}
    bench.git("commit", "--quiet", "-m", subject, cwd=top)
    return top


def watch(bench: Bench, *folders: str) -> None:
    bench.home.path.mkdir(exist_ok=True)
    for folder in folders:
        add_watched(bench.home.path / MARKER, folder)


def test_watched_repositories_are_read_and_one_that_is_gone_hides_no_other(
    git_bench: Bench,
) -> None:
    repository(git_bench, "shop [/] ]", "bump \u202ethe \x1b[31mpool", 30, "config/pool.yml")
    repository(git_bench, "old", "long ago", 60 * 30)
    watch(git_bench, "../shop [/] ]", "../old", "../gone")
    asked: list[str] = []
    changes = changes_before(git_bench.declared(), on_place=asked.append)
    assert asked == [*changes.places]
    assert len(asked) == 3
    assert [each.candidate.text for each in changes.rows] == ["bump the ␛[31mpool"]
    [where] = {each.where for each in changes.unread}
    assert where.endswith("gone")
    wider = changes_before(git_bench.declared(), timedelta(days=3))
    assert len(wider.rows) == 2


def test_a_release_is_named_by_its_tag_and_what_that_says(git_bench: Bench) -> None:
    top = repository(git_bench, "shop", "bump the pool", 60)
    git_bench.git("tag", "-a", "v42", "-m", "larger pool", cwd=top)
    watch(git_bench, "../shop")
    rows = changes_before(git_bench.declared()).rows
    assert "v42: larger pool" in [row.candidate.text for row in rows]


def test_commits_that_only_record_incidents_changed_nothing(git_bench: Bench) -> None:
    top = repository(git_bench, "shop", "the code", 20)
    git_bench.home.path.mkdir()
    session = git_bench.declared()
    git_bench.git("init", "--quiet", cwd=git_bench.base)
    git_bench.git("add", "home", cwd=git_bench.base)
    git_bench.git("commit", "--quiet", "-m", "checkout: Triage", cwd=git_bench.base)
    assert changes_before(session).rows == ()
    watch(git_bench, str(top))
    del git_bench.home.__dict__["config"]
    assert [each.candidate.text for each in changes_before(session).rows] == ["the code"]


@pytest.mark.parametrize(
    ("text", "deploys"),
    [
        (LINES, ["deploy checkout v42 deployed by ben", "flag feature flag pool on"]),
        (f"our deploys\n{LINES}", ["deploy checkout v42 deployed by ben",
                                   "flag feature flag pool on"]),
        (f"[{OBJECT}]",
         ["deploy service cart"]),
        ('{"date": 1795182480000, "title": "flag pool on"}\n{"ts": "2026-11-20T13:50Z", "v": 2}\n',
         ["flag flag pool on", "deploy v 2"]),
        ('{"data": {"items": [{"createdAt": "2026-11-20T13:48:00Z", "name": "v42"}]}}',
         ["deploy v42"]),
        ("time,service\n2026-11-20T13:48Z,cart\n", ["deploy cart"]),
        ("checkout v42 2026-11-20T13:48Z\n", ["deploy checkout v42"]),
        (f"2026-11-20T13:40Z checkout v41\n{OBJECT}\n2026-11-20T13:50Z flag pool on\n",
         ["deploy checkout v41", "deploy service cart", "flag flag pool on"]),
        ("our deploys\n2026-11-20T13:40Z v41\nwas fine\n2026-11-20T13:50Z v42\n",
         ["deploy v41", "deploy v42"]),
        (f"{OBJECT}\n2026-11-20T13:50Z checkout v42\n",
         ["deploy service cart", "deploy checkout v42"]),
    ],
)  # fmt: skip
def test_a_log_of_deploys_is_lines_or_json(bench: Bench, text: str, deploys: list[str]) -> None:
    session = bench.declared()
    feed(session, text, "standard input")
    rows = changes_before(session, timedelta(days=2)).rows
    assert sorted(f"{each.candidate.kind} {each.candidate.text}" for each in rows) == sorted(
        deploys
    )


def test_each_change_names_its_line_and_what_is_not_read_is_counted(bench: Bench) -> None:
    session = bench.declared()
    text = f'2026-11-20T13:40Z v41\n{{"no": "time"}}\n{OBJECT}\n[{OBJECT}, {OBJECT}]\n'
    fed = feed(session, text, "standard input")
    lines = [each.source.rpartition(":")[2] for each in fed.candidates]
    assert (lines, fed.unread) == (["1", "3", "4"], 2)
    assert feed(session, f"[{OBJECT}]", "standard input").unread == 0
    untimely = f'{OBJECT}\n{{"time": "soon", "name": "v42"}}\n'
    assert feed(session, untimely, "standard input").unread == 1


def test_a_fed_log_is_kept_once_without_secrets_and_read_again(bench: Bench) -> None:
    session = bench.declared()
    text = f"2026-11-20T13:48Z deployed with {GITHUB} \x1b[31m\n"
    for _ in range(2):
        feed(session, text, "standard input")
    [kept] = session.incident.of(Evidence).files
    assert GITHUB not in (session.folder / "evidence" / kept.name).read_text()
    [row] = changes_before(bench.service.open(session.id), timedelta(days=2)).rows
    assert row.candidate.source == f"evidence/{kept.name}:1"
    assert "\x1b" not in row.candidate.text


def test_a_log_without_times_is_refused_and_nothing_is_kept(session: IncidentSession) -> None:
    with pytest.raises(Refused, match="holds no change with a time"):
        feed(session, "we deployed a lot", "deploys.txt")
    assert not (session.folder / "evidence").exists()


@pytest.mark.parametrize(
    "before",
    ["", 'zone = "UTC"\n[git]\nhooks = true\n', 'watch = [\n  "a",\n  # why\n  "b",\n]\n',
     "# watch = []\n[git]\n"],
)  # fmt: skip
def test_watching_one_more_keeps_the_rest_of_the_configuration(tmp_path: Path, before: str) -> None:
    path = tmp_path / MARKER
    path.write_text(before)
    known = load_config(path)
    assert add_watched(path, '../x "y" \\')
    assert not add_watched(path, '../x "y" \\')
    after = load_config(path)
    assert after.watch == (*known.watch, '../x "y" \\')
    assert (after.zone, after.git) == (known.zone, known.git)
