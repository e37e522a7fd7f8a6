"""`incident-tui serve`: where it listens, who gets in, and what to do without the extra."""

import sys
from types import ModuleType
from typing import ClassVar

import pytest

from incident_tui.cli.serve import is_loopback
from incident_tui.cli.web_guard import allowed
from tests.cli.conftest import Terminal


class Server:
    """Stands where textual-serve's server would."""

    made: ClassVar[list["Server"]] = []

    def __init__(self, command: str, *, host: str, port: int, title: str, public_url: str) -> None:
        self.command, self.host, self.port, self.url = command, host, port, public_url
        self.served = False
        Server.made.append(self)

    def serve(self) -> None:
        self.served = True

    async def _make_app(self) -> object:
        return object()


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    module = ModuleType("textual_serve.server")
    module.Server = Server  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "textual_serve", ModuleType("textual_serve"))
    monkeypatch.setitem(sys.modules, "textual_serve.server", module)
    monkeypatch.setitem(sys.modules, "aiohttp.web", ModuleType("aiohttp.web"))
    monkeypatch.setattr(Server, "made", [])
    return Server.made


def test_this_machine_only_unless_told_otherwise(terminal: Terminal, served: list[Server]) -> None:
    done = terminal.run("serve")
    (server,) = served
    assert done.exit_code == 0
    assert server.served
    assert (server.host, server.port) == ("127.0.0.1", 8000)
    assert "no authentication" in done.stderr


def test_others_reach_it_only_with_a_warning(terminal: Terminal, served: list[Server]) -> None:
    done = terminal.run("serve", "--host", "0.0.0.0", "--port", "9000")
    assert (served[0].host, served[0].port) == ("0.0.0.0", 9000)
    assert "Warning: 0.0.0.0 is not this machine alone" in done.stderr


def test_behind_another_address_it_says_that_one(terminal: Terminal, served: list[Server]) -> None:
    terminal.run("serve", "--url", "https://war.example.org/")
    assert served[0].url == "https://war.example.org"


def test_browsers_get_this_very_home_and_author_whatever_their_names(
    terminal: Terminal, served: list[Server]
) -> None:
    import shlex

    home = terminal.base / "it's; id"
    terminal.run("--home", str(home), "--as", "$(id)", "serve")
    words = shlex.split(served[0].command)
    assert words[-4:] == ["--home", str(home), "--as", "$(id)"]


def test_without_the_extra_it_says_how_to_install_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    done = terminal.run("serve")
    assert done.exit_code == 1
    assert "pip install 'incident-tui[web]'" in done.stderr


KNOWN = frozenset({"127.0.0.1:8000", "localhost:8000"})


@pytest.mark.parametrize(
    ("host", "origin", "answered"),
    [
        ("127.0.0.1:8000", None, True),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("localhost:8000", "http://localhost:8000", True),
        ("10.0.0.7:8000", "http://10.0.0.7:8000", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("127.0.0.1:8000", "http://evil.example.org", False),
        ("127.0.0.1:8000", "null", False),
        ("127.0.0.1:8000", "http://127.0.0.1:9000", False),
        ("evil.example.org:8000", "http://evil.example.org:8000", False),
        ("evil.example.org:8000", None, False),
        ("", None, False),
    ],
)
def test_pages_of_others_are_not_answered(host: str, origin: str | None, answered: bool) -> None:
    assert allowed(host, origin, KNOWN) is answered


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True),
        ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("example.org", False), ("", False),
    ],
)  # fmt: skip
def test_what_only_this_machine_can_reach(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_the_console_opens_for_a_browser_where_there_is_no_terminal(terminal: Terminal) -> None:
    assert terminal.run().exit_code == 1
    terminal.env["TEXTUAL_DRIVER"] = "textual.drivers.web_driver:WebDriver"
    assert terminal.run().exit_code == 0
    assert len(terminal.opened) == 1
