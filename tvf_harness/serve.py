"""Serves the package and a page to try it by hand."""

import time

from tvf_harness.artifacts import Package
from tvf_harness.datasets import datasets
from tvf_harness.parity import PAGE, datasets_frame
from tvf_harness.server import Endpoint, Reply, Server


def serve(package: Package, port: int = 0) -> None:
    """Serves until it is interrupted."""
    index = (PAGE / "index.html").read_bytes()
    endpoints: dict[str, Endpoint] = {
        "/": lambda _: Reply(index, "text/html; charset=utf-8"),
        "/api/datasets": lambda _: Reply(datasets_frame(datasets())),
    }
    with Server({"/pkg/": package.folder, "/page/": PAGE}, endpoints, port) as server:
        print(f"tvf {package.version} from {package.tarball}: {server.url}/ (Ctrl-C ends it)")
        while True:
            time.sleep(3600)
