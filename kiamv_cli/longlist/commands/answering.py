"""Ask people whether two ecosystems are the same, and keep what they answer."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.base.writing import alone_in, write_whole
from kiamv_cli.cli.input import refusing
from kiamv_cli.cli.output import fail, note, note_problems
from kiamv_cli.cli.start import messages
from kiamv_cli.longlist.model.duplicates import (
    ContradictionError,
    Given,
    decision,
    is_asked,
    with_answers,
    without,
    without_last,
)
from kiamv_cli.longlist.model.identity import ANSWER_WORDS, Decision, Identities

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from kiamv_cli.formats.sheets.sheet import Hidden
    from kiamv_cli.longlist.model.duplicates import Duplicates, Suspicion

LAST = "last"
# What can be typed: a word, or its first letter (in Dutch j, n, d, g, l, o, s).
_CHOICES: Mapping[str, Given | None] = {
    N_("yes"): Given(answer="same"),
    N_("no"): Given(answer="different"),
    N_("part"): Given(answer="part-of"),
    N_("whole"): Given(answer="part-of", turned=True),
    N_("later"): Given(answer="later"),
    N_("undo"): None,
    N_("quit"): None,
}
_HELP: Mapping[str, str] = {
    "yes": N_("they are the same"),
    "no": N_("they are different"),
    "part": N_("1 is a part of 2"),
    "whole": N_("2 is a part of 1"),
    "later": N_("ask me later"),
    "undo": N_("take my last answer back"),
    "quit": N_("stop; your answers so far are kept"),
}


class Kept:
    """The file that keeps the answers; written whole after each.

    Others may answer at the same time: each answer is added to what the file holds by then, and
    while one is written nobody else writes.
    """

    def __init__(self, path: str, *, needed: bool) -> None:
        """Read it, if it is there; ``needed``: it must be."""
        from kiamv_cli.base.files import is_there

        self.path = path
        self.identities = Identities()
        with refusing():
            if needed or is_there(Path(path)):
                self._read()

    def change(self, changed: Callable[[Identities], Identities]) -> None:
        """Write what becomes of the answers that the file holds now.

        Args:
            changed: Gives the new answers for the present ones; what it raises leaves the file as
                it is.
        """
        if Path(self.path).suffix.lower() == ".json":
            fail(
                _("{file}: answers are saved as YAML. Give a file ending in .yaml.", file=self.path)
            )
        try:
            with alone_in(self.path):
                self._change(changed)
        except OSError as error:
            fail(_("{file}: cannot be written: {why}.", file=self.path, why=error.strerror))

    def _change(self, changed: Callable[[Identities], Identities]) -> None:
        from kiamv_cli.base.files import is_there
        from kiamv_cli.longlist.reading.identities import identities_text

        with refusing():
            there = is_there(Path(self.path))
            now = self._read() if there else b""
        before = self.identities
        if before.decisions and not there:
            fail(_("{file}: it was changed meanwhile. Run kiamv same once more.", file=self.path))
        if there and now.decode(errors="replace") != identities_text(before):
            note(_("kiamv: {file}: comments and layout of your own are not kept", file=self.path))
        after = changed(before)
        write_whole(self.path, identities_text(after).encode(), force=there)
        self.identities = after

    def _read(self) -> bytes:
        from kiamv_cli.base.files import read_file
        from kiamv_cli.longlist.reading.identities import load_identities

        self.identities = load_identities(self.path)
        return read_file(Path(self.path))


def take_back(kept: Kept, name: str) -> None:
    """Take the latest answer on a name back, or with ``last`` the latest of all."""
    taken = list[Decision]()

    def without_it(now: Identities) -> Identities:
        identities, gone = without_last(now, None if name == LAST else name)
        taken.append(gone)
        return identities

    try:
        kept.change(without_it)
    except LookupError:
        fail(_('--undo "{name}": there is no such answer in {file}.', name=name, file=kept.path))
    gone = taken[0]
    note(
        _(
            "kiamv: taken back: '{one}' {answer} '{other}', by {by}",
            one=gone.one,
            answer=ANSWER_WORDS[gone.answer],
            other=gone.other,
            by=gone.by,
        )
    )


def read_answers(
    path: str,
    kept: Kept,
    duplicates: Duplicates,
    by: str | None,
    on: date | None,
    hidden: Hidden | None = None,
) -> None:
    """Keep the answers that a file gives."""
    from kiamv_cli.longlist.reading.names import load_answers

    with refusing():
        given = load_answers(path, by, on, hidden)
        before = len(kept.identities.decisions)
        if len(given.added_to(kept.identities).decisions) > before:
            kept.change(given.added_to)
        fresh = len(kept.identities.decisions) - before
    note_problems(given.document.problems)
    note(
        ngettext(
            "kiamv: {n} new answer kept in {file}",
            "kiamv: {n} new answers kept in {file}",
            fresh,
            file=kept.path,
        )
    )
    known = {folded(name) for each in duplicates.named for name in (each.id or "", *each.names)}
    named = dict.fromkeys(name for each in given.decisions for name in (each.one, each.other))
    if strangers := [name for name in named if folded(name) not in known]:
        note(_("kiamv: answered, but not on these lists: {names}", names=", ".join(strangers)))


def ask(duplicates: Duplicates, kept: Kept, by: str, on: date, *, later: bool) -> None:
    """Ask about each pair that is open, one by one, until all are done or somebody stops."""
    from kiamv_cli.base.files import is_clean

    if not (by.strip() and is_clean(by)):
        fail(_("--by: empty, or with a character that is not allowed."))
    messages().quiet = False  # a question is no remark
    _Session(duplicates, kept, by, on, later).run()


@dataclass(slots=True)
class _Session:
    """One sitting: what was answered in it can be taken back step by step."""

    found: Duplicates
    kept: Kept
    by: str
    on: date
    later: bool
    history: list[tuple[int, Decision]] = field(default_factory=list)
    at: int = 0
    number: int = 1

    def run(self) -> None:
        """Ask until the end, the end of input, or quit."""
        suspicions = self.found.suspicions
        total = sum(map(self._is_asked, suspicions))
        try:
            while self.at < len(suspicions):
                if not self._is_asked(suspicions[self.at]):
                    self.at += 1
                elif not self._one(suspicions[self.at], total):
                    break
        except KeyboardInterrupt:
            note("")
            raise
        finally:
            self._close()

    def _is_asked(self, suspicion: Suspicion) -> bool:
        return is_asked(suspicion, self.kept.identities, later=self.later)

    def _one(self, suspicion: Suspicion, total: int) -> bool:
        """Ask about a pair, and do as told; whether to go on."""
        _show(suspicion, self.number, total)
        word, reason = _choice()
        match word:
            case "quit":
                return False
            case "undo":
                self._undo()
            case _:
                given = _CHOICES[word]
                assert given
                self._keep(
                    suspicion, Given(answer=given.answer, turned=given.turned, reason=reason)
                )
        return True

    def _keep(self, suspicion: Suspicion, reply: Given) -> None:
        one = decision(suspicion, reply, self.by, self.on)
        try:
            self.kept.change(lambda now: with_answers(now, [one]))
        except ContradictionError as error:
            note(_("That cannot be: {why}.", why=error))
            return
        self.history.append((self.at, one))
        self.at += 1
        self.number += 1

    def _undo(self) -> None:
        if not self.history:
            note(
                _("Nothing was answered in this sitting; kiamv same --undo last goes further back.")
            )
            return
        self.at, one = self.history.pop()
        self.kept.change(lambda now: without(now, one))
        self.number -= 1

    def _close(self) -> None:
        if self.history:
            note(
                ngettext(
                    "kiamv: {n} answer kept in {file}",
                    "kiamv: {n} answers kept in {file}",
                    len(self.history),
                    file=self.kept.path,
                )
            )


def _show(suspicion: Suspicion, number: int, total: int) -> None:
    from kiamv_cli.longlist.view.same import strength, where, why

    one, other = suspicion.one, suspicion.other
    alike = folded(one.name) == folded(other.name)
    lines = (
        "",
        _(
            "{number} of {total}. Suspicion: {strength}",
            number=number,
            total=max(total, number),
            strength=strength(suspicion),
        ),
        f"  1  {one.name}{where(one, with_id=alike)}",
        f"  2  {other.name}{where(other, with_id=alike)}",
        "  " + _("Why: {why}.", why=why(suspicion)),
    )
    note("\n".join(lines))


def _choice() -> tuple[str, str | None]:
    """Read what to do: the word in English, and what was typed behind it as the reason."""
    from kiamv_cli.base.files import is_clean
    from kiamv_cli.display.text import clean

    known = {_(word)[0]: word for word in _CHOICES}
    keys = "  ".join(f"{_(word)[0]} {_(word)}" for word in _CHOICES)
    while True:
        sys.stderr.write(clean(_("Are they the same? {keys}: ", keys=keys)))
        sys.stderr.flush()
        typed = _read_line()
        if not typed:
            note("")
            return "quit", None
        first, *rest = typed.split(maxsplit=1) or [""]
        word = known.get(first.casefold()[:1], "")
        if word and _(word).startswith(first.casefold().rstrip(":")) and is_clean(typed):
            return word, rest[0].strip() if rest else None
        note("\n".join(f"  {_(each)[0]}  {_(each)}: {_(_HELP[each])}" for each in _CHOICES))
        note("  " + _("A reason may follow, as in: n two boards, two budgets"))


def _read_line() -> str:
    """Return a line as it was typed; none if nothing can be typed."""
    try:
        return sys.stdin.readline()
    except (OSError, UnicodeDecodeError):
        return ""
