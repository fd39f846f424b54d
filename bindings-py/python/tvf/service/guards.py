"""What stands before every request: its id, its size, its key, its line in the log."""

from __future__ import annotations

import hmac
import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tvf.service.logs import LOG
from tvf.service.metrics import Metrics
from tvf.service.pool import ClientLeftError
from tvf.service.problems import ProblemError, response
from tvf.service.settings import Settings

__all__ = ["Guards"]

_ID = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_OPEN = ("/health", "/api/v1/health")
"""Addresses that need no key: whoever asks them only wants to know whether it runs."""


class Guards:
    """Gives a request an id, refuses bodies that are too long and keys that are wrong, and logs it."""

    def __init__(self, app: ASGIApp, settings: Settings, metrics: Metrics, paths: frozenset[str]) -> None:
        self.app = app
        self.settings = settings
        self.metrics = metrics
        self.paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = dict(scope["headers"])
        given = headers.get(b"x-request-id", b"").decode("latin-1")
        request_id = given if _ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        began, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message.setdefault("headers", []).append((b"x-request-id", request_id.encode()))
            await send(message)

        try:
            try:
                self._check(scope, headers)
                await self.app(scope, self._limited(receive), sending)
            except ProblemError as problem:
                await response(problem, request_id)(scope, receive, sending)
            except ClientLeftError:
                status = 499
            except Exception:
                fields = {"request": request_id, "path": scope["path"]}
                LOG.exception("failed", extra={"fields": fields})
                if status:
                    raise
                why = f"the service failed; its log says why under {request_id}"
                await response(ProblemError(500, "failed", why), request_id)(scope, receive, sending)
        finally:
            self._note(scope, request_id, status, time.perf_counter() - began)

    def _check(self, scope: Scope, headers: dict[bytes, bytes]) -> None:
        length = headers.get(b"content-length", b"")
        if length.isdigit() and int(length) > self.settings.max_body:
            raise self._too_long(int(length))
        key = self.settings.api_key
        if key is None or scope["path"] in _OPEN or scope["method"] == "OPTIONS":
            return
        given = headers.get(b"x-api-key") or headers.get(b"authorization", b"").removeprefix(b"Bearer ")
        # In the same time for any wrong key, however much of it is right.
        if not hmac.compare_digest(given, key.get_secret_value().encode()):
            why = "the request brings no key, or a wrong one"
            raise ProblemError(401, "api_key", why, field="X-API-Key", headers={"WWW-Authenticate": "Bearer"})

    def _limited(self, receive: Receive) -> Receive:
        """Counts the bytes of a body that does not say how long it is."""
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.settings.max_body:
                raise self._too_long(taken)
            return message

        return limited

    def _too_long(self, length: int) -> ProblemError:
        most = self.settings.max_body
        why = f"the body has {length:,} bytes or more, and may have {most:,}"
        return ProblemError(413, "body_size", why, field="body", value=str(length), bound=f"at most {most}")

    def _note(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        # Addresses that are none would be numbers without end.
        route = scope["path"] if scope["path"] in self.paths else "none"
        self.metrics.requests.labels(route, str(status)).inc()
        self.metrics.seconds.labels(route).observe(seconds)
        fields = {
            "request": request_id,
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(1e3 * seconds, 3),
        }
        LOG.info("request", extra={"fields": fields})
