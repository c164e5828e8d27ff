"""Garments of the upper body: one field for trunk, skirt and sleeves with folds where cloth gathers, and what is sewn on.

Torso frame, figure heights. A garment's hem follows the legs, so that no stride comes through a coat.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from apexlang.picture.previz.puppet import field as fd
from apexlang.picture.previz.puppet import tailoring as sew
from apexlang.picture.previz.puppet.body import UPPER_ARM, ArmJoints, Body, Joints, neck, to_torso, torso
from apexlang.picture.previz.puppet.describe import Colour, Spec, mixed
from apexlang.picture.previz.puppet.field import (
    CUT, Field, below, capped, chain, cloth, cone, ellipsoid, field, fold, opening,
)
from apexlang.picture.previz.puppet.nets import Mesh, mesh
from apexlang.picture.previz.puppet.numeric import unit, vec
from apexlang.picture.previz.puppet.pose import bend
from apexlang.picture.previz.puppet.shapes import Piece, band, drape, material, ring, smooth_sheet, sphere

Array = npt.NDArray[Any]
Material = tuple[float, ...]

_DARK: Final = (0.012, 0.010, 0.009)
_BRASS: Final = (0.50, 0.33, 0.10)
_PATTERNS: Final = MappingProxyType({
    "none": (0, 14.0), "plaid": (2, 16.0), "pinstripe": (3, 45.0), "stripes": (4, 24.0), "tweed": (5, 1.0), "denim": (6, 1.0),
    "dots": (9, 26.0), "knit": (1, 38.0), "leather": (8, 0.06), "glossy": (8, 0.12),
})


@dataclass(frozen=True)
class Cut:
    """How a garment hangs: `ease` of the sleeves, `off` the body, `hem` below the hips, V of an open front as a share of the
    torso (0 closed), short sleeves."""

    ease: float
    off: float
    hem: float
    vee: float = 0.0
    short: bool = False


CUTS: Final = MappingProxyType({
    "coat": Cut(1.25, 0.0114, -0.265, 0.55), "raincoat": Cut(1.28, 0.0115, -0.215), "hoodie": Cut(1.28, 0.0114, -0.045),
    "jacket": Cut(1.12, 0.0080, -0.052, 0.42), "suit": Cut(1.10, 0.0068, -0.052, 0.46), "sweater": Cut(1.16, 0.0074, -0.045),
    "dress": Cut(0.95, 0.0030, -0.235, short=True), "tee": Cut(1.12, 0.0034, -0.030, short=True), "uniform": Cut(1.10, 0.0045, -0.040),
    "tactical": Cut(1.16, 0.0080, -0.036), "vest": Cut(1.06, 0.0034, -0.022), "apron": Cut(1.05, 0.0034, -0.030),
    "shirt": Cut(1.06, 0.0034, -0.034), "spacesuit": Cut(1.24, 0.0100, -0.020),
})


@dataclass(frozen=True)
class Fitting:
    """What every seam needs: the person, their measures and joints, the cut, and the cell of the mesh."""

    spec: Spec
    body: Body
    joints: Joints
    cut: Cut
    hem: float
    cell: float

    @property
    def seated(self) -> bool:
        """Sitting, kneeling or crouching."""
        return self.joints.pose.seated

    @property
    def long(self) -> bool:
        """A hem well down the thighs."""
        return self.hem < -0.1


def fabric(colour: Colour, spec: Spec, pattern: str = "none", specular: float = 0.03, sheen: float = 0.6) -> Material:
    """A woven or knitted material in a pattern of `words.PATTERNS`."""
    index, scale = _PATTERNS[pattern]
    if index == 8:
        return material(colour, 23, 0.35, 40, spec.second, 8, scale, 0.2)
    return material(colour, 23, 0.02 if index == 1 else specular, 8 if index == 1 else 9, spec.second, index, scale, 1.1 if index == 1 else sheen)


def main_material(spec: Spec) -> Material:
    """The outfit's own cloth."""
    if spec.outfit == "raincoat":
        return material(spec.top, 23, 0.16, 30, spec.second, 8, 0.045, 0.35)
    if spec.outfit == "vest":
        return fabric(spec.shirt, spec)
    return fabric(spec.top, spec, spec.pattern)


def fit(spec: Spec, body: Body, joints: Joints, cell: float) -> Fitting:
    """The outfit on a posed body."""
    cut = CUTS[spec.outfit]
    hem = cut.hem
    if joints.pose.seated:
        hem = max(hem, -0.055)
    elif max(leg.heel for leg in joints.legs) > 1.0:
        # a runner's coat flies open: its skirt stops at mid thigh
        hem = max(hem, -0.115)
    return Fitting(spec, body, joints, cut, hem, cell)


def _leg_lines(f: Fitting, drop: float) -> list[list[Array]]:
    """For each leg its line from the hip down to the height `drop`, in the torso frame."""
    out = []
    for leg in f.joints.legs:
        hip, knee, ankle = (to_torso(p, f.joints) for p in (leg.hip, leg.knee, leg.ankle))
        if knee[1] < drop:
            t = (drop - hip[1]) / (knee[1] - hip[1] - 1e-9)
            out.append([hip, hip + (knee - hip) * t])
        else:
            t = (drop - knee[1]) / (ankle[1] - knee[1] - 1e-9)
            out.append([hip, knee, knee + (ankle - knee) * min(1.0, max(0.0, t))])
    return out


def _trunk(f: Fitting) -> list[Array]:
    """Trunk and skirt, without its hem's cut."""
    b, off, hem = f.body, f.cut.off, f.hem
    w = b.width
    parts = torso(b, off)
    if f.seated and f.cut.hem < -0.1:
        for leg in f.joints.legs:
            hip, knee, ankle = (to_torso(p, f.joints) for p in (leg.hip, leg.knee, leg.ankle))
            parts.append(cone(hip, knee + (ankle - knee) * 0.10, 0.068 * w + off, 0.050 * w + off, 0.045))
    elif f.spec.outfit == "dress":
        parts.append(cone((0, 0.065, 0), (0, hem - 0.03, 0.004), 0.068 * w, 0.140 * w, 0.03, scale=(1, 1, 0.92)))
        for line in _leg_lines(f, hem - 0.04):
            parts += chain(line, [0.060 * w, *[0.070 * w] * (len(line) - 1)], 0.06)
    elif f.long:
        wide = 0.100 * w + off * 0.8
        parts.append(cone((0, 0.05, 0), (0, hem - 0.02, 0.004), 0.080 * w + off, wide, 0.04, scale=(1, 1, 0.86)))
        for line in _leg_lines(f, hem - 0.03):
            parts += chain(line, [0.058 * w + off, *[0.056 * w + off] * (len(line) - 1)], 0.07)
    else:
        parts.append(cone((0, 0.02, 0.002), (0, hem - 0.02, 0.004), (0.082 + 0.006 * b.feminine) * w + off,
                          (0.086 + 0.006 * b.feminine) * w + off, 0.04, scale=(1, 1, 0.76)))
    return parts


def _sleeve(f: Fitting, arm: ArmJoints) -> tuple[list[Array], list[Array]]:
    """Primitives and folds of one sleeve."""
    limb = f.body.limb * f.cut.ease
    r1, r2, r3 = 0.0315 * limb, 0.0255 * limb, 0.0205 * limb
    s = arm.side
    d1, d2 = unit(arm.elbow - arm.shoulder), unit(arm.wrist - arm.elbow)
    gather = [fold(arm.shoulder + vec(-s * 0.022, -0.045, -0.03), (s * 0.8, -0.6, 0), 0.034, 0.030, 0.0028, 0.03)]
    if f.cut.short and not f.spec.long_sleeves:
        end = arm.shoulder + d1 * UPPER_ARM * 0.52
        return [capped(arm.shoulder - d1 * 0.012 - vec(0, 0.002, 0), end, r1 * 1.14, r1 * 1.18, 0.022)], gather
    bent = bend(d1, d2) * 2
    cuff = arm.wrist - d2 * 0.008
    parts = [cone(arm.shoulder + vec(-s * 0.006, -0.008, 0), arm.elbow, r1 * 1.04, r2, 0.026),
             capped(arm.elbow, cuff, r2, r3 * (1.18 if f.cut.ease > 1.08 else 1.08), 0.012), ellipsoid(arm.elbow, (r2 * 1.03,) * 3, 0.01)]
    if arm.hand == "pocket":
        d = unit(vec(-s * 0.25, -1.0, -0.1))
        parts.append(ellipsoid(arm.wrist + d * 0.032, (0.026, 0.036, 0.020), 0.025))
    amp = 0.0046 * (1.2 if f.cut.ease > 1.1 else 0.8)
    gather += [
        fold(arm.elbow, d1 + d2 + vec(0.3 * s, 0.2, 0.1), 0.030, 0.026, amp * min(1.3, 0.35 + 0.8 * bent), 0.030),
        fold(cuff - d2 * 0.012, d2 + vec(0.35 * s, 0, 0.3), 0.020, 0.019, amp * 0.5, 0.02),
        fold(arm.shoulder + d1 * 0.03, d1 * 0.6 + vec(-0.8 * s, 0.3, 0), 0.034, 0.036, amp * 0.45, 0.03),
    ]
    return parts, gather


def _folds(f: Fitting) -> list[Array]:
    s = f.body.torso
    out = [fold((-0.035, s * 0.24, -0.06), (0.5, 1, 0), 0.044, 0.044, 0.0030, 0.04), fold((0.055, s * 0.12, -0.05), (-0.7, 1, 0), 0.040, 0.040, 0.0030, 0.04),
           fold((0, s * 0.30, 0.06), (0.2, 1, 0), 0.055, 0.046, 0.0032, 0.05)]
    if f.long:
        out += [fold((k * 0.07, -0.15, -0.03), (1, 0.08, 0.5 * k), 0.085, 0.055, 0.0048, 0.05) for k in (-1, 1)]
        out += [fold((k * 0.05, -0.14, 0.06), (1, 0.08, 0.3 * k), 0.085, 0.060, 0.0040, 0.05) for k in (-1, 1)]
    return out


@dataclass(frozen=True)
class Garment:
    """The field with sleeves, the trunk alone that things are sewn on, one field a sleeve."""

    whole: Field
    trunk: Field
    sleeves: tuple[Field, Field]


def garment(f: Fitting) -> Garment:
    """Fields of the outfit's main piece."""
    s = f.body.torso
    relief = cloth(0.0026, 12.0, (9, 0.010, 0.06, 0.20) if f.spec.outfit == "dress" and not f.seated else None)
    trunk = [*_trunk(f), below((0, -1, 0), -f.hem, 0.010)]
    folds = _folds(f)
    sleeves = [_sleeve(f, arm) for arm in f.joints.arms]
    everything = list(folds)
    for _, gather in sleeves:
        everything += gather
    wide = f.spec.outfit == "dress"
    neckline = s + 0.034 + (0.010 if f.cut.vee else 0.002 if not wide else -0.026)
    hole = 0.046 if f.cut.vee else 0.058 if wide else 0.047
    hole *= 0.6 + 0.4 * f.body.neck / 0.0215
    program = [*trunk, ellipsoid((0, neckline + 0.030, -0.004), (hole, 0.042, hole * 0.95), 0.014, CUT)]
    for parts, _ in sleeves:
        program += parts
    outline = None
    if f.cut.vee:
        v = f.cut.vee * s
        outline = np.array([(-0.042, s + 0.085), (0.042, s + 0.085), (0.034, s), (0.008, v + 0.004), (-0.008, v + 0.004), (-0.034, s)])
        relief = opening(relief, 0.012, 0.008)
    whole = field(program, relief, everything, outline)
    return Garment(whole, field(trunk, cloth(0.0026, 12.0), everything),
                   (field(sleeves[0][0], relief, everything), field(sleeves[1][0], relief, everything)))


def _hem_pieces(f: Fitting, g: Garment, cloth_: Material, rib: Material | None) -> list[Piece]:
    """Hem and cuffs."""
    out = []
    if not (f.seated and f.cut.hem < -0.1):
        centre = (0.0, 0.0)
        if f.long:
            ends = [line[-1] for line in _leg_lines(f, f.hem)]
            centre = (float(ends[0][0] + ends[1][0]) / 2, float(ends[0][2] + ends[1][2]) / 2)
        tall, thick = (0.026, 0.0045) if rib else (0.016, 0.0022)
        out.append(Piece(sew.hem_band(g.trunk, f.hem - (0.006 if rib else 0.002), tall, thick, centre), rib or cloth_))
    for arm, sleeve in zip(f.joints.arms, g.sleeves, strict=True):
        d = unit(arm.wrist - arm.elbow)
        if f.cut.short and not f.spec.long_sleeves:
            d1 = unit(arm.elbow - arm.shoulder)
            end = arm.shoulder + d1 * UPPER_ARM * 0.525
            out.append(Piece(band(sleeve, end - d1 * 0.014, end, 0.0018, 28, 3, forward=(0.1, 0.2, -1.0), reach=0.06), cloth_))
        elif arm.hand != "pocket":
            out.append(Piece(sew.cuff_band(sleeve, arm.elbow, arm.wrist - d * (0.0 if rib else 0.006), 0.022 if rib else 0.014, 0.0035 if rib else 0.002), rib or cloth_))
    return out


def _shirt_under(f: Fitting) -> list[Piece]:
    """What shows in an open front: shirt, collar and tie, or a rolled collar."""
    spec, b = f.spec, f.body
    s = b.torso
    white = fabric(spec.shirt, spec)
    rolled = spec.outfit != "suit" and not spec.tie and spec.seed % 3 == 0
    inner = field(torso(b, 0.0023), cloth(0.0017, 17.0))
    m = mesh(inner, f.cell, 0.01, (vec(-0.075, 0.22 * s, -0.3), vec(0.075, s + 0.03, 0.03)))
    if rolled:
        knit = fabric(spec.shirt, spec, "knit")
        return [Piece(m, knit), Piece(sew.ribbed_ring(b, 0.040, 1.06, s + 0.014, 0.13), knit)]
    pieces = [Piece(m, white), Piece(sew.collar(b, 0.026, 1.02, 0.05, 0.030, 0.8), white)]
    if spec.tie:
        bottom = f.cut.vee * s
        tie = material(spec.accent, 23, 0.10, 16, mixed(spec.accent, (1.0, 1.0, 1.0), 0.5), 0, 55, 0.5)
        pieces.append(Piece(drape(inner, [(-0.008, s - 0.004), (-0.017, bottom - 0.01)], [(0.008, s - 0.004), (0.017, bottom - 0.01)], 0.0045, 6, 20), tie))
        z = 0.012 - b.neck * 1.32
        knot = field([cone((0, s + 0.012, z), (0, s - 0.010, z - 0.004), 0.0130, 0.0085, scale=(1, 1, 0.8))])
        pieces.append(Piece(mesh(knot, f.cell * 0.45), tie))
    else:
        pieces += [Piece(sew.button(inner, 0, s - 0.02 - 0.035 * k, 0.0050), material(mixed(spec.shirt, (1, 1, 1), 0.3), 23, 0.3, 30, pattern=7)) for k in range(2)]
    return pieces


def _tailored(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    """Coat, jacket or suit: shirt, lapels, collar, buttons, flaps."""
    spec, b = f.spec, f.body
    s = b.torso
    facing = fabric(mixed(spec.top, (0, 0, 0), 0.12), spec, spec.pattern)
    bottom = f.cut.vee * s
    coat = spec.outfit == "coat"
    pieces = _shirt_under(f)
    pieces += [Piece(m, facing) for m in sew.lapels(g.trunk, b, bottom, 0.046 if coat else 0.036)]
    pieces.append(Piece(sew.collar(b, 0.022 if coat else 0.014, 1.26 if coat else 1.22, 0.70, 0.046 if coat else 0.030, taper=0.85), facing))
    edge = [(0.004, bottom), (0.004, f.hem + 0.004)]
    pieces.append(Piece(drape(g.trunk, [(-0.001, bottom), (-0.001, f.hem + 0.004)], edge, 0.0022, 3, 26), main))
    dark = material(_DARK, 23, 0.4, 30, pattern=7)
    count, step = (3, 0.072) if f.long else (2, 0.055)
    pieces += [Piece(sew.button(g.trunk, 0.012, bottom - 0.016 - step * k, 0.0080), dark) for k in range(count)]
    y = -0.012 if f.long else 0.036
    pieces += [Piece(sew.welt(g.trunk, 0.052, y, 0.021, 0.018, k, 0.003), facing) for k in (-1, 1)]
    if spec.outfit == "suit":
        pieces.append(Piece(sew.patch(g.trunk, [(0.036, s * 0.68), (0.036, s * 0.645)], [(0.060, s * 0.70), (0.060, s * 0.665)], 0.0025, 4), fabric(spec.shirt, spec)))
    if coat:
        belt = material(mixed(spec.top, (0, 0, 0), 0.2), 23, 0.05, 12, sheen=0.5)
        pieces.append(Piece(band(g.trunk, vec(0, s * 0.36, 0), vec(0, s * 0.36 - 0.022, 0), 0.0035, 56, 3, tuck=False), belt))
        for k in (-1, 1):
            arm = f.joints.arms[(k + 1) // 2]
            pieces.append(Piece(sew.cuff_band(g.sleeves[(k + 1) // 2], arm.elbow, arm.wrist - unit(arm.wrist - arm.elbow) * 0.026, 0.010, 0.003), belt))
    return pieces


def _shirted(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    """Shirt, uniform, apron, waistcoat: a collar, a placket, buttons."""
    spec, b = f.spec, f.body
    s = b.torso
    uniform = spec.outfit == "uniform"
    pieces = [Piece(sew.collar(b, 0.024, 1.08, 0.06, 0.030), main), Piece(sew.placket(g.trunk, 0, s - 0.006, f.hem + 0.004), main)]
    shine = material(_BRASS if uniform else mixed(spec.shirt, (1, 1, 1), 0.2), 23, 0.8 if uniform else 0.3, 60 if uniform else 30, pattern=7)
    pieces += [Piece(sew.button(g.trunk, 0, s - 0.030 - 0.050 * k, 0.0066 if uniform else 0.0056), shine) for k in range(6)]
    if uniform or spec.pattern == "plaid" or spec.outfit == "shirt":
        sides = (-1, 1) if uniform else (1,)
        pieces += [Piece(m, main) for k in sides for m in sew.pocket(g.trunk, 0.045, s * 0.74, 0.020, 0.056, k)]
    if uniform:
        pieces += _uniform_trim(f, g)
    if spec.outfit == "apron":
        pieces += _apron(f, g)
    if spec.outfit == "vest":
        pieces += _waistcoat(f)
    return pieces


def _leather_belt(f: Fitting, on: Field, y: float = 0.046) -> list[Piece]:
    leather = material((0.014, 0.010, 0.008), 23, 0.25, 30, pattern=7)
    buckle = [(-0.014, y + 0.002), (-0.014, y - 0.028)]
    return [Piece(band(on, vec(0, y, 0), vec(0, y - 0.026, 0), 0.0040, 56, 3, tuck=False), leather),
            Piece(sew.patch(on, buckle, [(-x, yy) for x, yy in buckle], 0.003, 5, lift=0.0042), material(_BRASS, 23, 0.8, 60, pattern=7))]


def _uniform_trim(f: Fitting, g: Garment) -> list[Piece]:
    s = f.body.torso
    board = material(f.spec.accent, 23, 0.06, 12)
    pieces = [Piece(sew.patch(g.whole, [(k * 0.046, s + 0.020), (k * 0.052, s - 0.020)], [(k * 0.074, s + 0.016), (k * 0.080, s - 0.024)], 0.004, 8), board) for k in (-1, 1)]
    pieces.append(Piece(sew.button(g.trunk, 0.044, s * 0.80, 0.013), material(_BRASS, 23, 0.8, 60, pattern=7)))
    return pieces + _leather_belt(f, g.trunk)


def _apron(f: Fitting, g: Garment) -> list[Piece]:
    s, w = f.body.torso, f.body.width
    stuff = fabric(f.spec.accent, f.spec, "denim")
    skirt = field([*torso(f.body, f.cut.off), cone((0, 0.03, -0.010), (0, -0.22, -0.02), 0.088 * w, 0.100 * w, 0.03, scale=(1, 1, 0.74))], cloth(0.004, 10.0), _folds(f))
    bottom = -0.19 if not f.seated else -0.03
    left = [(-0.046, s * 0.82), (-0.054, s * 0.50), (-0.086, 0.07), (-0.090, bottom)]
    pieces = [Piece(drape(skirt, left, [(-x, y) for x, y in left], 0.0040, 22, 30, lift=0.006), stuff)]
    pouch = [(-0.045, 0.045), (-0.045, -0.045)]
    pieces.append(Piece(drape(skirt, pouch, [(-x, y) for x, y in pouch], 0.0030, 12, 10, lift=0.0095), stuff))
    pieces += [Piece(sew.patch(g.trunk, [(k * 0.026, s + 0.014), (k * 0.034, s * 0.80)], [(k * 0.038, s + 0.016), (k * 0.046, s * 0.80)], 0.003, 14), stuff) for k in (-1, 1)]
    pieces.append(Piece(band(g.trunk, vec(0, s * 0.33, 0), vec(0, s * 0.27, 0), 0.004, 48, 3, tuck=False), stuff))
    return pieces


def _waistcoat(f: Fitting) -> list[Piece]:
    """A sleeveless front over the shirt."""
    spec, b = f.spec, f.body
    s = b.torso
    v = 0.50 * s
    program = [*torso(b, 0.0085), cone((0, 0.02, 0.002), (0, -0.04, 0.004), 0.088 * b.width, 0.088 * b.width, 0.04, scale=(1, 1, 0.76)),
               below((0, -1, 0), 0.016, 0.010), ellipsoid((0, s + 0.066, -0.004), (0.058, 0.046, 0.056), 0.014, CUT)]
    for arm in f.joints.arms:
        program.append(ellipsoid(arm.shoulder + vec(arm.side * 0.016, -0.012, 0), (0.046, 0.056, 0.060), 0.012, CUT))
    outline = np.array([(-0.044, s + 0.085), (0.044, s + 0.085), (0.036, s), (0.004, v), (-0.004, v), (-0.036, s)])
    coat = field(program, opening(cloth(0.0022, 12.0), 0.012, 0.008), _folds(f), outline)
    stuff = fabric(spec.top, spec, spec.pattern if spec.pattern != "none" else "tweed")
    pieces = [Piece(mesh(coat, f.cell, 0.012), stuff), Piece(sew.hem_band(coat, -0.018, 0.012, 0.002), stuff)]
    for k in (-1, 1):
        inner = sew.mirrored([(0.040, s + 0.004), (0.036, s - 0.004), (0.003, v)], k)
        outer = sew.mirrored([(0.048, s + 0.003), (0.045, s - 0.006), (0.012, v)], k)
        pieces.append(Piece(drape(coat, inner, outer, 0.0025, 4, 24), stuff))
    dark = material(_DARK, 23, 0.4, 30, pattern=7)
    pieces += [Piece(sew.button(coat, 0.004, v - 0.012 - 0.034 * k, 0.0062), dark) for k in range(4)]
    return pieces


def _raincoat(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    spec, s = f.spec, f.body.torso
    pieces = [Piece(sew.placket(g.trunk, 0, s + 0.004, f.hem + 0.004, 0.013, 0.0034), main)]
    snap = material(mixed(spec.top, (0.05, 0.04, 0.03), 0.7), 23, 0.5, 50, pattern=7)
    count = 5 if f.long else 4
    pieces += [Piece(sew.button(g.trunk, 0, s - 0.012 - 0.078 * k, 0.0072), snap) for k in range(count)]
    y = -0.020 if f.long else 0.030
    pieces += [Piece(sew.welt(g.trunk, 0.056, y, 0.025, 0.026, k, 0.004), main) for k in (-1, 1)]
    if spec.hat != "hood":
        pieces += _hood_down(f, main)
    pieces.append(Piece(sew.collar(f.body, 0.026, 1.18, 0.06, 0.040), material(mixed(spec.top, (0.05, 0.03, 0.02), 0.25), 23, 0.12, 20, pattern=8, scale=0.04, sheen=0.4)))
    return pieces


def _hood_down(f: Fitting, stuff: Material) -> list[Piece]:
    """A hood lying on the back and round the neck."""
    s = f.body.torso
    parts = [ellipsoid((0, s + 0.018, 0.060), (0.066, 0.038, 0.044), 0.02), ellipsoid((0, s - 0.012, 0.080), (0.046, 0.040, 0.022), 0.04)]
    for k in (-1, 1):
        parts += chain([(k * 0.056, s + 0.020, 0.040), (k * 0.057, s + 0.019, 0.006), (k * 0.048, s + 0.010, -0.022)], [0.024, 0.017, 0.006], 0.030)
    parts.append(ellipsoid((0, s + 0.052, 0.016), (0.048, 0.046, 0.048), 0.02, CUT))
    folds = [fold((0, s + 0.02, 0.07), (0, 1, 0.5), 0.06, 0.024, 0.0045, 0.02), fold((0.05, s + 0.02, 0.0), (0.5, 0.4, 1), 0.05, 0.022, 0.003, 0.02)]
    return [Piece(mesh(field(parts, cloth(0.004, 16.0), folds), f.cell * 0.75, 0.01), stuff)]


def _knitted(f: Fitting, rib: Material) -> list[Piece]:
    """A rolled collar for most, a ribbed crew neck with a shirt's collar for the others."""
    s = f.body.torso
    if f.spec.seed % 5 == 1:
        return [Piece(sew.ribbed_ring(f.body, 0.016, 1.24, s + 0.016, 0.12), rib), Piece(sew.collar(f.body, 0.024, 1.04, 0.06, 0.026, 0.8), fabric(f.spec.shirt, f.spec))]
    return [Piece(sew.ribbed_ring(f.body, 0.036, 1.12, s + 0.010, 0.17), rib)]


def _hooded(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    spec, s = f.spec, f.body.torso
    pieces = [] if spec.hat == "hood" else _hood_down(f, fabric(mixed(spec.top, (0, 0, 0), 0.06), spec, spec.pattern, sheen=0.8))
    for k in (-1, 1):
        pieces.append(Piece(sew.cord(np.array([(k * 0.020, s - 0.004, -0.070), (k * 0.025, s - 0.025, -0.084), (k * 0.026, s - 0.075, -0.092)])), fabric(spec.shirt, spec)))
    pieces.append(Piece(drape(g.trunk, [(-0.042, 0.085), (-0.070, 0.020), (-0.070, -0.010)], [(0.042, 0.085), (0.070, 0.020), (0.070, -0.010)], 0.006, 12, 14), main))
    return pieces


def _tactical(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    """A zipped field jacket with a standing collar, pockets and a harness of webbing."""
    spec, s = f.spec, f.body.torso
    dark = material(mixed(spec.top, (0.01, 0.011, 0.013), 0.6), 23, 0.06, 14, sheen=0.4)
    panel = material(mixed(spec.top, (0.02, 0.022, 0.025), 0.35), 23, 0.05, 12, sheen=0.4)
    metal = material((0.12, 0.12, 0.13), 23, 0.7, 50, pattern=7)
    pieces = [Piece(sew.stand_collar(f.body, 0.034, 1.14, 0.05), panel), Piece(sew.placket(g.trunk, 0, s - 0.002, f.hem + 0.004, 0.0075, 0.0022), dark),
              Piece(sew.placket(g.trunk, 0, s - 0.004, f.hem + 0.006, 0.0020, 0.0036), metal)]
    pieces += [Piece(m, panel) for k in (-1, 1) for m in sew.pocket(g.trunk, 0.044, s * 0.72, 0.023, 0.060, k)]
    pieces += [Piece(sew.patch(g.whole, [(k * 0.044, s + 0.018), (k * 0.050, s - 0.018)], [(k * 0.070, s + 0.014), (k * 0.076, s - 0.022)], 0.004, 8), dark) for k in (-1, 1)]
    for k in (-1, 1):
        strap = sew.mirrored([(0.062, s + 0.004), (0.069, s * 0.72), (0.071, s * 0.40)], k), sew.mirrored([(0.073, s + 0.001), (0.079, s * 0.72), (0.081, s * 0.40)], k)
        pieces.append(Piece(drape(g.trunk, *strap, 0.0035, 4, 24, lift=0.001), dark))
        pieces.append(Piece(drape(g.trunk, *strap, 0.0035, 4, 24, back=True, lift=0.001), dark))
    pieces.append(Piece(band(g.trunk, vec(0, s * 0.40, 0), vec(0, s * 0.40 - 0.018, 0), 0.0045, 56, 3, tuck=False), dark))
    pieces.append(Piece(sew.patch(g.trunk, [(-0.012, s * 0.405), (-0.012, s * 0.40 - 0.022)], [(0.012, s * 0.405), (0.012, s * 0.40 - 0.022)], 0.003, 5, lift=0.005), metal))
    for x in (-0.058, 0.058):
        pouch = [(x - 0.019, 0.075), (x - 0.019, 0.022)], [(x + 0.019, 0.075), (x + 0.019, 0.022)]
        pieces.append(Piece(drape(g.trunk, *pouch, 0.011, 6, 8), panel))
    return pieces + _leather_belt(f, g.trunk, 0.020)


def _dress(f: Fitting, g: Garment) -> list[Piece]:
    s = f.body.torso
    sash = fabric(f.spec.accent, f.spec, specular=0.06)
    a, si, c = ring(36)
    del a
    r = f.body.neck * 1.16 + 0.022
    edge = np.stack([si * r, s + 0.012 - c * 0.020, 0.010 - c * r * 0.95], -1)
    return [Piece(band(g.trunk, vec(0, s * 0.40, 0), vec(0, s * 0.33, 0), 0.0035, 56, 3, tuck=False), sash),
            Piece(smooth_sheet(np.stack([edge + (0, 0.004, 0), edge * (1.02, 1, 1.02), edge - (0, 0.006, 0)]), True), sash)]


def _skirt(f: Fitting) -> list[Piece]:
    """A skirt of its own under the top."""
    w, hem = f.body.width, -0.20
    stuff = fabric(f.spec.bottom_colour, f.spec)
    parts = [cone((0, 0.03, 0.002), (0, -0.02, 0.003), 0.082 * w, 0.086 * w, 0.03, scale=(1, 1, 0.76))]
    for leg, line in zip(f.joints.legs, _leg_lines(f, hem - 0.03), strict=True):
        if f.seated:
            knee = to_torso(leg.knee, f.joints)
            parts.append(cone(line[0], knee, 0.066 * w, 0.054 * w, 0.045))
        else:
            parts += chain(line, [0.066 * w, *[0.074 * w] * (len(line) - 1)], 0.08)
    low = f.hem - 0.03 if f.seated else hem
    m = mesh(field([*parts, below((0, -1, 0), -low, 0.010)], cloth(0.003, 12.0, None if f.seated else (11, 0.006, 0.0, 0.16))), f.cell, 0.012)
    return [Piece(m, stuff)]


def _plain(f: Fitting, main: Material) -> list[Piece]:
    s = f.body.torso
    rib = material(main[0:3], 23, 0.02, 8, main[10:13], 0, 50.0, 0.9)
    return [Piece(sew.ribbed_ring(f.body, 0.010, 1.26, s + 0.014, 0.10), rib)]


def _spacesuit(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    s = f.body.torso
    dark = material(mixed(f.spec.top, _DARK, 0.75), 23, 0.1, 14, pattern=6)
    pieces = [Piece(sew.stand_collar(f.body, 0.030, 1.22, 0.0), dark), Piece(sew.placket(g.trunk, 0, s - 0.004, 0.02, 0.006, 0.003), dark)]
    pieces += [Piece(m, main) for k in (-1, 1) for m in sew.pocket(g.trunk, 0.044, s * 0.74, 0.020, 0.052, k)]
    return pieces + _leather_belt(f, g.trunk)


def _scarf(f: Fitting, colour: Colour) -> list[Piece]:
    s, off = f.body.torso, f.cut.off
    stuff = material(colour, 23, 0.02, 8, mixed(colour, (0.7, 0.68, 0.6), 0.4), 1, 70.0, 1.2)
    a, si, c = ring(14)
    r = (f.body.neck * 1.16 + 0.004) * 1.55
    y = s + 0.038
    loop = np.stack([si * r, y + 0.010 * np.cos(a + 0.6), 0.010 - c * r * 0.98], -1)
    upper = loop * (0.93, 1, 0.93) + (0, 0.020, 0)
    parts = chain(list(np.concatenate([loop, loop[:1]])), [0.022] * 15, 0.01) + chain(list(np.concatenate([upper, upper[:1]])), [0.017] * 15, 0.012)
    folds = [fold((0.02, y, -0.07), (0.6, 1, 0), 0.10, 0.020, 0.004, 0.02), fold((-0.05, y, 0.0), (-0.4, 1, 0), 0.10, 0.020, 0.004, 0.02)]
    pieces = [Piece(mesh(field(parts, cloth(0.0034, 22.0), folds), f.cell * 0.75, 0.012), stuff)]
    on = field([*torso(f.body, off + 0.004)], cloth(0.002, 12.0), _folds(f))
    end = [(0.016, y - 0.024), (0.020, s * 0.74), (0.024, s * 0.50)], [(0.046, y - 0.024), (0.056, s * 0.74), (0.060, s * 0.50)]
    pieces.append(Piece(drape(on, *end, 0.010, 8, 26, lift=0.004, sink=0.002), stuff))
    return pieces


def _skin_shown(f: Fitting, skin: Material) -> list[Piece]:
    """Neck, and the arms that sleeves leave bare."""
    pieces = [Piece(mesh(field(neck(f.spec, f.body)), f.cell * 0.74), skin)]
    if f.spec.outfit in ("dress", "tee"):
        s = f.body.torso
        m = mesh(field(torso(f.body)), f.cell, 0.0, (vec(-0.08, s * 0.75, -0.2), vec(0.08, s + 0.04, 0.06)))
        pieces.append(Piece(m, skin))
    if f.cut.short and not f.spec.long_sleeves:
        limb = f.body.limb
        for arm in f.joints.arms:
            d1 = unit(arm.elbow - arm.shoulder)
            start = arm.shoulder + d1 * UPPER_ARM * 0.30
            parts = [cone(start, arm.elbow, 0.0255 * limb, 0.0205 * limb, 0.01), cone(arm.elbow, arm.wrist, 0.0205 * limb, 0.0150 * limb, 0.02),
                     ellipsoid(arm.elbow + (arm.wrist - arm.elbow) * 0.3, (0.0225 * limb,) * 3, 0.03)]
            pieces.append(Piece(mesh(field(parts), f.cell * 0.8), skin))
    return pieces


def clothes_pieces(f: Fitting, skin: Material) -> list[Piece]:
    """Everything on the trunk and arms, with the neck and bare arms, in the torso frame."""
    spec = f.spec
    main = main_material(spec)
    g = garment(f)
    rib = fabric(mixed(spec.top, (0, 0, 0), 0.12), spec, "knit") if spec.outfit in ("sweater", "hoodie") else None
    pieces = [Piece(mesh(g.whole, f.cell, 0.012), main), *_hem_pieces(f, g, main, rib), *_skin_shown(f, skin)]
    if spec.outfit in ("coat", "jacket", "suit"):
        pieces += _tailored(f, g, main)
        pieces += [Piece(mesh(field([capped(a.wrist - unit(a.wrist - a.elbow) * 0.03, a.wrist + unit(a.wrist - a.elbow) * 0.004, 0.0190 * f.body.limb,
                                            0.0195 * f.body.limb, rounding=0.003)]), f.cell * 0.6), fabric(spec.shirt, spec)) for a in f.joints.arms if a.hand != "pocket"]
    elif spec.outfit == "raincoat":
        pieces += _raincoat(f, g, main)
    elif spec.outfit == "sweater":
        pieces += _knitted(f, rib or main)
    elif spec.outfit == "hoodie":
        pieces += _hooded(f, g, main)
    elif spec.outfit == "tactical":
        pieces += _tactical(f, g, main)
    elif spec.outfit == "dress":
        pieces += _dress(f, g)
    elif spec.outfit == "spacesuit":
        pieces += _spacesuit(f, g, main)
    elif spec.outfit == "tee":
        pieces += _plain(f, main)
    else:
        pieces += _shirted(f, g, main)
    if spec.bottom == "skirt" and spec.outfit != "dress":
        pieces += _skirt(f)
    if spec.scarf is not None:
        pieces += _scarf(f, spec.scarf)
    return pieces


def knob(centre: Array, radius: float, levels: int = 1) -> Mesh:
    """A small ball."""
    ball = sphere(levels)
    return Mesh(ball.vertices * radius + centre, ball.faces, ball.normals)


NO_FOLDS = fd.NO_FOLDS
