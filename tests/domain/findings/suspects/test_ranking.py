"""Which change stands first, and why."""

import pytest

from incident_tui.domain.findings.suspects import Candidate, start_of
from incident_tui.domain.findings.suspects.ranking import Ranked, ranked
from tests.domain.findings.suspects.candidates import change
from tests.support.incidents import Story


@pytest.fixture
def story() -> Story:
    return Story()


def order(story: Story, *candidates: Candidate) -> list[Ranked]:
    start = start_of(story.incident)
    assert start is not None
    return ranked(candidates, story.incident, start)


@pytest.mark.parametrize(
    ("likelier", "other", "reason"),
    [
        ({"minutes": 10}, {"minutes": 100}, "10m before the start"),
        ({"minutes": 120}, {"minutes": 360, "kind": "merge"}, "2h 00m before the start"),
        ({"minutes": 1400}, {"minutes": 1500, "kind": "merge"}, "23h 20m before the start"),
        ({"kind": "deploy"}, {}, "it reached production then"),
        ({"kind": "flag"}, {"kind": "tag"}, "a flag was switched then"),
        ({"kind": "flag", "minutes": 310}, {"kind": "tag"}, "a flag was switched then"),
        ({"kind": "tag", "minutes": 310}, {"kind": "merge"}, "a release was tagged"),
        ({"kind": "merge"}, {}, "a branch was merged"),
        ({"paths": ("db/migrate/1_x.rb",)}, {"paths": ("config/pool.yml",)},
         "touches migration (db/migrate/1_x.rb)"),
        ({"paths": ("k8s/prod.yaml",)}, {"paths": ("src/a.py",)},
         "touches configuration (k8s/prod.yaml)"),
        ({"paths": ("go.sum",)}, {"paths": ("src/a.go",)}, "touches dependencies (go.sum)"),
        ({"paths": ("src/CheckoutForm.tsx",)}, {"paths": ("src/a.py",)},
         "names checkout, as the incident does"),
        ({"kind": "tag", "minutes": 290}, {"paths": ("src/CheckoutForm.tsx",)},
         "a release was tagged"),
        ({"text": "Revert pool"}, {"text": "pool"}, "takes an earlier change back"),
    ],
)  # fmt: skip
def test_the_likelier_stands_first_and_says_why(
    story: Story, likelier: dict[str, object], other: dict[str, object], reason: str
) -> None:
    first = change(story, **{"minutes": 300, **likelier})  # type: ignore[arg-type]
    second = change(story, **{"minutes": 300, **other})  # type: ignore[arg-type]
    for candidates in ((first, second), (second, first)):
        ranking = order(story, *candidates)
        assert ranking[0].candidate == first
        assert reason in ranking[0].reasons


def test_a_change_of_what_was_measured_names_it(story: Story) -> None:
    story.say("= queue_depth 20 -> 4000")
    ranking = order(story, change(story), change(story, paths=("src/queue.go",)))
    assert ranking[0].candidate.paths == ("src/queue.go",)
    assert "names queue, as the incident does" in ranking[0].reasons


def test_what_touches_only_words_and_tests_stands_last_but_not_with_files_unseen(
    story: Story,
) -> None:
    words = ("docs/a.md", "tests/test_a.py")
    ranking = order(story, change(story, paths=words), change(story, paths=words, more=1))
    assert [each.candidate.more for each in ranking] == [1, 0]
    assert "touches only documentation and tests" in ranking[-1].reasons
