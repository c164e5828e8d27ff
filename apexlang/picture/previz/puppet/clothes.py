"""Everything worn on the trunk and arms: the outfit, its hems and cuffs, a scarf, and the skin that it leaves bare."""

from __future__ import annotations

import numpy as np

from apexlang.picture.previz.puppet import outfits
from apexlang.picture.previz.puppet import tailoring as sew
from apexlang.picture.previz.puppet.body import UPPER_ARM, neck, torso
from apexlang.picture.previz.puppet.field import capped, chain, cloth, cone, ellipsoid, field, fold
from apexlang.picture.previz.puppet.garment import (
    Fitting,
    Garment,
    Material,
    body_folds,
    fabric,
    garment,
    leg_lines,
    main_material,
)
from apexlang.picture.previz.puppet.hands import HIDDEN
from apexlang.picture.previz.puppet.nets import mesh
from apexlang.picture.previz.puppet.numeric import cosines, unit, vec
from apexlang.picture.previz.puppet.shapes import Piece, band, drape, material, ring
from apexlang.picture.previz.puppet.spec import Colour, mixed


def _hem_pieces(f: Fitting, g: Garment, cloth_: Material, rib: Material | None) -> list[Piece]:
    """Hem and cuffs."""
    out = []
    if not (f.seated and f.cut.hem < -0.1):
        centre = (0.0, 0.0)
        if f.long:
            ends = [line[-1] for line in leg_lines(f, f.hem)]
            centre = (float(ends[0][0] + ends[1][0]) / 2, float(ends[0][2] + ends[1][2]) / 2)
        tall, thick = (0.026, 0.0045) if rib else (0.016, 0.0022)
        out.append(Piece(sew.hem_band(g.trunk, f.hem - (0.006 if rib else 0.002), tall, thick, centre), rib or cloth_))
    for arm, sleeve in zip(f.joints.arms, g.sleeves, strict=True):
        d = unit(arm.wrist - arm.elbow)
        if f.cut.short and not f.spec.long_sleeves:
            d1 = unit(arm.elbow - arm.shoulder)
            end = arm.shoulder + d1 * UPPER_ARM * 0.525
            out.append(
                Piece(band(sleeve, end - d1 * 0.014, end, 0.0018, 28, 3, forward=(0.1, 0.2, -1.0), reach=0.06), cloth_)
            )
        elif arm.hand != "pocket":
            out.append(
                Piece(
                    sew.cuff_band(
                        sleeve,
                        arm.elbow,
                        arm.wrist - d * (0.0 if rib else 0.006),
                        0.022 if rib else 0.014,
                        0.0035 if rib else 0.002,
                    ),
                    rib or cloth_,
                )
            )
    return out


def _scarf(f: Fitting, colour: Colour) -> list[Piece]:
    s, off = f.body.torso, f.cut.off
    stuff = material(colour, 23, 0.02, 8, mixed(colour, (0.7, 0.68, 0.6), 0.4), 1, 70.0, 1.2)
    a, si, c = ring(14)
    r = (f.body.neck * 1.16 + 0.004) * 1.55
    y = s + 0.038
    loop = np.stack([si * r, y + 0.010 * cosines(a + 0.6), 0.010 - c * r * 0.98], -1)
    upper = loop * (0.93, 1, 0.93) + (0, 0.020, 0)
    parts = chain(list(np.concatenate([loop, loop[:1]])), [0.022] * 15, 0.01) + chain(
        list(np.concatenate([upper, upper[:1]])), [0.017] * 15, 0.012
    )
    folds = [
        fold((0.02, y, -0.07), (0.6, 1, 0), 0.10, 0.020, 0.004, 0.02),
        fold((-0.05, y, 0.0), (-0.4, 1, 0), 0.10, 0.020, 0.004, 0.02),
    ]
    pieces = [Piece(mesh(field(parts, cloth(0.0034, 22.0), folds), f.cell * 0.75, 0.012), stuff)]
    on = field([*torso(f.body, off + 0.004)], cloth(0.002, 12.0), body_folds(f))
    end = (
        [(0.016, y - 0.024), (0.020, s * 0.74), (0.024, s * 0.50)],
        [(0.046, y - 0.024), (0.056, s * 0.74), (0.060, s * 0.50)],
    )
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
            parts = [
                cone(start, arm.elbow, 0.0255 * limb, 0.0205 * limb, 0.01),
                cone(arm.elbow, arm.wrist, 0.0205 * limb, 0.0150 * limb, 0.02),
                ellipsoid(arm.elbow + (arm.wrist - arm.elbow) * 0.3, (0.0225 * limb,) * 3, 0.03),
            ]
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
        pieces += outfits.tailored(f, g, main)
        pieces += [
            Piece(
                mesh(
                    field(
                        [
                            capped(
                                a.wrist - unit(a.wrist - a.elbow) * 0.03,
                                a.wrist + unit(a.wrist - a.elbow) * 0.004,
                                0.0190 * f.body.limb,
                                0.0195 * f.body.limb,
                                rounding=0.003,
                            )
                        ]
                    ),
                    f.cell * 0.6,
                ),
                fabric(spec.shirt, spec),
            )
            for a in f.joints.arms
            if a.hand not in HIDDEN
        ]
    elif spec.outfit == "raincoat":
        pieces += outfits.raincoat(f, g, main)
    elif spec.outfit == "sweater":
        pieces += outfits.knitted(f, rib or main)
    elif spec.outfit == "hoodie":
        pieces += outfits.hooded(f, g, main)
    elif spec.outfit == "tactical":
        pieces += outfits.tactical(f, g, main)
    elif spec.outfit == "dress":
        pieces += outfits.dress(f, g)
    elif spec.outfit == "spacesuit":
        pieces += outfits.spacesuit(f, g, main)
    elif spec.outfit == "tee":
        pieces += outfits.plain(f, main)
    else:
        pieces += outfits.shirted(f, g, main)
    if spec.bottom == "skirt" and spec.outfit != "dress":
        pieces += outfits.skirt(f)
    if spec.scarf is not None:
        pieces += _scarf(f, spec.scarf)
    return pieces
