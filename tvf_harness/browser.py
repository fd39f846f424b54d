"""Starts a browser and opens pages whose failures are noticed."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

from tvf_harness.errors import HarnessError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
BOX = " ║╔╗╚╝═"
"""What Playwright frames its messages with."""

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FIREFOX_NAMES = ("firefox-esr", "firefox")


def _installed(names: Sequence[str]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def _chromium(playwright: "Playwright", path: str | None) -> "Browser":
    found = path or _installed(CHROMIUM_NAMES)
    return playwright.chromium.launch(executable_path=found, args=[*CHROMIUM_FLAGS])


def _firefox(playwright: "Playwright", path: str | None) -> "Browser":
    found = path or _installed(FIREFOX_NAMES)
    if found is None:
        return playwright.firefox.launch()  # Playwright's own
    # A stock Firefox, as its users have it, is driven by another protocol than Playwright's own.
    return playwright.firefox.launch(channel="moz-firefox", executable_path=found)


BROWSERS: dict[str, Callable[["Playwright", str | None], "Browser"]] = {
    "chromium": _chromium,
    "firefox": _firefox,
}
PACKAGES = {"chromium": "chromium", "firefox": "firefox-esr"}
"""What Debian calls them."""


class Tab:
    """A page and what it complained about."""

    def __init__(self, page: "Page") -> None:
        self.page = page
        self.complaint: str | None = None
        page.on("crash", lambda _: self._complain("the page crashed (memory?)"))
        page.on("pageerror", self._on_error)
        page.on("console", self._on_console)

    def _complain(self, text: str) -> None:
        self.complaint = self.complaint or text

    def _on_error(self, error: "Error") -> None:
        self._complain(f"{error.name}: {error.message}")

    def _on_console(self, message: "ConsoleMessage") -> None:
        if message.type == "error" and "favicon.ico" not in str(message.location):
            self._complain(message.text)

    def check(self) -> None:
        """Raises what the page complained about."""
        if self.complaint is not None:
            raise HarnessError(
                f"the page failed: {self.complaint}",
                "open it with `python -m tvf_harness serve` and its console",
            )

    def ready(self, condition: str, seconds: float = 60) -> None:
        """Waits until a JavaScript condition holds in the page; what the page complains about comes first."""
        for _ in range(round(seconds * 20)):
            self.check()
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(50)
        raise HarnessError(
            f"the page was not ready after {seconds:.0f} seconds",
            "see whether the machine is busy, then try again",
        )

    def take(self, queue: "Queue[Any]", seconds: float, what: str) -> Any:
        """The next item that the page sends; a page that crashes or falls silent is an error."""
        for _ in range(max(1, round(seconds))):
            try:
                return queue.get(timeout=1)
            except Empty:
                self.page.wait_for_timeout(1)  # lets the events of the page arrive
                self.check()
        raise HarnessError(
            f"the page sent no {what} for {seconds:.0f} seconds",
            "see whether the machine is busy, then try again",
        )


@contextmanager
def driver() -> "Iterator[Playwright]":
    """What starts browsers; there can be one at a time."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise HarnessError("Playwright is not installed", "pip install playwright==1.60.0") from error
    with sync_playwright() as playwright:
        yield playwright


@contextmanager
def start(playwright: "Playwright", name: str, path: str | None = None) -> "Iterator[Browser]":
    """A running headless browser."""
    from playwright.sync_api import Error

    if name not in BROWSERS:
        raise HarnessError(f"the browser {name!r} is not known", f"choose one of {', '.join(BROWSERS)}")
    try:
        browser = BROWSERS[name](playwright, path)
    except Error as error:
        lines = [line.strip(BOX) for line in error.message.splitlines()]
        first = next((line for line in lines if line), "no reason given")
        raise HarnessError(
            f"{name} does not start ({first})",
            f"install it (Debian: apt-get install {PACKAGES[name]}) or name one with --browser-path",
        ) from error
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def launch(name: str = "chromium", path: str | None = None) -> "Iterator[Browser]":
    """A running headless browser, and what starts it."""
    with driver() as playwright, start(playwright, name, path) as browser:
        yield browser


def open_tab(browser: "Browser", url: str) -> Tab:
    """Opens a page in a context of its own."""
    tab = Tab(browser.new_context().new_page())
    tab.page.goto(url)
    tab.check()
    return tab
