"""A real browser, and pages in it that are listened to: errors, requests."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pytest
from reports import small_report

from kiamv_cli.language import in_language
from kiamv_cli.render.report.page import page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, ColorScheme, Page

    from kiamv_cli.core.report import Report
    from kiamv_cli.language import Language

# Nothing that a browser does by itself: neither looking for updates nor using a sandbox that
# containers do not have.
_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@dataclass(slots=True)
class Opened:
    """A page in the browser, and what it did."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


class Open(Protocol):
    """Opens a report in a window."""

    def __call__(
        self,
        report: Report | None = None,
        *,
        language: Language = "en",
        scheme: ColorScheme = "light",
        width: int = 1400,
        program: bool = True,
    ) -> Opened:
        """Open it, in a language, in light or dark, so wide, with its program or without."""
        ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless; without it these tests are left out, but not in the pipeline."""
    needed = pytest.fail if os.environ.get("CI") else pytest.skip
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        needed("there is no driver for a browser: pip install 'kiamv[browser]'")
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        needed("there is no Chromium on this machine")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=path, args=_QUIET)
        yield started
        started.close()


@pytest.fixture
def open_report(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open reports; on closing, none of them may have complained or asked the network."""
    contexts, opened = [], []

    def open_it(
        report: Report | None = None,
        *,
        language: Language = "en",
        scheme: ColorScheme = "light",
        width: int = 1400,
        program: bool = True,
    ) -> Opened:
        file = tmp_path / f"report-{len(opened)}.html"
        with in_language(language):
            file.write_text(page(report or small_report()), "utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=program,
        )
        contexts.append(context)
        one = Opened(context.new_page())
        opened.append(one)
        one.page.on("console", lambda said: one.errors.append(said.text))
        one.page.on("pageerror", lambda error: one.errors.append(str(error)))
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.goto(file.as_uri())
        return one

    yield open_it
    for one in opened:
        assert one.errors == []
        assert all(url.startswith("file:") for url in one.requests)
        assert len(one.requests) == 1
    for context in contexts:
        context.close()
