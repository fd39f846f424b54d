"""Runs the service: `python -m tvf.service`."""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    """Reads the settings and serves until it is told to stop."""
    try:
        import uvicorn
        from pydantic import ValidationError

        from tvf.service.settings import Settings
    except ModuleNotFoundError as error:
        print(f"error: {error.name} is missing; to mend it: pip install 'tvf[service]'", file=sys.stderr)
        return 2

    fields = Settings.model_fields
    width = max(map(len, fields)) + len("TVF_SERVICE_")
    lines = [
        f"  {'TVF_SERVICE_' + name.upper():<{width}}  {field.description} ({_shown(field.get_default())})"
        for name, field in fields.items()
    ]
    parser = argparse.ArgumentParser(
        prog="python -m tvf.service",
        description="Serves indicators, patterns, signals and evaluations over HTTP; GET / lists them.",
        epilog="settings are read from the environment:\n" + "\n".join(lines),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.parse_args()
    try:
        settings = Settings()
    except ValidationError as error:
        for wrong in error.errors():
            name = "TVF_SERVICE_" + "_".join(map(str, wrong["loc"])).upper()
            print(f"error: {name} is {wrong.get('input')!r}: {wrong['msg']}", file=sys.stderr)
        return 2
    uvicorn.run(
        "tvf.service.app:create_app",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=10,
        # Longer than proxies and clients keep theirs (a minute): a request into a connection that is just
        # being closed is lost.
        timeout_keep_alive=75,
        # A worker imports for some seconds where others compute, and answers nothing meanwhile.
        timeout_worker_healthcheck=30,
    )
    return 0


def _shown(default: object) -> str:
    return "not set" if default in (None, []) else f"default {default}"


def _version() -> str:
    import tvf

    return tvf.__version__


if __name__ == "__main__":
    sys.exit(main())
