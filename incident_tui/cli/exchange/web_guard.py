"""Who may talk to the console that `serve` offers: pages that it served itself, and nobody else's.

textual-serve asks nothing, so any page in the same browser could open its socket and type.
"""

from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

Handler = Callable[["Request"], Awaitable[object]]
# The page of textual-serve asks a server of fonts for one; nothing is loaded from elsewhere.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'"
)


class Request(Protocol):
    """The part of a request that is looked at."""

    headers: Mapping[str, str]
    host: str


def allowed(host: str, origin: str | None, known: frozenset[str]) -> bool:
    """Whether a request for `host`, sent by a page of `origin`, is one of ours.

    A name that is not among `known` may be anybody's that points here (DNS rebinding); an address
    cannot be.
    """
    if host not in known and not _is_address(host):
        return False
    return origin is None or urlsplit(origin).netloc == host


def _is_address(host: str) -> bool:
    try:
        ip_address(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
    return True


class Unguarded(Exception):
    """The installed server has no place for the guard: it must not be started."""


def guard(server: Any, known: frozenset[str]) -> None:
    """Have a textual-serve server answer such requests only, and tell browsers what to load.

    It is put in where the server says that its application starts, before the first request.
    Raises `Unguarded` where the server has no such place. Others are answered `HTTPForbidden`.
    """
    if not callable(getattr(server, "on_startup", None)):
        raise Unguarded
    web = import_module("aiohttp.web")
    started = server.on_startup

    async def same_origin(request: Request, handler: Handler) -> object:
        if not allowed(request.host, request.headers.get("Origin"), known):
            raise web.HTTPForbidden(text="This console answers its own pages only.")
        return await handler(request)

    async def with_policy(request: Request, response: Any) -> None:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"

    async def guarded(app: Any) -> None:
        app.middlewares.append(web.middleware(same_origin))
        app.on_response_prepare.append(with_policy)
        await started(app)

    server.on_startup = guarded
