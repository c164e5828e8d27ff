"""Who stands where, turned how, looking at whom; what the frame is made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from apexlang.picture.previz.camera import Measure, Point
from apexlang.picture.previz.frame import Frame, reversed_
from apexlang.picture.previz.people import Role
from apexlang.picture.previz.reading import Reading

_TURN_OF_HEAD = 0.8
_SITTING = 0.245
_EYES = 0.905


@dataclass(frozen=True)
class Mark:
    """A figure's place. `yaw` of the body (positive: toward the left of the picture); `head_turn` to the figure's own left, `head_nod`
    forward, the eyes' `gaze` (left, up) within the head."""

    role: Role
    position: Point
    yaw: float
    head_turn: float
    gaze: tuple[float, float] | None
    head_nod: float = 0.0
    foreground: bool = False


_HOMES = ((-0.43, 0.0), (0.43, 0.0), (0.0, 0.60), (-1.15, 0.35), (1.15, 0.35), (0.55, 1.20))
"""Where people of a scene stand, in the order in which it shows them: the first two face each other along x, which is the line that
the camera does not cross; even ones look to the right of the picture, odd ones to the left."""

_OBLIQUE = 0.45
"""Radians by which the camera of a single goes round toward the side of the other: their backgrounds differ, as in a true reverse."""

_SINGLES = ("close-up", "extreme close-up", "medium close-up", "medium", "medium wide", "full", "over the shoulder")


def frame_of(reading: Reading) -> Frame:
    """Where on the set the shot is taken, and from which side."""
    roles = reading.roles
    who = roles[1] if reading.size == "over the shoulder" and len(roles) > 1 else roles[0] if len(roles) == 1 else None
    frame = Frame()
    if who is not None and who.subject.mark is not None:
        home = _HOMES[who.subject.mark % len(_HOMES)]
        turn = 0.0
        if reading.size in _SINGLES and not reading.square:
            turn = -_OBLIQUE if who.looks_left else _OBLIQUE
        frame = Frame(home, turn)
    return reversed_(frame) if reading.reverse else frame


def place(
    reading: Reading, heights: tuple[float, ...], ground: Callable[[float, float], float], distance: float
) -> tuple[Mark, ...]:
    """Marks for the roles of a reading. `heights`: of the figures; `distance`: of the camera from the subject's plane."""
    roles = reading.roles
    if not roles:
        return ()
    if reading.size == "over the shoulder" and len(roles) == 1:
        return (_shoulder(roles[0], ground, distance),)
    if reading.size == "over the shoulder":
        return _over_the_shoulder(roles, heights, ground, distance)
    if len(roles) == 1:
        return (_alone(reading, roles[0], ground),)
    return _together(reading, roles, heights, ground)


def _alone(reading: Reading, role: Role, ground: Callable[[float, float], float]) -> Mark:
    side = 1.0 if role.looks_left else -1.0
    key = {"left": 1.0, "right": -1.0}.get(reading.key_side, side)
    yaw = 0.27 * side + 0.07 * key
    if role.pose in ("walk", "run"):
        yaw = (0.75 if role.pose == "run" else 0.5) * side
    head = -0.10 * side
    if role.pose == "point" and reading.key_side in ("left", "right"):
        # across the frame, into the light, eyes along the arm
        role = replace(role, pose=f"point {reading.key_side}")
        return Mark(role, (0.0, ground(0.0, 0.0), 0.0), 0.20 * key, -0.42 * key, (-0.22 * key, 0.06))
    if role.away or reading.size in ("extreme wide", "establishing"):
        yaw, head = math.pi - 0.25 * side, 0.0
    if role.pose == "look back":
        yaw = -0.9 * side
    if role.pose == "lie":
        return Mark(role, (0.0, ground(0.0, 0.0), 0.0), 1.15 * side, 0.0, None)
    if role.pose in ("embrace", "aim", "fight"):
        yaw = 0.75 * side
    gaze, nod = None, 0.0
    if reading.manner.symmetric and not role.away and role.pose not in ("walk", "run", "look back"):
        yaw, head = 0.0, 0.0
    match role.looks_at:
        case "camera":
            yaw, head, gaze = 0.5 * yaw, -0.5 * yaw, (0.0, 0.0)
        case "away":
            head, gaze = head + 0.45 * side, (0.25 * side, 0.0)
        case "up":
            nod, gaze = -0.30, (0.0, 0.25)
        case "down":
            nod, gaze = 0.30, (0.0, -0.30)
    return Mark(role, (0.0, ground(0.0, 0.0), 0.0), yaw, head, gaze, nod)


def _together(reading: Reading, roles: tuple[Role, ...], heights: tuple[float, ...], ground: Callable[[float, float], float],
              ) -> tuple[Mark, ...]:  # fmt: skip
    wide = reading.size in ("wide", "extreme wide", "establishing", "full", "pov")
    gap = 0.80 if wide else 0.43
    # everybody keeps to the side of the mark, in this shot and in every other
    order = sorted(range(len(roles)), key=lambda i: (_side(roles[i]), i))
    n = len(order)
    spots = []
    for rank, i in enumerate(order):
        t = 2 * rank / (n - 1) - 1
        x = t * gap * (1.0 if n == 2 else 0.55 * n)
        z = (0.04 if not wide else 0.15) * (rank % 2) + (0.3 * (1 - t * t) if n > 2 else 0.0)
        z += {"front": -0.55, "back": 1.5 if wide else 0.7}.get(roles[i].where or "", 0.0)
        spots.append((x, ground(x, z), z))
    marks: list[Mark] = []
    names = [roles[i].subject.name for i in order]
    for rank, i in enumerate(order):
        x, y, z = spots[rank]
        other = rank + 1 if rank < n / 2 and rank + 1 < n else rank - 1
        if roles[i].looks_at in names:
            other = names.index(roles[i].looks_at or "")
        ox, oy, oz = spots[other]
        yaw = (1.0 if ox < x else -1.0) * (0.95 if wide else 1.02)
        if n > 2 and abs(x) < 0.1:
            yaw = 0.2
        if roles[i].away:
            marks.append(Mark(roles[i], (x, y, z), math.pi - 0.15 * (1 if x > 0 else -1), 0.0, None))
            continue
        if roles[i].looks_at == "camera":
            marks.append(Mark(roles[i], (x, y, z), 0.25 * yaw, -0.25 * yaw, (0.0, 0.0)))
            continue
        eye = _eye(roles[i], heights[i])
        partner = _eye(roles[order[other]], heights[order[other]])
        turn, gaze, nod = _look((x, y + eye, z), (ox, oy + partner, oz), yaw)
        marks.append(Mark(roles[i], (x, y, z), yaw, turn, gaze, nod))
    return tuple(marks)


def _side(role: Role) -> float:
    """Where along the line somebody stands, -1 left to 1 right."""
    if role.where in ("left", "right"):
        return -1.0 if role.where == "left" else 1.0
    if role.subject.mark is not None:
        return _HOMES[role.subject.mark % len(_HOMES)][0]
    return 0.5 if role.looks_left else -0.5


def _over_the_shoulder(roles: tuple[Role, ...], heights: tuple[float, ...], ground: Callable[[float, float], float],
                       distance: float) -> tuple[Mark, ...]:  # fmt: skip
    """Over the shoulder of the first at the face of the second."""
    back_of, face_of = roles[0], roles[1]
    side = 1.0 if face_of.looks_left else -1.0
    x, ox = 0.16 * side, -0.34 * side
    oz = _before(distance)
    eye, other = _eye(face_of, heights[1]), _eye(back_of, heights[0])
    here = (x, ground(x, 0.0), 0.0)
    there = (ox, ground(ox, oz), oz)
    yaw = 0.24 * side
    turn, gaze, nod = _look((x, here[1] + eye, 0.0), (ox, there[1] + other, oz), yaw)
    back = math.pi + 0.26 * side
    turn_back, _, nod_back = _look((ox, there[1] + other, oz), (x, here[1] + eye, 0.0), back)
    return (
        Mark(back_of, there, back, turn_back, None, nod_back, foreground=True),
        Mark(face_of, here, yaw, turn, gaze, nod),
    )


def _before(distance: float) -> float:
    """Where the one stands over whose shoulder is looked: 1.3 m from a camera `distance` metres from the one who is seen."""
    return -max(0.75, distance - 1.30)


def _shoulder(role: Role, ground: Callable[[float, float], float], distance: float) -> Mark:
    """One alone, seen from behind, who looks at the place."""
    side = 1.0 if role.looks_left else -1.0
    x, z = 0.34 * side, _before(distance)
    return Mark(role, (x, ground(x, z), z), math.pi - 0.20 * side, 0.15 * side, None, 0.0, foreground=True)


def _eye(role: Role, height: float) -> float:
    low = _SITTING if role.pose in ("sit", "kneel", "crouch") else 0.0
    return height * (_EYES - low)


def _look(eye: Point, target: Point, yaw: float) -> tuple[float, tuple[float, float], float]:
    """Head turn, gaze and nod of a figure turned by `yaw` that looks from `eye` to `target`: the head does most, the eyes the rest."""
    dx, dy, dz = target[0] - eye[0], target[1] - eye[1], target[2] - eye[2]
    angle = math.atan2(-dx, -dz) - yaw
    angle = (angle + math.pi) % (2 * math.pi) - math.pi
    rise = math.atan2(dy, math.sqrt(dx * dx + dz * dz))
    head = min(1.1, max(-1.1, angle * _TURN_OF_HEAD))
    left = min(0.5, max(-0.5, head - angle))
    nod = min(0.4, max(-0.4, -rise * 0.65))
    return round(-head, 6), (round(left, 6), round(min(0.4, max(-0.4, rise + nod)), 6)), round(nod, 6)


def measure(marks: tuple[Mark, ...], figures: tuple[tuple[float, float, Point], ...], size: str) -> Measure:
    """Of whom the frame is made. `figures`: height, head and head centre of each, standing at the origin at yaw 0."""
    faced = [i for i, m in enumerate(marks) if not m.foreground] or [0]
    group = (
        size in ("two-shot", "wide", "full", "medium wide", "extreme wide", "establishing", "pov", "medium")
        and len(faced) > 1
    )
    chosen = faced if group else faced[:1]
    n = len(chosen)
    centres = []
    for i in chosen:
        x, y, z = figures[i][2]
        c, s = math.cos(marks[i].yaw), math.sin(marks[i].yaw)
        px, py, pz = marks[i].position
        centres.append((px + c * x + s * z, py + y, pz + c * z - s * x))
    x = sum(c[0] for c in centres) / n
    y = max(c[1] for c in centres) * 0.6 + sum(c[1] for c in centres) / n * 0.4
    z = sum(c[2] for c in centres) / n
    return Measure(
        height=round(max(figures[i][0] for i in chosen), 6), head=round(max(figures[i][1] for i in chosen), 6),
        centre=(round(x, 6), round(y, 6), round(z, 6)), ground=round(sum(marks[i].position[1] for i in chosen) / n, 6),
        span=round(max(c[0] for c in centres) - min(c[0] for c in centres), 6),
    )  # fmt: skip
