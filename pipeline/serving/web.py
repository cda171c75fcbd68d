"""Datasette over browse.db: read-only, and for this machine alone unless told otherwise."""

from __future__ import annotations

import csv
import io
import ipaddress
import socket
import tomllib
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import ConfigError, PipelineError
from pipeline.stages.write.flat import guarded

#: The database's name in addresses.
NAME = "communique"
PACKAGE = "pipeline.serving"
#: Where the pages find our own style and script.
MOUNT = "communique-static"
SETTINGS = {
    "default_page_size": 50,
    "max_returned_rows": 2_000,
    "sql_time_limit_ms": 5_000,
    "facet_time_limit_ms": 1_000,
    "suggest_facets": False,
    "truncate_cells_html": 300,
    "allow_signed_tokens": False,
}
MISSING = "`communique serve` needs Datasette, an extra: pip install 'datasette>=0.65,<1'"

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]


def is_loopback(host: str) -> bool:
    """Tell whether an address is this machine's alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def build_app(database: Path, *, host: str) -> App:
    """Return the web application over a database.

    Raises:
        PipelineError: Datasette is not installed.
    """
    try:
        from datasette.app import Datasette
        from datasette.database import Database
    except ImportError as error:
        raise PipelineError(MISSING) from error
    here = files(PACKAGE)
    metadata = tomllib.loads((here / "metadata.toml").read_text("utf-8"))
    data = {key: metadata.pop(key) for key in ("tables", "queries")}
    told = {
        **metadata,
        "extra_css_urls": [f"/{MOUNT}/communique.css"],
        "extra_js_urls": [f"/{MOUNT}/communique.js"],
        "databases": {NAME: data},
    }
    static = [(MOUNT, str(here / "static"))]
    datasette = Datasette([], metadata=told, settings=SETTINGS, static_mounts=static)
    datasette.add_database(Database(datasette, path=str(database), is_mutable=False), name=NAME)
    app: App = guard_cells(datasette.app())
    return guard_host(app) if is_loopback(host) else app


def guard_host(app: App) -> App:
    """Answer only those who ask this machine by its own name: no web page elsewhere may."""

    async def guarded_app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not is_loopback(_asked_for(scope)):
            await send({"type": "http.response.start", "status": 421, "headers": []})
            await send({"type": "http.response.body", "body": b"Ask for 127.0.0.1."})
            return
        await app(scope, receive, send)

    return guarded_app


def _asked_for(scope: MutableMapping[str, Any]) -> str:
    """Return the host that a request names, without its port."""
    headers: dict[bytes, bytes] = dict(scope.get("headers") or ())
    try:
        return urlsplit("//" + headers.get(b"host", b"").decode("latin-1")).hostname or ""
    except ValueError:
        return ""


def guard_cells(app: App) -> App:
    """Keep spreadsheets from running cells of CSV answers, as in the CSV files of a run."""

    async def guarded_app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        start: Message | None = None
        body = bytearray()

        async def hold(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and _is_csv(message):
                start = message
            elif start is None:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    await send(_without_length(start))
                    await send({"type": "http.response.body", "body": guard_csv(bytes(body))})

        await app(scope, receive, hold)

    return guarded_app


def _is_csv(message: Message) -> bool:
    kinds = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    # Datasette shows CSV as plain text in the browser.
    return any(kind.startswith((b"text/csv", b"text/plain")) for kind in kinds)


def _without_length(message: Message) -> Message:
    headers = [(k, v) for k, v in message["headers"] if k.lower() != b"content-length"]
    return {**message, "headers": headers}


def guard_csv(data: bytes) -> bytes:
    """Return CSV whose cells no spreadsheet takes for formulas."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(data.decode("utf-8"), newline="")):
        writer.writerow([guarded(cell) if not _is_number(cell) else cell for cell in row])
    return made.getvalue().encode("utf-8")


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def open_socket(host: str, port: int) -> socket.socket:
    """Return a bound socket.

    Raises:
        ConfigError: the port is taken, or the host is none of this machine's.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise ConfigError(f"{host} is no address of this machine: {error.strerror}") from error
    bound = socket.socket(family, kind)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen()
    except OSError as error:
        bound.close()
        raise ConfigError(f"{host}:{port} cannot be listened on: {error.strerror}") from error
    return bound


def serve(app: App, bound: socket.socket) -> None:
    """Answer until interrupted."""
    import uvicorn  # comes with Datasette

    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    server.run(sockets=[bound])


__all__ = ["MISSING", "build_app", "guard_csv", "is_loopback", "open_socket", "serve"]
