"""Camera paths: which window of the still the frame shows, as a pure function of the shot's own frame number.

Coordinates are *edge* coordinates: sample k of a picture covers [k, k + 1), its centre is k + 1/2; y runs down. Nothing
is accumulated from frame to frame, so a piece of a shot equals that piece of the whole shot.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from apexlang.motion.ease import ease
from apexlang.plan.model import Curve, Key, Move

Size = tuple[int, int]
"""Width, height in px."""

_FINEST: Final = 2.0**20  # positions are rounded to 2^-20 px: `pow` may differ in its last bit between machines
_FINEST_SCALE: Final = 2.0**32


class View(NamedTuple):
    """From frame to still, both in px: u = scale_x * x + slip_x * y + left, v = slip_y * x + scale_y * y + top."""

    scale_x: float
    scale_y: float
    left: float
    top: float
    slip_x: float = 0.0
    slip_y: float = 0.0


class Window(NamedTuple):
    """A part of the still in px."""

    left: float
    top: float
    width: float
    height: float


def views(move: Move, own_frames: int, still: Size, frame: Size, seed: int = 0) -> Callable[[int], View]:
    """The move over a shot of `own_frames` frames as a function of the own frame number, 0 .. own_frames - 1.

    Zoom 1 is the largest window of the frame's shape that the still holds; windows never leave the still, turned ones neither: a
    move that rolls is drawn in from the start by as much as its furthest turn needs, so that nothing breathes. `seed`: whose
    unrest a handheld move is.
    """
    keys = [(key.at, window(key.zoom, key.centre, still, frame)) for key in _keys(move)]
    span = max(own_frames - 1, 1)
    turns = bool(move.roll or move.unrest)
    room = _room_to_turn(move, still, frame) if turns else 1.0
    drawn_in = 1.0 - 2 * UNREST_SWAY * move.unrest

    def view(number: int) -> View:
        seen = _inside(_at(keys, move.curve, number / span), still, frame)
        if not turns:
            return View(
                _round(seen.width / frame[0], _FINEST_SCALE),
                _round(seen.height / frame[1], _FINEST_SCALE),
                _round(seen.left, _FINEST),
                _round(seen.top, _FINEST),
            )
        angle, sway, lift = move.roll * ease(move.curve, number / span), 0.0, 0.0
        if move.unrest:
            sway, lift, tilt = unrest(seed, number * move.seconds_a_frame)
            angle += UNREST_ROLL * move.unrest * tilt
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        scale = _round(min(seen.width / frame[0], _fit(still, frame) * room) * drawn_in, _FINEST_SCALE)
        a, b = _round(scale * cos, _FINEST_SCALE), _round(scale * sin, _FINEST_SCALE)
        wide, high = abs(a) * frame[0] + abs(b) * frame[1], abs(b) * frame[0] + abs(a) * frame[1]
        x = seen.left + seen.width / 2 + UNREST_SWAY * move.unrest * sway * seen.width
        y = seen.top + seen.height / 2 + UNREST_SWAY * move.unrest * lift * seen.height
        x, y = _between_edges(x, wide, still[0]), _between_edges(y, high, still[1])
        # The camera rolls clockwise: the window turns clockwise in the still, what is seen the other way.
        return View(
            a, a, _round(x - (a * frame[0] - b * frame[1]) / 2, _FINEST),
            _round(y - (b * frame[0] + a * frame[1]) / 2, _FINEST), -b, b,
        )  # fmt: skip

    return view


UNREST_SWAY: Final = 0.02
"""How far a handheld camera at full strength sways at most, of the window's width and height."""

UNREST_ROLL: Final = 1.2
"""How far it rolls at most, in degrees."""

_OCTAVES: Final = ((0.31, 0.46), (0.83, 0.30), (1.9, 0.16), (4.7, 0.08))
"""Breath, sway, step and tremor: Hz, and their shares."""


def unrest(seed: int, seconds: float) -> tuple[float, float, float]:
    """Sideways, upward and turning, each -1..1: sums of smooth noise, the same for the same seed and time."""
    found = []
    for channel in range(3):
        total = 0.0
        for octave, (rate, share) in enumerate(_OCTAVES):
            at = seconds * rate + 17.0 * channel
            cell = math.floor(at)
            t = at - cell
            smooth = t * t * t * (t * (t * 6 - 15) + 10)
            low, high = (_noise(seed, channel * 8 + octave, cell + n) for n in (0, 1))
            total += share * (low + smooth * (high - low))
        found.append(total)
    return found[0], found[1], found[2]


def _noise(seed: int, channel: int, cell: int) -> float:
    """-1..1, from 32 bits of a hash."""
    digest = hashlib.blake2b(f"{seed} {channel} {cell}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**31 - 1.0


def moves(move: Move) -> bool:
    """Whether the window changes at all."""
    return len({(key.zoom, key.centre) for key in _keys(move)}) > 1 or bool(move.roll or move.unrest)


def tightest(move: Move, still: Size, frame: Size) -> float:
    """Still px for each frame px in the move's smallest window: below 1 the still is magnified."""
    zoom = max(1.0, *(key.zoom for key in _keys(move)))
    if not (move.roll or move.unrest):
        return _fit(still, frame) / zoom
    return min(_fit(still, frame) / zoom, _fit(still, frame) * _room_to_turn(move, still, frame)) * (
        1.0 - 2 * UNREST_SWAY * move.unrest
    )


def magnification(move: Move, still: Size, frame: Size) -> float:
    """How many times the largest window's side is the smallest window's, 1 and more."""
    return _fit(still, frame) / tightest(move, still, frame)


def _keys(move: Move) -> tuple[Key, ...]:
    """The windows that a move goes through; a move from one to another has two."""
    if move.keys:
        return move.keys
    return (
        Key.made(at=0.0, zoom=move.zoom_from, centre=move.centre_from),
        Key.made(at=1.0, zoom=move.zoom_to, centre=move.centre_to),
    )


def _at(keys: Sequence[tuple[float, Window]], curve: Curve, share: float) -> Window:
    """The window when `share` of the shot has passed. The easing holds between each two keys; before the first and after the last
    the window stands."""
    if share <= keys[0][0]:
        return keys[0][1]
    for (start, a), (end, b) in pairwise(keys):
        if share <= end:
            return _between(a, b, ease(curve, (share - start) / (end - start)))
    return keys[-1][1]


def _room_to_turn(move: Move, still: Size, frame: Size) -> float:
    """By what the largest window must be made smaller so that it stays in the still however far the move turns it."""
    furthest = abs(move.roll) + UNREST_ROLL * move.unrest
    largest = _fit(still, frame)
    # A turned window is widest where its diagonal lies along x, and highest where it stands.
    lying = math.degrees(math.atan2(frame[1], frame[0]))
    worst = [n * 90 + sign * lying for n in range(5) for sign in (1, -1)]
    room = 1.0
    for angle in (furthest, *(each for each in worst if 0 < each < furthest)):
        cos, sin = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
        wide, high = frame[0] * cos + frame[1] * sin, frame[0] * sin + frame[1] * cos
        room = min(room, still[0] / (wide * largest), still[1] / (high * largest))
    return room


def _between_edges(centre: float, size: float, whole: int) -> float:
    """The centre, pushed so that what is `size` long about it lies in 0 .. `whole`."""
    return min(max(centre, size / 2), whole - size / 2) if size < whole else whole / 2


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
