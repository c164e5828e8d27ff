"""What makes a garment a coat, a uniform, a raincoat: linings, collars, pockets, belts, buttons. Torso frame, figure heights."""

from __future__ import annotations

from typing import Final

import numpy as np

from apexlang.picture.previz.puppet import tailoring as sew
from apexlang.picture.previz.puppet.body import to_torso, torso
from apexlang.picture.previz.puppet.field import CUT, Field, below, chain, cloth, cone, ellipsoid, field, fold, opening
from apexlang.picture.previz.puppet.garment import Fitting, Garment, Material, body_folds, fabric, leg_lines
from apexlang.picture.previz.puppet.nets import mesh
from apexlang.picture.previz.puppet.numeric import unit, vec
from apexlang.picture.previz.puppet.shapes import Piece, band, drape, material, ring, smooth_sheet
from apexlang.picture.previz.puppet.spec import mixed

DARK: Final = (0.012, 0.010, 0.009)
BRASS: Final = (0.50, 0.33, 0.10)


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
    pieces = [Piece(m, white), Piece(sew.collar(b, 0.026, 1.02, 0.012, 0.030, 0.8), white)]
    if spec.tie:
        bottom = f.cut.vee * s
        tie = material(spec.accent, 23, 0.10, 16, mixed(spec.accent, (1.0, 1.0, 1.0), 0.5), 0, 55, 0.5)
        pieces.append(
            Piece(
                drape(
                    inner,
                    [(-0.008, s - 0.004), (-0.017, bottom - 0.01)],
                    [(0.008, s - 0.004), (0.017, bottom - 0.01)],
                    0.0045,
                    6,
                    20,
                ),
                tie,
            )
        )
        z = 0.010 - b.neck * 1.58
        knot = field([cone((0, s + 0.016, z + 0.003), (0, s - 0.008, z - 0.008), 0.0135, 0.0085, scale=(1, 1, 0.75))])
        pieces.append(Piece(mesh(knot, f.cell * 0.45), tie))
    else:
        pieces += [
            Piece(
                sew.button(inner, 0, s - 0.02 - 0.035 * k, 0.0050),
                material(mixed(spec.shirt, (1, 1, 1), 0.3), 23, 0.3, 30, pattern=7),
            )
            for k in range(2)
        ]
    return pieces


def tailored(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    """Coat, jacket or suit: shirt, lapels, collar, buttons, flaps."""
    spec, b = f.spec, f.body
    s = b.torso
    facing = fabric(mixed(spec.top, (0, 0, 0), 0.12), spec, spec.pattern)
    bottom = f.cut.vee * s
    coat = spec.outfit == "coat"
    pieces = _shirt_under(f)
    pieces += [Piece(m, facing) for m in sew.lapels(g.trunk, b, bottom, 0.046 if coat else 0.036)]
    pieces.append(
        Piece(
            sew.collar(b, 0.022 if coat else 0.014, 1.26 if coat else 1.22, 0.70, 0.046 if coat else 0.030, taper=0.85),
            facing,
        )
    )
    edge = [(0.004, bottom), (0.004, f.hem + 0.004)]
    pieces.append(Piece(drape(g.trunk, [(-0.001, bottom), (-0.001, f.hem + 0.004)], edge, 0.0022, 3, 26), main))
    dark = material(DARK, 23, 0.4, 30, pattern=7)
    count, step = (3, 0.072) if f.long else (2, 0.055)
    pieces += [Piece(sew.button(g.trunk, 0.012, bottom - 0.016 - step * k, 0.0080), dark) for k in range(count)]
    y = -0.012 if f.long else 0.036
    pieces += [Piece(sew.welt(g.trunk, 0.052, y, 0.021, 0.018, k, 0.003), facing) for k in (-1, 1)]
    if spec.outfit == "suit":
        pieces.append(
            Piece(
                sew.patch(
                    g.trunk, [(0.036, s * 0.68), (0.036, s * 0.645)], [(0.060, s * 0.70), (0.060, s * 0.665)], 0.0025, 4
                ),
                fabric(spec.shirt, spec),
            )
        )
    if coat:
        belt = material(mixed(spec.top, (0, 0, 0), 0.2), 23, 0.05, 12, sheen=0.5)
        pieces.append(
            Piece(band(g.trunk, vec(0, s * 0.36, 0), vec(0, s * 0.36 - 0.022, 0), 0.0035, 56, 3, tuck=False), belt)
        )
        for k in (-1, 1):
            arm = f.joints.arms[(k + 1) // 2]
            pieces.append(
                Piece(
                    sew.cuff_band(
                        g.sleeves[(k + 1) // 2],
                        arm.elbow,
                        arm.wrist - unit(arm.wrist - arm.elbow) * 0.026,
                        0.010,
                        0.003,
                    ),
                    belt,
                )
            )
    return pieces


def shirted(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    """Shirt, uniform, apron, waistcoat: a collar, a placket, buttons."""
    spec, b = f.spec, f.body
    s = b.torso
    uniform = spec.outfit == "uniform"
    pieces = [
        Piece(sew.collar(b, 0.024, 1.08, 0.06, 0.030), main),
        Piece(sew.placket(g.trunk, 0, s - 0.006, f.hem + 0.004), main),
    ]
    shine = material(
        BRASS if uniform else mixed(spec.shirt, (1, 1, 1), 0.2),
        23,
        0.8 if uniform else 0.3,
        60 if uniform else 30,
        pattern=7,
    )
    pieces += [
        Piece(sew.button(g.trunk, 0, s - 0.030 - 0.050 * k, 0.0066 if uniform else 0.0056), shine) for k in range(6)
    ]
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
    return [
        Piece(band(on, vec(0, y, 0), vec(0, y - 0.026, 0), 0.0040, 56, 3, tuck=False), leather),
        Piece(
            sew.patch(on, buckle, [(-x, yy) for x, yy in buckle], 0.003, 5, lift=0.0042),
            material(BRASS, 23, 0.8, 60, pattern=7),
        ),
    ]


def _uniform_trim(f: Fitting, g: Garment) -> list[Piece]:
    s = f.body.torso
    board = material(f.spec.accent, 23, 0.06, 12)
    pieces = [
        Piece(
            sew.patch(
                g.whole,
                [(k * 0.046, s + 0.020), (k * 0.052, s - 0.020)],
                [(k * 0.074, s + 0.016), (k * 0.080, s - 0.024)],
                0.004,
                8,
            ),
            board,
        )
        for k in (-1, 1)
    ]
    pieces.append(Piece(sew.button(g.trunk, 0.044, s * 0.80, 0.013), material(BRASS, 23, 0.8, 60, pattern=7)))
    return pieces + _leather_belt(f, g.trunk)


def _apron(f: Fitting, g: Garment) -> list[Piece]:
    s, w = f.body.torso, f.body.width
    stuff = fabric(f.spec.accent, f.spec, "denim")
    skirt = field(
        [
            *torso(f.body, f.cut.off),
            cone((0, 0.03, -0.010), (0, -0.22, -0.02), 0.088 * w, 0.100 * w, 0.03, scale=(1, 1, 0.74)),
        ],
        cloth(0.004, 10.0),
        body_folds(f),
    )
    bottom = -0.19 if not f.seated else -0.03
    left = [(-0.046, s * 0.82), (-0.054, s * 0.50), (-0.086, 0.07), (-0.090, bottom)]
    pieces = [Piece(drape(skirt, left, [(-x, y) for x, y in left], 0.0040, 22, 30, lift=0.006), stuff)]
    pouch = [(-0.045, 0.045), (-0.045, -0.045)]
    pieces.append(Piece(drape(skirt, pouch, [(-x, y) for x, y in pouch], 0.0030, 12, 10, lift=0.0095), stuff))
    pieces += [
        Piece(
            sew.patch(
                g.trunk,
                [(k * 0.026, s + 0.014), (k * 0.034, s * 0.80)],
                [(k * 0.038, s + 0.016), (k * 0.046, s * 0.80)],
                0.003,
                14,
            ),
            stuff,
        )
        for k in (-1, 1)
    ]
    pieces.append(Piece(band(g.trunk, vec(0, s * 0.33, 0), vec(0, s * 0.27, 0), 0.004, 48, 3, tuck=False), stuff))
    return pieces


def _waistcoat(f: Fitting) -> list[Piece]:
    """A sleeveless front over the shirt."""
    spec, b = f.spec, f.body
    s = b.torso
    v = 0.50 * s
    program = [
        *torso(b, 0.0085),
        cone((0, 0.02, 0.002), (0, -0.04, 0.004), 0.088 * b.width, 0.088 * b.width, 0.04, scale=(1, 1, 0.76)),
        below((0, -1, 0), 0.016, 0.010),
        ellipsoid((0, s + 0.066, -0.004), (0.058, 0.046, 0.056), 0.014, CUT),
    ]
    for arm in f.joints.arms:
        program.append(ellipsoid(arm.shoulder + vec(arm.side * 0.016, -0.012, 0), (0.046, 0.056, 0.060), 0.012, CUT))
    outline = np.array([(-0.044, s + 0.085), (0.044, s + 0.085), (0.036, s), (0.004, v), (-0.004, v), (-0.036, s)])
    coat = field(program, opening(cloth(0.0022, 12.0), 0.012, 0.008), body_folds(f), outline)
    stuff = fabric(spec.top, spec, spec.pattern if spec.pattern != "none" else "tweed")
    pieces = [Piece(mesh(coat, f.cell, 0.012), stuff), Piece(sew.hem_band(coat, -0.018, 0.012, 0.002), stuff)]
    for k in (-1, 1):
        inner = sew.mirrored([(0.040, s + 0.004), (0.036, s - 0.004), (0.003, v)], k)
        outer = sew.mirrored([(0.048, s + 0.003), (0.045, s - 0.006), (0.012, v)], k)
        pieces.append(Piece(drape(coat, inner, outer, 0.0025, 4, 24), stuff))
    dark = material(DARK, 23, 0.4, 30, pattern=7)
    pieces += [Piece(sew.button(coat, 0.004, v - 0.012 - 0.034 * k, 0.0062), dark) for k in range(4)]
    return pieces


def raincoat(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    spec, s = f.spec, f.body.torso
    pieces = [Piece(sew.placket(g.trunk, 0, s + 0.004, f.hem + 0.004, 0.013, 0.0034), main)]
    snap = material(mixed(spec.top, (0.05, 0.04, 0.03), 0.7), 23, 0.5, 50, pattern=7)
    count = 5 if f.long else 4
    pieces += [Piece(sew.button(g.trunk, 0, s - 0.012 - 0.078 * k, 0.0072), snap) for k in range(count)]
    y = -0.020 if f.long else 0.030
    pieces += [Piece(sew.welt(g.trunk, 0.056, y, 0.025, 0.026, k, 0.004), main) for k in (-1, 1)]
    if spec.hat != "hood":
        pieces += _hood_down(f, main)
    pieces.append(
        Piece(
            sew.collar(f.body, 0.026, 1.18, 0.06, 0.040),
            material(mixed(spec.top, (0.05, 0.03, 0.02), 0.25), 23, 0.12, 20, pattern=8, scale=0.04, sheen=0.4),
        )
    )
    return pieces


def _hood_down(f: Fitting, stuff: Material) -> list[Piece]:
    """A hood lying on the back and round the neck."""
    s = f.body.torso
    parts = [
        ellipsoid((0, s + 0.018, 0.060), (0.066, 0.038, 0.044), 0.02),
        ellipsoid((0, s - 0.012, 0.080), (0.046, 0.040, 0.022), 0.04),
    ]
    for k in (-1, 1):
        parts += chain(
            [(k * 0.056, s + 0.020, 0.040), (k * 0.057, s + 0.019, 0.006), (k * 0.048, s + 0.010, -0.022)],
            [0.024, 0.017, 0.006],
            0.030,
        )
    parts.append(ellipsoid((0, s + 0.052, 0.016), (0.048, 0.046, 0.048), 0.02, CUT))
    folds = [
        fold((0, s + 0.02, 0.07), (0, 1, 0.5), 0.06, 0.024, 0.0045, 0.02),
        fold((0.05, s + 0.02, 0.0), (0.5, 0.4, 1), 0.05, 0.022, 0.003, 0.02),
    ]
    return [Piece(mesh(field(parts, cloth(0.004, 16.0), folds), f.cell * 0.75, 0.01), stuff)]


def knitted(f: Fitting, rib: Material) -> list[Piece]:
    """A rolled collar for most, a ribbed crew neck with a shirt's collar for the others."""
    s = f.body.torso
    if f.spec.seed % 5 == 1:
        return [
            Piece(sew.ribbed_ring(f.body, 0.016, 1.24, s + 0.016, 0.12), rib),
            Piece(sew.collar(f.body, 0.024, 1.04, 0.06, 0.026, 0.8), fabric(f.spec.shirt, f.spec)),
        ]
    return [Piece(sew.ribbed_ring(f.body, 0.036, 1.12, s + 0.010, 0.17), rib)]


def hooded(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    spec, s = f.spec, f.body.torso
    pieces = (
        []
        if spec.hat == "hood"
        else _hood_down(f, fabric(mixed(spec.top, (0, 0, 0), 0.06), spec, spec.pattern, sheen=0.8))
    )
    for k in (-1, 1):
        pieces.append(
            Piece(
                sew.cord(
                    np.array(
                        [(k * 0.020, s - 0.004, -0.070), (k * 0.025, s - 0.025, -0.084), (k * 0.026, s - 0.075, -0.092)]
                    )
                ),
                fabric(spec.shirt, spec),
            )
        )
    pieces.append(
        Piece(
            drape(
                g.trunk,
                [(-0.042, 0.085), (-0.070, 0.020), (-0.070, -0.010)],
                [(0.042, 0.085), (0.070, 0.020), (0.070, -0.010)],
                0.006,
                12,
                14,
            ),
            main,
        )
    )
    return pieces


def tactical(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    """A zipped field jacket with a standing collar, pockets and a harness of webbing."""
    spec, s = f.spec, f.body.torso
    dark = material(mixed(spec.top, (0.01, 0.011, 0.013), 0.6), 23, 0.06, 14, sheen=0.4)
    panel = material(mixed(spec.top, (0.02, 0.022, 0.025), 0.35), 23, 0.05, 12, sheen=0.4)
    metal = material((0.12, 0.12, 0.13), 23, 0.7, 50, pattern=7)
    pieces = [
        Piece(sew.stand_collar(f.body, 0.034, 1.14, 0.0), panel),
        Piece(sew.placket(g.trunk, 0, s - 0.002, f.hem + 0.004, 0.0075, 0.0022), dark),
        Piece(sew.placket(g.trunk, 0, s - 0.004, f.hem + 0.006, 0.0020, 0.0036), metal),
    ]
    pieces += [Piece(m, panel) for k in (-1, 1) for m in sew.pocket(g.trunk, 0.044, s * 0.72, 0.023, 0.060, k)]
    pieces += [
        Piece(
            sew.patch(
                g.whole,
                [(k * 0.044, s + 0.018), (k * 0.050, s - 0.018)],
                [(k * 0.070, s + 0.014), (k * 0.076, s - 0.022)],
                0.004,
                8,
            ),
            dark,
        )
        for k in (-1, 1)
    ]
    for k in (-1, 1):
        strap = (
            sew.mirrored([(0.062, s + 0.004), (0.069, s * 0.72), (0.071, s * 0.40)], k),
            sew.mirrored([(0.073, s + 0.001), (0.079, s * 0.72), (0.081, s * 0.40)], k),
        )
        pieces.append(Piece(drape(g.trunk, *strap, 0.0035, 4, 24, lift=0.001), dark))
        pieces.append(Piece(drape(g.trunk, *strap, 0.0035, 4, 24, back=True, lift=0.001), dark))
    pieces.append(
        Piece(band(g.trunk, vec(0, s * 0.40, 0), vec(0, s * 0.40 - 0.018, 0), 0.0045, 56, 3, tuck=False), dark)
    )
    pieces.append(
        Piece(
            sew.patch(
                g.trunk,
                [(-0.012, s * 0.405), (-0.012, s * 0.40 - 0.022)],
                [(0.012, s * 0.405), (0.012, s * 0.40 - 0.022)],
                0.003,
                5,
                lift=0.005,
            ),
            metal,
        )
    )
    for x in (-0.058, 0.058):
        pouch = [(x - 0.019, 0.075), (x - 0.019, 0.022)], [(x + 0.019, 0.075), (x + 0.019, 0.022)]
        pieces.append(Piece(drape(g.trunk, *pouch, 0.011, 6, 8), panel))
    return pieces + _leather_belt(f, g.trunk, 0.020)


def dress(f: Fitting, g: Garment) -> list[Piece]:
    s = f.body.torso
    sash = fabric(f.spec.accent, f.spec, specular=0.06)
    a, si, c = ring(36)
    del a
    r = f.body.neck * 1.16 + 0.022
    edge = np.stack([si * r, s + 0.012 - c * 0.020, 0.010 - c * r * 0.95], -1)
    return [
        Piece(band(g.trunk, vec(0, s * 0.40, 0), vec(0, s * 0.33, 0), 0.0035, 56, 3, tuck=False), sash),
        Piece(
            smooth_sheet(np.stack([edge + vec(0, 0.004, 0), edge * (1.02, 1, 1.02), edge - vec(0, 0.006, 0)]), True),
            sash,
        ),
    ]


def skirt(f: Fitting) -> list[Piece]:
    """A skirt of its own under the top."""
    w, hem = f.body.width, -0.20
    stuff = fabric(f.spec.bottom_colour, f.spec)
    parts = [cone((0, 0.03, 0.002), (0, -0.02, 0.003), 0.082 * w, 0.086 * w, 0.03, scale=(1, 1, 0.76))]
    for leg, line in zip(f.joints.legs, leg_lines(f, hem - 0.03), strict=True):
        if f.seated:
            knee = to_torso(leg.knee, f.joints)
            parts.append(cone(line[0], knee, 0.066 * w, 0.054 * w, 0.045))
        else:
            parts += chain(line, [0.066 * w, *[0.074 * w] * (len(line) - 1)], 0.08)
    low = f.hem - 0.03 if f.seated else hem
    m = mesh(
        field(
            [*parts, below((0, -1, 0), -low, 0.010)], cloth(0.003, 12.0, None if f.seated else (11, 0.006, 0.0, 0.16))
        ),
        f.cell,
        0.012,
    )
    return [Piece(m, stuff)]


def plain(f: Fitting, main: Material) -> list[Piece]:
    s = f.body.torso
    rib = material(main[0:3], 23, 0.02, 8, main[10:13], 0, 50.0, 0.9)
    return [Piece(sew.ribbed_ring(f.body, 0.010, 1.26, s + 0.014, 0.10), rib)]


def spacesuit(f: Fitting, g: Garment, main: Material) -> list[Piece]:
    s = f.body.torso
    dark = material(mixed(f.spec.top, DARK, 0.75), 23, 0.1, 14, pattern=6)
    pieces = [
        Piece(sew.stand_collar(f.body, 0.030, 1.22, 0.0), dark),
        Piece(sew.placket(g.trunk, 0, s - 0.004, 0.02, 0.006, 0.003), dark),
    ]
    pieces += [Piece(m, main) for k in (-1, 1) for m in sew.pocket(g.trunk, 0.044, s * 0.74, 0.020, 0.052, k)]
    return pieces + _leather_belt(f, g.trunk)
