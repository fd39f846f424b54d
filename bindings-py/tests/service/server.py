"""The service as a process of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Service:
    """Runs `python -m tvf.service`, and ends it."""

    def __init__(self, port=0, **settings):
        self.port = port or free_port()
        named = {f"TVF_SERVICE_{name.upper()}": str(value) for name, value in settings.items()}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tvf.service"],
            env={
                **os.environ,
                "TVF_SERVICE_PORT": str(self.port),
                "TVF_SERVICE_LOG_LEVEL": "warning",
                **named,
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        for _ in range(600):
            if self.process.poll() is not None:
                raise AssertionError(self.process.stderr.read())
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2):
                    return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError("it does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        self.process.stderr.close()

    def memory(self):
        """Megabytes that it has; nothing where the system does not say."""
        try:
            numbers = Path(f"/proc/{self.process.pid}/statm").read_text()
            return int(numbers.split()[1]) * 4096 / 1e6
        except OSError:
            return None
