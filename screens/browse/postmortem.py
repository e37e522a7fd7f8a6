"""The postmortem while it is written: the document at the left, what is to be written beside it.

Fields open their forms, everything else begins its line; the service decides what is taken.
"""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Static

from incident_tui.domain.learning.postmortem import is_light, record_of
from incident_tui.screens.browse.document_screen import MARKUP, DocumentScreen
from incident_tui.screens.browse.postmortem_parts import FIELD, Parts, head
from incident_tui.screens.forms.field import FieldScreen
from incident_tui.screens.painted_text import plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.rows.rows import Rows

PAGE = "postmortem.md"
NOT_YET = "It is written once the impact has stopped, or its stage has begun."
NONE = "This playbook has no stage for a postmortem."


class PartRows(Rows):
    """What is to be written; Enter opens its form or begins its line."""

    BINDINGS = [
        Binding("enter", "choose", "write", id="rows.choose",
                tooltip="Open the form of this part, or begin its line"),
    ]  # fmt: skip


class PostmortemScreen(DocumentScreen):
    """Gives back a line for the log line, or nothing."""

    BINDING_GROUP_TITLE = "Postmortem"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/browse/postmortem.tcss"]
    BINDINGS = [
        Binding("tab", "app.focus_next", "document", id="postmortem.next",
                tooltip="To the document, and back"),
        Binding("o", "whole", "optional fields", id="postmortem.whole",
                tooltip="Show the fields that the light form leaves out, or leave them out again"),
        Binding("escape,q", "leave", "back", id="postmortem.leave",
                tooltip="Back to the war room"),
    ]  # fmt: skip

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._parts = PartRows(wrap=True, shows=frozenset([MARKUP]), empty=plain(NONE))
        self._begins: dict[str, str] = {}
        """Key of a row -> the line that it begins."""
        self._whole = False
        self._known = -1

    def compose(self) -> ComposeResult:
        yield Static(id="postmortem-head", markup=False)
        with Container(id="postmortem-parts"):
            with Vertical(id="postmortem-writing"):
                yield self._parts
            with Vertical(id="postmortem-paper"):
                yield self.paper
        yield KeyBar(self.controller)

    def on_mount(self) -> None:
        self.query_one("#postmortem-paper").border_title = plain("As it will be committed")
        self.state_changed()
        self._parts.focus()
        self.set_interval(30, self._show)

    # --- what is shown -------------------------------------------------------------------------

    def state_changed(self) -> None:
        """Show the present state; the document follows as soon as it is made."""
        upto = len(self.incident.recorded)
        if upto != self._known:
            self._known = upto
            self._show()
            self.make_documents()

    def _show(self) -> None:
        record = record_of(self.incident)
        if record is None:
            self.query_one("#postmortem-head", Static).update(plain(NONE))
            return
        lines = head(self.controller.session, record, self.controller.now())
        self.query_one("#postmortem-head", Static).update(plain("\n".join(lines), lines=True))
        parts = Parts(self.incident, record, whole=self._whole)
        done = f"{parts.report.done} of {len(parts.report.checks)}"
        self.query_one("#postmortem-writing").border_title = Content(f"To write · gate {done}")
        self._parts.set_rows(parts.rows)
        self._begins = parts.begins
        self.refresh_bindings()

    def on_document_screen_rendered(self, event: DocumentScreen.Rendered) -> None:
        if event.upto == self._known:
            self.show_paper(event.pages.get(PAGE, ""), nothing=NOT_YET, path=PAGE)

    # --- what is done --------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "whole":
            return is_light(self.incident)
        return super().check_action(action, parameters)

    def action_whole(self) -> None:
        self._whole = not self._whole
        self._show()

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        record = record_of(self.incident)
        if event.rows is self.paper or record is None:
            return
        if event.row.key.startswith(FIELD):
            field = event.row.key.removeprefix(FIELD)
            self.app.push_screen(FieldScreen(self.controller, record.stage, field))
        elif event.row.key in self._begins:
            self.dismiss(self._begins[event.row.key])
