"""A screen whose texts can be opened in the user's own editor."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.screen import ScreenResultType

from incident_tui.screens.widgets.chrome.view import View
from incident_tui.screens.widgets.line.line_input import LineInput
from incident_tui.screens.widgets.line.lines_input import LinesInput

if TYPE_CHECKING:
    from incident_tui.service.exchange.outside_editor import Run

LOG_LINE = "log-line"
"""Where a text is kept that has no other place while an editor has it."""


class WithEditor(View[ScreenResultType]):
    """The text that has the caret can be edited outside; `run` runs the editor, if not as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+e", "outside", "in your editor", False, priority=True, id="screen.outside",
                tooltip="Open this text, or the entry under the cursor, in the editor of git"),
    ]  # fmt: skip
    KEY_WORDS: ClassVar[dict[str, str]] = {"screen.outside": "editor vim vi nano emacs"}

    run: "Run | None" = None

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of the editor."""
        raise NotImplementedError

    @property
    def fields(self) -> Mapping[str, LineInput | LinesInput]:
        """The fields with a draft of their own, by its place."""
        return {}

    def text_outside(self) -> tuple[str, str, Callable[[str], None]] | None:
        """What can be edited now: a text, the place of its draft, and what takes it back."""
        field = self.focused
        if not isinstance(field, LineInput | LinesInput):
            return None
        place = next((place for place, one in self.fields.items() if one is field), LOG_LINE)
        if isinstance(field, LinesInput):
            return field.text, place, field.write
        return field.value, place, field.rewrite

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "outside":
            return self.drafts is not None and self.text_outside() is not None
        return super().check_action(action, parameters)

    def action_outside(self) -> None:
        """Open it in the editor, and take over what was saved there."""
        outside, drafts, files = self.text_outside(), self.drafts, list[Path]()
        if outside is None or drafts is None:
            return
        # Loaded when it is first asked for: a start would wait for it in vain.
        from incident_tui.service.exchange.outside_editor import edit_outside

        text, place, take = outside
        self.keep_draft()

        def make_file() -> Path:
            files.append(drafts.edit_file(place))
            return files[0]

        try:
            with self.app.suspend():
                edited = edit_outside(text, self.env, make_file, run=self.run)
            for file in files:
                drafts.edited(file)
        except SuspendNotSupported:
            self.answer("✗ This terminal cannot be handed to an editor; write here instead.")
            return
        self.refresh(layout=True)
        if edited.problem:
            self.answer(f"✗ Not edited: {edited.problem}. What stands here is unchanged.")
            return
        take(edited.text)
        self.keep_draft()
        self.taken_over()

    def taken_over(self) -> None:
        """The text from the editor stands here now."""
