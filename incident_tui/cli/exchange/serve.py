"""`incident-tui serve`: the console in a browser, by textual-serve (the optional extra `web`)."""

import shlex
import sys
from importlib import import_module
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

import click

from incident_tui.cli.exchange.web_guard import Unguarded, guard
from incident_tui.cli.frame.command import command
from incident_tui.cli.frame.context import Invocation
from incident_tui.cli.frame.failures import Failure
from incident_tui.cli.frame.output import tell


class _Server(Protocol):
    """The part of textual-serve's server that is used here."""

    def serve(self) -> None:
        """Answer until the process is told to end."""
        ...


@command("serve")
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535), help="On which port.")
@click.option("--url", default="", metavar="URL", help="How browsers reach it, if not by that.")
def entry(invocation: Invocation, host: str, port: int, url: str) -> None:
    """Serve the console to browsers. There is no authentication."""
    try:
        module = import_module("textual_serve.server")
    except ImportError as error:
        raise Failure(
            "serving the console to browsers needs textual-serve. "
            "Install it with `pipx inject incident-tui textual-serve`, or "
            "`pip install 'incident-tui[web]'`."
        ) from error
    here = url.rstrip("/") or f"http://{_in_address(host)}:{port}"
    server: _Server = module.Server(
        _console(invocation), host=host, port=port, title="incident-tui", public_url=here
    )
    try:
        guard(server, frozenset({urlsplit(here).netloc, f"localhost:{port}"}))
    except Unguarded as error:
        raise Failure(
            "this version of textual-serve cannot be kept from answering pages of others, so it "
            "was not started. Install another one with `pip install 'incident-tui[web]'`."
        ) from error
    tell(f"The console is at {here}. Ctrl+C ends it.")
    tell(_who_gets_in(host))
    server.serve()


def _console(invocation: Invocation) -> str:
    """The command that each browser gets a console of its own from, on this very home."""
    words = [sys.executable, "-m", "incident_tui", "--home", str(invocation.home.path.absolute())]
    return shlex.join([*words, "--as", invocation.actor])


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _who_gets_in(host: str) -> str:
    who = "reads and writes the incidents as you"
    if is_loopback(host):
        return f"There is no authentication: whoever can log in to this machine {who}."
    return (
        f"Warning: {host} is not this machine alone and there is no authentication: whoever "
        f"reaches it {who}, unencrypted. Put it behind something that asks who they are."
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address; an unknown name counts as reachable."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
