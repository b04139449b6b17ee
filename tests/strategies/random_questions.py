"""Questions of a size at which shortlists cannot be tried one by one, from a seed."""

from fractions import Fraction
from random import Random

from kiamv_cli.selection.model.question import Candidate, Question

PROVINCES = tuple(f"p{number:02}" for number in range(12))
THEMES = ("energy", "food", "health", "security")
# How often each is listed: that some are scarce makes a balance hard to find.
_OFTEN = {PROVINCES: [9, 10, 8, 15, 8, 10, 11, 11, 13, 8, 13, 8], THEMES: [33, 29, 31, 11]}


def random_question(seed: int, number: int, size: int, parts: int = 24) -> Question:
    """Make a question like the real one: twelve provinces, four themes, scores in ``parts``."""
    random = Random(seed)
    candidates = tuple(
        Candidate(
            f"e{index}",
            Fraction(round(parts * random.betavariate(6, 2.5)), parts),
            {
                "provinces": _some(random, PROVINCES, [37, 14, 3, 1, 2, 0, 0, 0, 0, 0, 0, 3]),
                "themes": _some(random, THEMES, [29, 19, 11, 1]),
            },
        )
        for index in range(number)
    )
    vocabularies = {"provinces": PROVINCES, "themes": THEMES}
    return Question(
        candidates=candidates,
        size=size,
        targets={
            name: dict.fromkeys(categories, Fraction(size, len(categories)))
            for name, categories in vocabularies.items()
        },
        balance=("themes", "provinces"),
    )


def _some(random: Random, names: tuple[str, ...], lengths: list[int]) -> tuple[str, ...]:
    (length,) = random.choices(range(1, len(lengths) + 1), lengths)
    chosen: dict[str, None] = {}
    while len(chosen) < length:
        chosen.update(dict.fromkeys(random.choices(names, _OFTEN[names])))
    return tuple(chosen)
