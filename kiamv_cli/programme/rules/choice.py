"""The rule of kind ``choice``: the category of an attribute gives the score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic_core import core_schema

from kiamv_cli.base.language import _, label_in
from kiamv_cli.base.text import Text
from kiamv_cli.display.text import either
from kiamv_cli.formats.shapes import NAME, keyed, mapping_of, one_of, own_words
from kiamv_cli.programme.model.attributes import Attribute, AttributeValue, categories_held
from kiamv_cli.programme.model.facts import CLOSED, NONE, RuleOutcome
from kiamv_cli.programme.model.programme import exact_as_written
from kiamv_cli.programme.rules import (
    SCORE,
    AttributeRule,
    attribute_of,
    steps_text,
    with_known,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from pydantic_core.core_schema import CoreSchema

    from kiamv_cli.base.value import Written
    from kiamv_cli.programme.model.facts import CriterionEvidence, Subject
    from kiamv_cli.programme.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceRule(AttributeRule):
    """A score for each category of a choice or a yes-no, 0 where none is given.

    Of several categories the best counts.
    """

    kind: ClassVar[str] = "choice"
    scores: Mapping[str, Fraction]

    @classmethod
    def shape(cls, attributes: Mapping[str, Attribute]) -> CoreSchema:
        """See ``Rule``."""
        names = [each.id for each in attributes.values() if each.categories]
        required = {
            "kind": one_of((cls.kind,)),
            "attribute": attribute_of(names),
            "scores": mapping_of(NAME, SCORE),
        }

        def made(keys: dict[str, Any]) -> ChoiceRule:
            attribute = attributes[keys["attribute"]]
            known = [each.id for each in attribute.categories]
            for category in keys["scores"]:
                if category not in known:
                    raise own_words(
                        Text("K503.no-category-of", given=category, attribute=attribute.id),
                        Text("hints.choose-from", values=", ".join(known)),
                    )
            if not keys["scores"]:
                raise own_words(Text("K503.no-scores"), Text("K503.give-a-score"))
            return cls(attribute=attribute, scores=keys["scores"])

        return core_schema.no_info_after_validator_function(made, keyed(required))

    def as_written(self) -> dict[str, Written]:
        """See ``Rule``."""
        scores: dict[str, Written] = {n: exact_as_written(s) for n, s in self.scores.items()}
        return {"attribute": self.attribute.id, "scores": scores}

    def apply(self, subject: Subject, year: int) -> RuleOutcome:
        """See ``Rule``."""
        values = subject.attributes.get(self.attribute.id)
        if values == ():
            return CLOSED
        held = categories_held(values or (), year)
        proven = max((self._score(each) for each in held), default=NONE)
        # Of a single answer that is known nothing better can turn up.
        closed = held and self.attribute.answer == "single"
        return RuleOutcome(proven, proven if closed else self._best, known=bool(held))

    def _score(self, category: str) -> Fraction:
        return self.scores.get(category, NONE)

    @property
    def _best(self) -> Fraction:
        return max(self._score(each.id) for each in self.attribute.categories)

    def text(self) -> str:
        """See ``Rule``."""
        levels = sorted({*self.scores.values()} - {NONE}, reverse=True)
        scores = steps_text((level, self._named(level, at_least=False)) for level in levels)
        return _("{scores} ({what})", scores=scores, what=label_in(self.attribute.label))

    def _named(self, score: Fraction, *, at_least: bool) -> str:
        return either(
            [
                label_in(each.label)
                for each in self.attribute.categories
                if (self._score(each.id) >= score if at_least else self._score(each.id) == score)
            ]
        )

    def missing_text(
        self,
        possible: Fraction,
        known: CriterionEvidence,
        programme: Programme,  # noqa: ARG002 - the attribute has its own words
    ) -> str:
        """See ``Rule``."""
        what, needed = label_in(self.attribute.label), self._named(possible, at_least=True)
        labels = {each.id: label_in(each.label) for each in self.attribute.categories}
        held = [each.fact for each in known.facts if each.counts]
        there = [labels[each.category] for each in held if isinstance(each, AttributeValue)]
        return with_known(_("{what}: {needed}", what=what, needed=needed), "; ".join(there))
