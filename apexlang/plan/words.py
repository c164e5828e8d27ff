"""Words over the picture: titles and subtitles, in film frames."""

from __future__ import annotations

from fractions import Fraction

from apexlang.plan.model import Caption, Title
from apexlang.plan.timeline import Placed, Timeline
from apexlang.units import Rate

READING_S = Fraction(1)
READING_CHARACTER_S = Fraction(1, 12)
"""A subtitle stands for a second and a twelfth of one for each character, or as long as its share of the shot."""


def titles(timeline: Timeline, rate: Rate) -> tuple[Title, ...]:
    """Each SUPER from its shot's cut; half a second of fade at both ends, less where it is short."""
    found = []
    for placed in timeline.shots:
        for said in placed.shot.supers:
            frames = said.length.to_frames(rate) if said.length else placed.frames
            frames = min(max(frames, 1), timeline.frames - placed.start)
            fade = min(rate.frames(Fraction(1, 2)), frames // 3)
            found.append(Title(text=said.text, start=placed.start, frames=frames, fade=fade, card=said.card))
    return tuple(found)


def captions(timeline: Timeline, rate: Rate) -> tuple[Caption, ...]:
    """Each line of dialogue, in order, in its share of the shot by its length; two frames between two lines."""
    found: list[Caption] = []
    for placed in timeline.shots:
        found += _spoken(placed, rate)
    return tuple(found)


def _spoken(placed: Placed, rate: Rate) -> list[Caption]:
    lines = [d for d in placed.shot.dialogue if d.text.strip()]
    weights = [len(d.text) + 8 for d in lines]
    found, before = [], 0
    for line, weight in zip(lines, weights, strict=True):
        start = placed.start + placed.frames * before // sum(weights)
        before += weight
        end = placed.start + placed.frames * before // sum(weights)
        readable = rate.frames(READING_S + READING_CHARACTER_S * len(line.text))
        frames = max(min(end - start - (2 if before < sum(weights) else 0), readable), 1)
        found.append(Caption(who=line.who, text=line.text, start=start, frames=frames))
    return found
