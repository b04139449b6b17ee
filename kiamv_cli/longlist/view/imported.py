"""What came of importing long lists."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.base.problem import problem_fields
from kiamv_cli.display.document import Field, Paragraph, people, table
from kiamv_cli.display.text import count, date_text, heading
from kiamv_cli.longlist.model.account import totals
from kiamv_cli.longlist.view import judged_fields
from kiamv_cli.longlist.view.check import problem_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kiamv_cli.display.document import Block, Row, Value
    from kiamv_cli.display.text import Symbols
    from kiamv_cli.longlist.model.account import Account, AccountLine, Fate
    from kiamv_cli.longlist.model.merging import Imported


@dataclass(frozen=True, slots=True)
class ImportView:
    """``kiamv import``; ``criteria`` is the folder of those that were given.

    ``folder`` is where the list was written, if it was; ``with_account`` shows what became of every
    cell of a table.
    """

    found: Imported
    folder: str | None = None
    criteria: str | None = None
    with_account: bool = False

    def payload(self) -> Mapping[str, object]:
        """The document ``kiamv/import``."""
        account = {"account": [*map(_account_fields, self.found.account)]}
        return {
            **heading("import"),
            "as_of": self.found.as_of.isoformat(),
            **judged_fields(self.found.programme, self.found.longlist),
            "request": {"as_of": self.found.as_of.isoformat(), "title": self.found.title},
            "folder": self.folder,
            "files": list(self._files()),
            "ecosystems": list(self.records()),
            "remarks": [problem_fields(each) for each in self.found.remarks],
            **(account if self.with_account else {}),
        }

    def records(self) -> Iterator[Mapping[str, Value]]:
        """A row per ecosystem and file in which it stood, with the id that it had there."""
        for name, origins in self.found.merged.origins.items():
            for number, given in origins:
                yield {"id": name, "file": self.found.files[number], "given_id": given}

    def blocks(self, symbols: Symbols) -> Iterable[Block]:
        """How many of each file, what was remarked, and where the list is now."""
        del symbols
        yield table(_file_fields(), self._files())
        yield Paragraph("")
        if self.with_account:
            yield table(_account_columns(self.found.account), [*self.found.account, None])
            yield Paragraph("")
        if self.found.remarks:
            yield problem_lines(self.found.remarks)
            yield Paragraph("")
        remarks = len(self.found.remarks)
        told = count(remarks, "remark", "remarks") if remarks else _("No remarks")
        yield Paragraph(f"{self._result()}. {told}.", "partly" if remarks else "met")
        if self.folder is None:
            return
        given = ("--criteria", self.criteria) if self.criteria else ()
        command = shlex.join(("kiamv", "check", self.folder, *given))
        text = _(
            "Written to {folder}. Check it with {command}.", folder=self.folder, command=command
        )
        yield Paragraph(text)

    def _result(self) -> str:
        found = self.found
        total = len(found.merged.ecosystems)
        result = _(
            "{title}: {ecosystems} as of {date}",
            title=found.title,
            ecosystems=count(total, "ecosystem", "ecosystems"),
            date=date_text(found.as_of),
        )
        if not (merged := sum(found.counts) - total):
            return result
        became = ngettext("{n} entry merged", "{n} entries merged", merged)
        return f"{result}, {became}"

    def _files(self) -> Iterator[Mapping[str, Value]]:
        for number, (file, entries) in enumerate(
            zip(self.found.files, self.found.counts, strict=True)
        ):
            alone = (
                {where for where, _ in origins} == {number}
                for origins in self.found.merged.origins.values()
            )
            yield {"file": file, "entries": entries, "only_here": sum(alone)}


_FATES: Mapping[Fate, str] = {
    "read": N_("read"),
    "mapped": N_("mapped"),
    "no answer": N_("no answer"),
    "unused": N_("unused"),
    "left out": N_("left out"),
    "heading": N_("heading"),
    "elsewhere": N_("not read"),
    "wrong": N_("wrong"),
}


def _file_fields() -> tuple[Field[Mapping[str, Value]], ...]:
    return (
        people("file", _("file"), lambda row: str(row["file"]), wraps=True),
        _counted("entries", _("entries"), lambda row: row["entries"]),
        _counted("only_here", _("only here"), lambda row: row["only_here"]),
    )


def _account_columns(account: Account) -> tuple[Field[AccountLine | None], ...]:
    """Return what became of the cells of a column, or of all together where it is none."""
    whole = totals(account)

    def cells(fate: Fate) -> Callable[[AccountLine | None], int | str]:
        return lambda each: each.fates.get(fate, 0) or "" if each else whole[fate]

    return (
        people("column", _("column"), lambda each: _place(each) if each else _("all")),
        people("heading", _("heading"), lambda each: each.heading if each else "", wraps=True),
        people("target", _("read as"), lambda each: each.target if each else "", wraps=True),
        *(_counted(fate, _(_FATES[fate]), cells(fate)) for fate, count in whole.items() if count),
        _counted("cells", _("cells"), lambda each: each.cells if each else sum(whole.values())),
    )


def _counted(key: str, heading: str, number: Callable[[Row], Value]) -> Field[Row]:
    return people(key, heading, lambda row: str(number(row)), align="right")


def _place(line: AccountLine) -> str:
    return f"[{line.sheet}]{line.column}" if line.sheet else line.column


def _account_fields(line: AccountLine) -> dict[str, object]:
    return {
        "path": line.path,
        "sheet": line.sheet or None,
        "column": line.column or None,
        "heading": line.heading or None,
        "target": line.target or None,
        "cells": line.cells,
        "fates": dict(line.fates),
    }
