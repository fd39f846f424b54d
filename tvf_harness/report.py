"""Writes the report as one page that needs nothing else."""

import json
import re
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).parent / "template"


def write_report(path: Path, parity: dict[str, Any], speed: dict[str, Any] | None = None) -> None:
    """Puts the results, the style and the script into the template."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(parity, speed), "utf-8")


def render(parity: dict[str, Any], speed: dict[str, Any] | None = None) -> str:
    """The page as text."""
    data = json.dumps({"parity": parity, "speed": speed}, separators=(",", ":"), ensure_ascii=False)
    parts = {
        "{{style}}": (TEMPLATE / "report.css").read_text("utf-8"),
        # The only characters that could end or confuse a script element.
        "{{data}}": data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "{{script}}": (TEMPLATE / "report.js").read_text("utf-8"),
    }
    template = (TEMPLATE / "report.html").read_text("utf-8")
    return re.sub(r"\{\{\w+\}\}", lambda mark: parts[mark[0]], template)
