"""Reads and writes the JSON reports."""

import json
from pathlib import Path
from typing import Any

from tvf_harness.errors import HarnessError


def write_json(path: Path, report: dict[str, Any]) -> None:
    """Writes a report with a line for each fact, and each list of numbers on one line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(report, "") + "\n", "utf-8")


def read_json(path: Path, mend: str) -> dict[str, Any]:
    """Reads a report that another command wrote; `mend` says which."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise HarnessError(f"{path} cannot be read ({error})", mend) from error


def _text(value: Any, indent: str) -> str:
    if not isinstance(value, dict | list) or not value or _flat(value):
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(str(name))}: {_text(item, inner)}" for name, item in value.items()]
    else:
        parts = [_text(item, inner) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{indent}{closing}"


def _flat(value: Any) -> bool:
    """Whether it is a list with nothing nested in it."""
    return isinstance(value, list) and not any(isinstance(item, dict | list) for item in value)
