"""Quantities as types: exact frame rates, times that know their unit, timecode.

Nothing here is a float second. A `Time` is what a person wrote (`2s 12f`, `8 beats`); it becomes whole frames exactly once,
in the planner, through `Time.to_frames`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_NTSC = {
    Fraction(nominal, 1000): Fraction(base * 1000, 1001)
    for nominal, base in (
        (23976, 24), (23980, 24), (29970, 30), (47952, 48), (59940, 60), (119880, 120),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rate:
    """An exact frame rate in frames per second, `num/den`."""

    num: int
    den: int = 1

    @staticmethod
    def of(fps: Fraction | int | str) -> Rate:
        """The rate a person means: 23.976, 29.97, 59.94 and kin are n·1000/1001 exactly. ValueError unless positive."""
        value = Fraction(fps)
        value = _NTSC.get(value, value)
        if value <= 0:
            raise ValueError("a frame rate is positive")
        return Rate(value.numerator, value.denominator)

    @property
    def fps(self) -> Fraction:
        return Fraction(self.num, self.den)

    @property
    def nominal(self) -> int:
        """Frames counted per timecode second: 24 for 23.976, 30 for 29.97."""
        return -(-self.num // self.den)

    def frames(self, seconds: Fraction) -> int:
        """Whole frames nearest to `seconds`; halves go up."""
        whole = 2 * self.den * seconds.denominator
        return (2 * seconds.numerator * self.num + whole // 2) // whole

    def seconds(self, frames: int) -> Fraction:
        return Fraction(frames) / self.fps

    def __str__(self) -> str:
        return str(self.num) if self.den == 1 else f"{self.num}/{self.den}"


@dataclass(frozen=True, slots=True)
class Time:
    """A time as written; its parts add up. `timecode` counts frames at the film's nominal rate."""

    frames: int = 0
    seconds: Fraction = Fraction(0)
    beats: Fraction = Fraction(0)
    bars: Fraction = Fraction(0)
    timecode: str | None = None

    def to_frames(self, rate: Rate, beat: Fraction = Fraction(1, 2), beats_a_bar: int = 4) -> int:
        """Whole frames at `rate`; `beat` is the length of one beat in seconds (120 a minute unless music says otherwise)."""
        seconds = self.seconds
        if self.beats or self.bars:
            seconds += (self.beats + self.bars * beats_a_bar) * beat
        total = self.frames + rate.frames(seconds)
        return total + parse_timecode(self.timecode, rate) if self.timecode else total

    @property
    def is_musical(self) -> bool:
        return bool(self.beats or self.bars)


_TIMECODE = re.compile(r"(\d{2}):(\d{2}):(\d{2})([:;])(\d{2})")


def parse_timecode(text: str, rate: Rate) -> int:
    """Frames since 00:00:00:00. `;` before the frames is drop-frame (29.97 and 59.94 only, SMPTE 12M). ValueError if it is none."""
    match = _TIMECODE.fullmatch(text)
    if not match:
        raise ValueError(f"`{text}` is not a timecode (hh:mm:ss:ff)")
    hours, minutes, seconds, frames = (int(match[i]) for i in (1, 2, 3, 5))
    nominal = rate.nominal
    if minutes > 59 or seconds > 59 or frames >= nominal:
        raise ValueError(f"`{text}` is no time at {float(rate.fps):.5g} frames a second")
    total = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames
    if match[4] == ";":
        if rate.den != 1001 or nominal % 30:
            raise ValueError("drop-frame timecode needs 29.97 or 59.94 frames a second")
        drop = nominal // 15
        total_minutes = hours * 60 + minutes
        if seconds == 0 and frames < drop and minutes % 10:
            raise ValueError(f"`{text}` is a number that drop-frame counting leaves out")
        total -= drop * (total_minutes - total_minutes // 10)
    return total


def timecode(frame: int, rate: Rate) -> str:
    """Non-drop timecode of a frame counted from zero."""
    nominal = rate.nominal
    seconds, frames = divmod(frame, nominal)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{frames:02}"
