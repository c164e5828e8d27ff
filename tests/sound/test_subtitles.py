"""Subtitles: exact times, text as it was said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from apexlang.plan.model import Caption
from apexlang.sound.subtitles import srt
from apexlang.units import Rate


def caption(text: str, start: int = 0, frames: int = 24) -> Caption:
    return Caption(who="SARAH", text=text, start=start, frames=frames)


def test_times_are_exact() -> None:
    text = srt([caption("one", 1, 23), caption("two", 86_400, 100)], Rate.of("23.976"))
    assert "00:00:00,042 --> 00:00:01,001\none\n" in text
    assert "01:00:03,600 --> 01:00:07,771\ntwo\n" in text
    assert text.startswith("1\n") and "\n\n2\n" in text


def test_a_caption_ends_where_the_next_begins() -> None:
    text = srt([caption("second", 12), caption("first", 0)], Rate(24))
    assert text.index("first") < text.index("second")
    assert "00:00:00,000 --> 00:00:00,500" in text


def test_nothing_said_is_no_caption() -> None:
    assert srt([caption("  \n "), caption("x", 5, 0)], Rate(24)) == ""


@given(st.text("ab <>{}\\/iNY:-&\n\0 é张"))
def test_text_stays_itself_and_inside_its_caption(text: str) -> None:
    made = srt([caption(text), caption("last", 48)], Rate(24))
    assert made.endswith("last\n")
    blocks = made.split("\n\n")
    said = "\n".join(" ".join(row.split()) for row in text.replace("\0", "").splitlines() if row.strip())
    if said:
        assert len(blocks) == 2
        assert blocks[0].split("\n", 2)[2].rstrip("\n").replace("\u2060", "") == said
        assert "-->" not in blocks[0].split("\n", 2)[2]
