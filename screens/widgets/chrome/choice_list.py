"""Short lists to take one thing from, or tick several in; told by a mark, not by a colour."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message

from incident_tui.screens.painted_text import line
from incident_tui.screens.widgets.rows.rows import Row, Rows

TAKES = frozenset({"ticks.tick", "ticks.toggle", "pick.take", "choice.mark"})
"""What a blank does in such lists where it stands alone; within words it is a letter."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be taken. `problem` says why it cannot, if so."""

    id: str
    label: Content
    problem: str = ""


class Ticks(Rows):
    """Any number of options are ticked; none from the start."""

    BINDINGS = [
        Binding("enter,space", "choose", "tick", id="ticks.tick",
                tooltip="Tick what is under the cursor, or take the tick away"),
    ]  # fmt: skip

    def __init__(self, options: Sequence[Option], *, id: str) -> None:
        super().__init__(wrap=True, shows=TAKES, id=id)
        self._options = options
        self.ticked: set[str] = set()
        self.tick(())

    def tick(self, ticked: Iterable[str]) -> None:
        """Tick these options and no others."""
        self.ticked = set(ticked)
        self.set_rows([self._row(option) for option in self._options])

    def _row(self, option: Option) -> Row:
        mark = ("[x] ", "bold") if option.id in self.ticked else "[ ] "
        return Row(option.id, line(mark, option.label))

    def action_choose(self) -> None:
        if self.row is not None:
            self.tick(self.ticked ^ {self.row.key})


class Pick(Rows):
    """One of several options is taken; the first one from the start."""

    BINDINGS = [
        Binding("enter,space", "choose", "take", id="pick.take",
                tooltip="Take the choice under the cursor"),
    ]  # fmt: skip

    @dataclass
    class Taken(Message):
        """Another option was taken."""

        pick: "Pick"
        value: str

    def __init__(self, options: Sequence[Option], *, id: str) -> None:
        super().__init__(wrap=True, shows=TAKES, id=id)
        self.value = ""
        self._options: Sequence[Option] = ()
        self.offer(options)

    def offer(self, options: Sequence[Option], value: str | None = None) -> None:
        """Offer these, the cursor on what is taken: what was so far, or the first without that."""
        wanted = self.value if value is None else value
        self._options = options
        ids = [option.id for option in options if not option.problem]
        self.value = wanted if wanted in ids else next(iter(ids), "")
        self._show()
        self.select(f"option {self.value}")

    def _show(self) -> None:
        self.set_rows([self._row(option) for option in self._options])

    def _row(self, option: Option) -> Row:
        if option.problem:
            content = line(" ✗  ", option.label, (f"  {option.problem}", "bold"))
            return Row(f"option {option.id}", content, selectable=False)
        mark = ("(•) ", "bold") if option.id == self.value else "( ) "
        return Row(f"option {option.id}", line(mark, option.label))

    def action_choose(self) -> None:
        if self.row is not None:
            self.value = self.row.key.removeprefix("option ")
            self._show()
            self.post_message(self.Taken(self, self.value))
