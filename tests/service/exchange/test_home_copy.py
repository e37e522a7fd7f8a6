"""A home as a folder to browse: what is in it, what is not, and what is left alone."""

import json
from pathlib import Path
from shutil import rmtree

import pytest

from incident_tui.domain.core.commands import Refused
from incident_tui.service import Declaration
from incident_tui.service.exchange.copies.home_copy import HomeCopy, write_home
from incident_tui.store.files.errors import NotSaved
from tests.documents.html.page_reader import Page
from tests.service.conftest import Bench
from tests.service.secrets.test_texts import GITHUB


def written(bench: Bench, *named: str) -> tuple[HomeCopy, dict[str, str]]:
    """What came of writing the folder, and every text in it by its path."""
    folder = bench.base / "site"
    done = write_home(bench.service, folder, named=named)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return done, {str(path.relative_to(folder)): path.read_text() for path in files}


def protected(bench: Bench) -> str:
    session = bench.service.declare(Declaration("Leak", protected=True))
    session.enter("acme is affected")
    return session.id


def test_there_is_a_list_the_numbers_and_a_page_for_each_incident(bench: Bench) -> None:
    first, second = bench.declared("No bread"), bench.declared("</script><b>No cake")
    first.enter("the queue of ovens backs up")
    done, files = written(bench)
    pages = {f"incidents/{session.id}.html" for session in (first, second)}
    assert set(files) == {"index.html", "numbers.html", ".incident-tui-export", *pages}
    assert (done.shown, done.protected, done.left_out) == (2, (), ())
    for name, text in files.items():
        if name.endswith(".html"):
            page = Page(text)
            page.assert_harmless()
            page.assert_accessible()
    index = Page(files["index.html"])
    leads = [link.attributes["href"] for link in index.all("a")]
    assert pages <= set(leads)
    (data,) = [e for e in index.all("script") if e.attributes.get("id") == "words"]
    newest, oldest = json.loads(data.words)
    assert "ovens" in oldest.split()
    assert "ovens" not in newest.split()


def test_an_empty_home_says_so(bench: Bench) -> None:
    done, files = written(bench)
    assert done.shown == 0
    assert "There is no incident to show" in files["index.html"]


def test_what_only_some_need_to_know_is_nowhere_unless_it_is_named(bench: Bench) -> None:
    secret = protected(bench)
    half = bench.declared("No bread")
    half.enter("bigcorp lost records")
    half.enter("/restrict 2 names a customer")
    half.enter("/legal a breach in law")
    done, files = written(bench)
    assert done.protected == (secret,)
    whole = "".join(files.values())
    assert not [word for word in ("acme", secret, "Leak", "bigcorp", "breach") if word in whole]
    _, files = written(bench, secret)
    assert "acme" in files[f"incidents/{secret}.html"]
    assert "bigcorp" not in "".join(files.values())
    _, files = written(bench)  # what is not named any more is taken away again
    assert secret not in "".join([*files, *files.values()])
    with pytest.raises(Refused):
        written(bench, "nothing")


def test_a_page_that_somebody_took_away_already_is_not_missed(bench: Bench) -> None:
    secret = protected(bench)
    written(bench, secret)
    (bench.base / "site" / "incidents" / f"{secret}.html").unlink()
    done, _ = written(bench)
    assert done.protected == (secret,)


def test_one_that_cannot_be_shown_hides_no_other_and_says_what_mends_it(bench: Bench) -> None:
    held, fine, damaged = (bench.declared(title) for title in ("A", "B", "C"))
    held.enter(f"token {GITHUB}")
    (bench.home.path / damaged.id / "incident.json").write_text("{")
    bench.declared("D")
    done, files = written(bench)
    assert done.shown == 2
    assert GITHUB not in "".join(files.values())
    left_out = {missing.id: missing for missing in done.left_out}
    assert set(left_out) == {held.id, damaged.id}
    assert "/redact 2 WHY" in left_out[held.id].mends
    assert fine.id in files["index.html"]


@pytest.mark.parametrize("place", ["index.html", "incidents"])
def test_a_copy_that_cannot_be_written_is_no_copy(bench: Bench, place: str) -> None:
    """What lies there is a folder in the place of a page, or a file in that of a folder."""
    bench.declared("No bread")
    written(bench)
    inside = bench.base / "site" / place
    if inside.is_dir():
        rmtree(inside)
        inside.touch()
    else:
        inside.unlink()
        inside.mkdir()
    with pytest.raises(NotSaved, match="site"):
        write_home(bench.service, bench.base / "site")


@pytest.mark.parametrize("place", ["other", "incident", "link"])
def test_what_is_not_ours_is_left_alone(bench: Bench, tmp_path: Path, place: str) -> None:
    session = bench.declared("No bread")
    folder = tmp_path / "site"
    if place == "other":
        (folder / "incidents").mkdir(parents=True)
        (folder / "incidents" / "thesis.html").write_text("years of work")
    elif place == "incident":
        folder = bench.home.path / session.id / "site"
    else:
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused):
        write_home(bench.service, folder)
    assert not (folder / "index.html").exists()


def test_the_numbers_say_how_many_drills_they_leave_out_where_there_are_any(bench: Bench) -> None:
    bench.declared("No bread")
    _, files = written(bench)
    assert "left out" not in files["numbers.html"]
    bench.service.declare(Declaration("Ovens off", drill=True))
    _, files = written(bench)
    assert "1 drill or false alarm left out" in files["numbers.html"]


def test_pages_that_it_did_not_write_stay(bench: Bench) -> None:
    bench.declared("No bread")
    written(bench)
    own = bench.base / "site" / "incidents" / "own.html"
    own.write_text("mine")
    with (bench.base / "site" / ".incident-tui-export").open("a") as marker:
        marker.write("../../home/x\n")
    written(bench)
    assert own.read_text() == "mine"


def test_a_bar_stands_beside_the_number_that_it_compares(bench: Bench) -> None:
    session = bench.declared("No bread")
    session.enter("/milestone detected")
    session.enter('/milestone mitigated why:"users say so"')
    _, files = written(bench)
    page = Page(files["numbers.html"])
    barred = {id(e.inside[-1]) for e in page.all("svg")}
    (lengths,) = [e for e in page.all("table") if "how long" in e.words]
    heads = [e.words for e in page.all("th") if lengths in e.inside]
    row = next(e for e in page.all("tr") if lengths in e.inside and e.words.startswith("time"))
    cells = [e for e in page.all("td") if row in e.inside]
    assert [heads[at] for at, cell in enumerate(cells) if id(cell) in barred] == ["median"]
