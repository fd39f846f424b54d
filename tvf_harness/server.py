"""A small web server for tests, on 127.0.0.1 only: folders and endpoints, cross-origin isolated or not."""

import mimetypes
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".wasm": "application/wasm",
}

ISOLATION = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
"""Without these two a page has no shared memory, and so no threads."""

HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

MAX_BODY = 1 << 30


@dataclass(frozen=True)
class Reply:
    """What an endpoint answers."""

    body: bytes = b""
    type: str = "application/octet-stream"
    status: HTTPStatus = HTTPStatus.OK


Endpoint = Callable[[bytes], Reply]


class Server:
    """Serves `folders` (by URL prefix) and `endpoints` (by path) while its `with` block runs.

    Pages are cross-origin isolated, so that they can have threads, unless `isolated` is false.
    """

    def __init__(
        self,
        folders: Mapping[str, Path],
        endpoints: Mapping[str, Endpoint] | None = None,
        port: int = 0,
        *,
        isolated: bool = True,
    ) -> None:
        self.folders = {prefix: folder.resolve() for prefix, folder in folders.items()}
        self.endpoints = dict(endpoints or {})
        self.headers = {**ISOLATION, **HEADERS} if isolated else HEADERS
        self._http = _Http(("127.0.0.1", port), _Handler)
        self._http.owner = self
        self._thread = threading.Thread(target=self._http.serve_forever, name="tvf-server", daemon=True)

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._http.server_port

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers it answers to: another name that resolves to this machine gets nothing."""
        return frozenset((f"127.0.0.1:{self.port}", f"localhost:{self.port}"))

    def file(self, path: str) -> Path | None:
        """The file a request path stands for, if it lies inside one of the folders."""
        decoded = unquote(path)
        if "\0" in decoded or "\\" in decoded or ".." in decoded.split("/"):
            return None
        for prefix, folder in self.folders.items():
            if decoded.startswith(prefix):
                found = (folder / decoded[len(prefix) :].lstrip("/")).resolve()
                if found.is_relative_to(folder) and found.is_file():
                    return found
        return None

    def __enter__(self) -> Self:
        """Starts to serve."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stops."""
        self._http.shutdown()
        self._http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    owner: Server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(b"")

    def do_HEAD(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > MAX_BODY:
            self.close_connection = True
            self._send(
                Reply(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE if length else HTTPStatus.LENGTH_REQUIRED)
            )
            return
        self._answer(self.rfile.read(int(length)))

    def _answer(self, body: bytes) -> None:
        assert isinstance(self.server, _Http)
        owner = self.server.owner
        path = urlsplit(self.path).path
        # A page of another site can send requests here; it cannot forge these two headers.
        if self.headers.get("Host") not in owner.hosts:
            self._send(Reply(status=HTTPStatus.MISDIRECTED_REQUEST))
        elif self.headers.get("Origin", owner.url) != owner.url and self.command == "POST":
            self._send(Reply(status=HTTPStatus.FORBIDDEN))
        elif path in owner.endpoints:
            self._send(owner.endpoints[path](body))
        elif self.command == "POST":
            self._send(Reply(status=HTTPStatus.NOT_FOUND))
        elif (file := owner.file(path)) is not None:
            kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._send(Reply(file.read_bytes(), kind))
        else:
            self._send(Reply(b"not found\n", "text/plain", HTTPStatus.NOT_FOUND))

    def _send(self, reply: Reply) -> None:
        try:
            self.send_response(reply.status)
            assert isinstance(self.server, _Http)
            for name, value in self.server.owner.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", reply.type)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)
        except ConnectionError:
            self.close_connection = True  # the page went away

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002
        """Nothing: a request is no news."""
