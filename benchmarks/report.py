"""How large the report is, and how fast it opens, sorts and filters in Chromium.

``python benchmarks/report.py [NUMBER …]``: with so many ecosystems, made by repeating the bundled
ones with all their facts; left out: 60 and 2000. Needs the extra ``browser``.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli import Plan, load_criteria, load_longlist, report, score
from kiamv_cli.render.report.page import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# The parts that take long to work out take no room on the page.
_QUICK = Plan(without=frozenset({"tradeoff", "robustness", "gaps"}), most_margins=25)


def written(number: int) -> str:
    """Give the page for so many ecosystems."""
    programme = load_criteria()
    bundled = load_longlist(programme=programme).longlist
    kinds = bundled.ecosystems
    made = (
        replace(kinds[n % len(kinds)], id=f"{kinds[n % len(kinds)].id}-{n}") for n in range(number)
    )
    many = replace(bundled, ecosystems=tuple(sorted(made, key=lambda one: one.id)))
    return page(report(score(many, programme), plan=_QUICK))


def timed(opened: Page, act: Callable[[], object]) -> float:
    """Give the seconds until what was done is on the screen."""
    start = time.perf_counter()
    act()
    opened.evaluate(_DRAWN)
    return time.perf_counter() - start


def measure(opened: Page, file: Path) -> None:
    """Open, filter, sort, and open a card."""
    opened.goto(file.as_uri())  # once to warm up
    total = timed(opened, lambda: opened.goto(file.as_uri()))
    print(f"  opened {total:.2f} s, first painted {opened.evaluate(_PAINTED) / 1000:.2f} s")
    search = opened.locator("#search")
    print(f"  filtered {timed(opened, lambda: search.fill('rotterdam')):.2f} s")
    search.fill("")
    head = opened.locator("#heat thead button").nth(6)
    print(f"  sorted {timed(opened, head.click):.2f} s")
    print(f"  card {timed(opened, opened.locator('.names a').first.click):.2f} s")


def main() -> None:
    """Measure all sizes asked for."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for number in map(int, sys.argv[1:] or ("60", "2000")):
            text = written(number)
            file = Path(folder, f"{number}.html")
            file.write_text(text, "utf-8")
            print(f"{number} ecosystems: {len(text.encode()) / 1e6:.1f} MB")
            opened = browser.new_page(viewport={"width": 1400, "height": 900})
            opened.set_default_timeout(120_000)
            measure(opened, file)


if __name__ == "__main__":
    main()
