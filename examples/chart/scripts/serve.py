"""Serves the built example on this machine and opens it in the browser."""

import time
import webbrowser
from pathlib import Path

from tvf_harness.server import Reply, Server

DIST = Path(__file__).parents[1] / "dist"


def main(port: int = 0) -> None:
    """Serves until it is interrupted."""
    index = (DIST / "index.html").read_bytes()
    with Server({"/": DIST}, {"/": lambda _: Reply(index, "text/html; charset=utf-8")}, port) as server:
        print(f"the chart: {server.url}/ (Ctrl-C ends it)", flush=True)
        webbrowser.open(f"{server.url}/")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
