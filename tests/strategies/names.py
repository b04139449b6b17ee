"""Names that are often alike: few words, turned round, misspelled, shortened to initials."""

from __future__ import annotations

from hypothesis import strategies as st

from kiamv_cli.longlist.model.duplicates import Named

WORDS = ("Harbour", "Harbor", "Lab", "of", "the", "Stichting", "Campus", "Rijnmond", "Samen", "030")
_phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name made of few words, with what people do to names."""
    name: str = draw(_phrases)
    match draw(st.integers(0, 5)):
        case 0:
            return name.upper()
        case 1:
            return f"{name} ({draw(_phrases)})"
        case 2:
            return "".join(word[0] for word in name.split()).upper()
        case 3:
            return name.replace(" ", draw(st.sampled_from(("-", "", " & "))))
        case _:
            return name


@st.composite
def entries(draw: st.DrawFn, max_size: int = 8) -> list[Named]:
    """Ecosystems with ids and aliases, and plain names."""
    found = draw(
        st.lists(
            st.tuples(names(), st.lists(names(), max_size=2), st.booleans()), max_size=max_size
        )
    )
    return [
        Named(
            name=name,
            id=f"e{place}" if has_id else None,
            others=tuple(others) if has_id else (),
            website=draw(
                st.sampled_from((None, "https://one.example/a", "http://www.one.example/b"))
            ),
        )
        for place, (name, others, has_id) in enumerate(found)
    ]
