"""Make the README's picture of the report: ``python docs/make_report_picture.py``.

A browser makes it, so it is not the same byte for byte on every machine. Beside it lies the
SHA-256 of what it shows, by which it is known whether it is current. Needs the extra ``browser``.
"""

from __future__ import annotations

import shutil
from base64 import b64decode, b64encode
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from kiamv_cli import load_criteria, load_longlist, report, score
from kiamv_cli.base.language import in_language
from kiamv_cli.reports import Plan
from kiamv_cli.reports.model import PARTS
from kiamv_cli.reports.view.page import page

PICTURE = Path(__file__).parent / "report.webp"
SHOWS = PICTURE.with_suffix(".shows")
_WIDTH, _SCALE, _QUALITY = 1280, 1.25, 82
# Machines differ in their typefaces; kiamv brings that of its other pictures.
_FACE = """
@font-face{{font-family:Shown;font-weight:{weight};src:url(data:font/ttf;base64,{font})}}
:root,.figure{{font-family:Shown!important}}
"""
# As far as a README has room for.
_LOWEST = "Math.min(document.querySelector('.glance').getBoundingClientRect().bottom + 28, 1150)"


def written() -> str:
    """Write the report of the bundled list, without the parts that only stand further down."""
    programme = load_criteria()
    scores = score(load_longlist(programme=programme).longlist, programme)
    with in_language("en"):
        return page(report(scores, plan=Plan(without=frozenset(PARTS))))


def shown(text: str) -> str:
    """Return the SHA-256 of the part of a report that the picture shows, and of its style."""
    return sha256(text[text.index("<style>") : text.index("</section>")].encode()).hexdigest()


def photographed(text: str) -> bytes:
    """Take a picture of the report down to the end of its first section, as WebP."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, TemporaryDirectory() as folder:
        file = Path(folder, "report.html")
        file.write_text(text, "utf-8")
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": _WIDTH, "height": 900}, color_scheme="light", bypass_csp=True
        )
        opened = context.new_page()
        opened.goto(file.as_uri())
        opened.add_style_tag(content=_faces())
        opened.evaluate("document.fonts.ready")
        clip = {"x": 0, "y": 0, "width": _WIDTH, "height": opened.evaluate(_LOWEST)}
        asked = {
            "format": "webp",
            "quality": _QUALITY,
            "clip": {**clip, "scale": _SCALE},
            "captureBeyondViewport": True,
        }
        # The driver itself knows only PNG and JPEG, which take three times as much.
        taken = context.new_cdp_session(opened).send("Page.captureScreenshot", asked)
        return b64decode(taken["data"])


def _faces() -> str:
    fonts = files("kiamv_cli").joinpath("display", "fonts")
    weights = {"Regular": "400", "SemiBold": "600 700"}
    return "".join(
        _FACE.format(weight=weight, font=b64encode(font.read_bytes()).decode())
        for name, weight in weights.items()
        for font in (fonts.joinpath(f"Inter-{name}.ttf"),)
    )


if __name__ == "__main__":
    made = written()
    PICTURE.write_bytes(photographed(made))
    SHOWS.write_text(shown(made) + "\n", encoding="ascii")
