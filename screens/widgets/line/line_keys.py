"""The keys of the log line, and by which other words they are looked for in help and palette."""

from textual.binding import Binding, BindingType

LINE_BINDINGS: list[BindingType] = [
    Binding("up", "older", "Earlier line", False, id="line.older",
            tooltip="The line entered before, or the completion above"),
    Binding("down", "newer", "Later line", False, id="line.newer",
            tooltip="The line entered after, down to the unsent one; "
            "or the completion below"),
    Binding("ctrl+r", "search", "Search the lines before", False, id="line.search",
            tooltip="Look for an earlier line by its words; again: an older one. What stands "
            "in the line stays until one is taken"),
    Binding("tab", "complete", "Complete", False, id="line.complete",
            tooltip="Take the marked completion, as Enter does in an unfinished line; "
            "without one, go to the next pane"),
    Binding("escape", "close", "Close completions", False, id="line.close",
            tooltip="Close the completions; the text stays"),
]  # fmt: skip

LINE_WORDS: dict[str, str] = {"line.search": "history find reverse recall"}
