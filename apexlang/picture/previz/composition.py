"""Rules of composition as the camera obeys them: how far off the middle, how much air, how high the horizon, what frames the frame,
and what stands in it for order's sake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apexlang.picture.previz import surfaces as k
from apexlang.picture.previz.camera import Framing
from apexlang.picture.previz.dice import Dice
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.reading import Reading

_FRAMES = frozenset(["framing", "frame within a frame"])
_NEAR = frozenset(["foreground", "layers", "depth"])
_RANKED = frozenset(["pattern", "repetition", "triangle", "balance"])


def composed(framing: Framing, reading: Reading) -> Framing:
    """The framing with the air and the horizon that the rules ask for."""
    x, y, z = framing.aim
    frame, rise = framing.frame, framing.rise
    if "fill the frame" in reading.compose:
        frame *= 0.80
    if "negative space" in reading.compose:
        frame *= 1.35
        y += 0.10 * frame
    if "scale" in reading.compose and "close" not in reading.size:
        frame *= 1.5
    if "headroom" in reading.compose:
        y += 0.07 * frame
    if "low horizon" in reading.compose:
        y += 0.20 * frame
    if "high horizon" in reading.compose:
        y -= 0.16 * frame
        rise += 0.25
    if "leading lines" in reading.compose or "vanishing point" in reading.compose:
        rise -= 0.12 * min(frame, 4.0)
    return replace(framing, frame=frame, aim=(x, y, z), rise=rise)


def roll_of(reading: Reading) -> float:
    """Radians by which the camera leans for the rule's sake."""
    return 0.075 if "diagonal" in reading.compose else 0.0


def f_number(aperture: float, reading: Reading) -> float:
    """The aperture that a rule of focus asks for, else the film's own."""
    if "deep focus" in reading.compose:
        return max(aperture, 16.0)
    if {"shallow focus", "depth of field"} & reading.compose:
        return min(aperture, 1.8)
    return aperture


def foreground(mesh: Mesh, reading: Reading, distance: float, half: tuple[float, float], eye: float) -> None:
    """Dark things close to the camera, in the shot's own directions: a doorway around the frame, or leaves and edges in a corner.
    `half`: tangents of half the field of view; `eye`: height of the camera."""
    if distance < 1.1 or not (reading.compose & (_FRAMES | _NEAR)):
        return
    z = -distance + min(1.0, 0.4 * distance)
    reach = distance + z
    across, up = half[0] * reach, half[1] * reach
    dice = Dice(reading.place, "foreground")
    if reading.compose & _FRAMES:
        wood = mesh.material((0.05, 0.04, 0.035), kind=k.PLANKS, scale=0.2)
        for side in (-1, 1):
            mesh.box((side * across * 0.98, eye, z), (across * 0.24, up * 1.6, 0.05), wood)
        mesh.box((0, eye + up * 1.02, z), (across * 1.3, up * 0.20, 0.05), wood)
        return
    side = dice.sign()
    if reading.interior:
        dark = mesh.material((0.05, 0.045, 0.04))
        mesh.box((side * across * 0.95, eye - up * 0.55, z), (across * 0.30, up * 0.75, 0.06), dark)
        mesh.lathe(
            (side * across * 0.72, eye + up * 0.20, z),
            [(0.02, 0), (across * 0.10, up * 0.10), (across * 0.05, up * 0.3)],
            dark,
            14,
        )
        return
    leaf = mesh.material((0.03, 0.05, 0.02), kind=k.LEAF)
    twig = mesh.material((0.04, 0.03, 0.02))
    corner = (side * across * 1.02, eye + up * 0.95, z)
    mesh.beam(
        (side * across * 1.3, eye + up * 0.4, z), (side * across * 0.35, eye + up * 0.92, z), 0.008 * reach, twig, 5
    )
    for _ in range(26):
        a, b = dice.unit(), dice.unit()
        p = (corner[0] - side * across * 0.75 * a, corner[1] - up * 0.40 * b * (1.2 - a), z + 0.06 * dice.bell())
        mesh.stone(p, 0.055 * reach, leaf, dice, 0.3, 1, (1.3, 0.25, 1.0))


def ranked(
    mesh: Mesh, reading: Reading, framing: Framing, wide: float, ground: Callable[[float, float], float]
) -> None:
    """Things that give the picture an order, in the shot's own directions: one after another across it (pattern), pairs that go away
    from the camera (repetition), two low ones of which the subject is the point (triangle), one that weighs against the subject
    (balance). `wide`: width of the frame over its height."""
    if not reading.compose & _RANKED:
        return
    frame = framing.frame
    across = max(framing.width, frame * wide)
    x, y, _ = framing.aim
    wood, iron = (0.20, 0.11, 0.06), (0.045, 0.055, 0.05)
    material = mesh.material(wood, kind=k.PLANKS, scale=0.2) if reading.interior else mesh.material(iron)

    def post(px: float, pz: float, radius: float, top: float) -> None:
        """A turned post: foot, shaft, collar and knob."""
        low = ground(px, pz)
        high = top - low
        if high > 4 * radius:
            shaft = 0.45 * radius
            foot = [(radius, 0.0), (radius, 2 * radius), (shaft, 3 * radius), (shaft, high - 3 * radius)]
            knob = [
                (radius, high - 2.4 * radius),
                (0.6 * radius, high - 1.8 * radius),
                (radius, high - radius),
                (0.0, high),
            ]
            mesh.lathe((px, low, pz), foot + knob, material, 12)

    def urn(px: float, pz: float, radius: float, top: float) -> None:
        """A tub for flowers."""
        low = ground(px, pz)
        high = max(top - low, radius)
        outline = [
            (0.62, 0.0),
            (0.62, 0.06),
            (0.40, 0.10),
            (0.55, 0.45),
            (0.95, 0.82),
            (1.0, 0.90),
            (1.08, 0.94),
            (1.0, 1.0),
            (0.0, 0.97),
        ]
        mesh.lathe((px, low, pz), [(r * radius, h * high) for r, h in outline], material, 20)

    if "pattern" in reading.compose:
        step = 0.125 * across
        for n in range(-9, 10):
            post(x + n * step, min(0.55 * across, 1.1), 0.10 * step, y + 0.42 * frame)
    if "repetition" in reading.compose:
        for n in range(7):
            for side in (-1, 1):
                post(x + side * 0.40 * across, (0.2 + 0.42 * n) * across, 0.026 * across, y + 0.40 * frame)
    if "triangle" in reading.compose:
        for side in (-1, 1):
            urn(x + side * 0.31 * across, 0.12 * across, 0.085 * across, y - 0.16 * frame)
    if "balance" in reading.compose:
        side = 1 if reading.shift < 0 else -1
        post(x + side * 0.30 * across, 0.30 * across, 0.05 * across, y + 0.30 * frame)
