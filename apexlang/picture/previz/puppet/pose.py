"""Poses: where the joints of a figure want to be, and the words that ask for them. Lengths in figure heights."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet.numeric import across, dot, length, unit

Array = npt.NDArray[Any]
Triple = tuple[float, float, float]

ANKLE: Final = 0.045


@dataclass(frozen=True)
class Arm:
    """`wrist` from the shoulder in the torso's frame, the `pole` its elbow points to, and how the `hand` is held."""

    wrist: Triple
    pole: Triple
    hand: str = "rest"


@dataclass(frozen=True)
class Leg:
    """`ankle` in the figure's frame, the `pole` its knee points to, the foot's `yaw` outward and `heel` raise (rad)."""

    ankle: Triple
    pole: Triple = (0.0, 0.0, -1.0)
    yaw: float = 0.0
    heel: float = 0.0


@dataclass(frozen=True)
class Pose:
    """A stance. `hips`: shift of the hips; torso `pitch`, `roll`, `yaw` and the head's, radians; right side (x < 0) first."""

    arms: tuple[Arm, Arm]
    legs: tuple[Leg, Leg]
    hips: Triple = (0.0, 0.0, 0.0)
    pitch: float = 0.0
    roll: float = 0.0
    yaw: float = 0.0
    head: Triple = (0.0, 0.0, 0.0)
    prop: str | None = None

    @property
    def seated(self) -> bool:
        """Hips well below standing."""
        return self.hips[1] < -0.2


_REST = (Arm((-0.050, -0.275, -0.015), (-0.4, 0, 1)), Arm((0.050, -0.275, -0.015), (0.4, 0, 1)))
EASY = (Arm((-0.052, -0.272, -0.022), (-0.4, 0, 1)), Arm((0.058, -0.266, -0.030), (0.6, 0, 1)))
_POCKETS = (Arm((0.018, -0.236, -0.040), (-1, 0, 0.7), "pocket"), Arm((-0.018, -0.236, -0.040), (1, 0, 0.7), "pocket"))


def standing(w: float) -> tuple[Leg, Leg]:
    """Weight on one leg."""
    return (Leg((-w * 1.22, ANKLE, 0.008), (-0.15, 0, -1), 0.12), Leg((w * 1.40, ANKLE, -0.012), (0.25, 0, -1), -0.28))


POSES: Final = (
    "stand",
    "pockets",
    "walk",
    "run",
    "sit",
    "lean",
    "crossed",
    "point",
    "point left",
    "point right",
    "hold",
    "lantern",
    "phone",
    "umbrella",
    "kneel",
    "look back",
    "wave",
    "think",
    "fear",
    "crouch",
)


def pose_named(name: str, w: float) -> Pose:
    """The pose `name` for hips of half width `w`; an unknown name stands."""
    stand = Pose(EASY, standing(w), (0.010, 0.0, 0.0), roll=0.022)
    right_rest = EASY[0]
    table = {
        "stand": stand,
        "pockets": Pose(_POCKETS, standing(w), (-0.008, 0, 0), roll=-0.018),
        "walk": Pose(
            (Arm((-0.040, -0.258, -0.105), (-0.3, 0, 1)), Arm((0.046, -0.266, 0.070), (0.3, -0.2, 1))),
            (Leg((-w * 0.85, 0.080, 0.150), (0, 0, -1), 0, 0.75), Leg((w * 0.85, ANKLE, -0.125), (0, 0, -1), 0, -0.12)),
            (0, -0.016, 0),
            pitch=0.05,
            yaw=0.10,
        ),
        "run": Pose(
            (
                Arm((-0.050, -0.150, 0.110), (-0.4, 0.2, 1), "fist"),
                Arm((-0.005, -0.095, -0.150), (0.6, -0.9, 0.25), "fist"),
            ),
            (
                Leg((-w * 0.75, 0.095, -0.175), (0, 0.4, -1), 0, -0.25),
                Leg((w * 0.75, 0.215, 0.235), (0, -0.2, -1), 0, 1.35),
            ),
            (0, -0.022, 0),
            pitch=0.24,
            yaw=-0.20,
            head=(0.10, -0.16, 0),
        ),
        "sit": Pose(
            (
                Arm((0.022, -0.186, -0.178), (-1, -0.2, 0.6), "flat"),
                Arm((-0.018, -0.188, -0.164), (1, -0.2, 0.6), "flat"),
            ),
            (Leg((-w * 1.3, ANKLE, -0.235), (0, 1, -0.6), 0.1), Leg((w * 1.5, ANKLE, -0.205), (0.1, 1, -0.6), -0.15)),
            (0, -0.245, 0),
            pitch=0.03,
        ),
        "lean": Pose(
            (Arm((-0.03, -0.27, -0.03), (-0.5, 0, 1)), _POCKETS[1]),
            (Leg((-w * 1.2, ANKLE, -0.085), (-0.1, 0, -1), 0.2), Leg((-w * 0.25, ANKLE, -0.02), (0.4, 0, -1), -0.45)),
            (0.036, -0.004, 0),
            roll=-0.13,
            head=(0, 0, 0.08),
        ),
        "crossed": Pose(
            (
                Arm((0.104, -0.126, -0.112), (-0.8, -0.8, 0.1), "tucked"),
                Arm((-0.100, -0.104, -0.132), (0.8, -0.8, 0.1), "wrap"),
            ),
            standing(w),
            (0.008, 0, 0),
            pitch=-0.03,
            roll=0.02,
        ),
        "point": Pose((right_rest, Arm((0.165, 0.020, -0.222), (0.7, -0.6, 0.3), "point")), standing(w), yaw=0.12),
        "point right": Pose(
            (right_rest, Arm((0.266, 0.035, -0.085), (0.2, -1.0, 0.25), "point")), standing(w), roll=-0.02
        ),
        "point left": Pose(
            (Arm((-0.266, 0.035, -0.085), (-0.2, -1.0, 0.25), "point"), EASY[1]), standing(w), roll=0.03
        ),
        "hold": Pose(
            (
                Arm((0.072, -0.150, -0.150), (-0.7, -0.6, 0.3), "grip"),
                Arm((-0.076, -0.140, -0.155), (0.7, -0.6, 0.3), "grip"),
            ),
            standing(w),
            head=(0, 0.06, 0),
            prop="mug",
        ),
        "lantern": Pose(
            (right_rest, Arm((0.06, -0.03, -0.235), (0.7, -0.7, 0.2), "fist")), standing(w), prop="lantern"
        ),
        "phone": Pose(
            (_POCKETS[0], Arm((0.012, 0.030, -0.085), (0.9, -0.8, -0.1), "phone")),
            standing(w),
            head=(0, 0, -0.05),
            prop="phone",
        ),
        "umbrella": Pose(
            (right_rest, Arm((-0.010, -0.080, -0.130), (0.7, -0.8, 0.2), "fist")),
            standing(w),
            prop="umbrella",
        ),
        "kneel": Pose(
            (Arm((0.035, -0.20, -0.175), (-0.9, 0, 0.5), "flat"), Arm((0.045, -0.262, -0.06), (0.6, 0, 0.8))),
            (
                Leg((-w * 1.2, ANKLE, -0.195), (-0.05, 0.8, -1), 0.05),
                Leg((w * 1.1, 0.062, 0.225), (0, -0.6, -1), 0, 1.2),
            ),
            (0, -0.235, 0.03),
            pitch=0.10,
        ),
        "crouch": Pose(
            (Arm((0.030, -0.20, -0.190), (-0.9, 0, 0.5), "flat"), Arm((-0.01, -0.215, -0.170), (0.9, 0, 0.5))),
            (
                Leg((-w * 1.4, ANKLE, -0.10), (-0.2, 0.6, -1), 0.2),
                Leg((w * 1.3, 0.065, 0.075), (0.1, 0.2, -1), -0.1, 0.7),
            ),
            (0, -0.270, 0.02),
            pitch=0.28,
            head=(0, -0.22, 0),
        ),
        "look back": Pose(
            (Arm((-0.045, -0.262, -0.075), (-0.3, 0, 1)), Arm((0.055, -0.264, 0.060), (0.3, 0, 1))),
            (Leg((-w * 0.9, ANKLE, -0.11), (0, 0, -1)), Leg((w * 0.9, 0.075, 0.13), (0, 0, -1), 0, 0.7)),
            (0, -0.014, 0),
            yaw=0.30,
            head=(1.02, -0.02, 0),
        ),
        "wave": Pose((right_rest, Arm((0.105, 0.120, -0.085), (0.9, -0.8, 0.1), "open")), standing(w)),
        "think": Pose(
            (
                Arm((0.098, -0.150, -0.118), (-0.8, -0.8, 0.1), "tucked"),
                Arm((-0.062, -0.012, -0.135), (0.5, -0.9, 0.0), "chin"),
            ),
            standing(w),
            head=(0, 0.04, 0),
        ),
        "fear": Pose(
            (
                Arm((0.03, -0.06, -0.15), (-0.8, -0.8, 0.2), "guard"),
                Arm((-0.01, -0.02, -0.16), (0.8, -0.8, 0.2), "guard"),
            ),
            standing(w),
            pitch=-0.08,
        ),
    }
    return table.get(name, stand)


PROP_POSES: Final = MappingProxyType({"mug": "hold", "lantern": "lantern", "phone": "phone", "umbrella": "umbrella"})


def two_bones(start: Array, target: Array, first: float, second: float, pole: Array) -> tuple[Array, Array]:
    """Middle and end joint of a limb of two bones: the end at the target or as near as it reaches (law of cosines)."""
    d = target - start
    reach = length(d)
    d = d / (reach + 1e-12)
    longest = (first + second) * 0.995
    if reach > longest:
        target, reach = start + d * longest, longest
    x = (first * first - second * second + reach * reach) / (2 * reach + 1e-12)
    h = math.sqrt(max(0.0, first * first - x * x))
    side = unit(across(np.asarray(pole, np.float64), d))
    return start + d * x + side * h, target


def bend(a: Array, b: Array) -> float:
    """1 - cosine between two unit vectors, halved: 0 straight, 1 folded back."""
    return (1 - dot(a, b)) * 0.5


_ACTS: Final = (
    (
        "look back",
        r"look(?:s|ing)? (?:back|over (?:his|her|their) shoulder)|turn(?:s|ed|ing)? (?:back|around|to look)",
        None,
    ),
    ("umbrella", r"umbrella", "umbrella"),
    ("phone", r"(?:tele|cell|smart)?phones?\b|on the line|dial(?:s|ling)?", "phone"),
    ("lantern", r"lantern|lamp in (?:his|her|their) hand|candle", "lantern"),
    ("hold", r"mug|cup of|coffee|drinks? (?:tea|coffee)|glass of", "mug"),
    ("run", r"run(?:s|ning)?\b|sprint(?:s|ing)?|flee(?:s|ing)?|dash(?:es|ing)?|chas(?:es|ing)\b", None),
    ("kneel", r"kneel(?:s|ing)?|on (?:one|his|her|their) knees?", None),
    ("crouch", r"crouch(?:es|ing)?|squat(?:s|ting)?|ducks?\b|hides? behind", None),
    ("sit", r"\bsit(?:s|ting)?\b|\bseated\b|\bsat\b|slumps? in", None),
    ("crossed", r"arms (?:crossed|folded)|cross(?:es|ed)? (?:his|her|their) arms|folds? (?:his|her|their) arms", None),
    ("pockets", r"hands? in (?:his |her |their )?pockets?", None),
    ("point", r"point(?:s|ing)?\b", None),
    ("wave", r"wav(?:es|ing)\b|greets?\b", None),
    ("lean", r"lean(?:s|ing)?\b", None),
    (
        "walk",
        r"walk(?:s|ing)?\b|stride(?:s)?|step(?:s|ping)?\b|approach(?:es|ing)?|enters?\b|crosses\b|strolls?|march(?:es|ing)?"
        r"|wanders?|paces?\b|climb(?:s|ing)?",
        None,
    ),
    ("think", r"thinks?\b|ponders?|hand (?:on|to) (?:his|her|their) chin", None),
    ("fear", r"raises? (?:his|her|their) hands|recoils?|backs? away|cowers?", None),
    ("hold", r"\bholds?\b|\bholding\b|clutch(?:es|ing)?|carr(?:ies|ying)", "book"),
    ("stand", r"stand(?:s|ing)?\b|waits?\b|watch(?:es|ing)?\b", None),
)


def pose_of(text: str) -> tuple[str, str | None] | None:
    """The pose and the thing in hand that prose asks for, or None where it says neither. A walker with a lantern walks with it."""
    low = text.lower()
    found: list[tuple[int, str, str | None]] = []
    for pose, pattern, prop in _ACTS:
        if m := re.search(pattern, low):
            found.append((m.start(), pose, prop))
    if re.search(r"flashlight|torch\b", low):
        found.append((len(low), "stand", "torch"))
    if re.search(r"suitcase|briefcase", low):
        found.append((len(low), "stand", "case"))
    if not found:
        return None
    prop = next((p for _, _, p in found if p is not None), None)
    moving = [pose for _, pose, p in found if p is None]
    if moving:
        return moving[0], prop
    return found[0][1], prop
