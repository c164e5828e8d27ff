"""Captions as subtitle files. Times come from frame numbers, to the millisecond that the formats know."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from apexlang.plan.model import Caption
from apexlang.units import Rate


def srt(captions: Sequence[Caption], rate: Rate) -> str:
    """SubRip text, as players read it beside a film. SubRip has no escapes: what would be read as a tag or as an override
    gets a word joiner (no width, no ink) after its first character."""
    return "\n".join(
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{_plain(text)}\n"
        for number, (start, end, text) in enumerate(_lines(captions, rate), 1)
    )


def webvtt(captions: Sequence[Caption], rate: Rate) -> str:
    """WebVTT text: the form that FFmpeg is given, because everything in it can be escaped."""
    cues = (
        f"{_clock(start, '.')} --> {_clock(end, '.')}\n{_entities(text)}\n" for start, end, text in _lines(captions, rate)
    )
    return "\n".join(("WEBVTT\n", *cues))


def _lines(captions: Sequence[Caption], rate: Rate) -> list[tuple[Fraction, Fraction, str]]:
    """In order of time, without those that say nothing; one that would run into the next ends where the next begins."""
    said = sorted((c for c in captions if c.text.strip() and c.frames > 0), key=lambda c: c.start)
    ends = [c.start + c.frames for c in said]
    for i, following in enumerate(said[1:]):
        if said[i].start < following.start < ends[i]:
            ends[i] = following.start
    return [(rate.seconds(c.start), rate.seconds(end), c.text) for c, end in zip(said, ends, strict=True)]


def _clock(seconds: Fraction, mark: str) -> str:
    """`hh:mm:ss,mmm`."""
    total = (seconds * 1000 + Fraction(1, 2)).__floor__()
    rest, thousandths = divmod(total, 1000)
    return f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}{mark}{thousandths:03}"


def _rows(text: str) -> list[str]:
    """Lines without blank ones: an empty line would end the cue."""
    return [" ".join(row.split()) for row in text.splitlines() if row.strip()]


def _plain(text: str) -> str:
    for mark in ("<", "{", "\\"):
        text = text.replace(mark, mark + "\u2060")
    return "\n".join(_rows(text))


def _entities(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(_rows(text))
