"""Questions in which the lottery, or what may be given up, often decides.

They are evenly spread, where Hypothesis would draw mostly small ones; it draws the seeds.
"""

from fractions import Fraction as F
from random import Random

from hypothesis import strategies as st
from strategies.selection import CATEGORIES

from kiamv_cli.selection.model.question import Candidate, Question, Quota

seeds = st.integers(0, 10**9).map(Random)


def tense(dice: Random) -> Question:
    """Make a question in which what may be given up limits the balance."""
    size = dice.randint(1, 3)
    themes = CATEGORIES["themes"]
    shares = dice.choice([[F(size), F(0), F(0)], [F(size, 3)] * 3])
    quota = Quota("themes", dice.choice(themes), at_least=dice.randint(1, size))
    return Question(
        candidates=tuple(
            Candidate(
                f"e{number}",
                F(dice.randint(0, 20), 20),
                {"themes": tuple(dice.sample(themes, dice.choice([1, 1, 2])))},
            )
            for number in range(dice.randint(size + 2, 7))
        ),
        size=size,
        targets={"themes": dict(zip(themes, shares, strict=True))},
        balance=("themes",),
        quotas=(quota,) if dice.random() < 1 / 4 else (),
        give_up=F(dice.choice([0, 100, dice.randint(1, 50), dice.randint(1, 50)]), 100),
    )


def tied(dice: Random) -> Question:
    """Make a question with many equally good shortlists."""
    themes = CATEGORIES["themes"]
    size = dice.randint(1, 3)
    return Question(
        candidates=tuple(
            Candidate(f"e{number}", F(dice.randint(3, 4), 4), {"themes": (dice.choice(themes),)})
            for number in range(dice.randint(size + 2, 7))
        ),
        size=size,
        targets={"themes": dict.fromkeys(themes, F(size, 3))},
        balance=dice.choice([(), ("themes",), ("themes",)]),
        give_up=dice.choice([None, F(0), F(1, 12)]),
    )
