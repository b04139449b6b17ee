"""Files as a slip of the hand, an editor or a bad disk leaves them."""

from __future__ import annotations

from hypothesis import strategies as st

# What has a meaning in some format, or none in any.
_INTRUDERS = (
    *(b"\x00", b"\xff", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\r", b"\n", b"\t", b'"', b"'", b";"),
    *(b",", b": ", b"- ", b"? ", b"[", b"]", b"{", b"}", b"|", b">", b"&a ", b"*a", b"<<: "),
    *(b"---\n", b"!!set ", b"!!python/x ", b"~", b"null", b"true", b"-1", b"0x10", b"1.5"),
    *(b"9" * 400, b"1e999", b".nan", b"2020-13-45", b"1:30"),
)


@st.composite
def mutilated(draw: st.DrawFn, whole: bytes) -> bytes:
    """The same file with one to four places changed, cut out, doubled or added to."""
    left = whole
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(left)))
        end = min(len(left), start + draw(st.sampled_from((1, 3, 30))))
        there = left[start:end]
        instead = draw(st.sampled_from((b"", there * 2)) | st.sampled_from(_INTRUDERS))
        left = left[:start] + instead + left[draw(st.sampled_from((start, end))) :]
    return left
