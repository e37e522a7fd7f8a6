"""The update composer: what people are told next, made of the log, changed by hand, posted once.

What an update starts from is the domain's, and how it is pasted elsewhere is paper's.
"""

import asyncio
from datetime import timedelta
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from incident_tui.domain.handover.update_drafts import draft, form_of_next, nothing_new
from incident_tui.domain.impact.updates import Updates, limit_text, usual_next
from incident_tui.domain.impact.updates.next_word import TOLERANCE
from incident_tui.domain.values.text import clean, clean_line, nearly_the_same
from incident_tui.domain.values.time_grammar import (
    WhenError,
    format_duration,
    format_when,
    parse_ahead,
)
from incident_tui.screens.forms.audience_drafts import AudienceDrafts, audience_of
from incident_tui.screens.painted_text import line, plain
from incident_tui.screens.session.controller import IncidentController
from incident_tui.screens.session.copied_text import copy
from incident_tui.screens.widgets.chrome.document_rows import pasteable
from incident_tui.screens.widgets.chrome.incident_screen import IncidentScreen
from incident_tui.screens.widgets.chrome.key_bar import KeyBar
from incident_tui.screens.widgets.chrome.view import Answer
from incident_tui.screens.widgets.line.line_input import LineInput, to_go_on
from incident_tui.screens.widgets.line.lines_input import LinesInput
from incident_tui.service import Receipt
from incident_tui.service.session.update_dispatch import program_of

AGAIN = timedelta(minutes=10)
"""How long nobody needs to be told the same once more."""


class ComposerScreen(IncidentScreen[None]):
    """Asks for the text and the time of the next update. What is typed is kept until it is out."""

    BINDING_GROUP_TITLE = "Status update"
    CSS_PATH = ["../../styles/widgets/key_bar.tcss", "../../styles/forms/composer.tcss"]
    BINDINGS = [
        Binding("f8", "post", "post", id="composer.post", tooltip="Post the update"),
        Binding("ctrl+n", "nothing_new", "nothing new", id="composer.nothing_new",
                tooltip="Say that there is no news, and go to the time: Enter there posts it"),
        Binding("ctrl+l", "from_log", "from the log", id="composer.from_log",
                tooltip="Begin anew with what the log says now; undo brings the text back"),
        Binding("tab", "app.focus_next", "next field", False, id="composer.next",
                tooltip="From the text to the time of the next update, and back"),
        Binding("escape,f5", "leave", "back", id="composer.leave",
                tooltip="Back; what was typed is kept"),
    ]  # fmt: skip

    KEY_WORDS: ClassVar[dict[str, str]] = {
        "composer.post": "send slack publish",
    }

    def __init__(self, controller: IncidentController) -> None:
        super().__init__(controller)
        self._text = LinesInput(id="composer-text")
        self._next = LineInput(id="composer-next", entered=lambda text: self.action_post())
        self._for = LineInput(id="composer-audience", entered=self._to_text)
        self._for.placeholder = "everybody"
        self._audience = ""
        """For whom the text is that is shown; empty for everybody."""
        self._variants = AudienceDrafts(controller.drafts)
        self._made = ""
        """The text as it was made of the log."""
        self._made_from = 0
        self._posted = len(self.incident.of(Updates).items)
        self._warned = ""
        """The text of which was told that the last update says the same."""
        self._overtaken = ""
        """What others posted meanwhile, until whoever writes here was told."""

    def compose(self) -> ComposeResult:
        yield Static(id="composer-head", markup=False)
        with Vertical(id="composer-frame"):
            yield self._text
        with Horizontal(id="composer-time"):
            yield Static(plain("Next update"), id="composer-time-title")
            yield self._next
            yield Static(id="composer-understood", markup=False)
        with Horizontal(id="composer-for"):
            yield Static(plain("For"), id="composer-for-title")
            yield self._for
            yield Static(id="composer-audiences", markup=False)
        yield Answer(id="composer-answer")
        yield KeyBar(self.controller)

    def on_mount(self) -> None:
        self.query_one("#composer-frame").border_title = Content("Text")
        self._make()
        kept, at = self._variants.take("") or ("", "")
        # What is typed next stands apart from what the log says, and goes on with a draft.
        self._text.write(to_go_on(kept) or f"{self._made}\n")
        self._next.write(at or usual_next(self.incident))
        if kept:
            self.answer(
                "This is your draft from before. "
                f"{self.key_of('composer.from_log')} begins anew from the log."
            )
        if audiences_kept := self._variants.audiences_kept:
            self.answer(
                f"There are drafts for {', '.join(audiences_kept)} too: name them behind For."
            )
        self._show()
        self._text.focus()
        self.set_interval(5, self._show)

    # --- what is shown -------------------------------------------------------------------------

    def _make(self) -> None:
        self._made = draft(self.incident)
        self._made_from = len(self.incident.recorded)

    def _show(self) -> None:
        incident, now = self.incident, self.controller.now()
        updates, zone = incident.of(Updates), self.zone
        lines = [("Status update " + str(len(updates.items) + 1), "bold")]
        head = line(*lines, f" · {form_of_next(incident)}")
        if updates.items:
            last = updates.items[-1].entry.at
            at, ago = format_when(last, zone, reference=now), format_duration(now - last)
            head += line(f" · the last one was at {at}, {ago} ago")
        newer = len(incident.recorded) - self._made_from
        time, post = self.key_of("composer.next"), self.key_of("composer.post")
        made = "Made of what the log says; change what is not true. "
        made += f"{time}: the time. {post}: post."
        if newer:
            made = f"The log has gone on by {newer} since this was made. "
            made += f"{self.key_of('composer.from_log')} makes it anew."
        self.query_one("#composer-head", Static).update(head + "\n" + line((made, "dim")))
        self.query_one("#composer-understood", Static).update(self._understood())
        known = [*updates.audiences.values(), *self._variants.audiences_kept]
        others = dict.fromkeys(name for name in known if name != (self._for.value or "everybody"))
        named = (
            f"or {', '.join(others)}" if others else "or one audience alone: it has its own time"
        )
        self.query_one("#composer-audiences", Static).update(line((named, "dim")))

    def _understood(self) -> Content:
        now, zone = self.controller.now(), self.zone
        text, why = self._time_and_reason()
        if not text:
            owed = usual_next(self.incident)
            none = "✗ when do people hear from you again?" if owed else "none: it is over"
            return line((none, "bold" if owed else "dim"))
        try:
            moment = parse_ahead(text, now=now, zone=zone)
        except WhenError as problem:
            return line((f"✗ {problem.reason}", "bold"))
        words = f"at {format_when(moment, zone, reference=now)}, in {format_duration(moment - now)}"
        interval = self.incident.of(Updates).interval
        if interval is None or moment - now <= interval + TOLERANCE:
            return plain(f"✓ {words}")
        limit = limit_text(self.incident)
        if why:
            return plain(f"✓ {words} · {limit}: {why}")
        return line((f"✗ {words} · {limit}: earlier, or why:REASON behind it", "bold"))

    def _time_and_reason(self) -> tuple[str, str]:
        """The time that was typed, and the reason that may stand behind it: ``+2h why:…``."""
        when, _, why = f" {clean_line(self._next.value)}".partition(" why:")
        return when.strip(), why.strip().strip('"')

    def state_changed(self) -> None:
        """Say what others recorded meanwhile; what is typed here stays."""
        items = self.incident.of(Updates).items
        if len(items) > self._posted and not self.busy:
            last = items[-1]
            text = f"{last.entry.actor} posted meanwhile: {clean_line(last.text)}"
            self._overtaken = f"{text} · {self.key_of('composer.post')} posts yours all the same."
            self.answer(self._overtaken)
        self._posted = len(items)
        self._show()

    def on_input_changed(self, event: LineInput.Changed) -> None:
        event.stop()
        self._show()

    def _to_text(self, text: str) -> None:
        self._text.focus()

    # --- for whom ------------------------------------------------------------------------------

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        if event.widget is self._for:
            self._turn_to(audience_of(self._for.value))

    def _turn_to(self, audience: str) -> bool:
        """Write for another audience; whether its own draft is shown now in place of the text.

        One that has none begins with the text that is shown. That of the audience before is kept.
        """
        if audience.casefold() == self._audience.casefold():
            return False
        changed = clean(self._text.text) != clean(self._made)
        self._variants.keep(self._audience, self._text.text if changed else "", self._next.value)
        self._audience = audience
        own = self._variants.take(audience)
        if own is not None:
            self._replace(own[0])
            self._next.write(own[1] or usual_next(self.incident))
            self.answer(f"This is your draft for {audience or 'everybody'}.")
        self._show()
        return own is not None

    # --- what is done --------------------------------------------------------------------------

    def action_nothing_new(self) -> None:
        """The text that stood there comes back when it is undone."""
        self._replace(nothing_new(self.incident, self.zone))
        self._next.write(usual_next(self.incident))
        self.set_focus(self._next)  # at once: the next key belongs there

    def action_from_log(self) -> None:
        self._make()
        self._replace(f"{self._made}\n")
        self.answer("")
        self._show()

    def _replace(self, text: str) -> None:
        area = self._text
        area.replace(text, area.document.start, area.document.end, maintain_selection_offset=False)

    def action_post(self) -> None:
        if self._turn_to(audience_of(self._for.value)):
            return  # what is shown now was not seen yet
        if self._overtaken:
            # A hasty key must not tell people twice.
            self.answer(f"Not posted yet. {self._overtaken}")
            self._overtaken = ""
        elif not clean(self._text.text):
            self.answer("✗ There is nothing to post: write what people should know.")
            self._text.focus()
        elif (ago := self._same_text_before()) and self._warned != self._text.text:
            self._warned = self._text.text
            words = f"the last update says the same, {ago} ago"
            post = self.key_of("composer.post")
            self.answer(f"Not posted yet: {words}. {post} posts it all the same.")
        else:
            when, why = self._time_and_reason()
            text = clean(self._text.text)
            values = {"text": text, "audience": self._audience, "next": when, "why": why}
            self.send_form("/update", values)

    def _same_text_before(self) -> str:
        """How long ago people were told the same, where that was just now; else empty."""
        now, key = self.controller.now(), self._audience.casefold()
        items = [i for i in self.incident.of(Updates).items if i.audience.casefold() == key]
        if not items or now - items[-1].entry.at > AGAIN:
            return ""
        same = nearly_the_same(items[-1].text, self._text.text)
        return format_duration(now - items[-1].entry.at) if same else ""

    async def recorded(self, receipt: Receipt) -> None:
        """Drop the draft, and put the text where it can be pasted from."""
        self._variants.clear(self._audience)
        self._made = self._text.text
        self._next.write(usual_next(self.incident))
        made = pasteable(self.incident, receipt.entries[0].id)
        whom = f" for {self._audience}" if self._audience else ""
        done = f"#{receipt.numbers[0]} the update{whom} is posted, saved"
        if made is not None:
            also = f", for chats in {made.chat_path}"
            done += f" · {await copy(self.app, self.controller, made.text, made.path, also)}"
            if program := await asyncio.to_thread(program_of, self.controller.session):
                done += f" · /send hands it to {program}"
        self.leave_with(done)

    @property
    def fields(self) -> dict[str, LineInput | LinesInput]:
        return dict(
            zip(self._variants.places(self._audience), (self._text, self._next), strict=True)
        )

    def typed_texts(self) -> dict[str, str]:
        """What was typed; a text that only the log made is made anew the next time."""
        text = self._text.text
        changed = clean(text) != clean(self._made)
        at = self._next.value if self._next.value != usual_next(self.incident) else ""
        return self._variants.typed(self._audience, text if changed else "", at)
