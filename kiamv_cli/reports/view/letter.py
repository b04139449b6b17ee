"""Letters: to each ecosystem what was decided on it, on which facts, and how to check that.

A letter is a template, in Markdown, with parts in braces. It says nothing of other ecosystems but
what the record publishes: who was swapped for whom.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from kiamv_cli.base.language import _, current_language, label_in
from kiamv_cli.display.formats import escape
from kiamv_cli.display.html import el, link, whole_page
from kiamv_cli.display.marks import LIGHT
from kiamv_cli.display.text import UNICODE, date_text, decimal, listing
from kiamv_cli.display.words import why_incomplete
from kiamv_cli.programme.view import dimensions_text, fact_text, list_text, years_text
from kiamv_cli.reports.model import PART
from kiamv_cli.reports.view.pdf import on_paper, tree
from kiamv_cli.scoring.view.evidence import judgement_text, source_text, verdict_cell
from kiamv_cli.selection.view.place import PlaceWords
from kiamv_cli.selection.view.ways import swap_price

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kiamv_cli.display.html import Node
    from kiamv_cli.display.typesetting import Told
    from kiamv_cli.programme.model.facts import CriterionEvidence, Evidence, Source
    from kiamv_cli.programme.model.programme import Criterion
    from kiamv_cli.reports.model import LetterFormat
    from kiamv_cli.scoring.model.score import CriterionScore
    from kiamv_cli.selection.model.explain import Explained, Explanation, Place
    from kiamv_cli.selection.view.explain import Decision

# The rest stands in the report: a letter has one page.
_MOST_FACTS = 3
_WEB = re.compile(r"(?i)https?://[^\s<>]+\Z")
_BREAKS: Mapping[str, Node] = {"softbreak": " ", "hardbreak": el("br")}
_CODE = {"code_inline": "code", "fence": "pre", "code_block": "pre"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWriter:
    """Writes letters in the current language.

    Args:
        found: Why each ecosystem is in or out.
        template: Markdown with parts in braces.
        checks: Returns, for an id, what to type to check it, in words and as it is typed.
        decision: What a record says beside; ``None`` of a proposal.
        told: Gets the signs that PDF cannot show, if there are any.
    """

    found: Explanation
    template: str
    checks: Callable[[str], Sequence[tuple[str, str]]]
    decision: Decision | None = None
    told: Told | None = None

    def written(self, how: LetterFormat) -> dict[str, bytes]:
        """Return the letters as files, by their names."""
        made = {"md": self._markdown, "html": self._page, "pdf": self._paper}[how]
        return {
            f"{one.scored.ecosystem.id}.{how}": made(one, self.text(one))
            for one in self.found.ecosystems
        }

    def text(self, explained: Explained) -> str:
        """Return a letter as Markdown."""
        parts = {name: "\n\n".join(each) for name, each in self._parts(explained).items()}
        filled = PART.sub(lambda each: parts.get(each[1], each[0]), self.template)
        return re.sub(r"\n{3,}", "\n\n", filled).strip() + "\n"

    def _parts(self, explained: Explained) -> Mapping[str, Sequence[str]]:
        ecosystem, scores = explained.scored.ecosystem, self.found.scores
        checks = self.checks(ecosystem.id)
        return {
            "name": [escape(ecosystem.name)],
            "id": [escape(ecosystem.id)],
            "list": [escape(scores.longlist.title)],
            "as_of": [date_text(scores.as_of)],
            "decision": [*map(escape, self._decision())],
            "outcome": [escape(self._outcome(explained))],
            "place": [*map(escape, self._place(explained))],
            "criteria": ["\n".join(self._criteria(explained))],
            "open": ["\n".join(self._open(explained))],
            "check": ["\n".join(f"- {escape(words)} `{typed}`" for words, typed in checks)],
        }

    def _decision(self) -> Iterator[str]:
        if self.decision is None:
            yield _("This is a proposal: nothing was decided yet.")
        else:
            yield self.decision.texts[0]

    def _is_in(self, explained: Explained) -> bool:
        if self.decision is not None:
            return explained.scored.ecosystem.id in self.decision.ids
        return explained.place is not None and explained.place.margin.member

    def _outcome(self, explained: Explained) -> str:
        name, size = explained.scored.ecosystem.name, self.found.request.size
        if self._is_in(explained):
            return _("{name} was selected, as one of {size}.", name=name, size=size)
        return _("{name} was not selected; {size} others were.", name=name, size=size)

    def _place(self, explained: Explained) -> Iterator[str]:
        swap = self.decision and self.decision.swaps.get(explained.scored.ecosystem.id)
        if swap:
            yield _("{swap} What follows is of the proposal, before that.", swap=swap)
        if explained.place is None:
            why = why_incomplete(interrupted=self.found.interrupted)
            yield _("Its place in the shortlist is NOT known: {why}.", why=why)
            return
        words = PlaceWords(self.found.scores, self.found.request, commands=False, others=False)
        _in_or_out, *sentences = words.sentences(explained.scored, explained.place)
        yield " ".join([self._ranked(explained), *sentences, *self._lot_and_swap(explained.place)])
        if self.found.request.balance:
            yield self._order()

    def _order(self) -> str:
        """Say why who has a lower score can be in."""
        request, dimensions = self.found.request, self.found.scores.programme.dimensions
        return _(
            "The shortlist is not simply the highest scores: the spread over {dimensions} comes "
            "first, then the score, and a lot decides between equals. So one with a lower score "
            "can be in.",
            dimensions=dimensions_text(request.balance, dimensions),
        )

    def _lot_and_swap(self, place: Place) -> Iterator[str]:
        """Say that no lot decided on it, and what it would have cost to put it in for a member."""
        if place.lots is not None and place.margin.id not in place.lots.ecosystems:
            yield _("No lot decided on it.")
        if place.ways is not None and place.ways.swap is not None:
            price = swap_price(place.ways)
            yield _("If it had replaced one member, at best: {price}.", price=price)

    def _ranked(self, explained: Explained) -> str:
        scored, total = explained.scored, len(self.found.scores.ecosystems)
        if scored.proven == scored.possible:
            return _(
                "Its score is {proven}, number {n} of {total}.",
                proven=decimal(scored.proven),
                n=scored.rank,
                total=total,
            )
        return _(
            "Its proven score is {proven}, number {n} of {total}; at best it would be {possible}, "
            "as not all is known.",
            proven=decimal(scored.proven),
            possible=decimal(scored.possible),
            n=scored.rank,
            total=total,
        )

    def _evidence(
        self, explained: Explained
    ) -> Iterator[tuple[Criterion, CriterionScore, CriterionEvidence]]:
        criteria = self.found.scores.programme.criteria
        return zip(criteria, explained.scored.criteria, explained.evidence, strict=True)

    def _criteria(self, explained: Explained) -> Iterator[str]:
        programme = self.found.scores.programme
        for criterion, scored, known in self._evidence(explained):
            verdict = verdict_cell(scored, UNICODE).text
            said = [f"**{escape(label_in(criterion.label))}: {escape(verdict)}.**"]
            if known.judgement is not None:
                # Who judged is for those who review.
                text = judgement_text(known.judgement, scored, known, UNICODE, with_names=False)
                said.append(escape(text))
            facts = [each for each in known.facts if each.holding == "holds"]
            if facts:
                said.append(f"{'; '.join(self._facts(facts[:_MOST_FACTS]))}.")
            if len(facts) > _MOST_FACTS:
                said.append(escape(_("And {n} more.", n=len(facts) - _MOST_FACTS)))
            if known.absent:
                names = listing([list_text(each, programme) for each in known.absent])
                said.append(escape(_("Looked for, and not found: {what}.", what=names)))
            yield f"- {' '.join(said)}"

    def _facts(self, facts: Sequence[Evidence]) -> Iterator[str]:
        """Yield facts in words; a source of several in a row is named once."""
        programme = self.found.scores.programme
        for source, group in groupby(facts, key=lambda each: each.source):
            told = [
                escape(", ".join(filter(None, (fact_text(each, programme), _years(each)))))
                for each in group
            ]
            yield "; ".join(told) + ("" if source is None else f" ({_cited(source)})")

    def _open(self, explained: Explained) -> Iterator[str]:
        programme = self.found.scores.programme
        gaps = [each for each in self._evidence(explained) if each[1].open]
        if not gaps:
            yield escape(_("Nothing is open: every criterion is answered as well as it can be."))
        for criterion, scored, known in gaps:
            missing = criterion.rule.missing_text(scored.possible, known, programme)
            question = label_in(criterion.question)
            text = _("{question} Missing: {what}.", question=question, what=missing)
            yield f"- **{escape(label_in(criterion.label))}**: {escape(text)}"

    def _markdown(self, _one: Explained, text: str) -> bytes:
        return text.encode()

    def _page(self, explained: Explained, text: str) -> bytes:
        style = files("kiamv_cli").joinpath("reports", "view", "letter.css").read_text("utf-8")
        body = el("body", el("main", nodes(text)))
        return whole_page(explained.scored.ecosystem.name, style, body).encode()

    def _paper(self, explained: Explained, text: str) -> bytes:
        scores = self.found.scores
        said = {
            "body": tree(el("body", nodes(text))),
            "language": current_language(),
            "title": explained.scored.ecosystem.name,
            "subject": scores.longlist.title,
            "foot": f"{scores.longlist.title}, {date_text(scores.as_of)}",
            "colours": LIGHT,
        }
        return on_paper("letter.typ", said, self.told)


def _years(evidence: Evidence) -> str:
    return years_text(evidence.fact, UNICODE.dash)


def _cited(source: Source) -> str:
    text, url = escape(source_text(source)), source.url or ""
    return f"[{text}](<{url}>)" if _WEB.match(url) else text


def nodes(text: str) -> Node:
    """Return Markdown as nodes of a page; HTML in it stays text, and only web pages are linked."""
    parsed = MarkdownIt("commonmark", {"html": False}).parse(text)
    return [_node(each) for each in SyntaxTreeNode(parsed).children]


def _node(each: SyntaxTreeNode) -> Node:
    inside = [_node(child) for child in each.children]
    kind = each.type
    if kind == "link":
        return link(str(each.attrs.get("href", "")), *inside)
    if kind in _BREAKS:
        return _BREAKS[kind]
    if kind in _CODE:
        return el(_CODE[kind], each.content)
    # Pictures, and HTML, which stays text.
    if not inside and each.content:
        return each.content
    return el(each.tag, *inside) if each.tag else inside
