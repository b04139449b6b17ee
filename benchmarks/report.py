"""How large the report is, and how fast it opens, sorts and filters in Chromium.

``python benchmarks/report.py [NUMBER …] [--against CHECKOUT]``: with so many ecosystems, made by
repeating the bundled ones with all their facts; left out: 60 and 2000. With another checkout the
pages of both are measured in turns. Needs the extra ``browser``.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from kiamv_cli import load_criteria, load_longlist, report, score
from kiamv_cli.reports import Plan
from kiamv_cli.reports.view.page import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from playwright.sync_api import Browser

ROUNDS = 5
_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
# The seconds from an act until what it did is on the screen: measured within the page, as the
# driver takes its own time.
_TIMED = f"""async (act) => {{
  await {_DRAWN};
  const start = performance.now();
  (0, eval)(act);
  await {_DRAWN};
  return (performance.now() - start) / 1000;
}}"""
_TYPE = (
    "s = document.getElementById('search'); s.value = '{}';"
    "s.dispatchEvent(new Event('input', {{bubbles: true}}))"
)
_ACTS = {
    "filter": _TYPE.format("rotterdam"),
    "filter no more": _TYPE.format(""),
    "sort by a score": "document.querySelectorAll('#heat thead button')[6].click()",
    "sort by name": "document.querySelectorAll('#heat thead button')[1].click()",
    "open a card": "document.querySelector('.names a').click()",
}
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


def measured(browser: Browser, file: Path) -> dict[str, float]:
    """Open a page and use it; give the seconds that each act takes."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=True)
    opened = context.new_page()
    opened.set_default_timeout(120_000)
    start = time.perf_counter()
    opened.goto(file.as_uri())
    opened.evaluate(_DRAWN)
    times = {"open": time.perf_counter() - start, "first paint": opened.evaluate(_PAINTED)}
    times |= {name: opened.evaluate(_TIMED, act) for name, act in _ACTS.items()}
    context.close()
    return times


def pages(numbers: Iterable[int], folder: Path, against: Path | None) -> Iterator[list[Path]]:
    """Write the pages of each size: that of this checkout, and that of the other."""
    for number in numbers:
        file = folder / f"{number}.html"
        file.write_text(written(number), "utf-8")
        yield [file, *(_by_other(number, folder, each) for each in (against,) if each)]


def _by_other(number: int, folder: Path, checkout: Path) -> Path:
    file = folder / f"{number}-before.html"
    here = str(Path(__file__).resolve())
    program = f"import runpy; print(runpy.run_path({here!r})['written']({number}), end='')"
    with file.open("wb") as stream:
        # The same Python, with the modules of the folder it runs in.
        subprocess.run([sys.executable, "-c", program], cwd=checkout, stdout=stream, check=True)
    return file


def main() -> None:
    """Measure all sizes asked for."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description="How fast the report opens, sorts and filters.")
    parser.add_argument("number", type=int, nargs="*", default=[60, 2000])
    parser.add_argument("--against", type=Path, metavar="CHECKOUT")
    asked = parser.parse_args()
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for files in pages(asked.number, Path(folder), asked.against):
            sizes = [f"{file.name} {file.stat().st_size / 1e6:.1f} MB" for file in files]
            print(*sizes, sep=", ")
            rounds = [[measured(browser, file) for file in files] for _ in range(ROUNDS)]
            for name in rounds[0][0]:
                middle = (median(each[n][name] for each in rounds) for n in range(len(files)))
                print(f"  {name:16}", *(f"{seconds:6.2f} s" for seconds in middle))


if __name__ == "__main__":
    main()
