"""A question to a key: it takes Enter for a yes, as the very next key and alone."""

from collections.abc import Callable

from textual import events


class Question:
    """At most one stands at a time; any other key means what it always means, and it is gone.

    `say` shows the words of it, and an empty text takes them away. Whoever gets keys while it may
    stand gives each to `answered` first.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._do: Callable[[], object] | None = None

    @property
    def stands(self) -> bool:
        """Whether it waits for its answer."""
        return self._do is not None

    def ask(self, question: str, do: Callable[[], object]) -> None:
        """Ask what Enter shall do: `question` is the end of a sentence that begins with it."""
        self._say(f"? Enter {question} · any other key: not now")
        self._do = do

    def drop(self) -> None:
        """Ask no more; what is shown is somebody else's by now."""
        self._do = None

    def answered(self, event: events.Key) -> bool:
        """Whether this key was the yes, which has been acted on then."""
        do, self._do = self._do, None
        if do is None:
            return False
        self._say("")
        if event.key == "enter":
            do()
        return event.key == "enter"
