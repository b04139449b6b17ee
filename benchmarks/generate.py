"""Make long lists of any size: ``python benchmarks/generate.py NUMBER [SEED] > list.jsonl``.

JSON Lines in the format of the long list, the same for the same number and seed. How many
provinces and themes an ecosystem lists, and how much is known of it, is as in the bundled list:
three in five are in one province, a few in all twelve.
"""

from __future__ import annotations

import json
import sys
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CODES = ("GR", "FR", "DR", "OV", "FL", "GE", "UT", "NH", "ZH", "ZE", "NB", "LI")
PROVINCES = [f"NL-{code}" for code in CODES]
THEMES = ["energy", "agrifood", "health", "security"]
SIDES = ["industry", "government", "research", "citizens"]
DOMAINS = ["living", "working", "housing"]
Json = dict[str, object]


def ecosystems(number: int, seed: int = 2020) -> Iterator[Json]:
    """Make so many ecosystems, one by one."""
    random = Random(seed)
    for index in range(number):
        yield _ecosystem(random, f"eco-{index:07}")


def _ecosystem(random: Random, name: str) -> Json:
    home = random.randrange(12)
    reach = random.choices([1, 2, 3, 4, 5, 12], [37, 14, 3, 1, 2, 3])[0]
    themes = random.sample(THEMES, random.choices([1, 2, 3, 4], [29, 19, 11, 1])[0])
    sources = {f"s{n}": _source(random, name) for n in range(1, random.randint(5, 12))}
    made: Json = {
        "id": name,
        "name": f"Ecosystem {name}",
        "provinces": [PROVINCES[(home + step) % 12] for step in range(reach)],
        "themes": themes,
        "scope": "national" if reach == 12 else "provincial",
        "website": f"https://{name}.example",
        "sources": sources,
    }
    fact = _Facts(random, list(sources))
    made["challenges"] = [
        {"what": fact.words(), "theme": random.choice([*themes, None]), **fact.rest()}
        for _ in range(random.randint(1, 5))
    ]
    made["life_domains"] = [
        {"domain": domain, **fact.rest()} for domain in random.sample(DOMAINS, random.randint(1, 3))
    ]
    for key, most in (("comparable_elsewhere", 3), ("maturity", 5)):
        if count := random.randint(0, most):
            made[key] = [{"what": fact.words(), **fact.rest()} for _ in range(count)]
    made["budget"] = [fact.budget() for _ in range(random.randint(1, 3))]
    made["partners"] = {
        side: [{"name": fact.words(), **fact.rest()} for _ in range(random.randint(1, 4))]
        for side in random.sample(SIDES, random.choices([2, 3, 4], [1, 3, 3])[0])
    }
    return made


def _source(random: Random, name: str) -> Json:
    page = random.randrange(10**6)
    return {
        "title": f"Page {page} on {name}",
        "publisher": "The publisher",
        "url": f"https://{name}.example/news/{page}",
        "year": random.randint(2013, 2024),
    }


class _Facts:
    def __init__(self, random: Random, sources: list[str]) -> None:
        self.random, self.sources = random, sources

    def words(self) -> str:
        return " ".join(f"word{self.random.randrange(500)}" for _ in range(10))

    def rest(self) -> Json:
        found: Json = {"source": self.random.choice(self.sources)}
        if self.random.random() < 0.1:
            found["since"] = self.random.randint(2015, 2024)
        return found

    def budget(self) -> Json:
        line: Json = {"amount_eur": self.random.randrange(10**4, 10**7)}
        line["source"] = self.random.choice(self.sources)
        if self.random.random() < 0.6:
            line["own"] = self.random.random() < 0.9
        if self.random.random() < 0.7:
            line["from"] = self.random.randint(2014, 2020)
        if self.random.random() < 0.4:
            line["until"] = self.random.randint(2020, 2025)
        return line


def main() -> None:
    """Write a long list to standard output."""
    number = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 2020
    sys.stdout.write(json.dumps({"title": f"Made up, {number}", "as_of": "2020-11-30"}) + "\n")
    for made in ecosystems(number, seed):
        sys.stdout.write(json.dumps(made) + "\n")


if __name__ == "__main__":
    main()
