"""Paints the eight pictures of the slideshow, one day from dawn to the northern lights, into `pictures/`.

`python make_pictures.py [NAME…]` paints the named ones only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

sys.path.insert(0, str(Path(__file__).resolve().parent))

from paint import (
    Array,
    H,
    Terrain,
    W,
    X,
    Y,
    blur,
    branched_firs,
    coverage,
    disc,
    fbm,
    firs,
    glow,
    hexed,
    mix,
    ramp,
    ridge,
    save,
    smooth,
    stars,
)

PICTURES = Path(__file__).resolve().parent / "pictures"


def dawn() -> Array:
    """Nine ridges, each a little nearer and a little darker, and the sun just up."""
    height = Y / H
    sky = ramp(
        height + 0 * X, (0.0, "#5F86A8"), (0.22, "#A9B9BE"), (0.36, "#EBCFAE"), (0.5, "#FBD9A4"), (0.7, "#F6C68E")
    )
    sun = (0.64, 0.392)
    cirrus = smooth(0.05, 0.75, fbm(X / W * 3.2 + height * 1.5, height * 17, 6, 5)) * (1 - smooth(0.1, 0.42, height))
    sky = mix(sky, hexed("#FFE3C2"), 0.55 * cirrus[..., None])
    sky = (
        sky
        + glow(*sun, 0.07, 1.3)[..., None] * hexed("#FFD08A") * 0.9
        + glow(*sun, 0.3, 1.2)[..., None] * hexed("#FFAE62") * 0.32
    )
    picture = mix(sky, np.array([1.6, 1.45, 1.15]), disc(*sun, 31)[..., None])
    layers = 9
    for layer in range(layers):
        near = layer / (layers - 1)
        top = ridge(0.435 + 0.56 * near**1.25, 0.07 + 0.075 * near, 2.2 + 1.3 * near, 40 + layer)
        if near > 0.6:
            top = firs(top, int(150 + 260 * (near - 0.6)), 22 + 115 * (near - 0.6) / 0.4, 60 + layer)
        far_colour = ramp(
            np.array(near), (0.0, "#E9BE92"), (0.25, "#C49C8B"), (0.5, "#7C7F8D"), (0.75, "#3F5566"), (1.0, "#132431")
        )
        haze = ramp(np.array(near), (0.0, "#F8D2A0"), (0.4, "#EBBF9C"), (0.75, "#B4A5A6"), (1.0, "#6F7F8C"))
        below = np.clip(Y - top[None, :], 0, None) / H
        mist = (1 - np.exp(-below * (15 - 8 * near))) * (0.86 - 0.3 * near)
        mist *= 0.75 + 0.25 * fbm(X / W * 5 + layer, Y / H * 11, 4, 80 + layer)
        warm = glow(*sun, 0.22, 1.0)[..., None] * hexed("#FFB066") * 0.30 * (1 - near) ** 1.3
        body = mix(np.broadcast_to(far_colour, picture.shape), haze, np.clip(mist, 0, 1)[..., None]) + warm
        picture = mix(picture, body, coverage(top)[..., None])
    return picture


def birches() -> Array:
    """An autumn birch wood in morning mist: trunks before trunks, gold leaves."""
    random = np.random.Generator(np.random.PCG64(12))
    height = Y / H
    fog = ramp(height + 0 * X, (0.0, "#C9BE95"), (0.45, "#E6D6A6"), (0.75, "#C9B37A"), (1.0, "#7A6836"))
    picture = fog + glow(0.36, 0.3, 0.20, 1.2)[..., None] * hexed("#FFE9B0") * 0.55
    stems = fbm(X / W * 150, Y / H * 1.2, 4, 13)
    depths = np.exp(-(((height - 0.52) / 0.26) ** 2))
    picture = mix(picture, hexed("#8A7A45"), (0.42 * smooth(-0.2, 0.7, stems) * depths)[..., None])
    for layer in range(6):
        near = layer / 5
        ground = H * (0.70 + 0.17 * near**1.3) + 16 * fbm(X / W * 4, np.full(W, layer * 3.0), 4, 20 + layer)
        litter = 0.5 + 0.5 * fbm(
            X[None, :] / W * (60 - 26 * near), (Y - ground[None, :]) / H * (190 - 90 * near), 5, 30 + layer
        )
        floor = ramp(litter, (0.0, "#4A3413"), (0.35, "#8A5E1C"), (0.6, "#C48A2A"), (0.85, "#E2B552"), (1.0, "#F3D98A"))
        floor *= (0.55 + 0.45 * np.exp(-np.clip(Y - ground, 0, None) / H * 4))[..., None]
        veil = (1 - near) ** 1.1 * 0.80
        picture = mix(picture, mix(floor, fog, np.array(veil)), coverage(ground)[..., None] * (0.35 + 0.65 * near))
        leaves = Image.new("RGBA", (W, H), (0, 0, 0, 0))
        draw = ImageDraw.Draw(leaves)
        for _ in range((34, 22, 13, 8, 5, 4)[layer]):
            centre, girth = random.uniform(-60, W + 60), (7 + 62 * near**1.7) * random.uniform(0.75, 1.25)
            lean, bend = random.uniform(-0.05, 0.05), random.uniform(-30, 30) * near
            along = Y[:, 0] / H
            middle = centre + lean * (H - Y[:, 0]) + bend * np.sin(along * 2.6 + layer)
            width = girth * (0.72 + 0.36 * along) + girth * 0.5 * np.exp(
                -np.clip(ground[int(np.clip(centre, 0, W - 1))] - Y[:, 0], 0, None) / (0.9 * girth)
            )
            first, last = max(0, int(middle.min() - width.max())), min(W, int(middle.max() + width.max()) + 2)
            if first >= last:
                continue
            across = (X[None, first:last] - middle[:, None]) / width[:, None] * 2
            inside = np.clip((1 - np.abs(across)) * width[:, None] / 2 + 0.5, 0, 1) * (
                1
                - smooth(
                    -0.5,
                    1.0,
                    (Y - ground[None, first:last] - 14 * near) / (6 + 30 * near)
                    + 0.9 * fbm(X[None, first:last] / (5 + 9 * near), Y / (16 + 20 * near), 3, 340),
                )
            )
            scale = 30 / girth
            bark = fbm(across * 0.9 + centre, Y * 0.055 * scale, 5, 300 + layer)
            rings = smooth(0.20, 0.42, fbm(across * 0.55 + 7 + centre, Y * 0.16 * scale, 3, 310 + layer))
            scars = smooth(0.42, 0.62, fbm(across * 0.6 + centre, Y * 0.035 * scale, 4, 320 + layer))
            tone = np.clip(0.78 + 0.17 * bark - 0.42 * rings - 0.75 * scars, 0.05, 1)
            shade = 0.34 + 0.66 * np.clip(0.62 - 0.62 * across, 0, 1) ** 0.8
            trunk = (tone * shade)[..., None] * mix(
                hexed("#F6EFDD"), hexed("#FFE2AE"), np.clip(-across, 0, 1)[..., None] * 0.6
            )
            trunk = mix(trunk, fog[:, first:last], np.array(veil))
            picture[:, first:last] = mix(picture[:, first:last], trunk, inside[..., None])
            for _ in range(int(120 + 120 * near)):
                x = centre + random.normal(0, 150 + 170 * near)
                y = (
                    abs(random.normal(0, 0.20 + 0.05 * near)) * H
                    if random.random() < 0.93
                    else random.uniform(0, 0.8) * H
                )
                size = (2.2 + 8.0 * near**1.4) * random.uniform(0.6, 1.3)
                gold = ramp(
                    np.array(random.random()), (0.0, "#9C6A12"), (0.4, "#D79A1E"), (0.75, "#F2C445"), (1.0, "#FBE28C")
                )
                gold = mix(gold, fog[int(np.clip(y, 0, H - 1)), int(np.clip(x, 0, W - 1))], np.array(veil * 0.9))
                tint = tuple(int(255 * float(np.clip(c, 0, 1)) ** (1 / 2.4)) for c in gold)
                turn = random.uniform(0, np.pi)
                dx, dy = size * np.cos(turn), size * np.sin(turn)
                draw.polygon(
                    [
                        (x - dx, y - dy),
                        (x - dy * 0.55, y + dx * 0.55),
                        (x + dx, y + dy),
                        (x + dy * 0.55, y - dx * 0.55),
                    ],
                    fill=(*tint, 235),
                )
        soft = (
            np.asarray(leaves.filter(ImageFilter.GaussianBlur(0.7 if layer < 4 else 0.6 + 1.6 * (layer - 3)))) / 255.0
        )
        alpha = soft[..., 3:]
        picture = mix(picture, (soft[..., :3] / np.maximum(alpha, 1e-4)) ** 2.4, np.clip(alpha, 0, 1))
    return picture + glow(0.34, 0.22, 0.26, 1.3)[..., None] * hexed("#FFE7B4") * 0.22


def lake() -> Array:
    """Snow mountains at noon and the lake that doubles them."""
    n = 1500
    gx, gz = np.meshgrid(np.linspace(-0.5, 0.5, n), np.linspace(0, 1, n))
    body = fbm(gx * 4.6 + 3, gz * 4.6, 9, 7, 0.44, ridged=True) * 0.7 + 0.3 * fbm(gx * 3 + 8, gz * 3, 5, 17)
    rise = smooth(0.30, 0.72, gz) * (0.75 + 0.25 * np.cos(gx * 7 + 0.8)) + 0.35 * smooth(
        0.05, 0.45, np.abs(gx)
    ) * smooth(0.2, 0.5, gz)
    heights = np.maximum(4200 * rise * np.clip(0.42 + 0.75 * body, 0, None) - 60, -30)
    terrain = Terrain(heights, 16000)
    x, depth, _ = terrain.see(eye=32, horizon=0.56, focal=0.72, near=500)
    z = np.where(np.isinf(depth), 15000, depth)
    lambert, sunlit = terrain.light(x, z, (-0.75, 0.42, 0.05), 3200)
    ground = terrain.sample(heights, x, z)
    steep = np.hypot(terrain.sample(terrain.slope_x, x, z), terrain.sample(terrain.slope_z, x, z))
    grain = fbm(x / 90, z / 90, 6, 50)
    snow = smooth(650, 1150, ground + 420 * grain - 320 * (steep - 0.7)) * (1 - smooth(0.95, 1.7, steep + 0.35 * grain))
    wood = (1 - smooth(300, 800, ground + 220 * grain)) * (1 - smooth(0.8, 1.5, steep))
    rock = ramp(0.5 + 0.5 * grain, (0, "#4B4A4E"), (0.5, "#77726D"), (1, "#A29A8E"))
    colour = mix(rock, ramp(0.5 + 0.5 * fbm(x / 30, z / 45, 4, 51), (0, "#13241A"), (1, "#3F5934")), wood[..., None])
    colour = mix(colour, hexed("#FBFAF7"), snow[..., None])
    lit = colour * (
        (lambert * sunlit)[..., None] * np.array([1.55, 1.40, 1.15])
        + hexed("#7FA0CC") * 0.30 * (0.6 + 0.4 * lambert)[..., None]
    )
    height = Y / H
    sky = ramp(height + 0 * X, (0, "#2F67A6"), (0.3, "#6C9CCB"), (0.56, "#CFE0EA"))
    bank = fbm(X / W * 3.4 + 2, height * 9 + 0.6 * fbm(X / W * 4, height * 6, 3, 63), 7, 61)
    clouds = smooth(0.06, 0.62, bank) * smooth(0.02, 0.22, height)
    sky = mix(
        sky,
        ramp(0.5 + 0.5 * fbm(X / W * 3.4 + 2.03, height * 9 + 0.16, 7, 61), (0.3, "#FFFFFF"), (0.8, "#C9D5E0")),
        0.85 * clouds[..., None],
    )
    haze = (1 - np.exp(-z / 26000)) * (0.55 + 0.45 * np.exp(-ground / 700))
    land = mix(lit, hexed("#BBD2E4"), np.clip(haze, 0, 1)[..., None])
    scene = mix(sky, land, (~np.isinf(depth))[..., None] * 1.0)
    # Mist lies on the shore, then everything above the water line is mirrored with a faint, wind-drawn tremble.
    shore = 0.572 * H
    band = np.exp(-(((Y - shore) / H / 0.013) ** 2)) * (
        0.15 + 0.85 * smooth(-0.35, 0.5, fbm(X / W * 6, height * 20, 5, 70))
    )
    scene = mix(scene, hexed("#E9F0F3"), 0.55 * band[..., None])
    reach = np.clip(Y - shore, 0, None)
    perspective = 1 / (reach / H + 0.012)
    ripple = fbm(X[None, :] / W * 26 * perspective * 0.06, perspective * 9, 4, 71)
    calm = smooth(-0.1, 0.5, fbm(X / W * 2.5, perspective * 0.7, 3, 72))
    source_y = np.clip(shore - reach * 1.0 - ripple * (1.5 + 9 * calm) * reach / (0.3 * H) - 2, 0, H - 1)
    source_x = np.clip(X[None, :] + ripple * 3 * calm, 0, W - 1)
    mirrored = scene[source_y.astype(int), source_x.astype(int)]
    down = np.clip(reach / (0.43 * H), 0, 1)[..., None]
    water = mix(mirrored * (0.82 - 0.30 * down), hexed("#0E3A4A"), 0.16 + 0.34 * down)
    return mix(scene, water, np.clip(Y - shore + 0.5, 0, 1)[..., None])


def dunes() -> Array:
    """A sand sea in low sun: crests, wind ripples, long blue shadows."""
    n = 1700
    gx, gz = np.meshgrid(np.linspace(-0.5, 0.5, n), np.linspace(0, 1, n))
    bend = 0.55 * fbm(gx * 3, gz * 3, 3, 5)
    phase = gx * 13.0 - gz * 4.2 + 1.5 * bend
    saw = phase - np.floor(phase)
    profile = np.where(saw < 0.68, (saw / 0.68) ** 1.5, (1 - (saw - 0.68) / 0.32) ** 1.05)
    heights = 62 * profile * (0.62 + 0.6 * fbm(gx * 4 + 3, gz * 4, 3, 9)) * (
        0.35 + 0.65 * smooth(0.0, 0.12, gz)
    ) + 55 * fbm(gx * 2 + 1, gz * 2, 3, 12)
    terrain = Terrain(heights, 2600)
    eye = float(terrain.sample(heights, np.array([0.0]), np.array([60.0]))[0]) + 34
    x, depth, _ = terrain.see(eye=eye, horizon=0.36, focal=0.85, near=14)
    z = np.where(np.isinf(depth), 2500, depth)
    lambert, sunlit = terrain.light(x, z, (-0.86, 0.21, 0.30), 420)
    warp = 2.2 * fbm(x / 22, z / 22, 3, 21)
    wave = (x * 0.45 + z * 1.0) / 1.15 + warp
    wave_size = np.clip(1 - z / 330, 0, 1) ** 1.5
    ripple = np.sin(2 * np.pi * wave) * wave_size
    relief = np.clip(lambert + 0.10 * ripple + 0.04 * fbm(x / 0.6, z / 0.6, 3, 22) * wave_size, 0, 1)
    sand = ramp(0.5 + 0.5 * fbm(x / 40, z / 40, 5, 23), (0, "#B9692F"), (0.5, "#D3894A"), (1, "#E6A868"))
    lit = sand * (
        (relief * sunlit)[..., None] * np.array([2.5, 1.95, 1.30])
        + hexed("#6480BC") * (0.30 + 0.04 * ripple)[..., None]
    )
    height = Y / H
    sky = ramp(height + 0 * X, (0, "#3C6592"), (0.17, "#86A3B6"), (0.30, "#E6C9A2"), (0.40, "#F8D9A6"))
    cirrus = smooth(0.1, 0.8, fbm(X / W * 3 + height * 2, height * 22, 6, 31)) * (1 - smooth(0.12, 0.3, height))
    sky = (
        mix(sky, hexed("#FFE9D2"), 0.5 * cirrus[..., None])
        + glow(0.02, 0.30, 0.24, 1.2)[..., None] * hexed("#FFC477") * 0.55
    )
    haze = (1 - np.exp(-z / 2100))[..., None] * 0.85
    land = mix(lit, hexed("#F0C795"), haze)
    return mix(sky, land, (~np.isinf(depth))[..., None] * 1.0)


def sea() -> Array:
    """Sunset: a burning sky, and the path of light on the water."""
    horizon = 0.565
    sun = (0.57, 0.525)
    height = Y / H
    sky = ramp(
        height + 0 * X, (0, "#23365E"), (0.2, "#5A5A80"), (0.36, "#B8747A"), (0.48, "#F09A62"), (0.56, "#FFC878")
    )
    up = np.clip(horizon - height, 0.004, None)
    away = 0.16 / (up + 0.05)
    cloud = fbm((X / W - sun[0]) * 5.2 * away + 3, away * 7.5, 8, 14, 0.53)
    density = smooth(-0.05, 0.55, cloud + 0.12 * fbm(X / W * 2, height * 3, 2, 17)) * smooth(0.0, 0.05, up)
    lit = fbm((X / W - sun[0]) * 5.2 * away + 3.0, away * 7.5 + 0.22, 8, 14, 0.53)
    edge = np.clip(0.55 + 1.7 * (cloud - lit), 0, 1)
    near_sun = glow(*sun, 0.26, 1.0)
    dark = ramp(height + 0 * X, (0, "#1F2A47"), (0.3, "#51405C"), (0.56, "#8F5F5C"))
    burn = mix(hexed("#E8745A"), hexed("#FFD08A"), near_sun[..., None]) * (0.55 + 0.85 * near_sun)[..., None]
    sky = mix(sky, mix(dark, burn, edge[..., None]), (0.88 * density)[..., None])
    sky = (
        sky
        + glow(*sun, 0.026, 1.6)[..., None] * hexed("#FFB860") * 0.8
        + glow(*sun, 0.15, 1.3)[..., None] * hexed("#FF8A48") * 0.34
    )
    sky = mix(sky, np.array([1.9, 1.55, 1.0]), (disc(*sun, 36) * (1 - 0.5 * density))[..., None])
    reach = np.clip(height - horizon, 0.0006, None)
    z = 0.10 / reach
    x = (X / W - sun[0]) * z * 5.5
    far = np.clip(1.25 - 0.10 * np.log1p(z * 6), 0.25, 1)
    swell = fbm(x * 3.2 + 0.8 * z, z * 9.0, 3, 95)
    chop = fbm(x * 15 + 2 * swell, z * 36, 6, 90, 0.62)
    tilt = (0.45 * swell + 0.75 * chop) * far
    source = np.clip(
        (horizon - 0.012 - reach * 0.75 - 0.17 * np.abs(tilt) * np.minimum(1, reach * 9 + 0.25)) * H, 0, H - 1
    ).astype(int)
    side = np.clip(X[None, :] + 90 * tilt, 0, W - 1).astype(int)
    mirrored = sky[source, side]
    fresnel = np.clip(0.14 + 0.58 * np.exp(-reach * 9) + 0.42 * tilt, 0.02, 0.95)
    water = mix(hexed("#0A1C30") * (0.9 + 0.5 * tilt)[..., None], mirrored, fresnel[..., None])
    path = np.exp(-(((X / W - sun[0]) / (0.022 + 0.17 * reach)) ** 2))
    glint = smooth(0.16, 0.50, tilt + 0.16 * path - 0.10 * reach) + 0.5 * np.exp(-reach * 90)
    water = water + (path * np.clip(glint, 0, 1.2))[..., None] * np.array([1.7, 1.0, 0.45])
    picture = mix(sky, water, np.clip((height - horizon) * H + 0.5, 0, 1)[..., None])
    line = np.exp(-(((height - horizon) / 0.012) ** 2)) * (0.4 + 0.6 * near_sun)
    return mix(picture, hexed("#F2A56E"), 0.45 * line[..., None])


def firwood() -> Array:
    """Dusk, first snow, firs going back into fog."""
    height = Y / H
    picture = ramp(height + 0 * X, (0, "#7E93A8"), (0.5, "#B9C4CC"), (0.8, "#DCE1E2")) * 0.8
    for layer in range(8):
        near = layer / 7
        ground = ridge(0.66 + 0.29 * near**1.2, 0.035, 1.6 + near, 200 + layer, 5, 0.35)
        tall = 150 + 560 * near**1.6
        wood = branched_firs(ground, int(150 - 138 * near), tall, 220 + layer)
        needles = 0.5 + 0.5 * fbm(X / W * 190, Y / H * (70 + 40 * near), 3, 240 + layer)
        tree = (
            ramp(np.array(near), (0, "#A5B3BE"), (0.35, "#73889A"), (0.7, "#35495B"), (1, "#0C1824"))
            * (0.7 + 0.5 * needles)[..., None]
        )
        caps = smooth(0.05, 0.35, fbm(X / W * 70 + layer, Y / H * 95, 4, 260 + layer)) * (0.25 + 0.45 * near)
        tree = mix(tree, hexed("#D5DEE6") * (0.75 - 0.35 * near), 0.6 * caps[..., None])
        rise = np.clip((ground[None, :] - Y) / tall, 0, 1)
        fog = ramp(np.array(near), (0, "#C3CDD4"), (0.6, "#A9B8C4"), (1, "#8798A8"))
        thick = (1 - rise) ** 1.5 * (0.95 - 0.40 * near) + 0.42 * (1 - near) ** 1.5
        thick *= 0.8 + 0.35 * fbm(X / W * 3 + layer, Y / H * 6, 4, 280 + layer)
        picture = mix(picture, mix(tree, fog, np.clip(thick, 0, 1)[..., None]), wood[..., None])
        bank = coverage(ground + 4)
        drift = 0.5 + 0.5 * fbm(X / W * 9, Y / H * 30, 5, 300 + layer)
        snow = ramp(drift, (0, "#8EA3B8"), (1, "#E4EAEE")) * (0.95 - 0.33 * near)
        picture = mix(picture, mix(snow, fog, np.array(0.7 * (1 - near) + 0.12)), (bank * 0.9)[..., None])
    random = np.random.Generator(np.random.PCG64(9))
    flakes = Image.new("L", (W, H), 0)
    draw = ImageDraw.Draw(flakes)
    for _ in range(900):
        x, y, r = random.uniform(0, W), random.uniform(0, H), 0.8 + random.pareto(2.6) * 1.1
        draw.ellipse(
            (x - min(r, 7), y - min(r, 7), x + min(r, 7), y + min(r, 7)),
            fill=int(np.clip(235 / (0.6 + 0.5 * r), 30, 235)),
        )
    fall = np.asarray(flakes.filter(ImageFilter.GaussianBlur(1.1))) / 255.0
    return mix(picture, hexed("#F4F7FA"), 0.8 * fall[..., None])


def moonrise() -> Array:
    """The moon comes up over blue ridges, a thin cloud across it."""
    height = Y / H
    moon = (0.335, 0.315)
    sky = ramp(height + 0 * X, (0, "#0B1430"), (0.25, "#1B2C55"), (0.45, "#40517F"), (0.6, "#7C7599"))
    sky = (
        sky + stars(3, 700) * (1 - smooth(0.1, 0.45, height))[..., None] * (1 - glow(*moon, 0.16, 1.0))[..., None] * 0.7
    )
    sky = (
        sky
        + glow(*moon, 0.055, 1.5)[..., None] * hexed("#CFCBD6") * 0.42
        + glow(*moon, 0.22, 1.3)[..., None] * hexed("#8FA0D0") * 0.25
    )
    maria = 0.5 + 0.5 * fbm((X[None, :] - moon[0] * W) / 62 + 5, (Y - moon[1] * H) / 62 + 2, 5, 71)
    face = ramp(maria, (0.25, "#B9AF9C"), (0.5, "#EADFC8"), (0.8, "#FFF8E6")) * 1.12
    picture = mix(sky, face, disc(*moon, 96)[..., None])
    veil = smooth(0.0, 0.7, fbm(X / W * 3.2 + 4, height * 16 + 0.3 * fbm(X / W * 5, height * 4, 3, 33), 7, 32))
    veil *= np.exp(-(((height - 0.37) / 0.085) ** 2))
    lit = mix(hexed("#36456F"), hexed("#E2D8D2"), np.clip(1.3 * glow(*moon, 0.085, 1.1), 0, 1)[..., None])
    picture = mix(picture, lit, 0.72 * veil[..., None])
    for layer in range(7):
        near = layer / 6
        top = ridge(0.565 + 0.42 * near**1.2, 0.12 + 0.03 * near, 1.7 + 1.2 * near, 140 + layer)
        if near > 0.75:
            top = firs(top, 210, 70 + 90 * (near - 0.75) * 4, 160 + layer)
        colour = ramp(np.array(near), (0, "#68698F"), (0.3, "#475380"), (0.6, "#24345C"), (1, "#060C1C"))
        haze = ramp(np.array(near), (0, "#918DAA"), (0.5, "#6175A0"), (1, "#28406A"))
        below = np.clip(Y - top[None, :], 0, None) / H
        mist = (
            (1 - np.exp(-below * 9))
            * (0.80 - 0.32 * near)
            * (0.8 + 0.3 * fbm(X / W * 4 + layer, Y / H * 9, 4, 180 + layer))
        )
        body = mix(np.broadcast_to(colour, picture.shape), haze, np.clip(mist, 0, 1)[..., None])
        body = body + glow(moon[0], 0.62, 0.20, 1.2)[..., None] * hexed("#8C97C8") * 0.16 * (1 - near)
        picture = mix(picture, body, coverage(top)[..., None])
    return picture


def aurora() -> Array:
    """Northern lights over a black lake."""
    height = Y / H
    shore = 0.74
    sky = ramp(height + 0 * X, (0, "#040A1C"), (0.45, "#0A1B33"), (0.74, "#1B3A4C"))
    sky = sky + stars(8, 2600) * (1 - smooth(0.35, 0.74, height))[..., None] * 0.9
    x = X / W
    for index, (base, sway, tall, strength, seed) in enumerate(
        ((0.56, 0.15, 0.30, 0.62, 3), (0.47, 0.20, 0.40, 0.50, 13), (0.62, 0.07, 0.18, 0.40, 23))
    ):
        foot = base + sway * fbm(x * (1.9 + 0.5 * index) + seed, np.full(W, seed * 1.3), 3, seed) - 0.13 * (x - 0.5)
        fold = 0.5 + 0.5 * fbm(x * 2.6 + seed, np.full(W, 4.0), 3, seed + 1)
        rays = 0.55 + 0.45 * fbm(x * 42 + 3 * fold, np.full(W, 2.0), 4, seed + 2)
        lean = (foot[None, :] - height) / (tall * (0.55 + 0.75 * rays[None, :]))
        curtain = np.where(lean >= 0, np.exp(-1.75 * lean), np.exp(-(((-lean) / 0.055) ** 2)))
        bright = strength * curtain * (smooth(0.18, 0.85, fold) * (0.35 + 0.75 * rays))[None, :]
        colour = ramp(
            np.clip(lean, 0, 1.6),
            (0.0, "#C9FFD6"),
            (0.10, "#62F29A"),
            (0.45, "#2FC089"),
            (0.8, "#4F74B8"),
            (1.2, "#8E4FA8"),
            (1.6, "#5A2C78"),
        )
        sky = sky + bright[..., None] * colour
    sky = sky + 0.30 * blur(sky, 70)
    picture = sky
    far = ridge(0.675, 0.085, 2.4, 401)
    body = mix(
        np.broadcast_to(hexed("#0C1B2A"), picture.shape),
        hexed("#1C3A48"),
        (1 - np.exp(-np.clip(Y - far, 0, None) / H * 14))[..., None] * 0.7,
    )
    picture = mix(picture, body, coverage(far)[..., None])
    picture = mix(picture, hexed("#040A10"), coverage(firs(ridge(0.735, 0.022, 3, 402, 5), 320, 74, 403))[..., None])
    reach = np.clip(height - shore, 0, None)
    perspective = 1 / (reach + 0.02)
    ripple = fbm(x * perspective * 1.6, perspective * 3.2, 4, 410)
    source = np.clip((shore - reach * 1.35 - 0.016 * ripple * (0.4 + 2.2 * reach) - 0.004) * H, 0, H - 1).astype(int)
    side = np.clip(X[None, :] + 10 * ripple, 0, W - 1).astype(int)
    water = picture[source, side] * (0.72 - 0.9 * reach)[..., None] + hexed("#050D18")
    picture = mix(picture, water, np.clip((height - shore) * H + 0.5, 0, 1)[..., None])
    rocks = firs(ridge(0.985, 0.05, 5, 420, 6), 0, 1, 1)
    return mix(picture, hexed("#02060B"), coverage(rocks)[..., None])


PAINTERS: dict[str, Callable[[], Array]] = {
    "1_dawn": dawn,
    "2_birches": birches,
    "3_lake": lake,
    "4_dunes": dunes,
    "5_sea": sea,
    "6_firwood": firwood,
    "7_moonrise": moonrise,
    "8_aurora": aurora,
}


def main(names: list[str]) -> None:
    PICTURES.mkdir(exist_ok=True)
    for seed, (name, paint) in enumerate(PAINTERS.items()):
        if not names or any(wanted in name for wanted in names):
            save(PICTURES / f"{name}.jpg", paint(), seed)


if __name__ == "__main__":
    main(sys.argv[1:])
