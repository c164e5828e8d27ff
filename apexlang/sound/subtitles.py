"""Captions as SubRip text. Times come from frame numbers, to the millisecond that the format knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from apexlang.plan.model import Caption
from apexlang.units import Rate

_JOINER: Final = "\u2060"
_MEANT_AS_MARKUP: Final = re.compile(r"<(?=\s*[A-Za-z/])|\{(?=\\|[A-Za-z]:)|\\(?=[nNh{}])|--(?=>)")
"""A tag, an override, an escape, an arrow between times: what a player or FFmpeg would read as more than text."""


def srt(captions: Sequence[Caption], rate: Rate) -> str:
    """SubRip text of what is said, in order. SubRip has no escapes: where text would be read as markup, a word joiner (a
    character without width or ink) stands after the mark that would begin it."""
    return "\n".join(
        f"{number}\n{_clock(start)} --> {_clock(end)}\n{text}\n"
        for number, (start, end, text) in enumerate(_lines(captions, rate), 1)
    )


def _lines(captions: Sequence[Caption], rate: Rate) -> list[tuple[Fraction, Fraction, str]]:
    """(start, end, text), without those that say nothing; one that would run into the next ends where the next begins."""
    said = sorted((c for c in captions if c.text.strip() and c.frames > 0), key=lambda c: c.start)
    ends = [c.start + c.frames for c in said]
    for i, following in enumerate(said[1:]):
        if said[i].start < following.start < ends[i]:
            ends[i] = following.start
    return [(rate.seconds(c.start), rate.seconds(end), _plain(c.text)) for c, end in zip(said, ends, strict=True)]


def _clock(seconds: Fraction) -> str:
    """`hh:mm:ss,mmm`."""
    total = (seconds * 1000 + Fraction(1, 2)).__floor__()
    rest, thousandths = divmod(total, 1000)
    return f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02},{thousandths:03}"


def _plain(text: str) -> str:
    """Lines without blank ones, which would end the caption."""
    text = _MEANT_AS_MARKUP.sub(lambda mark: mark[0] + _JOINER, text.replace("\0", ""))
    return "\n".join(" ".join(row.split()) for row in text.splitlines() if row.strip())
