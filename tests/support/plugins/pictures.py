"""A pytest plugin: where pictures of the console are kept, and the text that stands beside each.

How a picture is taken is the matter of pytest-textual-snapshot, which this builds on.
"""

import html
import re
from collections.abc import Callable, Iterator
from functools import partialmethod
from pathlib import Path

import pytest
import pytest_textual_snapshot
from rich.cells import cell_len
from rich.console import Console
from syrupy.data import SnapshotCollection, SnapshotCollections
from syrupy.extensions.amber import AmberSnapshotExtension
from syrupy.location import PyTestLocation
from syrupy.report import SnapshotReport

from tests.support.paths import ROOT

TESTS = ROOT / "tests"
SNAPSHOTS = ROOT / "snapshots"

CELL_WIDTH = 12.2
"""Pixels per terminal cell in a picture that Rich draws: font size 20 times aspect 0.61."""

RUN_OF_TEXT = re.compile(
    r'<text [^>]*?x="(?P<x>[\d.]+)"[^>]*?clip-path="url\(#[^)]*line-(?P<row>\d+)\)"[^>]*>'
    r"(?P<text>[^<]*)</text>"
)


def text_of_picture(svg: str) -> str:
    """The characters of a terminal picture, row by row in their columns, no trailing blanks."""
    rows: dict[int, str] = {}
    for run in RUN_OF_TEXT.finditer(svg):
        row = rows.get(int(run["row"]), "")
        gap = round(float(run["x"]) / CELL_WIDTH) - cell_len(row)
        text = html.unescape(run["text"]).replace("\xa0", " ")
        rows[int(run["row"])] = row + " " * gap + text
    last = max(rows, default=-1)
    return "".join(rows.get(number, "").rstrip() + "\n" for number in range(last + 1))


class SnapshotBesideItsText(pytest_textual_snapshot.SVGImageExtension):
    """Pictures in snapshots/, one folder per test module, each with its text in a file beside it.

    The picture is what is compared; the text is derived from it, so that a review can read it.
    """

    _file_extension = "svg"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        module = Path(test_location.filepath).resolve().relative_to(TESTS)
        return str(SNAPSHOTS / module.with_suffix(""))

    @classmethod
    def _write_snapshot_collection(cls, *, snapshot_collection: SnapshotCollection) -> None:
        super()._write_snapshot_collection(snapshot_collection=snapshot_collection)
        picture = Path(snapshot_collection.location)
        text = text_of_picture(picture.read_text("utf-8"))
        picture.with_suffix(".txt").write_text(text, "utf-8", newline="\n")

    def discover_snapshots(self, *, test_location: PyTestLocation) -> SnapshotCollections:
        pictures = SnapshotCollections()
        for collection in super().discover_snapshots(test_location=test_location):
            # A text is no snapshot of its own, which would be unused and so be deleted.
            if not collection.location.endswith(".txt"):
                pictures.add(collection)
        return pictures

    def delete_snapshots(self, *, snapshot_location: str, snapshot_names: set[str]) -> None:
        super().delete_snapshots(snapshot_location=snapshot_location, snapshot_names=snapshot_names)
        Path(snapshot_location).with_suffix(".txt").unlink(missing_ok=True)


class TableOfLooks(AmberSnapshotExtension):
    """What is not drawn in every size and look, told by digests: a table per test module.

    It lies in snapshots/, beside the folder with the pictures of the module.
    """

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(Path(SnapshotBesideItsText.dirname(test_location=test_location)).parent)

    def discover_snapshots(self, *, test_location: PyTestLocation) -> SnapshotCollections:
        tables = SnapshotCollections()
        for collection in super().discover_snapshots(test_location=test_location):
            # The pictures are the matter of their own extension: as unused they would be deleted.
            if self.is_snapshot_location(location=collection.location):
                tables.add(collection)
        return tables


def pytest_configure(config: pytest.Config) -> None:
    """Give the picture plugin, which names its class in its own module, ours instead.

    What a process of several says of pictures at its end is printed nowhere: looking for those that
    no test used, among all tests for each picture, took it four seconds.
    """
    pytest_textual_snapshot.SVGImageExtension = SnapshotBesideItsText  # type: ignore[misc]
    pytest_textual_snapshot.normalize_svg = lambda svg: svg  # no picture has a number of its own
    if hasattr(config, "workerinput"):
        SnapshotReport.lines = property(lambda self: iter(()))  # type: ignore[assignment]


@pytest.fixture(scope="session", autouse=True)
def pictures_without_a_number() -> Iterator[None]:
    """Draw pictures as they are stored: the number that Rich gives each is taken out for that.

    It is made of all that is painted, which took a seventh of what a picture takes.
    """
    drawn = partialmethod(Console.export_svg, unique_id="terminal")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Console, "export_svg", drawn)
        yield


@pytest.fixture(name="text_of_picture")
def _text_of_picture() -> Callable[[str], str]:
    """How the text beside a picture is made, for the test that no text is stale."""
    return text_of_picture
