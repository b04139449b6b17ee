"""What each kind of finding of an audit is called, and why it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.language import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiamv_cli.core.survey.audit.finding import Kind, Weight

WEIGHT_HEADINGS: Mapping[Weight, str] = {
    "contradiction": N_("Cannot both be right"),
    "untold": N_("Can be right only by what the report does not tell"),
    "slip": N_("Reads like a slip"),
}
# What a kind of finding is called, and why it matters.
KINDS: Mapping[Kind, tuple[str, str]] = {
    "impossible-figure": (
        N_("A share of nothing"),
        N_("A share of n respondents can have n + 1 values only; this is none of them."),
    ),
    "figure-against-base": (
        N_("Not a share of the number beside it"),
        N_("Either the percentage or the number that is printed with it is wrong."),
    ),
    "no-shared-base": (
        N_("One question, no common base"),
        N_(
            "Answers to one question are shares of all who were asked it, unless each was asked by "
            "itself and fewer answered some of them."
        ),
    ),
    "hidden-base": (
        N_("Betrays its base"),
        N_(
            "Not all of the respondents answered this question, and the report does not say so: "
            "readers take the percentages for shares of all."
        ),
    ),
    "several-bases": (
        N_("No single base"),
        N_(
            "The percentages are shares of different numbers of respondents. Without those numbers "
            "they cannot be compared, added or checked."
        ),
    ),
    "base-against-figures": (
        N_("Not shares of all respondents"),
        N_("What is not a share of the stated number is one of some other, unstated number."),
    ),
    "base-not-printed": (
        N_("Percentages without a base"),
        N_("Of twenty respondents, one is five points; readers need the number to weigh a share."),
    ),
    "sum-off": (
        N_("Does not add up"),
        N_("Where one answer can be given, all answers together are all respondents."),
    ),
    "value-twice": (
        N_("The same value for two things"),
        N_("Two answers to one question may agree by chance, but more often one was mistaken."),
    ),
    "decimals-differ": (
        N_("Rounded in different ways"),
        N_("Figures that were worked out apart are more often shares of different numbers."),
    ),
    "units-differ": (
        N_("What is counted changes"),
        N_("Several persons can speak for one ecosystem, so a count of one is none of the other."),
    ),
    "numbers-differ": (
        N_("How many respondents?"),
        N_("Every share rests on this number."),
    ),
    "list-not-closed": (
        N_("Lists and numbers do not close"),
        N_("Who answered, who was added and who is listed must be the same."),
    ),
    "name-twice": (
        N_("Listed twice"),
        N_("A respondent that counts twice has two votes."),
    ),
    "names-spelled-differently": (
        N_("One name, two spellings"),
        N_("Whoever compares the lists by hand, or by machine, may count one for two."),
    ),
    "names-alike": (
        N_("Perhaps related"),
        N_("A part and its whole both answered, or one is listed under two names."),
    ),
    "count-over-base": (
        N_("More than all"),
        N_("A part cannot be larger than the whole."),
    ),
    "count-bases-differ": (
        N_("Counts of different numbers"),
        N_("Counts of different numbers cannot be compared, and who is left out is not told."),
    ),
    "most-named-tied": (
        N_("Most named, with others"),
        N_("What is named as often deserves the same attention."),
    ),
    "not-most-named": (
        N_("Not the most named"),
        N_("The report's own counts say otherwise."),
    ),
}
