"""The line that asks for help, and what helps whoever types a word that is no command."""

from collections.abc import Iterable

from incident_tui.domain.core.commands import LineError, close, command, records_nothing
from incident_tui.domain.core.key_names import KeyOf, as_it_comes, with_keys

_ANSWERS = {
    ("copy", "yank", "clipboard"):
        "{pane.copy} in the timeline ({room.pane_1}) or on a document ({room.read}) copies it",
    ("new", "declare"):
        "{app.incidents} lists the incidents; {incidents.declare} there declares one",
    ("owner", "who"): "/role HAT PERSON gives a hat; /me says who types; + … owner:NAME has to do",
    ("rollback", "revert", "deploy", "change", "restart", "workaround", "reverted", "deployed",
     "rolled-back", "scale", "scaled", "failover", "patched"):
        "> and what you changed is recorded as a change; /changes lists what changed",
    ("delete", "remove", "password", "token", "secret", "leaked"):
        "/retract N WHY takes an entry back; /redact N WHY removes its words",
    ("save", "w", "wq", "commit"): "every line is saved at once, and each stage is committed",
    ("resolve", "resolved", "fixed", "over", "done", "recovered"):
        "/state resolved WHY says that users feel it no more",
    ("mitigated", "monitoring", "start", "started", "stopped"):
        "/state mitigated WHY, and its like, says how it stands for users",
    ("commander", "ic", "lead", "scribe", "oncall", "on-call"):
        "/role commander NAME gives the hat, /role all me takes every one",
    ("comment", "say", "seen"):
        "type it as it is, without a command: that records it as a fact",
    ("eta", "when", "promise"):
        "/update … next:+30m says when people hear of you again",
    ("handoff", "relief", "relieve"):
        "{verb.checkpoint} hands over to whoever goes on; /hand-off NAME gives one work away",
    ("p1", "p2", "sev1", "sev2", "downgrade", "upgrade", "lower", "raise"):
        "/sev LEVEL sets the severity or changes it; 2 and P2 do as well as SEV2",
    ("bridge", "zoom-call", "meeting", "channel", "room"):
        "/link URL records where people meet",
    ("communicate", "comms", "statuspage", "status-page", "email"):
        "/update alone drafts it from the log, /update TEXT posts it",
    ("wrong", "mistake", "fix-typo"):
        "/undo takes your last entry back; /amend N TEXT corrects the words of one",
    ("time", "timezone", "zone", "tz", "clock", "late", "yesterday", "ago"):
        "@14:02 or @-5m before a line says when it happened; the zone stands in incident-tui.toml",
    ("paste",):
        "paste the lines here: they are shown with their times before any is recorded",
    ("sleep", "bell", "sound", "notifications"):
        "/quiet 30m keeps the bell still here, /snooze 30m WHY puts the next update off",
    ("font", "size", "bigger"):
        "the font and its size are those of your terminal; /theme changes the colours",
    ("history", "previous", "again"):
        "the arrow keys bring earlier lines back, and {line.search} looks for one",
    ("tour", "demo", "example", "tutorial"):
        "{app.incidents} lists the incidents; {incidents.demo} there opens a worked example",
    ("refresh", "reload", "sync", "pull"):
        "what others record is here within a second; nothing has to be read again",
    ("join", "invite", "add-user"):
        "whoever opens the same folder is in; /me NAME says who types here",
    ("yes", "no", "ok", "confirm", "y", "n"):
        "a question is answered by Enter alone; any other key means no",
    ("man", "h", "info", "about", "version"):
        "{screen.help} explains this place; / there finds a word",
    ("escalate", "page", "notify", "call"):
        "nobody is called from here: do so as ever, and record it as > paged the database team",
    ("mouse", "click", "wheel", "select"):
        "a click marks a row, a double click opens it; with shift held the terminal selects text",
    ("editor", "vim", "vi", "nano", "emacs"):
        "{screen.outside} opens this text, or the entry under the cursor, in your editor",
    ("zoom", "fullscreen", "maximize"):
        "{room.zoom} shows one pane on the whole screen, and all again",
    ("postmortem", "pm", "retro", "rca", "review"):
        "{room.postmortem} writes the postmortem",
    ("documents", "docs", "report", "read", "print"):
        "{room.read} reads the documents",
    ("warnings", "alerts"):
        "{room.flags} explains the red flags",
    ("pane", "timeline", "focus", "window"):
        "{room.pane_1} leads to the first pane, and so on; {room.write} back",
    ("export", "pdf", "html", "json", "csv", "share", "archive"):
        "`incident-tui export` in a shell writes the record for others",
    ("settings", "config", "preferences", "shortcuts", "keymap", "remap", "bind"):
        "config.toml in your configuration folder holds your name, theme and keys",
    ("similar", "before", "like", "known", "search-all"):
        "{app.search} shows earlier incidents like this one, and searches all of them",
    ("numbers", "stats", "statistics", "metrics", "mttr", "trend"):
        "{app.numbers} shows how the incidents went, in numbers",
    ("actions", "todos", "follow-up", "followup", "overdue", "tasks"):
        "{app.follow_up} shows the action items of all incidents; + adds one here",
    ("back", "cancel", "abort", "leave", "escape", "esc", "stuck", "menu"):
        "{room.write} leads back from anywhere; nothing typed is lost",
}  # fmt: skip
"""What people try that is no command -> what does it."""
_ELSE = "without the slash it is a fact; {screen.help} finds a command by what it does"


class UnknownCommand(LineError):
    """A line that begins with a command that there is not."""

    def __init__(self, lead: str, known: Iterable[str], column: int) -> None:
        self._lead = lead
        self._known = tuple(known)
        super().__init__(self.explanation(), column)

    def explanation(self, key_of: KeyOf = as_it_comes) -> str:
        """That there is none, and what helps instead."""
        return f"there is no command {self._lead}: {_answer_to(self._lead, self._known, key_of)}"


def answers(key_of: KeyOf) -> Iterable[tuple[tuple[str, ...], str]]:
    """The words that people try without their being commands, with what does what they want."""
    return ((words, with_keys(answer, key_of)) for words, answer in _ANSWERS.items())


command(
    "/help",
    help="every key and every line",
    example="/help",
    opens="help",
    words=("keys", "commands", "manual", "?"),
)(records_nothing)


command(
    "/layout",
    help="hide, move and resize the panes",
    example="/layout",
    opens="layout",
    words=("panes", "resize", "hide", "columns", "split"),
)(records_nothing)


command(
    "/quit",
    help="leave the console; everything is saved",
    example="/quit",
    does="quit",
    words=("exit", "q", "bye", "logout"),
)(records_nothing)


command(
    "/find [TEXT]",
    help="the entries of the timeline that have these words",
    example="/find connection pool",
    does="find",
    words=("filter", "grep", "search"),
)(records_nothing)


command(
    "/import FILE",
    help="read a record from a file: its rows are shown before any is recorded",
    example="/import notes/outage.md",
    does="import",
    words=("load", "backfill"),
)(records_nothing)


command(
    "/theme",
    help="the colours of the console: dark, light and others",
    example="/theme",
    does="theme",
    words=("color", "colour", "dark", "light", "colors", "colours"),
)(records_nothing)


command(
    "/list",
    help="go to the list of incidents, where one is declared",
    example="/list",
    does="incidents",
    words=("incidents", "open", "switch"),
)(records_nothing)


def _answer_to(lead: str, known: Iterable[str], key_of: KeyOf) -> str:
    word = lead.removeprefix("/").casefold()
    helps = (answer for words, answer in answers(key_of) if word in words)
    return next(helps, "") or close(lead, known) or with_keys(_ELSE, key_of)
