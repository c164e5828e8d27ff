"""Smaller things for one hand or two, each by a few shapes; torso frame, figure heights. Larger than life: they must be read."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.body import Joints
from apexlang.picture.previz.puppet.field import box, ellipsoid, field
from apexlang.picture.previz.puppet.hands import direction
from apexlang.picture.previz.puppet.nets import mesh
from apexlang.picture.previz.puppet.numeric import cross, unit, vec
from apexlang.picture.previz.puppet.shapes import Piece, lathe, material, shifted, tube, turned
from apexlang.picture.previz.puppet.spec import Spec

Array = npt.NDArray[Any]


_STEEL: Final = material((0.40, 0.42, 0.44), 23, 0.8, 60, pattern=7, sheen=0.1)
_DARK: Final = material((0.012, 0.012, 0.014), 23, 0.4, 40, pattern=7)
_WOOD: Final = material((0.16, 0.075, 0.03), 23, 0.25, 26, pattern=8, scale=0.03)
_GLASS: Final = material((0.03, 0.10, 0.05), 23, 0.9, 70, pattern=7, sheen=0.1)
_CLEAR: Final = material((0.42, 0.46, 0.48), 23, 0.9, 70, pattern=7, sheen=0.1)
_PAPER: Final = material((0.62, 0.58, 0.48), 23, 0.05, 10, pattern=7)
_BRASS: Final = material((0.50, 0.33, 0.10), 23, 0.7, 50, pattern=7)


def _in_hand(joints: Joints, side: int = 1) -> tuple[Array, Array]:
    """The middle of the fist, and the forearm's direction."""
    arm = joints.arms[(side + 1) // 2]
    d = unit(arm.wrist - arm.elbow)
    return arm.wrist + unit(direction(arm.hand if arm.hand != "rest" else "fist", side, d)) * 0.042, d


def _frame(along: Array) -> Array:
    """Axes whose y is `along`."""
    side = unit(cross(vec(0.0, 0.15, 1.0), along))
    return np.stack([side, along, cross(side, along)], -1)


def object_pieces(spec: Spec, joints: Joints, thing: str, cell: float) -> list[Piece]:
    """The thing where the hand is; nothing for a thing that is not known."""
    at, forearm = _in_hand(joints)
    up = unit(vec(0.05, 1.0, -0.12))
    ahead = unit(forearm * 0.4 + vec(0.0, 0.10, -0.9))
    match thing:
        case "bottle":
            profile = [
                (0.0, -0.05),
                (0.022, -0.05),
                (0.023, 0.045),
                (0.010, 0.075),
                (0.009, 0.115),
                (0.011, 0.117),
                (0.0, 0.12),
            ]
            label = lathe([(0.0236, -0.028), (0.0236, 0.020)], 20)
            return [
                Piece(turned(lathe(profile, 22), _frame(up), at), _GLASS),
                Piece(turned(label, _frame(up), at), _PAPER),
            ]
        case "glass":
            profile = [(0.0, -0.034), (0.018, -0.034), (0.022, 0.036), (0.020, 0.036), (0.0165, -0.02), (0.0, -0.02)]
            drink = lathe([(0.0185, 0.010), (0.0, 0.0105)], 18)
            amber = material((0.34, 0.13, 0.02), 23, 0.6, 50, pattern=7)
            return [
                Piece(turned(lathe(profile, 22), _frame(up), at), _CLEAR),
                Piece(turned(drink, _frame(up), at), amber),
            ]
        case "gun":
            axes = _frame(ahead)
            barrel = mesh(field([box((0, 0.055, 0.028), (0.0095, 0.062, 0.0125), 0.004)]), cell * 0.4)
            grip = mesh(field([box((0, -0.004, 0.002), (0.0085, 0.016, 0.034), 0.006)]), cell * 0.4)
            return [Piece(turned(barrel, axes, at), _DARK), Piece(turned(grip, axes, at), _WOOD)]
        case "knife":
            axes = _frame(unit(ahead + up * 0.5))
            blade = mesh(field([box((0, 0.085, 0), (0.0022, 0.050, 0.0105), 0.002)]), cell * 0.3)
            handle = lathe([(0, -0.03), (0.009, -0.03), (0.0095, 0.030), (0.012, 0.033), (0, 0.036)], 14)
            return [Piece(turned(blade, axes, at), _STEEL), Piece(turned(handle, axes, at), _WOOD)]
        case "sword":
            axes = _frame(unit(up + ahead * 0.35))
            blade = mesh(field([box((0, 0.265, 0), (0.0035, 0.225, 0.0125), 0.002)]), cell * 0.4)
            guard = mesh(field([box((0, 0.036, 0), (0.008, 0.006, 0.045), 0.004)]), cell * 0.4)
            handle = lathe([(0, -0.045), (0.012, -0.043), (0.009, -0.03), (0.009, 0.033), (0, 0.034)], 14)
            return [
                Piece(turned(blade, axes, at), _STEEL), Piece(turned(guard, axes, at), _BRASS), Piece(turned(handle, axes, at), _WOOD)
            ]  # fmt: skip
        case "flower":
            stem = tube([(0, -0.07, 0), (0.002, 0.03, 0.002), (0.0, 0.105, -0.004)], 0.0032, 6)
            bloom = mesh(
                field([ellipsoid((0.017 * c, 0.118, 0.017 * s), (0.017, 0.013, 0.017), 0.006) for c, s in _RING]
                      + [ellipsoid((0, 0.126, 0), (0.012, 0.011, 0.012), 0.004)]),
                cell * 0.35,
            )  # fmt: skip
            green = material((0.05, 0.16, 0.04), 23, 0.1, 14, pattern=7)
            red = material((0.50, 0.03, 0.05), 23, 0.15, 18, pattern=7)
            axes = _frame(up)
            return [Piece(turned(stem, axes, at), green), Piece(turned(bloom, axes, at), red)]
        case "key":
            axes = _frame(ahead)
            ring = tube([(0.019 * c, 0.0, 0.019 * s) for c, s in (*_RING, _RING[0])], 0.0048, 8)
            shaft = lathe([(0.0052, 0.018), (0.0052, 0.095), (0.0, 0.096)], 10)
            bit = mesh(field([box((0.0, 0.084, 0.014), (0.0035, 0.010, 0.011), 0.002)]), cell * 0.3)
            return [Piece(turned(m, axes, at), _BRASS) for m in (ring, shaft, bit)]
        case "cigarette":
            stick = lathe([(0.0042, 0.0), (0.0042, 0.048), (0.0, 0.0485)], 10)
            tip = lathe([(0.0044, 0.046), (0.0042, 0.052), (0.0, 0.0525)], 10)
            glow = material((0.3, 0.06, 0.02), 23, 0.1, 10, pattern=7, emission=(4.0, 0.9, 0.15))
            axes = _frame(ahead)
            return [
                Piece(turned(stick, axes, at + ahead * 0.02), _PAPER),
                Piece(turned(tip, axes, at + ahead * 0.02), glow),
            ]
        case "letter":
            sheet = mesh(field([box((0, 0.045, 0), (0.042, 0.055, 0.0016), 0.001)]), cell * 0.3)
            return [Piece(turned(sheet, _frame(unit(up + vec(0, 0, 0.5))), at), _PAPER)]
        case "bag":
            hide = material(spec.accent, 23, 0.2, 24, pattern=8, scale=0.03)
            round_ = ellipsoid((0, -0.115, 0), (0.036, 0.060, 0.062), 0.02)
            body = mesh(field([round_, box((0, -0.135, 0), (0.030, 0.040, 0.056), 0.014)]), cell * 0.7)
            strap = tube(
                [(0, -0.06, -0.04), (0, -0.01, -0.02), (0, 0.0, 0.0), (0, -0.01, 0.02), (0, -0.06, 0.04)], 0.0045, 7
            )
            return [Piece(shifted(body, at), hide), Piece(shifted(strap, at), _DARK)]
    return _both(spec, joints, thing, cell)


_RING: Final = ((1.0, 0.0), (0.5, 0.866), (-0.5, 0.866), (-1.0, 0.0), (-0.5, -0.866), (0.5, -0.866))


def _both(spec: Spec, joints: Joints, thing: str, cell: float) -> list[Piece]:
    left, right = _in_hand(joints, 1)[0], _in_hand(joints, -1)[0]
    middle = (left + right) / 2
    match thing:
        case "camera":
            finder = box((0.006, 0.034, 0), (0.016, 0.010, 0.014), 0.004)
            body = mesh(field([box((0, 0, 0), (0.046, 0.030, 0.018), 0.006), finder]), cell * 0.5)
            lens = lathe([(0.026, 0.0), (0.026, 0.034), (0.021, 0.036), (0.0, 0.030)], 22)
            ahead = _frame(vec(0.0, 0.0, -1.0))
            at = middle + vec(0, 0.022, -0.006)
            return [Piece(shifted(body, at), _DARK), Piece(turned(lens, ahead, at + vec(0, -0.002, -0.016)), _STEEL)]
        case "box":
            card = material((0.38, 0.25, 0.13), 23, 0.05, 10, pattern=8, scale=0.05)
            block = mesh(field([box((0, 0.060, 0), (0.085, 0.070, 0.075), 0.006)]), cell)
            return [Piece(shifted(block, middle + vec(0, 0.0, -0.055)), card)]
        case "guitar":
            wood = material((0.36, 0.16, 0.05), 23, 0.5, 50, pattern=8, scale=0.02)
            along, out = unit(vec(0.94, 0.34, 0.0)), vec(0, 0, -1.0)
            axes = np.stack([out, along, cross(out, along)], -1)
            lower = ellipsoid((0, -0.055, 0), (0.024, 0.072, 0.078), 0.02)
            body = mesh(field([lower, ellipsoid((0, 0.040, 0), (0.022, 0.055, 0.058), 0.03)]), cell * 0.7)
            head = box((0.012, 0.355, 0), (0.008, 0.030, 0.020), 0.004)
            neck = mesh(field([box((0.012, 0.215, 0), (0.008, 0.130, 0.013), 0.003), head]), cell * 0.5)
            hole = lathe([(0.024, 0.0), (0.0, 0.0005)], 20)
            at = right + vec(0.040, -0.010, -0.012)
            face = np.stack([axes[:, 1], axes[:, 0], axes[:, 2]], -1)
            return [
                Piece(turned(body, axes, at), wood), Piece(turned(neck, axes, at), _WOOD),
                Piece(turned(hole, face, at + vec(0, 0, -0.024)), _DARK),
            ]  # fmt: skip
        case "rope":
            loops = []
            for n in range(3):
                points = [(0.060 * c, -0.045 + 0.050 * s, 0.008 * n) for c, s in (*_RING, _RING[0])]
                loops.append(
                    Piece(
                        shifted(tube(points, 0.0075, 7), middle), material((0.42, 0.32, 0.18), 23, 0.05, 10, pattern=8)
                    )
                )
            return loops
    return []
