"""The driver of a real terminal: the console ends when it is asked to, and with its terminal.

Textual leaves SIGTERM, SIGHUP and SIGQUIT to end the process as it stands, and the terminal in
pieces. A terminal that is gone it reads over and over: whoever is not the leader of the session, as
under `make run`, hears of that from nobody. Here all of these lead to one message, which the app
answers by leaving as if somebody had quit.
"""

import os
import select
import signal
import sys
import termios
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread
from time import sleep
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from textual.message import Message

from incident_tui.screens.terminal.notifications import GIVE_TITLE_BACK, KEEP_TITLE, title
from incident_tui.screens.terminal.textual_internals import OpenDriver
from incident_tui.screens.terminal.typed_together import gathered

if TYPE_CHECKING:
    from textual.app import App

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
"""The signals that ask a program to end; SIGINT is the terminal's key, and stays Textual's."""
HUNG_UP = 128 + signal.SIGHUP
LOOK_SECONDS = 0.25
"""How often somebody looks whether the terminal is there, where the system does not say so."""
GRACE_SECONDS = 5.0
"""How long the console may take to leave by itself. What it had acknowledged is on the disk."""
PARTING_SECONDS = 0.5
"""The same where an outside editor has a terminal that is gone: its file stays, and is offered."""
_MODES = "?1000l ?1003l ?1015l ?1006l ?1016l ?2004l ?2048l ?7h <u ?1049l ?25h ?1004l"
RESTORED = "".join(f"\x1b[{mode}" for mode in _MODES.split())
"""What Textual writes at the end, for when it does not get there."""


def is_gone(descriptor: int) -> bool:
    """Whether there is no longer anybody at the other end."""
    poll = select.poll()
    poll.register(descriptor, 0)  # which asks for nothing but a hang-up
    return bool(poll.poll(0))


class Outlet:
    """A stream that may lose its reader: what is written then goes nowhere, and `lost` is called.

    Textual's writing thread would end with the error, and the console wait for it for ever.
    """

    def __init__(self, stream: TextIO, lost: Callable[[], None]) -> None:
        self._stream = stream
        self._lost = lost

    def write(self, text: str) -> None:
        """Write, if anybody reads."""
        try:
            self._stream.write(text)
        except OSError:
            self._lost()

    def flush(self) -> None:
        """Pass on what was written, if anybody reads."""
        try:
            self._stream.flush()
        except OSError:
            self._lost()

    def fileno(self) -> int:
        """The descriptor of the stream."""
        return self._stream.fileno()


class TerminalDriver(OpenDriver):
    """Textual's driver, which also ends well."""

    class Ending(Message):
        """The console has to end, with this exit code: 128 and the number of the signal."""

        def __init__(self, code: int) -> None:
            super().__init__()
            self.code = code

    def __init__(
        self,
        app: "App[object]",
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        assert sys.__stderr__ is not None  # where Textual writes
        assert sys.__stdout__ is not None
        # Errors may be kept in a file (`2>errors.log`): the console is shown on the terminal then.
        elsewhere = not sys.__stderr__.isatty() and sys.__stdout__.isatty()
        self._shown_on = sys.__stdout__ if elsewhere else sys.__stderr__
        self.write_to(Outlet(self._shown_on, self._hang_up))
        self._code = 0
        self._gone = False
        self._suspended = False
        self._title = ""
        for each in ENDING:
            if signal.getsignal(each) is not signal.SIG_IGN:  # as `nohup` has it
                signal.signal(each, self._signalled)
        Thread(target=self._watch, name="terminal-watch", daemon=True).start()

    # --- ending ----------------------------------------------------------------------------------

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self._end(128 + number)

    def _hang_up(self) -> None:
        """The terminal is gone: nothing that is still written may fail for that."""
        if self._gone:
            return
        self._gone = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for descriptor in (1, 2):
            if is_gone(descriptor):
                os.dup2(nowhere, descriptor)
        os.close(nowhere)
        self._end(HUNG_UP)

    def _end(self, code: int) -> None:
        # Called by signals too, which may come amid anything: no lock is taken, no thread begun.
        if self._code:
            return
        self._code = code
        with suppress(RuntimeError):  # it is over already
            self.post(self.Ending(code))

    def _watch(self) -> None:
        """Look after the terminal until the console has to end, and then that it does."""
        poll = select.poll()
        poll.register(self.fileno, 0)
        while not self._code:
            if not self.input_tty:
                sleep(LOOK_SECONDS)
            elif poll.poll(LOOK_SECONDS * 1000) or not os.isatty(self.fileno):
                self._hang_up()
        while True:
            # Somebody else has the terminal, such as an outside editor: that is waited for.
            lent = self._suspended and not self._gone
            sleep(PARTING_SECONDS if self._suspended and self._gone else GRACE_SECONDS)
            if not lent:
                break
        self._restore()
        os._exit(self._code)

    def _restore(self) -> None:
        """Leave the terminal as it was, without waiting for anything."""
        if self._suspended or self._gone:
            return
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        with suppress(OSError):
            if select.select([], [self._shown_on], [], 0)[1]:
                back = GIVE_TITLE_BACK if self._title else ""
                os.write(self._shown_on.fileno(), f"{back}{RESTORED}".encode())

    def run_input_thread(self) -> None:
        """Read keys until the console ends, or its terminal can no longer be read."""
        try:
            super().run_input_thread()
        except OSError:
            self._hang_up()

    def process_read(self, messages: Iterable[Message]) -> None:
        """Take what one read brought: keys that came together stay so."""
        super().process_read(gathered(messages))

    def may_continue(self) -> bool:
        # A shell that ends a stopped job lets it go on first, and keeps the terminal.
        return not self._code

    # --- the title -------------------------------------------------------------------------------

    def show_title(self, text: str) -> None:
        """Have the terminal show this title; its own is back once the console leaves it."""
        if not self._title:
            self.write(KEEP_TITLE)
        self._title = title(text)
        self.write(self._title)

    # --- lending the terminal --------------------------------------------------------------------

    def suspend_application_mode(self) -> None:
        """Give the terminal to somebody else."""
        super().suspend_application_mode()
        self._suspended = True

    def resume_application_mode(self) -> None:
        """Take the terminal back."""
        self._suspended = False
        super().resume_application_mode()
        if self._title:
            self.write(KEEP_TITLE + self._title)

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was; one that was given to somebody else is theirs."""
        if self._suspended:
            return
        if self._title:
            self.write(GIVE_TITLE_BACK)
        if self.reports_pixels:
            self.write("\x1b[?1016l")
        super().stop_application_mode()

    def write(self, data: str) -> None:
        """Write, unless somebody else has the terminal."""
        if not self._suspended:
            super().write(data)
