"""Camera paths: which window of the still the frame shows, as a pure function of the shot's own frame number.

Coordinates are *edge* coordinates: sample k of a picture covers [k, k + 1), its centre is k + 1/2; y runs down. Nothing
is accumulated from frame to frame, so a piece of a shot equals that piece of the whole shot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from apexlang.motion.ease import ease
from apexlang.plan.model import Move

Size = tuple[int, int]
"""Width, height in px."""

_FINEST: Final = 2.0**20  # positions are rounded to 2^-20 px: `pow` may differ in its last bit between machines
_FINEST_SCALE: Final = 2.0**32


class View(NamedTuple):
    """From frame to still, both in px: u = scale_x * x + left, v = scale_y * y + top."""

    scale_x: float
    scale_y: float
    left: float
    top: float


class Window(NamedTuple):
    """A part of the still in px."""

    left: float
    top: float
    width: float
    height: float


def views(move: Move, own_frames: int, still: Size, frame: Size) -> Callable[[int], View]:
    """The move over a shot of `own_frames` frames as a function of the own frame number, 0 .. own_frames - 1.

    Zoom 1 is the largest window of the frame's shape that the still holds; windows never leave the still.
    """
    start = window(move.zoom_from, move.centre_from, still, frame)
    end = window(move.zoom_to, move.centre_to, still, frame)
    span = max(own_frames - 1, 1)

    def view(number: int) -> View:
        seen = _inside(_between(start, end, ease(move.curve, number / span)), still, frame)
        return View(
            _round(seen.width / frame[0], _FINEST_SCALE),
            _round(seen.height / frame[1], _FINEST_SCALE),
            _round(seen.left, _FINEST),
            _round(seen.top, _FINEST),
        )

    return view


def moves(move: Move) -> bool:
    """Whether the window changes at all."""
    return (move.zoom_from, move.centre_from) != (move.zoom_to, move.centre_to)


def tightest(move: Move, still: Size, frame: Size) -> float:
    """Still px for each frame px in the move's smallest window: below 1 the still is magnified."""
    return _fit(still, frame) / max(move.zoom_from, move.zoom_to, 1.0)


def window(zoom: float, centre: tuple[float, float], still: Size, frame: Size) -> Window:
    """The window of the frame's shape at `zoom` about `centre` (0..1 of the still), pushed inside the still."""
    scale = _fit(still, frame) / max(zoom, 1.0)
    width, height = frame[0] * scale, frame[1] * scale
    seen = Window(centre[0] * still[0] - width / 2, centre[1] * still[1] - height / 2, width, height)
    return _inside(seen, still, frame)


def _fit(still: Size, frame: Size) -> float:
    return min(still[0] / frame[0], still[1] / frame[1])


def _between(a: Window, b: Window, progress: float) -> Window:
    """The width goes geometrically, a zoom of steady speed to the eye, and the corners follow it in proportion: one
    point of the still stays fixed in the frame, every path is straight. Without a zoom the window moves evenly."""
    ratio = b.width / a.width
    share = progress if abs(ratio - 1) < 1e-6 else (ratio**progress - 1) / (ratio - 1)
    return Window(*(x + share * (y - x) for x, y in zip(a, b, strict=True)))


def _inside(seen: Window, still: Size, frame: Size) -> Window:
    """`seen` made no larger than fits and pushed inside; an easing that overshoots would leave the still otherwise."""
    largest = _fit(still, frame)
    scale = min(max(seen.width / frame[0], largest / 1000), largest)
    width, height = frame[0] * scale, frame[1] * scale
    left = min(max(seen.left, 0.0), max(still[0] - width, 0.0))
    top = min(max(seen.top, 0.0), max(still[1] - height, 0.0))
    return Window(left, top, width, height)


def _round(value: float, finest: float) -> float:
    return round(value * finest) / finest
