"""Proportions and joints of a figure: 5.8 heads tall, as a puppet is. Lengths in figure heights unless said otherwise.

Torso frame: origin between the hips, y up the spine, -z the chest. Figure frame: origin on the ground, facing -z.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.face import neck_radius
from apexlang.picture.previz.puppet.field import cone, ellipsoid
from apexlang.picture.previz.puppet.numeric import cosine, rotation, sine, turn, vec
from apexlang.picture.previz.puppet.pose import ANKLE, Pose, two_bones
from apexlang.picture.previz.puppet.spec import Spec
from apexlang.picture.previz.puppet.stance import pose_of_name, with_prop

Array = npt.NDArray[Any]

UPPER_ARM, FOREARM = 0.152, 0.140


@dataclass(frozen=True)
class Body:
    """Measures: `head` height, `hip` and `shoulder` joints above the ground, `torso` between them, half widths of shoulders
    and hips; `width` and `limb` thickness, 1 average; `feminine` and `belly` 0..1; `neck` radius; `stoop` of the back (rad)."""

    head: float
    hip: float
    shoulder: float
    torso: float
    shoulders: float
    hips: float
    width: float
    limb: float
    feminine: float
    belly: float
    neck: float
    stoop: float


@dataclass(frozen=True)
class ArmJoints:
    """Side -1 right, 1 left; joints in the torso frame; the hand's kind."""

    side: int
    shoulder: Array
    elbow: Array
    wrist: Array
    hand: str


@dataclass(frozen=True)
class LegJoints:
    """Side -1 right, 1 left; joints in the figure frame; the foot's turn and the heel's raise."""

    side: int
    hip: Array
    knee: Array
    ankle: Array
    yaw: float
    heel: float


@dataclass(frozen=True)
class Joints:
    """Where a posed body is: torso `matrix` and `hips`, arms and legs."""

    hips: Array
    matrix: Array
    arms: tuple[ArmJoints, ArmJoints]
    legs: tuple[LegJoints, LegJoints]
    pose: Pose


def measure(spec: Spec) -> Body:
    """The proportions of a person."""
    woman, grown = spec.woman, not (spec.child or spec.teen)
    head = 0.222 if spec.child else 0.188 if spec.teen else 0.176 if spec.old else 0.172
    if woman and grown and not spec.old:
        head *= 1.03
    wide = {"slim": 0.90, "average": 1.0, "heavy": 1.20, "athletic": 1.10}[spec.build]
    limb = {"slim": 0.88, "average": 1.0, "heavy": 1.22, "athletic": 1.12}[spec.build]
    k = 0.92 if spec.child else 0.93 if spec.teen else 0.96 if spec.old else 1.0
    hip = 0.495 - (head - 0.172) * 0.9
    shoulder = 1 - head - 0.046
    heavy = spec.build == "heavy"
    return Body(
        head=head,
        hip=hip,
        shoulder=shoulder,
        torso=shoulder - hip,
        shoulders=0.098 * k * (0.90 if woman else 1.04) * (1.10 if heavy else wide),
        hips=0.048 * (1.06 if woman else 1.0) * k * (1.1 if heavy else 1.0),
        width=wide * k,
        limb=limb * k * (0.94 if woman else 1.0),
        feminine=(0.6 if spec.old else 1.0) if woman and not spec.child else 0.0,
        belly={"heavy": 1.0, "average": 0.4 if spec.old else 0.10}.get(spec.build, 0.0),
        neck=neck_radius(spec) * head,
        stoop=0.12 if spec.old else 0.0,
    )


def _foot_contact(heel: float) -> float:
    """Height of the ankle when the lowest point of the tilted foot touches the ground."""
    c, s = cosine(heel), sine(heel)
    lowest = min(-ANKLE * c + z * s for z in (0.032, -0.088)) if heel else -ANKLE
    toe = -(ANKLE - 0.008) * c - 0.112 * s
    return -min(lowest, toe)


def _on_the_thigh(wrist: Array, matrix: Array, hips: Array, leg: LegJoints, limb: float) -> Array:
    """`wrist` (torso frame) raised so that a flat hand lies on the thigh and not in it."""
    at = turn(wrist, matrix) + hips
    t = min(1.0, max(0.0, (at[2] - leg.hip[2]) / (leg.knee[2] - leg.hip[2] - 1e-9)))
    top = leg.hip[1] + (leg.knee[1] - leg.hip[1]) * t + (0.050 - 0.014 * t) * limb + 0.016
    return wrist + turn(vec(0, max(0.0, top - at[1]), 0), matrix.T.copy())


def joined(spec: Spec, body: Body, pose_name: str, prop: str | None, lean: float = 0.0) -> Joints:
    """Joints of a body in a pose, by two-bone chains to the pose's targets; `lean`: of the spine, forward, on top of the pose's."""
    pose = with_prop(pose_of_name(pose_name, body.hips), prop, pose_name)
    hips = vec(pose.hips[0], body.hip + pose.hips[1], pose.hips[2])
    matrix = rotation(pose.yaw, pose.pitch + body.stoop + (lean if pose_name != "lie" else 0.0), pose.roll)
    shin = (body.hip - ANKLE) * 0.505
    narrow = spec.outfit in ("coat", "raincoat", "dress") and pose_name in ("walk", "look back")
    legs = []
    for side, leg in zip((-1, 1), pose.legs, strict=True):
        x, y, z = leg.ankle
        if narrow:
            z *= 0.8
        hip = hips + vec(side * body.hips, 0, 0)
        knee, ankle = two_bones(hip, vec(x, max(y, _foot_contact(leg.heel)), z), shin, shin, vec(*leg.pole))
        legs.append(LegJoints(side, hip, knee, ankle, leg.yaw, leg.heel))
    arms = []
    for side, arm in zip((-1, 1), pose.arms, strict=True):
        shoulder = vec(side * body.shoulders, body.torso - 0.012, 0.006)
        target = shoulder + vec(*arm.wrist)
        if arm.hand == "flat":
            target = _on_the_thigh(target, matrix, hips, legs[(side + 1) // 2], body.limb)
        elbow, wrist = two_bones(shoulder, target, UPPER_ARM, FOREARM, vec(*arm.pole))
        arms.append(ArmJoints(side, shoulder, elbow, wrist, arm.hand))
    return Joints(hips, matrix, (arms[0], arms[1]), (legs[0], legs[1]), pose)


def to_torso(points: Array, joints: Joints) -> Array:
    """Points of the figure frame in the torso frame."""
    return turn(np.asarray(points) - joints.hips, joints.matrix.T.copy())


def torso(body: Body, grow: float = 0.0) -> list[Array]:
    """The trunk under the clothes, `grow` larger, in the torso frame."""
    s, w, g, f = body.torso, body.width, grow, body.feminine
    parts = [
        ellipsoid((0, s * 0.66, 0.004), (0.090 * w * (1 - 0.04 * f) + g, 0.108 + g, 0.062 * w + g), 0.03),
        ellipsoid((0, s * 0.30, 0.0), ((0.073 - 0.012 * f) * w + g, 0.095 + g, (0.054 - 0.004 * f) * w + g), 0.06),
        ellipsoid((0, 0.010, 0.004), ((0.084 + 0.008 * f) * w + g, 0.080 + g, 0.062 * w + g), 0.05),
    ]
    for side in (-1, 1):
        parts.append(
            cone(
                (side * 0.020, s + 0.008, 0.010),
                (side * body.shoulders * 0.90, s - 0.017, 0.006),
                0.024 + g * 0.7,
                0.0275 * w + g * 0.7,
                0.05,
            )
        )
        if f:
            parts.append(
                ellipsoid((side * 0.036, s * 0.66, -0.046), (0.036 * f + g, 0.034 * f + g, 0.032 * f + g), 0.035)
            )
    if body.belly > 0:
        b = body.belly
        parts.append(ellipsoid((0, s * 0.28, -0.030 * b), (0.088 * w + g, 0.094 + g, 0.064 * w + g), 0.06))
    return parts


def neck(spec: Spec, body: Body) -> list[Array]:
    """The neck with its two cords, the hollow between the collar bones and, on men, an Adam's apple; torso frame."""
    s, r = body.torso, body.neck
    parts = [cone((0, s - 0.03, 0.016), (0, s + 0.070, 0.006), r * 1.02, r * 0.96, 0.03)]
    for side in (-1, 1):
        parts.append(
            cone(
                (side * r * 0.90, s + 0.062, 0.008), (side * 0.009, s + 0.000, 0.014 - r * 0.94), 0.0060, 0.0052, 0.016
            )
        )
        parts.append(
            cone(
                (side * 0.008, s - 0.004, 0.012 - r * 0.92),
                (side * 0.062 * body.width, s + 0.002, -0.012),
                0.0065,
                0.0065,
                0.016,
            )
        )
        if spec.outfit in ("dress", "tee"):
            back = (side * 0.050 * body.width, s - 0.008, 0.006)
            parts.append(cone((side * r * 0.3, s + 0.050, 0.012), back, 0.012, 0.011, 0.03))
    if not spec.woman and not spec.child:
        parts.append(ellipsoid((0, s + 0.036, 0.008 - r * 0.96), (0.0062, 0.0085, 0.0062), 0.010))
    return parts
