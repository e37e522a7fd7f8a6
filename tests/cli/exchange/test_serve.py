"""`incident-tui serve`: where it listens, who gets in, and what to do without the extra."""

import asyncio
import inspect
import sys
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import ClassVar

import pytest

from incident_tui.cli.exchange.serve import is_loopback
from incident_tui.cli.exchange.web_guard import allowed
from tests.cli.conftest import Terminal


class Server:
    """Stands where textual-serve's server would."""

    made: ClassVar[list["Server"]] = []

    def __init__(self, command: str, *, host: str, port: int, title: str, public_url: str) -> None:
        self.command, self.host, self.port, self.url = command, host, port, public_url
        self.served = self.started = False
        Server.made.append(self)

    def serve(self) -> None:
        self.served = True

    async def on_startup(self, app: "Application") -> None:
        self.started = True


class Application:
    """Stands where the web application would that the server starts."""

    def __init__(self) -> None:
        self.middlewares: list[Callable[..., Awaitable[object]]] = []
        self.on_response_prepare: list[Callable[..., Awaitable[None]]] = []


class Forbidden(Exception):
    """Stands where the answer 403 would."""

    def __init__(self, text: str) -> None:
        super().__init__(text)


class Request:
    """What a browser sends."""

    def __init__(self, host: str, **headers: str) -> None:
        self.host, self.headers = host, headers


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Server]:
    module = ModuleType("textual_serve.server")
    module.Server = Server  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "textual_serve", ModuleType("textual_serve"))
    monkeypatch.setitem(sys.modules, "textual_serve.server", module)
    web = ModuleType("aiohttp.web")
    web.middleware = lambda handler: handler  # type: ignore[attr-defined]
    web.HTTPForbidden = Forbidden  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "aiohttp.web", web)
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


def test_before_the_first_request_it_is_told_whom_to_answer_and_what_to_load(
    terminal: Terminal, served: list[Server]
) -> None:
    async def answer(request: Request) -> str:
        return "the console"

    async def start() -> Application:
        app = Application()
        await served[0].on_startup(app)
        return app

    terminal.run("serve", "--port", "9000")
    app = asyncio.run(start())
    assert served[0].started
    (guarded,) = app.middlewares
    own = Request("127.0.0.1:9000", Origin="http://127.0.0.1:9000")
    assert asyncio.run(guarded(own, answer)) == "the console"  # type: ignore[arg-type]
    for foreign in (
        Request("127.0.0.1:9000", Origin="http://evil.example.org"),
        Request("evil.example.org:9000"),
    ):
        with pytest.raises(Forbidden, match="its own pages only"):
            asyncio.run(guarded(foreign, answer))  # type: ignore[arg-type]
    response = ModuleType("response")
    response.headers = {}  # type: ignore[attr-defined]
    asyncio.run(app.on_response_prepare[0](own, response))  # type: ignore[arg-type]
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_a_server_that_cannot_be_told_is_not_started(
    terminal: Terminal, served: list[Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Server, "on_startup")
    done = terminal.run("serve")
    assert done.exit_code == 1
    assert "it was not started" in done.stderr
    assert not served[0].served


def test_the_installed_server_has_the_place_where_it_is_told() -> None:
    server = pytest.importorskip("textual_serve.server", reason="the extra `web` is not installed")
    source = inspect.getsource(server.Server)
    assert "app.on_startup.append(self.on_startup)" in source


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
