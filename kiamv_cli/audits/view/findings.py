"""Findings of an audit in words: a sentence each, what it is called and why it matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiamv_cli.base.language import N_, _, ngettext
from kiamv_cli.display.text import count, either, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.audits.model.reported import AuditFinding, Evidence, Kind, Weight

WEIGHT_HEADINGS: Mapping[Weight, str] = {
    "contradiction": N_("Cannot both be right"),
    "untold": N_("Can be right only through something the report does not say"),
    "slip": N_("Reads like a slip"),
}
_MOST_SETS = 24
_MOST_BASES = 3
_BY = {"stated": N_("as stated"), "listed": N_("by the list of names"), "parts": N_("by its parts")}
_REASONS = {
    "exact": N_("the same"),
    "case": N_("capitals"),
    "blanks": N_("blanks or signs"),
    "word-order": N_("order of words"),
    "bracket": N_("what is in brackets"),
    "acronym": N_("an acronym"),
}


class KindText(NamedTuple):
    """What a kind of finding is called, why it matters, and its sentences on some evidence."""

    title: str
    why: str
    sentences: Callable[[Evidence], Iterable[str]]


def sentence(finding: AuditFinding) -> str:
    """Return a finding in words, with its numbers."""
    return " ".join(KINDS[finding.kind].sentences(finding.evidence))


def _against_base(evidence: Evidence) -> Iterator[str]:
    if evidence["count"] is None:
        figure = evidence["figure"]
        yield _("No number out of {base} is {figure}.", base=evidence["base"], figure=figure)
    else:
        yield _("{count} of {base} is not {figure}.", **evidence)


def _no_shared(evidence: Evidence) -> Iterator[str]:
    figures: Mapping[str, str] = evidence["figures"]
    yield _(
        "No base from {least} to {most} explains these figures together.",
        least=evidence["least"],
        most=evidence["most"],
    )
    if len(evidence["best"]) == 1:
        (best,) = evidence["best"]
        fails = listing(_printed(figures, best["fails"]))
        yield _("Base {base} explains all but {fails}.", base=best["base"], fails=fails)
    for name, bases in evidence["bases_of"].items():
        (figure,) = _printed(figures, [name])
        yield _("{figure} requires base {bases}.", figure=figure, bases=_either(bases))


def _hidden(evidence: Evidence) -> Iterator[str]:
    base = evidence["base"]
    counts = [
        _("{count} of {base}", count=_either(each), base=base)
        for each in evidence["counts"].values()
    ]
    yield _(
        "Of all bases from {least} to {most}, {figures} can be shares of {base} only: {counts}.",
        least=evidence["least"],
        most=evidence["most"],
        figures=listing([*evidence["figures"].values()]),
        base=base,
        counts=listing(counts),
    )
    if given := listing([str(each) for each in evidence["numbers"]]):
        group = evidence["respondents"]
        yield _("The report gives {given} for {respondents}.", given=given, respondents=group)


def _several(evidence: Evidence) -> Iterator[str]:
    sets: Sequence[Sequence[int]] = evidence["sets"]
    shown = "; ".join(" ".join(map(str, each)) for each in sets[:_MOST_SETS])
    rest = len(sets) - _MOST_SETS
    yield _("No single base explains all exact percentages.")
    yield _("It takes at least {n} different bases: {sets}", n=evidence["how_many"], sets=shown) + (
        ngettext(", or {n} other set.", ", or {n} other sets.", rest) if rest > 0 else "."
    )


def _stated(evidence: Evidence) -> Iterator[str]:
    yield ngettext(
        "{n} of {exact} can be a share of {base}, the number of {respondents} {by}.",
        "{n} of {exact} can be shares of {base}, the number of {respondents} {by}.",
        evidence["possible"],
        exact=count(evidence["of"], "exact percentage", "exact percentages"),
        base=evidence["base"],
        respondents=evidence["respondents"],
        by=_by(evidence["by"]),
    )


def _bare(evidence: Evidence) -> Iterator[str]:
    yield ngettext(
        "{n} of {percentages} is printed without the number of respondents.",
        "{n} of {percentages} are printed without the number of respondents.",
        evidence["without"],
        percentages=count(evidence["of"], "percentage", "percentages"),
    )


def _sum(evidence: Evidence) -> Iterator[str]:
    parts = " + ".join(evidence["figures"].values())
    yield _("Of single answers, {parts} make {sum}.", parts=parts, sum=evidence["sum"])
    for at in evidence["at"] if len(evidence["at"]) <= _MOST_BASES else ():
        totals = _either(at["counts_add_up_to"])
        yield _("With base {base}, that is {n} of {base}.", base=at["base"], n=totals)
    if evidence["over"]:
        yield _("That is more than all.")
    else:
        yield _("Some are not accounted for, or an answer is left out.")


def _value_twice(evidence: Evidence) -> Iterator[str]:
    one, other = evidence["options"]
    yield _(
        '{figure} is given for "{one}" and, in another place, for "{other}".',
        figure=evidence["figure"],
        one=one,
        other=other,
    )


def _decimals(evidence: Evidence) -> Iterator[str]:
    usual = ngettext("{n} decimal", "{n} decimals", evidence["usual"])
    yield ngettext(
        "{n} percentage is printed with {usual}; otherwise {others}.",
        "{n} percentages are printed with {usual}; otherwise {others}.",
        evidence["with_usual"],
        usual=usual,
        others=listing(_printed(evidence["others"], evidence["others"])),
    )


def _units(evidence: Evidence) -> Iterator[str]:
    units = [f"{unit} ({len(names)})" for unit, names in evidence["units"].items()]
    yield _("They are called {units}.", units=listing(units))


def _numbers(evidence: Evidence) -> Iterator[str]:
    numbers = [f"{each['number']} {_by(each['by'])}" for each in evidence["numbers"]]
    yield f"{'; '.join(numbers)}."
    if parts := evidence["parts"]:
        yield _("The parts are {parts} = {n}.", parts=" + ".join(map(str, parts)), n=sum(parts))
    for each in evidence["same_as"]:
        yield _same_as(each["number"], each["is"])


def _same_as(number: int, what: Evidence) -> str:
    groups = listing(what["respondents"])
    match what["what"]:
        case "distinct":
            return _(
                "{n} is how many there are on the lists of {groups} together.",
                n=number,
                groups=groups,
            )
        case "part":
            return _(
                '{n} is also "{words}" of {groups}.', n=number, words=what["words"], groups=groups
            )
        case _:
            return ngettext(
                "{n} name is listed for {groups}.",
                "{n} names are listed for {groups}.",
                number,
                groups=groups,
            )


def _not_closed(evidence: Evidence) -> Iterator[str]:
    yield _(
        "{own} + {supplied} = {n}; listed: {listed}, of whom on both lists: {both}.",
        n=evidence["own"] + evidence["supplied"],
        **evidence,
    )


def _spelled(evidence: Evidence) -> Iterator[str]:
    pairs = [
        f"{each['one']} / {each['other']} ({_(_REASONS[each['reason']])})"
        for each in evidence["pairs"]
    ]
    names = count(len(pairs), "name", "names")
    yield f"{names}: {'; '.join(pairs)}."


def _alike(evidence: Evidence) -> Iterator[str]:
    pairs = [f"{each['one']} / {each['other']}" for each in evidence["pairs"]]
    yield _("The same in brackets: {pairs}.", pairs="; ".join(pairs))


def _count_bases(evidence: Evidence) -> Iterator[str]:
    bases = [
        _("{base} ({counts})", base=each["base"], counts=", ".join(each["counts"]))
        for each in evidence["bases"]
    ]
    yield _("Counts are printed with these bases: {bases}.", bases=listing(bases))
    if given := listing([str(each) for each in evidence["numbers"]]):
        yield _("The report gives {given}.", given=given)


def _claim(evidence: Evidence) -> Mapping[str, object]:
    claimed = evidence["claimed"]
    others = [f'"{each["what"]}" ({each["count"]})' for each in evidence["others"]]
    return {"what": claimed["what"], "n": claimed["count"], "others": listing(others)}


def _by(sources: Sequence[str]) -> str:
    return listing([_(_BY[each]) for each in sources])


def _either(numbers: Iterable[int]) -> str:
    return either([str(each) for each in numbers])


def _printed(figures: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return [f"{figures[name]} ({name})" for name in names]


KINDS: Mapping[Kind, KindText] = {
    "impossible-figure": KindText(
        N_("A share of nothing"),
        N_("A share of n respondents can have n + 1 values only; this is none of them."),
        lambda evidence: [_("{figure} is a share of no base from {least} to {most}.", **evidence)],
    ),
    "figure-against-base": KindText(
        N_("Not a share of the number beside it"),
        N_("Either the percentage or the number that is printed with it is wrong."),
        _against_base,
    ),
    "no-shared-base": KindText(
        N_("One question, no common base"),
        N_(
            "Answers to one question are shares of all who were asked it, unless each was asked by "
            "itself and fewer answered some of them."
        ),
        _no_shared,
    ),
    "hidden-base": KindText(
        N_("Gives away its base"),
        N_(
            "Not all of the respondents answered this question, and the report does not say so: "
            "readers take the percentages for shares of all."
        ),
        _hidden,
    ),
    "several-bases": KindText(
        N_("No single base"),
        N_(
            "The percentages are shares of different numbers of respondents. Without those numbers "
            "they cannot be compared, added or checked."
        ),
        _several,
    ),
    "base-against-figures": KindText(
        N_("Not shares of all respondents"),
        N_("What is not a share of the stated number is one of some other, unstated number."),
        _stated,
    ),
    "base-not-printed": KindText(
        N_("Percentages without a base"),
        N_("Of twenty respondents, one is five points; readers need the number to weigh a share."),
        _bare,
    ),
    "sum-off": KindText(
        N_("Does not add up"),
        N_("Where one answer can be given, all answers together are all respondents."),
        _sum,
    ),
    "value-twice": KindText(
        N_("The same value for two things"),
        N_("Two answers to one question may agree by chance, but more often one was mistaken."),
        _value_twice,
    ),
    "decimals-differ": KindText(
        N_("Rounded in different ways"),
        N_("Figures that were worked out apart are more often shares of different numbers."),
        _decimals,
    ),
    "units-differ": KindText(
        N_("What is counted changes"),
        N_("Several persons can speak for one ecosystem, so a count of one is none of the other."),
        _units,
    ),
    "numbers-differ": KindText(
        N_("How many respondents?"), N_("Every share rests on this number."), _numbers
    ),
    "list-not-closed": KindText(
        N_("Lists and numbers do not close"),
        N_("Who answered, who was added and who is listed must be the same."),
        _not_closed,
    ),
    "name-twice": KindText(
        N_("Listed twice"), N_("A respondent that counts twice has two votes."), _spelled
    ),
    "names-spelled-differently": KindText(
        N_("One name, two spellings"),
        N_("Whoever compares the lists by hand, or by machine, may count one for two."),
        _spelled,
    ),
    "names-alike": KindText(
        N_("Perhaps related"),
        N_("A part and its whole both answered, or one is listed under two names."),
        _alike,
    ),
    "count-over-base": KindText(
        N_("More than all"),
        N_("A part cannot be larger than the whole."),
        lambda evidence: [_("{count} of {base}.", count=evidence["count"], base=evidence["base"])],
    ),
    "count-bases-differ": KindText(
        N_("Counts of different numbers"),
        N_(
            "Counts of different numbers cannot be compared, and the report does not say who "
            "is left out."
        ),
        _count_bases,
    ),
    "most-named-tied": KindText(
        N_("Most named, with others"),
        N_("What is named as often deserves the same attention."),
        lambda evidence: [
            _(
                '"{what}" is called the most named, with {n}. So is, by the count, {others}.',
                **_claim(evidence),
            )
        ],
    ),
    "not-most-named": KindText(
        N_("Not the most named"),
        N_("The report's own counts say otherwise."),
        lambda evidence: [
            _(
                '"{what}" is called the most named, with {n}. Named more often: {others}.',
                **_claim(evidence),
            )
        ],
    ),
}
