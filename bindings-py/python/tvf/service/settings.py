"""What the service is told by the environment."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Settings"]


class Settings(BaseSettings):
    """Settings of the service; each is read from `TVF_SERVICE_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="TVF_SERVICE_", extra="forbid", frozen=True)

    host: str = Field(default="127.0.0.1", description="The address it listens on")
    port: int = Field(default=8092, ge=0, le=65535, description="The port; 0 takes any that is free")
    workers: int = Field(
        default=1, ge=1, le=256, description="Processes; each has its own threads and metrics"
    )
    threads: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        le=1024,
        description="Requests that a process computes at once; as many as there are cores if not set",
    )
    queue: int = Field(
        default=1024, ge=0, le=1_000_000, description="Requests of a process that may wait; more get 503"
    )
    deadline: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds that a request may wait and compute; more gets 504"
    )
    max_body: int = Field(
        default=64 << 20, ge=1024, le=4 << 30, description="Most bytes of a request's body; more gets 413"
    )
    max_bars: int = Field(
        default=1_000_000, ge=1, le=100_000_000, description="Most bars of a request; more get 413"
    )
    cache: Path | None = Field(
        default=None,
        description="The file of a cache, from which requests may ask for a symbol instead of sending bars",
    )
    source: str | None = Field(
        default=None,
        description="Where bars that the cache lacks come from: an address, a folder, or sample",
    )
    source_key: SecretStr | None = Field(default=None, description="The key that the source is asked with")
    api_key: SecretStr | None = Field(
        default=None,
        description="The key that requests must bring as X-API-Key or as a bearer token; none if not set",
    )
    cors_origins: list[str] = Field(
        default=[],
        description='Pages that may call it, as JSON such as ["https://app.example"]; none if not set',
    )
    log_level: str = Field(
        default="info", pattern="^(debug|info|warning|error)$", description="Least serious words of its log"
    )
