"""A real browser, and pages in it that are listened to: errors, requests."""

from __future__ import annotations

import os
import shutil
from functools import cache
from typing import TYPE_CHECKING

import pytest
from browsing import Opened
from reports import decided_report, long_report, recorded_only, small_report

from kiamv_cli.base.language import in_language
from kiamv_cli.reports.view.page import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from browsing import Kind, Open, Scheme
    from playwright.sync_api import Browser, BrowserContext

    from kiamv_cli.base.labels import Language
    from kiamv_cli.decision import Recalled
    from kiamv_cli.reports import Report

# Nothing that a browser does by itself: neither looking for updates nor using a sandbox that
# containers do not have.
_QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


@cache
def _page(language: Language, kind: Kind) -> str:
    made: dict[Kind, Callable[[], Report | Recalled]] = {
        "usual": small_report,
        "long": long_report,
        "decided": decided_report,
        "recorded": recorded_only,
    }
    with in_language(language):
        return page(made[kind]())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless; without it these tests are left out, unless it is said to be needed."""
    needed = pytest.fail if os.environ.get("KIAMV_NEEDS_BROWSER") else pytest.skip
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - it may not be there
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
    contexts: list[BrowserContext] = []
    opened: list[Opened] = []

    def open_it(
        *,
        language: Language = "en",
        scheme: Scheme = "light",
        width: int = 1400,
        program: bool = True,
        kind: Kind = "usual",
    ) -> Opened:
        file = tmp_path / f"report-{len(opened)}.html"
        file.write_text(_page(language, kind), "utf-8")
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
