"""The log: a line of JSON for each event, with the id of its request."""

from __future__ import annotations

import datetime as dt
import logging
import sys
import traceback
from typing import Any

import orjson

__all__ = ["LOG", "configure"]

LOG = logging.getLogger("tvf.service")


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["error"] = "".join(traceback.format_exception(*record.exc_info))
        return orjson.dumps(line, default=str).decode()


def configure(level: str) -> None:
    """Has the log, and uvicorn's, written to the standard error output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    for name in ("tvf.service", "uvicorn", "uvicorn.error"):
        log = logging.getLogger(name)
        log.handlers = [handler] if name != "uvicorn.error" else []
        log.setLevel(level.upper())
        log.propagate = name == "uvicorn.error"
    # Requests are logged here, with their ids.
    logging.getLogger("uvicorn.access").disabled = True
