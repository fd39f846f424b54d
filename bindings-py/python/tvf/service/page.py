"""A page that lists the endpoints: whole, without anything from elsewhere, so it works offline."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.85rem; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid #8884; border-radius: 6px; }
details { border-bottom: 1px solid #8884; padding: 0.6rem 0; }
summary { cursor: pointer; }
summary b { display: inline-block; width: 3.2rem; }
td, th { text-align: left; vertical-align: top; padding: 0.15rem 1rem 0.15rem 0; }
"""


@router.get("/")
@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Every endpoint with its fields and an example."""
    schema = request.app.openapi()
    parts = [
        _endpoint(request, path, method, operation, schema)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    info = schema["info"]
    return HTMLResponse(
        f"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>{escape(info['title'])}</title><style>{_STYLE}</style>"
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>"
        f"<p>{escape(info['summary'])}. <a href={request.app.openapi_url}>OpenAPI</a>, "
        f"<a href=/health>health</a>, <a href=/metrics>metrics</a>, <a href=/catalog>catalog</a>.</p>"
        f"{''.join(parts)}</html>"
    )


def _endpoint(
    request: Request, path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]
) -> str:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    model = _resolved(body.get("schema", {}), schema)
    fields = "".join(
        f"<tr><td><code>{escape(name)}</code><td>{escape(str(field.get('description', '')))}"
        for name, field in model.get("properties", {}).items()
    )
    example = _example(model)
    curl = f"curl {request.base_url}{path.lstrip('/')}"
    if model:
        curl += f" \\\n  -H 'content-type: application/json' \\\n  -d '{json.dumps(example)}'"
    about = escape(operation.get("description", ""))
    return (
        f"<details><summary><b>{method.upper()}</b> <code>{escape(path)}</code> "
        f"{escape(operation['summary'])}</summary><p>{about}</p><table>{fields}</table><pre>{escape(curl)}</pre></details>"
    )


def _resolved(model: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = model.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else model


def _example(model: dict[str, Any]) -> dict[str, Any]:
    """The examples of the fields that must be there."""
    fields = model.get("properties", {})
    wanted = model.get("required") or [name for name in fields if fields[name].get("examples")][:1]
    return {name: fields[name]["examples"][0] for name in wanted if fields[name].get("examples")}
