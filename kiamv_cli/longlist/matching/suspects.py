"""Who among many may be the same: the rules of docs/convention.md, N2 to N7.

Each rule sorts names by a key and meets those of equal keys; none compares each with each. A key
that many have tells little, so such are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from kiamv_cli.base.labels import folded
from kiamv_cli.longlist.matching.names import Hit, Names, by_key, spelled_alike
from kiamv_cli.longlist.matching.places import without_place
from kiamv_cli.longlist.model.duplicates import Reason, Suspicion

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from kiamv_cli.formats.vocabulary import Vocabulary
    from kiamv_cli.longlist.matching.phrase import Phrase
    from kiamv_cli.longlist.model.duplicates import Kind, Named

# So many entries may share a word, a page or initials until it no longer tells.
_FEW = 3
# How strongly the same words make suspect that may be said of two.
_DOUBTED = 75
# So many may share all words of a shorter name.
_SOME = 10
_RAREST = 200


def hits(names: Names, least: int = 0) -> Iterator[Hit]:
    """Find all pairs of names that any rule suspects; two entries may have several.

    Rules of which no hit is as strong as ``least``, in per cent, are passed over.
    """
    for rule, strongest in _RULES.items():
        if strongest >= least:
            yield from rule(names)


def _equal(names: Names) -> Iterator[Hit]:
    """Rule N2: the same but for what does not matter."""
    wordings = names.wordings
    for one, other in names.meet((each.in_order, at) for at, each in enumerate(wordings)):
        first, second = wordings[one], wordings[other]
        if folded(first.text) == folded(second.text):
            yield Hit(one, other, "same-name", 100)
        elif first.letters != second.letters:
            yield Hit(one, other, "same-words", _of_words(first, second))
    for one, other in names.meet((each.big_letters, at) for at, each in enumerate(wordings)):
        first, second = wordings[one], wordings[other]
        if first.in_order != second.in_order:
            yield Hit(one, other, "same-words", _of_words(first, second))
    for one, other in names.meet((each.letters, at) for at, each in enumerate(wordings)):
        if wordings[one].words and folded(wordings[one].text) != folded(wordings[other].text):
            yield Hit(one, other, "same-letters", 98)


def _of_words(first: Phrase, other: Phrase) -> int:
    """How strongly the same words make suspect, in per cent.

    Not strongly where both state another legal form; nor where two words are turned round by a
    small one, as a University of Lincoln is not the Lincoln University.
    """
    return _DOUBTED if first.is_turned(other) or not first.agrees(other) else 95


def _translated(names: Names) -> Iterator[Hit]:
    """Rule N2: the same words in another language."""
    wordings = names.wordings
    known = names.known.translations.keys()
    foreign = {each.translated for each in wordings if not known.isdisjoint(each.telling)}
    keyed = ((each.translated, at) for at, each in enumerate(wordings))
    for one, other in names.meet((key, at) for key, at in keyed if key in foreign):
        if wordings[one].in_order != wordings[other].in_order:
            yield Hit(one, other, "translated", _DOUBTED)


def _brackets(names: Names) -> Iterator[Hit]:
    """Rule N5: a name in the brackets of another, and the same but for brackets."""
    by_letters = by_key((each.letters, at) for at, each in enumerate(names.wordings))
    inside: list[tuple[str, int]] = []
    for at, each in enumerate(names.wordings):
        if each.brackets:
            for found in by_letters.get("".join(each.outside), ()):
                yield Hit(at, found, "without-brackets", 92)
        for content in each.brackets:
            within = each.of(content)
            if not within.letters:
                continue
            inside.append((within.letters, at))
            kind: Kind = "acronym-in-brackets" if _stands_for(within, each) else "in-brackets"
            for found in by_letters.get(within.letters, ()):
                yield Hit(at, found, kind, 95 if kind == "acronym-in-brackets" else 70, content)
    for one, other in names.meet(inside):
        shared = next(iter(names.wordings[one].brackets), "")
        yield Hit(one, other, "same-brackets", 40, shared)


def _stands_for(acronym: Phrase, name: Phrase) -> bool:
    return acronym.is_one_word and acronym.letters in name.initials


def _initials(names: Names) -> Iterator[Hit]:
    """Rule N6: a name, or a word before or in brackets, made of the initials of another name."""
    acronyms = by_key(
        (acronym.letters, (at, acronym.text))
        for at, each in enumerate(names.wordings)
        for acronym in _acronyms(each)
    )
    spelled = by_key(
        (initials, at)
        for at, each in enumerate(names.wordings)
        for initials in each.initials
        if initials in acronyms
    )
    for initials, places in spelled.items():
        short = acronyms[initials]
        if max(map(len, map(names.owners_of, (places, [at for at, _ in short])))) <= _FEW:
            for one, (other, acronym) in product(places, short):
                strength = _of_initials(initials, names.wordings[other])
                yield Hit(one, other, "initials", strength, acronym)


def _of_initials(initials: str, acronym: Phrase) -> int:
    """How strongly initials make suspect: less in the brackets of a name that says more."""
    says_more = len(acronym.of(acronym.without_brackets).big_words) > 1
    return 65 if says_more else 85 if len(initials) > _FEW else 70


def _acronyms(name: Phrase) -> Iterator[Phrase]:
    """Yield the words that a name is or has before or in brackets, but not what it is short for."""
    if not name.brackets:
        yield from (name,) if name.is_one_word else ()
        return
    within = [name.of(each) for each in name.brackets]
    parts = [name.of(name.without_brackets), *within]
    explained = frozenset[str]().union(*(each.initials for each in (*parts, *within)))
    yield from (each for each in parts if each.is_one_word and each.letters not in explained)


def _within(names: Names) -> Iterator[Hit]:
    """Rule N7: all words of a name, or of what stands around its brackets, are in a longer one."""
    for at, each in enumerate(names.wordings):
        yield from _longer(names, at, each)
        if each.brackets:
            yield from _longer(names, at, each.of(each.without_brackets))


def _longer(names: Names, at: int, each: Phrase) -> Iterator[Hit]:
    words = sorted(each.telling, key=lambda word: (len(names.by_word.get(word, ())), word))
    telling = sum(map(names.known.is_distinctive, words))
    if not words or (len(words) == 1 and not telling):
        return
    places = [names.by_word.get(word, set()) for word in words]
    if len(places[0]) > _RAREST:
        return
    longer = {one for one in places[0].intersection(*places[1:]) if one != at}
    longer = {one for one in longer if names.wordings[one].telling > each.telling}
    if 0 < len(names.owners_of(longer)) <= _SOME:
        strength = 45 if not telling else 70 if len(words) > 1 else 60
        for found in sorted(longer):
            yield Hit(at, found, "words-within", strength, each.text)


def _shared_word(names: Names) -> Iterator[Hit]:
    """Rule N7: a word that few have."""
    for word, places in names.by_word.items():
        if (
            len(places) > 1
            and names.known.is_distinctive(word)
            and len(names.owners_of(places)) <= _FEW
        ):
            for one, other in combinations(sorted(places), 2):
                yield Hit(one, other, "shared-word", 40, word)


# Each with the strength of its strongest hit.
_RULES: Mapping[Callable[[Names], Iterator[Hit]], int] = {
    _equal: 100,
    _translated: _DOUBTED,
    without_place: 85,
    _brackets: 95,
    _initials: 85,
    spelled_alike: 99,
    _within: 70,
    _shared_word: 40,
}


_FEW_NAMES = 3


def websites(entries: Sequence[Named]) -> Iterator[tuple[tuple[int, int], Kind, int, str]]:
    """Find pairs with the same page, or pages on one site, that few others have (rule N8).

    Returns:
        Of each pair the places of both, the kind and strength of the reason, and page or site.
    """
    pages: defaultdict[str, list[int]] = defaultdict(list)
    sites: defaultdict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(entries):
        page = _page(each.website)
        if page:
            pages[page].append(at)
            sites[page.partition("/")[0]].append(at)
    same = {pair: page for page, places in pages.items() for pair in _pairs(places)}
    yield from ((pair, "same-page", 75, page) for pair, page in same.items())
    for site, places in sites.items():
        yield from ((pair, "same-site", 45, site) for pair in _pairs(places) if pair not in same)


def _pairs(places: list[int]) -> Iterator[tuple[int, int]]:
    yield from combinations(places, 2) if len(places) <= _FEW_NAMES else ()


def _page(website: str | None) -> str:
    """The address without what may differ for one page: scheme, www, query, place in the page."""
    bare = (website or "").partition("#")[0].partition("?")[0].partition("//")[2]
    site, _, path = bare.partition("/")
    host = site.casefold().removeprefix("www.")
    return f"{host}/{path}".rstrip("/")


# Of the reasons in a group only the strongest is told: it says what the others would.
_GROUPS: tuple[Collection[Kind], ...] = (
    {
        "same-name",
        "same-letters",
        "same-words",
        "without-brackets",
        "without-place",
        "close-spelling",
        "translated",
    },
    {"acronym-in-brackets", "in-brackets", "initials", "same-brackets"},
    {"same-page", "same-site"},
    {"words-within", "shared-word"},
)
_WORDS, _SAID_BETTER = 3, {0, 1}


def suspected(entries: Iterable[Named], known: Vocabulary, least: int = 0) -> tuple[Suspicion, ...]:
    """Find entries that may be the same; see docs/convention.md, rules N1 to N8.

    Args:
        entries: Each once; see ``gathered``.
        known: What the words of names mean.
        least: Leave out what is less strong, in per cent.

    Returns:
        Each pair at most once, the one whose name comes first as ``one``. Strongest first; of
        equally strong ones those with more reasons, then by name. The order of ``entries`` does
        not matter.
    """
    ordered = sorted(entries, key=lambda each: each.order)
    found = (
        Suspicion(one=ordered[one], other=ordered[other], reasons=tuple(_told(reasons)))
        for (one, other), reasons in _reasons(Names(ordered, known), least).items()
        if max(each.strength for each in reasons) >= least
    )
    return tuple(sorted(found, key=_rank))


def _rank(each: Suspicion) -> tuple[object, ...]:
    return -each.strength, -len(each.reasons), each.one.order, each.other.order


def _reasons(names: Names, least: int) -> Mapping[tuple[int, int], list[Reason]]:
    """The reasons by pairs of entries, the first one first; without rules that are too weak."""
    found: defaultdict[tuple[int, int], list[Reason]] = defaultdict(list)
    for hit in hits(names, least):
        one, other = sorted((hit.one, hit.other))
        pair = names.owners[one], names.owners[other]
        if pair[0] != pair[1]:
            texts = names.wordings[one].text, names.wordings[other].text
            found[pair].append(_reason(hit.kind, hit.strength, *texts, hit.shared))
    for pair, kind, strength, host in websites(names.entries):
        texts = names.entries[pair[0]].website or "", names.entries[pair[1]].website or ""
        found[pair].append(_reason(kind, strength, *texts, host))
    return found


def _reason(kind: Kind, strength: int, first: str, other: str, shared: str) -> Reason:
    return Reason(kind=kind, strength=strength, one=first, other=other, shared=shared)


def _told(reasons: Iterable[Reason]) -> Iterator[Reason]:
    ordered = sorted(reasons, key=lambda each: (-each.strength, each.kind, each.one, each.other))
    told = set[int]()
    for each in ordered:
        group = next(at for at, kinds in enumerate(_GROUPS) if each.kind in kinds)
        if group not in told and not (group == _WORDS and told & _SAID_BETTER):
            told.add(group)
            yield each
