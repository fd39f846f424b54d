"""What Prometheus may ask."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

import tvf

__all__ = ["Metrics"]

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """The numbers of one process."""

    media_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "tvf_requests", "Requests by route and status", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "tvf_request_seconds",
            "Time of requests by route, waiting included",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.bars = Counter("tvf_bars", "Bars of requests", registry=self.registry)
        self.inside = Gauge("tvf_inside", "Requests that wait or are computed", registry=self.registry)
        self.rejected = Counter("tvf_rejected", "Requests that found no room", registry=self.registry)
        self.late = Counter("tvf_late", "Requests whose time was over", registry=self.registry)
        self.left = Counter("tvf_left", "Requests whose client left", registry=self.registry)
        Gauge("tvf_build", "The version", ["version"], registry=self.registry).labels(tvf.__version__).set(1)

    def text(self) -> bytes:
        """All numbers as Prometheus reads them."""
        return generate_latest(self.registry)
