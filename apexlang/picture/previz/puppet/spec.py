"""What a described person is: the nouns of the puppets. Colours are linear RGB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Colour = tuple[float, float, float]

NOSES: Final = ("button", "straight", "hook", "broad", "ski", "bulb")
CHILD, TEEN, OLD = 13, 18, 60
"""Ages at which childhood and youth end and old age begins."""


@dataclass(frozen=True)
class Face:
    """A face in units of the head: 1 from chin to crown, its middle at 0.

    width, length: of the head; jaw, chin, cheek: fullness, 1 the middle; nose: one of `NOSES`, with its length and width;
    eye_x, eye_y, eye_radius; tilt of the eyes (rad); brow thickness, arch and spread; ear size and how far it stands
    out; mouth half width, lips' fullness, mouth's height; asymmetry: a slight one, so that no face is a mirror.
    """

    width: float
    length: float
    jaw: float
    chin: float
    cheek: float
    nose: str
    nose_length: float
    nose_width: float
    eye_x: float
    eye_y: float
    eye_radius: float
    tilt: float
    brow: float
    brow_arch: float
    brow_spread: float
    ear: float
    ear_out: float
    mouth: float
    lips: float
    mouth_y: float


@dataclass(frozen=True)
class Spec:
    """One person, dressed. Colours are linear RGB; `height` in metres; `age` in years.

    gender 'woman' or 'man'; build 'slim', 'average', 'heavy' or 'athletic'; hair, beard, hat, outfit, bottom, glasses
    and patterns are keys of the tables in `words` ('none' where there is none).
    """

    name: str
    age: int
    gender: str
    build: str
    height: float
    skin: Colour
    eyes: Colour
    hair: str
    hair_colour: Colour
    beard: str
    beard_colour: Colour
    hat: str
    hat_colour: Colour
    glasses: str
    outfit: str
    top: Colour
    pattern: str
    second: Colour
    shirt: Colour
    accent: Colour
    bottom: str
    bottom_colour: Colour
    shoes: str
    shoe_colour: Colour
    scarf: Colour | None
    tie: bool
    gloves: bool
    long_sleeves: bool
    lipstick: bool
    freckles: bool
    scar: bool
    face: Face
    seed: int

    @property
    def child(self) -> bool:
        """Younger than thirteen."""
        return self.age < CHILD

    @property
    def teen(self) -> bool:
        """Thirteen to seventeen."""
        return CHILD <= self.age < TEEN

    @property
    def old(self) -> bool:
        """Sixty or more."""
        return self.age >= OLD

    @property
    def woman(self) -> bool:
        """Built as a woman or girl."""
        return self.gender == "woman"


def linear(colour: str) -> Colour:
    """'#rrggbb' as linear RGB (IEC 61966-2-1)."""
    c = colour.lstrip("#")
    v = [int(c[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    a, b, d = (round(x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4, 6) for x in v)
    return a, b, d


def mixed(a: Colour, b: Colour, k: float) -> Colour:
    """`a` with `k` of `b`."""
    return a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k
