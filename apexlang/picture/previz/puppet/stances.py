"""More poses: what people do with both hands, with each other, and on the ground. Right side (x < 0) first; figure heights."""

from __future__ import annotations

from typing import Final

from apexlang.picture.previz.puppet.pose import ANKLE, EASY, Arm, Leg, Pose, standing

NAMES: Final = (
    "hips", "raise", "fight", "pray", "dance", "drink", "read", "drive", "type", "reach", "aim", "carry", "lie", "embrace", "salute",
    "shrug", "strum", "photograph",
)  # fmt: skip

ONE_HAND: Final[tuple[str, ...]] = (
    "bottle",
    "glass",
    "gun",
    "knife",
    "flower",
    "key",
    "sword",
    "cigarette",
    "letter",
    "bag",
)
TWO_HANDS: Final[tuple[str, ...]] = ("camera", "guitar", "box", "rope")
"""Things that one hand holds, or both, besides those of `props`."""

HANDS_FULL: Final = frozenset(["pray", "fight", "drive", "embrace", "raise", "strum", "photograph", "carry"])
"""Poses whose hands are not free for another thing."""


def stance_named(name: str, w: float) -> Pose | None:
    """The pose `name` for hips of half width `w`."""
    seated = (Leg((-w * 1.3, ANKLE, -0.235), (0, 1, -0.6), 0.1), Leg((w * 1.5, ANKLE, -0.205), (0.1, 1, -0.6), -0.15))
    apart = (Leg((-w * 1.9, ANKLE, -0.045), (-0.2, 0, -1), 0.25), Leg((w * 1.8, ANKLE, 0.050), (0.3, 0, -1), -0.45))
    right = EASY[0]
    match name:
        case "hips":
            arms = (
                Arm((-0.010, -0.212, -0.030), (-1, 0.1, 0.5), "wrap"),
                Arm((0.010, -0.212, -0.030), (1, 0.1, 0.5), "wrap"),
            )
            return Pose(arms, apart, (0.006, -0.006, 0), pitch=-0.03)
        case "raise":
            arms = (
                Arm((-0.085, 0.185, -0.060), (-0.9, -0.5, 0.2), "open"),
                Arm((0.085, 0.185, -0.060), (0.9, -0.5, 0.2), "open"),
            )
            return Pose(arms, standing(w), pitch=-0.04, head=(0, -0.08, 0))
        case "fight":
            arms = (
                Arm((0.062, -0.035, -0.150), (-0.8, -0.9, 0.2), "fist"),
                Arm((-0.020, 0.002, -0.235), (0.7, -0.9, 0.2), "fist"),
            )
            return Pose(arms, apart, (0, -0.022, 0), pitch=0.10, yaw=0.28, head=(-0.20, 0.02, 0))
        case "pray":
            arms = (
                Arm((0.086, -0.100, -0.160), (-0.9, -0.7, 0.2), "guard"),
                Arm((-0.086, -0.100, -0.160), (0.9, -0.7, 0.2), "guard"),
            )
            return Pose(arms, standing(w), pitch=0.04, head=(0, 0.20, 0))
        case "dance":
            arms = (
                Arm((-0.170, 0.085, -0.060), (-0.5, -0.9, 0.3), "open"),
                Arm((0.150, -0.080, -0.090), (0.6, -0.8, 0.4), "open"),
            )
            legs = (
                Leg((-w * 0.6, ANKLE, -0.02), (-0.3, 0, -1), 0.3),
                Leg((w * 2.9, 0.090, 0.075), (0.7, 0, -1), -0.6, 0.8),
            )
            return Pose(arms, legs, (-0.014, -0.008, 0), roll=0.12, yaw=0.25, head=(-0.10, -0.05, -0.14))
        case "drink":
            arms = (right, Arm((-0.052, 0.030, -0.135), (0.7, -0.9, 0.1), "grip"))
            return Pose(arms, standing(w), head=(0, -0.12, 0), prop="glass")
        case "read":
            arms = (
                Arm((0.060, -0.118, -0.165), (-0.7, -0.7, 0.3), "grip"),
                Arm((-0.060, -0.118, -0.165), (0.7, -0.7, 0.3), "grip"),
            )
            return Pose(arms, standing(w), head=(0, 0.30, 0), prop="book")
        case "drive":
            arms = (
                Arm((0.020, -0.085, -0.225), (-0.8, -0.9, 0.2), "fist"),
                Arm((-0.020, -0.085, -0.225), (0.8, -0.9, 0.2), "fist"),
            )
            return Pose(arms, seated, (0, -0.245, 0), pitch=-0.04)
        case "type":
            arms = (
                Arm((0.030, -0.165, -0.190), (-0.8, -0.3, 0.5), "wrap"),
                Arm((-0.030, -0.165, -0.190), (0.8, -0.3, 0.5), "wrap"),
            )
            return Pose(arms, seated, (0, -0.245, 0), pitch=0.08, head=(0, 0.18, 0))
        case "reach":
            return Pose(
                (right, Arm((0.006, -0.060, -0.255), (0.6, -0.8, 0.3), "open")), standing(w), pitch=0.06, yaw=-0.12
            )
        case "aim":
            arms = (
                Arm((0.082, -0.020, -0.225), (-0.8, -0.8, 0.2), "grip"),
                Arm((-0.074, -0.012, -0.240), (0.7, -0.8, 0.2), "fist"),
            )
            return Pose(arms, apart, (0, -0.012, 0), pitch=0.03, prop="gun")
        case "carry":
            arms = (
                Arm((0.020, -0.150, -0.190), (-0.8, -0.4, 0.4), "wrap"),
                Arm((-0.020, -0.150, -0.190), (0.8, -0.4, 0.4), "wrap"),
            )
            return Pose(arms, standing(w), pitch=-0.07, prop="box")
        case "lie":
            arms = (Arm((-0.120, -0.190, 0.010), (-0.9, 0, 0.4)), Arm((0.085, -0.215, 0.010), (0.9, 0, 0.4)))
            legs = (
                Leg((-w * 1.3, 0.070, -0.47), (-0.2, 1, 0), 0.5, -1.2),
                Leg((w * 1.6, 0.070, -0.44), (0.2, 1, 0), -0.5, -1.2),
            )
            return Pose(arms, legs, (0, -0.415, 0), pitch=-1.48, head=(0.25, 0.12, 0))
        case "embrace":
            arms = (
                Arm((0.025, -0.050, -0.235), (-0.9, -0.6, 0.2), "wrap"),
                Arm((-0.015, -0.105, -0.230), (0.9, -0.6, 0.2), "wrap"),
            )
            return Pose(arms, standing(w), pitch=0.09, head=(0.30, 0.06, 0.10))
        case "salute":
            return Pose((right, Arm((-0.022, 0.112, -0.105), (0.9, -0.7, 0.2), "flat hand")), standing(w), pitch=-0.03)
        case "shrug":
            arms = (
                Arm((-0.105, -0.125, -0.120), (-0.5, -0.9, 0.4), "palm"),
                Arm((0.105, -0.125, -0.120), (0.5, -0.9, 0.4), "palm"),
            )
            return Pose(arms, standing(w), head=(0, 0, 0.12))
        case "strum":
            arms = (
                Arm((0.060, -0.165, -0.120), (-0.9, -0.4, 0.4), "wrap"),
                Arm((0.120, -0.060, -0.170), (0.6, -0.9, 0.3), "grip"),
            )
            return Pose(arms, standing(w), head=(0.15, 0.16, 0), prop="guitar")
        case "photograph":
            arms = (
                Arm((0.045, 0.020, -0.165), (-0.8, -0.9, 0.1), "grip"),
                Arm((-0.045, 0.020, -0.165), (0.8, -0.9, 0.1), "grip"),
            )
            return Pose(arms, standing(w), prop="camera")
    return None
