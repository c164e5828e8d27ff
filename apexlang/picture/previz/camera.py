"""Where the camera stands and what it frames, from the size of the shot, its lens, its angle and the subject's head."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from apexlang.picture.previz.mesh import unit
from apexlang.picture.previz.model import Array
from apexlang.picture.previz.scene import View

SENSOR_HEIGHT = 20.25
"""mm, of a 36 mm wide sensor at 16:9; other shapes keep its area, so that a lens keeps its character."""

_CLEARANCE = 0.25

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Measure:
    """Of whom the frame is made: feet at `ground`, `height` and `head` in metres, `centre` of the head; `span`: metres between the
    outermost heads of several."""

    height: float
    head: float
    centre: Point
    ground: float = 0.0
    span: float = 0.0


@dataclass(frozen=True)
class Framing:
    """`frame`: metres of height the picture shows at the subject; `aim`: the point in its middle; `width`: metres that have to
    fit across (0: any); `rise`: metres that the camera goes up by, still aimed at the same point."""

    frame: float
    aim: Point
    width: float = 0.0
    rise: float = 0.0


@dataclass(frozen=True)
class Shot:
    """What the film says of the camera. `angle` is one of ANGLES; `shift`: of the subject, in half widths, + to the left."""

    size: str
    lens_mm: float
    angle: str
    shift: float
    width: int
    height: int
    roll: float = 0.0


ANGLES = ("eye", "low", "high", "dutch", "overhead")

_ELEVATION = {
    "eye": (0.03, 0.03, -0.02), "low": (-0.34, -0.20, -0.085), "high": (0.55, 0.55, 0.45), "dutch": (-0.06, -0.06, -0.02),
    "overhead": (1.35, 1.35, 1.25),
}  # fmt: skip
"""Radians of the line from the aim to the camera above level: close and medium, wide, extreme wide."""

_ROLL = 0.17


def framing(size: str, subject: Measure) -> Framing:
    """How much of a standing or sitting figure a size shows (heads and heights of a puppet, 5.8 heads tall)."""
    framed = _framing(size, subject)
    if subject.span > 0:
        return replace(framed, width=max(framed.width, subject.span + 0.62 * subject.height / 1.76))
    return framed


def _framing(size: str, subject: Measure) -> Framing:
    x, y, z = subject.centre
    h, head, feet = subject.height, subject.head, subject.ground
    k = h / 1.76
    match size:
        case "extreme close-up":
            return Framing(0.78 * head, (x, y - 0.02 * head, z), 0.9 * head)
        case "close-up":
            return Framing(1.6 * head, (x, y - 0.16 * head, z), 1.15 * head)
        case "medium close-up":
            return Framing(0.44 * h, (x, y - 0.20 * head - 0.02 * h, z), 0.30 * h)
        case "over the shoulder":
            return Framing(0.95 * k, (x * 0.2, y - 0.14 * k, z), 0.95 * k)
        case "two-shot":
            return Framing(1.25 * k, (x, y - 0.16 * h, z), 1.50 * k)
        case "medium wide":
            return Framing(0.92 * h, (x, y - 0.31 * h, z), 0.6 * h)
        case "full":
            return Framing(1.30 * h, (x, feet + 0.53 * h, z), 0.7 * h)
        case "wide" | "pov":
            return Framing(3.3 * k, (x, feet + 1.15 * k, z), 2.4 * k)
        case "extreme wide" | "establishing":
            return Framing(11.0 * k, (x, feet + 3.2 * k, z), 8.0 * k)
        case _:
            return Framing(0.62 * h, (x, y - 0.174 * h, z), 0.45 * h)


SHORTEST_MM, LONGEST_MM = 4.0, 1200.0
"""Lenses that the stage has."""


def held_lens(lens_mm: float) -> float:
    """The focal length that stands in for any that a film may say."""
    return max(SHORTEST_MM, min(LONGEST_MM, lens_mm))


Walls = tuple[float, float, float, float, float]
"""x0, x1, z0, z1 and height of a room."""


def indoors(what: Framing, shot: Shot, walls: Walls | None, ground: float) -> Framing:
    """What a room can show of a framing: no more than is seen through the struck front wall, a doll's house at most, and the aim
    below the ceiling."""
    if walls is None:
        return what
    x0, x1, z0, _, ceiling = walls
    wide, high = sensor(shot.width, shot.height)
    lens = held_lens(shot.lens_mm)
    across, up = wide / 2 / lens, high / 2 / lens
    aim = what.aim[1] if what.frame < ceiling else min(what.aim[1], ceiling * 0.5)
    middle = what.aim[0]
    beside = min(middle - x0, x1 - middle) / across
    above = min(ceiling - aim, aim - ground) / up
    farthest = max(0.5, what.aim[2] - z0 + 0.92 * max(0.2, min(beside, above)))
    frame = min(what.frame, farthest * high / lens)
    width = min(what.width, farthest * wide / lens)
    return replace(what, frame=frame, width=width, aim=(what.aim[0], aim, what.aim[2])) if frame < what.frame else what


def sensor(width: int, height: int) -> tuple[float, float]:
    """Millimetres, width and height, of a sensor of the picture's shape with the area of 36 x 20.25."""
    shape = width / height
    high = SENSOR_HEIGHT * math.sqrt(16 / 9 / shape)
    return high * shape, high


def frame(shot: Shot, what: Framing, lift: float = 0.0, ceiling: float = math.inf) -> tuple[View, float]:
    """The view, and the distance along the axis to the aim, which is what the lens is focused on unless staging knows better.

    `lift`: height of the ground under the camera; `ceiling`: of what is over it.
    """
    wide, high = sensor(shot.width, shot.height)
    shape = shot.width / shot.height
    tall = max(what.frame, what.width / shape)
    if shape < 1:
        tall = max(tall, what.frame * min(2.0, 1 / shape) ** 0.45)
    lens = held_lens(shot.lens_mm)
    distance = max(0.22, lens * tall / high)
    column = 2 if shot.size in ("extreme wide", "establishing") else 1 if shot.size in ("wide", "full", "pov") else 0
    elevation = _ELEVATION.get(shot.angle, _ELEVATION["eye"])[column]
    aim = np.array(what.aim)
    position = aim + distance * np.array([0.0, math.sin(elevation), -math.cos(elevation)])
    position[1] = max(min(position[1] + what.rise, ceiling - _CLEARANCE), lift + _CLEARANCE)
    return look(position, aim, (wide, high), lens, _ROLL if shot.angle == "dutch" else shot.roll, shot), distance


def look(position: Array, aim: Array, size_mm: tuple[float, float], lens: float, roll: float, shot: Shot) -> View:
    """A view from `position` to `aim`."""
    forward = unit(aim - position)
    right = unit(np.cross([0.0, 1.0, 0.0], forward))
    up = np.cross(forward, right)
    c, s = math.cos(roll), math.sin(roll)
    right, up = right * c + up * s, up * c - right * s
    half = (size_mm[0] / 2 / lens, size_mm[1] / 2 / lens)
    return View(
        position=_triple(position), right=_triple(right), up=_triple(up), forward=_triple(forward),
        half=(round(half[0], 9), round(half[1], 9)), shift=(round(shot.shift * half[0], 9), 0.0), near=0.05,
        width=shot.width, height=shot.height,
    )  # fmt: skip


def _triple(v: Array) -> Point:
    # placements come from sines; rounding keeps their last bits out of the picture
    return (round(float(v[0]), 6), round(float(v[1]), 6), round(float(v[2]), 6))
