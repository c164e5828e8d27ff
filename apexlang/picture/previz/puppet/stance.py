"""A pose by its name, with a thing in hand and an emotion in the spine."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Final

from apexlang.picture.previz.puppet.pose import EASY, PROP_POSES, Arm, Pose, pose_named
from apexlang.picture.previz.puppet.pose import POSES as FIRST
from apexlang.picture.previz.puppet.stances import HANDS_FULL, NAMES, ONE_HAND, TWO_HANDS, stance_named

POSES: Final = (*FIRST, *NAMES)
"""Every pose by its name."""

PROPS: Final = (*PROP_POSES, "torch", "case", "book", *ONE_HAND, *TWO_HANDS)
"""Everything that a figure can have in hand."""

LEANS: Final = MappingProxyType(
    {"sad": 0.11, "tired": 0.10, "afraid": -0.05, "angry": 0.08, "surprised": -0.07, "disgusted": -0.05, "happy": -0.03,
     "determined": -0.03}
)  # fmt: skip
"""Radians by which an emotion bends the spine forward: grief slumps, anger leans in, fear draws back."""


def pose_of_name(name: str, w: float) -> Pose:
    """The pose `name` for hips of half width `w`; an unknown name stands."""
    return stance_named(name, w) or pose_named(name, w)


def with_prop(pose: Pose, prop: str | None, name: str = "") -> Pose:
    """`pose` with another thing in hand: its arm takes the shape that holds it."""
    if prop is None or prop == pose.prop or prop not in PROPS:
        return pose
    arms = list(pose.arms)
    if name in HANDS_FULL:
        return pose
    if prop in ("mug", "book", "rope", "letter"):
        arms = list(pose_named("hold", 0.05).arms)
    elif prop in ("case", "bag"):
        arms[1] = Arm((0.052, -0.272, -0.010), (0.5, 0, 1), "fist")
    elif prop in ("lantern", "umbrella", "phone"):
        arms[1] = pose_named(prop, 0.05).arms[1]
    elif prop in ("guitar", "camera", "box"):
        arms = list(pose_of_name({"guitar": "strum", "camera": "photograph", "box": "carry"}[prop], 0.05).arms)
    elif prop in ("gun", "knife", "sword", "torch", "key"):
        arms[1] = Arm((0.040, -0.105, -0.205), (0.7, -0.7, 0.2), "fist")
    elif name != "drink":
        arms[1] = Arm((0.014, -0.115, -0.165), (0.8, -0.6, 0.3), "fist")
    if name == "hold" and prop in (*ONE_HAND, "torch", "case", "lantern", "umbrella", "phone"):
        arms[0] = EASY[0]
    return replace(pose, arms=(arms[0], arms[1]), prop=prop)
