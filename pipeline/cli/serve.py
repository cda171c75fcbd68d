"""`communique serve`."""

from __future__ import annotations

import contextlib
import webbrowser
from pathlib import Path

from pipeline.cli.program import say
from pipeline.serving import browse_database
from pipeline.serving.web import NAME, build_app, is_loopback, open_socket, serve


def serve_folder(output: Path, *, host: str, port: int, open_browser: bool) -> None:
    """Serve an output folder's records until interrupted.

    Raises:
        PipelineError: Datasette is missing, the folder holds no results, or the port is taken.
    """
    database = browse_database(output)
    app = build_app(database, host=host)
    bound = open_socket(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{bound.getsockname()[1]}/{NAME}"
    if not is_loopback(host):
        say(f"anyone who can reach {host} can read these articles and records")
    print(f"{address} shows {database}; Ctrl-C ends it", flush=True)
    if open_browser:
        webbrowser.open(address)
    with contextlib.suppress(KeyboardInterrupt):
        serve(app, bound)
