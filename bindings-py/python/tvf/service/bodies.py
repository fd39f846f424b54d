"""Bodies of requests: read fast, and Arrow ones like others."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import Headers

from tvf.service.answers import ARROW
from tvf.service.bars import from_arrow
from tvf.service.problems import ProblemError
from tvf.service.stored import FIELDS

__all__ = ["BodyRoute"]

_JSON = "application/json"


class _Body(Request):
    """A request whose body is read by orjson, or made of an Arrow stream and the query's `options`."""

    @property
    def headers(self) -> Headers:
        kind = super().headers.get("content-type", "").split(";")[0].strip().lower()
        if kind in ("", ARROW):
            # What follows reads whatever says that it is JSON.
            others = [(n, v) for n, v in self.scope["headers"] if n != b"content-type"]
            return Headers(raw=[*others, (b"content-type", _JSON.encode())])
        return super().headers

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            body = await self.body()
            kind = Headers(scope=self.scope).get("content-type", "")
            if kind.split(";")[0].strip().lower() == ARROW:
                options = self.query_params.get("options", "{}")
                given = _read(options.encode(), "options")
                if not isinstance(given, dict):
                    why = "options are an object of the fields besides bars"
                    raise ProblemError(400, "json", why, field="options", value=options)
                self._json = {**given, "bars": from_arrow(body)}
            else:
                self._json = _named(_read(body, "body"))
        return self._json


def _read(text: bytes, field: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        why = f"{field} is no JSON: {error}"
        raise ProblemError(400, "json", why, field=field, bound=_JSON) from None


def _named(body: Any) -> Any:
    """A body that names a series of the cache in the place of bars."""
    if not isinstance(body, dict) or "symbol" not in body or "bars" in body:
        return body
    rest = {name: value for name, value in body.items() if name not in FIELDS}
    return {**rest, "bars": {name: body[name] for name in FIELDS if name in body}}


class BodyRoute(APIRoute):
    """A route that reads bodies so."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What answers a request."""
        handler = super().get_route_handler()

        async def handle(request: Request) -> Response:
            kind = request.headers.get("content-type", _JSON).split(";")[0].strip().lower()
            if request.method == "POST" and kind not in (_JSON, ARROW):
                why = f"the body is {kind}, and may be {_JSON} or {ARROW}"
                raise ProblemError(
                    415, "media_type", why, field="Content-Type", value=kind, bound=f"{_JSON}, {ARROW}"
                )
            body = _Body(request.scope, request.receive)
            if request.method == "POST":
                # What is wrong with it is said here: further in it would only be "an error".
                await body.json()
            return await handler(body)

        return handle
