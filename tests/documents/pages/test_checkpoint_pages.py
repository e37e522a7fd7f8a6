"""The page of a handover: the packet as it was, and what its receiver read back."""

from incident_tui.documents import render_folder
from tests.documents.reading import sections
from tests.support.incidents import Story
from tests.support.playbooks.processes import process

HANDED_OVER = (
    "/role commander ana",
    "/impact users 12 % of checkouts",
    "? the pool is exhausted",
    "/checkpoint ben call me at four\nand not before decide:fail over if still red",
)


def pages(*, read: bool) -> dict[str, str]:
    story = Story(process()).tell(HANDED_OVER)
    if read:
        story.say("/ack the pool is thought to be exhausted", actor="ben")
    return render_folder(story.incident)


def test_the_packet_is_kept_as_it_was_handed_over() -> None:
    page = pages(read=False)["checkpoints/1.md"]
    assert page.startswith("# Checkpoint 1, for ben\n")
    for line in (
        "- **State:** active, Triage",
        "- **Present hypothesis:** the pool is exhausted (open)",
        "- **What users feel:** 12 % of checkouts",
        "- **Next decision:** fail over if still red",
    ):
        assert line in page
    assert sections(page)["Remarks"] == "call me at four\n\nand not before"
    assert "- **By:** ana" in sections(page)["Handed over"]
    assert sections(page)["Read back"].startswith("Not yet.")


def test_what_was_read_back_stands_on_it() -> None:
    section = sections(pages(read=True)["checkpoints/1.md"])["Read back"]
    assert section.startswith("the pool is thought to be exhausted\n")
    assert "- **By:** ben" in section


def test_the_readme_says_which_handovers_were_read() -> None:
    assert "- [For ben](checkpoints/1.md), 14:09, unread" in pages(read=False)["README.md"]
    assert "[For ben](checkpoints/1.md), 14:09, read back 14:10" in pages(read=True)["README.md"]


def test_without_a_handover_there_is_no_word_of_it() -> None:
    documents = render_folder(Story(process()).tell(HANDED_OVER[:-1]).incident)
    assert not [path for path in documents if path.startswith("checkpoints/")]
    assert "Checkpoints" not in documents["README.md"]
