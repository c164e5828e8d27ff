"""Things held in the hand: mug, phone, lantern, umbrella, torch, case, book. Torso frame, figure heights."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.body import Joints
from apexlang.picture.previz.puppet.field import box, field
from apexlang.picture.previz.puppet.hands import direction
from apexlang.picture.previz.puppet.nets import mesh
from apexlang.picture.previz.puppet.numeric import PI, cosines, cross, local, rotation, sines, unit, vec
from apexlang.picture.previz.puppet.objects import object_pieces
from apexlang.picture.previz.puppet.shapes import Piece, lathe, material, shifted, smooth_sheet, tube, turned
from apexlang.picture.previz.puppet.spec import Spec, mixed

Array = npt.NDArray[Any]

_IRON: Final = material((0.010, 0.008, 0.007), 23, 0.3, 30, pattern=7)


def _mug(spec: Spec, joints: Joints) -> list[Piece]:
    at = (joints.arms[0].wrist + joints.arms[1].wrist) / 2 + vec(0, 0.012, -0.045)
    m = lathe([(0, -0.03), (0.026, -0.03), (0.028, 0.03), (0.024, 0.03), (0.022, -0.02), (0, -0.02)], 28)
    handle = tube([(0.0, 0.020, -0.026), (0.0, 0.018, -0.042), (0.0, -0.006, -0.044), (0.0, -0.018, -0.026)], 0.0045, 7)
    glaze = material(spec.accent, 23, 0.5, 50, pattern=8, scale=0.10, sheen=0.1)
    return [Piece(shifted(m, at), glaze), Piece(shifted(handle, at), glaze)]


def _phone(joints: Joints, cell: float) -> list[Piece]:
    at = joints.arms[1].wrist + vec(-0.012, 0.060, 0.004)
    m = mesh(field([box(at, (0.0045, 0.040, 0.019), 0.004, axes=local(0.25, 0, 0))]), cell * 0.45)
    return [Piece(m, material((0.005, 0.005, 0.006), 23, 0.5, 50, pattern=7, sheen=0.1))]


def _lantern(at: Array) -> list[Piece]:
    glow = material((0.58, 0.32, 0.08), 23, 0.2, 30, pattern=7, emission=(6.0, 3.4, 1.1))
    pieces = []
    for profile, stuff in (
        ([(0.0, -0.055), (0.030, -0.055), (0.032, -0.040), (0.026, -0.034)], _IRON),
        ([(0.024, -0.034), (0.028, -0.005), (0.024, 0.026)], glow),
        ([(0.026, 0.024), (0.034, 0.030), (0.014, 0.052), (0.0, 0.056)], _IRON),
    ):
        pieces.append(Piece(shifted(lathe(profile, 24), at), stuff))
    a = np.linspace(-1.9, 1.9, 16)
    bail = np.stack([sines(a) * 0.03, 0.058 + 0.036 * cosines(a), np.zeros(16)], -1)
    pieces.append(Piece(shifted(tube(bail, 0.0022, 6), at), _IRON))
    for k in range(4):
        x, z = (
            float(cosines(np.array([k * PI / 2 + 0.78]))[0]) * 0.029,
            float(sines(np.array([k * PI / 2 + 0.78]))[0]) * 0.029,
        )
        pieces.append(Piece(shifted(tube([(x, -0.04, z), (x, 0.03, z)], 0.0016, 5), at), _IRON))
    return pieces


def _umbrella(spec: Spec, joints: Joints) -> list[Piece]:
    """A canopy of eight panels over the head."""
    grip = joints.arms[1].wrist + unit(direction("fist", 1, unit(joints.arms[1].wrist - joints.arms[1].elbow))) * 0.040
    lean = rotation(0, 0.04, -0.14)
    ribs, rings = 48, 12
    a = np.arange(ribs) / ribs * 2 * PI
    scallop = 1 - 0.055 * np.abs(sines(a * 4))
    rows = []
    for i in range(rings + 1):
        t = i / rings
        r = 0.30 * t * (1 + (scallop - 1) * t)
        sag = np.abs(sines(a * 4)) * 0.012 * t
        rows.append(np.stack([sines(a) * r, 0.115 * (1 - t * t) - sag, cosines(a) * r], -1))
    for t in (1.0, 0.7, 0.3, 0.0):
        r = 0.296 * t * (1 + (scallop - 1) * t)
        rows.append(
            np.stack([sines(a) * r, 0.115 * (1 - t * t) - 0.006 - np.abs(sines(a * 4)) * 0.012 * t, cosines(a) * r], -1)
        )
    top = vec(0, 0.375, 0)
    stuff = material(
        spec.accent if max(spec.accent) < 0.4 else mixed(spec.accent, (0.02, 0.02, 0.03), 0.4),
        23,
        0.2,
        30,
        pattern=8,
        scale=0.06,
        sheen=0.2,
    )
    canopy = smooth_sheet(np.array(rows) + top, True)
    stick = tube([(0, -0.09, 0), (0, 0.510, 0)], 0.0040, 8)
    hook = tube([(0, -0.09, 0), (0, -0.105, -0.006), (0, -0.112, -0.020), (0, -0.102, -0.034)], 0.0062, 8)
    return [
        Piece(turned(m, lean, grip), mat)
        for m, mat in ((canopy, stuff), (stick, _IRON), (hook, material((0.16, 0.07, 0.03), 23, 0.3, 30, pattern=7)))
    ]


def _torch(joints: Joints) -> tuple[list[Piece], Array]:
    arm = joints.arms[1]
    d = unit(arm.wrist - arm.elbow)
    d = unit(d + vec(0, 0.15, -0.6))
    side = unit(cross(vec(0, 1, 0), d))
    frame = np.stack([side, d, cross(side, d)], -1)
    at = arm.wrist + unit(arm.wrist - arm.elbow) * 0.035
    tube_ = lathe([(0, -0.05), (0.0105, -0.05), (0.0105, 0.05), (0.018, 0.075), (0.018, 0.088), (0.0165, 0.088)], 20)
    lens = lathe([(0.0165, 0.087), (0.0, 0.0865)], 20)
    glow = material((0.8, 0.78, 0.7), 23, 0.2, 30, pattern=7, emission=(9.0, 8.0, 6.0))
    return [Piece(turned(tube_, frame, at), _IRON), Piece(turned(lens, frame, at), glow)], at + d * 0.10


def _case(spec: Spec, joints: Joints, cell: float) -> list[Piece]:
    at = joints.arms[1].wrist + vec(0.004, -0.145, -0.010)
    hide = material(
        (0.11, 0.045, 0.02) if max(spec.top) < 0.3 else (0.05, 0.03, 0.02), 23, 0.25, 26, pattern=8, scale=0.03
    )
    body = mesh(field([box(at, (0.028, 0.062, 0.098), 0.012)]), cell * 0.8)
    handle = tube(
        [
            (0.004, 0.060, -0.034),
            (0.004, 0.082, -0.026),
            (0.004, 0.086, 0.0),
            (0.004, 0.082, 0.026),
            (0.004, 0.060, 0.034),
        ],
        0.0050,
        8,
    )
    return [Piece(body, hide), Piece(shifted(handle, at - vec(0.004, 0, 0)), _IRON)]


def _book(spec: Spec, joints: Joints, cell: float) -> list[Piece]:
    at = (joints.arms[0].wrist + joints.arms[1].wrist) / 2 + vec(0, 0.024, -0.050)
    tilt = local(-0.5, 0, 0)
    boards = mesh(field([box(at, (0.040, 0.052, 0.012), 0.003, axes=tilt)]), cell * 0.5)
    return [Piece(boards, material(spec.accent, 23, 0.12, 18, pattern=7))]


def prop_pieces(spec: Spec, joints: Joints, prop: str | None, cell: float) -> tuple[list[Piece], Array | None]:
    """A thing in hand, and where its light stands if it has one (both in the torso frame)."""
    if prop == "mug":
        return _mug(spec, joints), None
    if prop == "phone":
        return _phone(joints, cell), None
    if prop == "lantern":
        at = joints.arms[1].wrist + vec(0, -0.105, -0.035)
        return _lantern(at), at
    if prop == "umbrella":
        return _umbrella(spec, joints), None
    if prop == "torch":
        return _torch(joints)
    if prop == "case":
        return _case(spec, joints, cell), None
    if prop == "book":
        return _book(spec, joints, cell), None
    return (object_pieces(spec, joints, prop, cell) if prop else []), None
