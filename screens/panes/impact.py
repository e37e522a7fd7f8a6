"""Severity and impact: how bad it is for users, where the fault lies, what is temporary or open."""

from textual.content import Content

from incident_tui.domain.core.events import Entry
from incident_tui.domain.findings.questions import Questions
from incident_tui.domain.impact.impact import (
    IMPACT_FIELDS,
    SCOPE_KINDS,
    Impact,
    asked_fields,
    asks_for_scope,
    services_of,
)
from incident_tui.domain.impact.judgement import Judgements
from incident_tui.domain.impact.response import response
from incident_tui.domain.impact.severity import SeverityState
from incident_tui.domain.impact.tags import Tags
from incident_tui.domain.mitigation.guardrails import Guardrails
from incident_tui.domain.mitigation.mitigations import Mitigations
from incident_tui.domain.process.episodes import held_since
from incident_tui.domain.process.lifecycle import STATUSES, Lifecycle
from incident_tui.domain.values.time_grammar import format_when
from incident_tui.screens.painted_text import Part, line
from incident_tui.screens.panes.pane import Offer, Pane, Place
from incident_tui.screens.terminal.known_keys import key_text
from incident_tui.screens.terminal.themes import IN_FLIGHT
from incident_tui.screens.widgets.rows.rows import Row

LABEL = len("severity")
"""Cells of the labels; a longer one moves what it tells to the right."""


class ImpactPane(Pane):
    """Severity, state, impact fields, scope rows, changes in effect, guardrails, questions."""

    title = "Severity & impact"
    place = Place("side", 3)
    timed = True
    wrap = True

    def heading(self, rows: object) -> str:
        return self.title

    def make_rows(self) -> list[Row]:
        severity = self.incident.of(SeverityState).severity
        level_set = next(reversed(self.incident.of(SeverityState).history), None)
        impact = self.incident.of(Impact)
        playbook = self.incident.playbook
        judged = "/judge RADIUS URGENCY" if playbook.judgement else "/sev LEVEL"
        level = severity.named if severity else f"not set: {judged}"
        rows = [
            _labelled("sev", "severity", line((level, "bold"), *self._held(level_set))),
            *self._judged(severity.id if severity else ""),
            *self._response(),
            _labelled("state", "state", line(self.incident.of(Lifecycle).status)),
        ]
        for name in IMPACT_FIELDS:
            if name in impact.fields or name in asked_fields(playbook):
                rows.append(self._answer(f"impact {name}", name, impact.fields.get(name, "")))
            if name == "services":
                rows += self._who_answers()
        for name in SCOPE_KINDS:
            if name in impact.scope or asks_for_scope(playbook):
                answer = impact.scope.get(name, "")
                rows.append(self._answer(f"scope {name}", f"scope {name}", answer))
        changes = self.incident.of(Mitigations).during()
        rows += [self._item("change", item.number, item.text, item.status) for item in changes]
        rows += [
            self._item("guardrail", item.number, item.text)
            for item in self.incident.of(Guardrails).active
        ]
        rows += [
            self._item("question", item.number, item.text)
            for item in self.incident.of(Questions).open
        ]
        return [*rows, *self._tags(), *self._seen_before()]

    def _item(self, kind: str, number: int, text: str, status: str = "") -> Row:
        def description() -> Content:
            label = f"{kind} {number}" if status else kind
            stands_out = IN_FLIGHT if status == "in flight" else "dim"
            return _behind(label, line(text, (f"  {status}" if status else "", stands_out)))

        return self.made(f"{kind} {number}", (text, status), description)

    def _answer(self, key: str, name: str, text: str) -> Row:
        held = self._held(self.incident.of(Impact).answers.get(key))
        return _labelled(key, name, line(text or ("nothing yet", "dim italic"), *held))

    def _held(self, entry: Entry | None) -> list[Part]:
        """Since which episode something holds, where this one did not say it again."""
        held = held_since(self.incident, entry)
        return [(f"  {held}", "dim")] if held else []

    def make_row(self, key: str, content: Content) -> Row:
        return Row(key, content, hang=LABEL + 2)

    def _who_answers(self) -> list[Row]:
        """Owner and runbook of each service that is affected, where the home names them."""
        named = self.controller.words.get("/impact services", {})
        known = {name.casefold(): owner for name, owner in named.items()}
        return [
            _labelled(f"service {name}", "", line((f"{name}  ", "dim"), owner), selectable=False)
            for name in services_of(self.incident)
            if (owner := known.get(name.casefold(), ""))
        ]

    def _tags(self) -> list[Row]:
        names = self.incident.of(Tags).names
        return [_labelled("tags", "tags", line(", ".join(names)))] if names else []

    def _seen_before(self) -> list[Row]:
        """Earlier incidents like this one, and what helped then; the search shows all of them."""
        key = key_text(self, "app.search") if self.controller.seen else ""
        return [
            _labelled(
                f"seen {one.incident}",
                "seen before",
                line(
                    one.title,
                    (f"  helped: {'; '.join(one.helped)}" if one.helped else "", "dim"),
                    (f"  next time: {one.next_time[0]}" if one.next_time else "", ""),
                    (f"  {one.debt}" if one.debt else "", "dim"),
                    (f"  {key}", "dim"),
                ),
                selectable=False,
            )
            for one in self.controller.seen
        ]

    def _judged(self, level: str) -> list[Row]:
        """What the severity rests on where the playbook asks for that, and what contradicts it."""
        judged = self.incident.of(Judgements)
        if not judged.radius:
            return []
        both = f"{judged.radius}, {judged.urgency}"
        against = f" · says {judged.level}" if judged.level not in ("", level) else ""
        return [_labelled("judged", "judged", line(both, (against, IN_FLIGHT)), selectable=False)]

    def _response(self) -> list[Row]:
        """How soon the severity wants somebody to act, and whom; nothing once that is over."""
        asked = response(self.incident)
        if asked is None:
            return []
        words = f"respond {asked.within}"
        if asked.all_hands:
            words += " · all hands"
        if asked.answered_at is not None:
            words += " · acted"
        elif asked.due is not None:
            zone = self.controller.session.zone
            words += f" · by {format_when(asked.due, zone, reference=self.controller.now())}"
        return [_labelled("response", "", line(words), selectable=False)]

    def offers(self, key: str) -> tuple[str, list[Offer]]:
        kind, _, name = key.partition(" ")
        if kind == "sev":
            levels = self.incident.playbook.severities
            return "severity", [Offer(f"/sev {level.id} ", level.description) for level in levels]
        if kind == "state":
            states = STATUSES[self.incident.of(Lifecycle).status]
            return "state", [Offer(f"/state {state} ", f"it is {state} now") for state in states]
        if kind == "change":
            return self._change(int(name))
        if kind == "tags":
            return "tags", [
                Offer("/tag ", "words by which it is found again"),
                Offer("/untag ", "take one off"),
            ]
        if kind == "guardrail":
            return f"guardrail {name}", [Offer(f"/lift {name} ", "no longer needed: why")]
        if kind == "question":
            return f"question {name}", [Offer(f"/answer {name} ", "what is known now")]
        return f"{kind} {name}", [
            Offer(f"/{kind} {name} ", (IMPACT_FIELDS if kind == "impact" else SCOPE_KINDS)[name]),
            Offer(f"/{kind} {name} unknown", "say that it is not known yet"),
        ]

    def _change(self, number: int) -> tuple[str, list[Offer]]:
        item = self.incident.of(Mitigations).items[number - 1]
        lines = {
            "verify": Offer(f"/verify {number} ", "it worked: what the signal shows"),
            "fail": Offer(f"/fail {number} ", "it did not work: why"),
            "undo": Offer(f"/undone {number} ", "it is taken back"),
            "keep": Offer(f"/keep {number} ", "it is meant to stay"),
        }
        sayable = self.incident.of(Mitigations).sayable(item)
        possible = [lines[verdict] for verdict in lines if verdict in sayable]
        return f"change {number}: {item.text}", [
            *possible,
            Offer(f"/reverse {number} ", "say how it is undone"),
        ]


def _labelled(key: str, label: str, text: Content, *, selectable: bool = True) -> Row:
    return Row(key, _behind(label, text), selectable=selectable, hang=LABEL + 2)


def _behind(label: str, text: Content) -> Content:
    """The text behind its label, in the column in which all of it stands."""
    return line((f"{label:<{LABEL}}  ", "dim"), text)
