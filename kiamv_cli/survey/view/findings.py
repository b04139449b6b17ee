"""Findings of an audit in words: a sentence each, what it is called and why it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.display.text import count, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kiamv_cli.survey.model.reported import Evidence, Finding, Kind, Weight

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


_MOST_SETS = 24
_MOST_BASES = 3
_BY = {
    "stated": N_("as stated"),
    "listed": N_("by the list of names"),
    "parts": N_("by its parts"),
}
_REASONS = {
    "exact": N_("the same"),
    "case": N_("capitals"),
    "blanks": N_("blanks or signs"),
    "word-order": N_("order of words"),
    "bracket": N_("what stands in brackets"),
    "acronym": N_("an acronym"),
}


def sentence(finding: Finding) -> str:
    """Say what was found, with its numbers."""
    return " ".join(filter(None, _SENTENCES[finding.kind](finding.evidence)))


def either(items: Iterable[object]) -> str:
    """Join what is a choice: ``a``, ``a or b``, ``a, b or c``."""
    words = [str(each) for each in items]
    if len(words) < 2:  # noqa: PLR2004 - there is no last one to set apart
        return "".join(words)
    return _("{others} or {last}", others=", ".join(words[:-1]), last=words[-1])


def _impossible(told: Evidence) -> list[str]:
    return [_("{figure} is a share of no base from {least} to {most}.", **told)]


def _against_base(told: Evidence) -> list[str]:
    if told["count"] is None:
        return [_("No number out of {base} is {figure}.", base=told["base"], figure=told["figure"])]
    return [_("{count} of {base} is not {figure}.", **told)]


def _no_shared(told: Evidence) -> list[str]:
    figures: Mapping[str, str] = told["figures"]
    said = [
        _(
            "No base from {least} to {most} explains these figures together.",
            least=told["least"],
            most=told["most"],
        )
    ]
    if len(told["best"]) == 1:
        (best,) = told["best"]
        fails = listing(_printed(figures, best["fails"]))
        said.append(_("Base {base} explains all but {fails}.", base=best["base"], fails=fails))
    for name, bases in told["bases_of"].items():
        (figure,) = _printed(figures, [name])
        said.append(_("{figure} takes base {bases}.", figure=figure, bases=either(bases)))
    return said


def _hidden(told: Evidence) -> list[str]:
    figures, base = told["figures"], told["base"]
    counts = [_("{count} of {base}", count=either(ks), base=base) for ks in told["counts"].values()]
    said = _(
        "Of all bases from {least} to {most}, {figures} can be shares of {base} only: {counts}.",
        least=told["least"],
        most=told["most"],
        figures=listing(list(figures.values())),
        base=base,
        counts=listing(counts),
    )
    given = listing([str(each) for each in told["numbers"]])
    where = {"given": given, "respondents": told["respondents"]}
    return [said, _("The report gives {given} for {respondents}.", **where) if given else ""]


def _several(told: Evidence) -> list[str]:
    sets: Sequence[Sequence[int]] = told["sets"]
    shown = "; ".join(" ".join(map(str, each)) for each in sets[:_MOST_SETS])
    rest = len(sets) - _MOST_SETS
    return [
        _("No single base explains all exact percentages."),
        _("It takes at least {n} different bases: {sets}", n=told["how_many"], sets=shown)
        + (ngettext(", or {n} other set.", ", or {n} other sets.", rest) if rest > 0 else "."),
    ]


def _stated(told: Evidence) -> list[str]:
    return [
        ngettext(
            "{n} of {exact} can be a share of {base}, the number of {respondents} {by}.",
            "{n} of {exact} can be shares of {base}, the number of {respondents} {by}.",
            told["possible"],
            exact=count(told["of"], "exact percentage", "exact percentages"),
            base=told["base"],
            respondents=told["respondents"],
            by=_by(told["by"]),
        )
    ]


def _bare(told: Evidence) -> list[str]:
    return [
        ngettext(
            "{n} of {percentages} is printed without the number of respondents.",
            "{n} of {percentages} are printed without the number of respondents.",
            told["without"],
            percentages=count(told["of"], "percentage", "percentages"),
        )
    ]


def _sum(told: Evidence) -> list[str]:
    parts = " + ".join(told["figures"].values())
    said = [_("Of single answers, {parts} make {sum}.", parts=parts, sum=told["sum"])]
    for at in told["at"] if len(told["at"]) <= _MOST_BASES else ():
        totals = either(at["counts_add_up_to"])
        said.append(_("With base {base}, that is {n} of {base}.", base=at["base"], n=totals))
    over = _("That is more than all.")
    return [
        *said,
        over if told["over"] else _("Some are not accounted for, or an answer is left out."),
    ]


def _twice_value(told: Evidence) -> list[str]:
    one, other = told["options"]
    return [
        _(
            '{figure} is given for "{one}" and, in another place, for "{other}".',
            figure=told["figure"],
            one=one,
            other=other,
        )
    ]


def _decimals(told: Evidence) -> list[str]:
    usual = ngettext("{n} decimal", "{n} decimals", told["usual"])
    others = listing(_printed(told["others"], told["others"]))
    return [
        ngettext(
            "{n} percentage is printed with {usual}; otherwise {others}.",
            "{n} percentages are printed with {usual}; otherwise {others}.",
            told["with_usual"],
            usual=usual,
            others=others,
        )
    ]


def _units(told: Evidence) -> list[str]:
    units = [f"{unit} ({len(names)})" for unit, names in told["units"].items()]
    return [_("They are called {units}.", units=listing(units))]


def _numbers(told: Evidence) -> list[str]:
    numbers = [f"{each['number']} {_by(each['by'])}" for each in told["numbers"]]
    said = [f"{'; '.join(numbers)}."]
    if told["parts"]:
        parts = " + ".join(map(str, told["parts"]))
        said.append(_("The parts are {parts} = {n}.", parts=parts, n=sum(told["parts"])))
    return [*said, *(_same_as(each["number"], each["is"]) for each in told["same_as"])]


def _same_as(number: int, what: Mapping[str, object]) -> str:
    groups = what["respondents"]
    assert isinstance(groups, list)
    values = {"n": number, "groups": listing(groups), "words": what["words"]}
    match what["what"]:
        case "distinct":
            return _("{n} is how many there are on the lists of {groups} together.", **values)
        case "part":
            return _('{n} is also "{words}" of {groups}.', **values)
        case _:
            return ngettext(
                "{n} name is listed for {groups}.",
                "{n} names are listed for {groups}.",
                number,
                groups=values["groups"],
            )


def _not_closed(told: Evidence) -> list[str]:
    return [
        _(
            "{own} + {supplied} = {n}; listed: {listed}, of whom on both lists: {both}.",
            n=told["own"] + told["supplied"],
            **told,
        )
    ]


def _spelled(told: Evidence) -> list[str]:
    pairs = [
        f"{each['one']} / {each['other']} ({_(_REASONS[each['reason']])})" for each in told["pairs"]
    ]
    names = count(len(pairs), "name", "names")
    return [f"{names}: {'; '.join(pairs)}."]


def _alike(told: Evidence) -> list[str]:
    pairs = [f"{each['one']} / {each['other']}" for each in told["pairs"]]
    return [_("The same in brackets: {pairs}.", pairs="; ".join(pairs))]


def _over(told: Evidence) -> list[str]:
    return [_("{count} of {base}.", count=told["count"], base=told["base"])]


def _bases(told: Evidence) -> list[str]:
    bases = [
        _("{base} ({counts})", base=each["base"], counts=", ".join(each["counts"]))
        for each in told["bases"]
    ]
    given = listing([str(each) for each in told["numbers"]])
    said = _("Counts are printed as of {bases}.", bases=listing(bases))
    return [said, _("The report gives {given}.", given=given) if given else ""]


def _most(told: Evidence) -> list[str]:
    claimed = told["claimed"]
    others = listing([f'"{each["what"]}" ({each["count"]})' for each in told["others"]])
    return [
        _(
            '"{what}" is called the most named, with {n}. So is, by the count, {others}.',
            what=claimed["what"],
            n=claimed["count"],
            others=others,
        )
    ]


def _not_most(told: Evidence) -> list[str]:
    claimed = told["claimed"]
    others = listing([f'"{each["what"]}" ({each["count"]})' for each in told["others"]])
    return [
        _(
            '"{what}" is called the most named, with {n}. Named more often: {others}.',
            what=claimed["what"],
            n=claimed["count"],
            others=others,
        )
    ]


def _by(sources: Sequence[str]) -> str:
    return listing([_(_BY[each]) for each in sources])


def _printed(figures: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return [f"{figures[name]} ({name})" for name in names]


_SENTENCES: Mapping[Kind, Callable[[Evidence], list[str]]] = {
    "impossible-figure": _impossible,
    "figure-against-base": _against_base,
    "no-shared-base": _no_shared,
    "hidden-base": _hidden,
    "several-bases": _several,
    "base-against-figures": _stated,
    "base-not-printed": _bare,
    "sum-off": _sum,
    "value-twice": _twice_value,
    "decimals-differ": _decimals,
    "units-differ": _units,
    "numbers-differ": _numbers,
    "list-not-closed": _not_closed,
    "name-twice": _spelled,
    "names-spelled-differently": _spelled,
    "names-alike": _alike,
    "count-over-base": _over,
    "count-bases-differ": _bases,
    "most-named-tied": _most,
    "not-most-named": _not_most,
}
