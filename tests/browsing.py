"""What tests in a browser share: an opened page, and how to open one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from kiamv_cli.base.labels import Language

Scheme = Literal["light", "dark"]
Kind = Literal["usual", "long", "decided", "recorded"]


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
        *,
        language: Language = "en",
        scheme: Scheme = "light",
        width: int = 1400,
        program: bool = True,
        kind: Kind = "usual",
    ) -> Opened:
        """Open it, in a language, in light or dark, so wide, with its program or without.

        The ``long`` one has more ecosystems than a browser should lay out at once; ``decided`` is
        of a record, ``recorded`` of one whose inputs are gone.
        """
        ...
