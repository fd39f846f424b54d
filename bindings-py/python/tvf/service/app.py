"""The application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

import tvf
from tvf.service import problems
from tvf.service.context import Context
from tvf.service.guards import Guards
from tvf.service.logs import LOG, configure
from tvf.service.page import router as page
from tvf.service.routes import catalog, charting, indicators, patterns, signals
from tvf.service.settings import Settings

__all__ = ["create_app"]

API = "/api/v1"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application, with settings of its own or those of the environment."""
    settings = settings or Settings()
    configure(settings.log_level)
    context = Context(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        context.pool.open()
        context.store.open()
        LOG.info("ready", extra={"fields": {"version": tvf.__version__, "threads": settings.threads}})
        yield
        context.pool.close()
        context.store.close()

    app = FastAPI(
        title="tvf indicator service",
        summary="Indicators, patterns, signals and evaluations, with the same bits as in the browser",
        version=tvf.__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        lifespan=lifespan,
    )
    app.state.context = context
    problems.install(app)
    for part in (patterns, signals, charting, indicators, catalog):
        app.include_router(part.router, prefix=API)
    app.include_router(catalog.router, include_in_schema=False)
    app.include_router(page)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST"],
            allow_headers=["content-type", "x-api-key", "authorization", "x-request-id"],
            expose_headers=["x-request-id", "retry-after"],
        )
    short = ("/", "/docs", "/catalog", "/health", "/metrics")
    paths = frozenset((*app.openapi()["paths"], *short))
    app.add_middleware(Guards, settings=settings, metrics=context.metrics, paths=paths)
    return app
