"""Makes what Neon Rain reads: `audio/neon.ogg` (120 beats a minute exactly), two effects, and `stills/key.png`."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from instruments import (
    Score,
    Sound,
    band,
    envelope,
    finish,
    hall,
    noise,
    pad,
    saw_bass,
    saw_lead,
    seconds,
    shaker,
    snare,
    soft_kick,
    write,
)

HERE = Path(__file__).resolve().parent
BPM = 120.0

CHORDS = [("D", "D4 F4 A4"), ("Bb", "D4 F4 Bb4"), ("F", "C4 F4 A4"), ("C", "C4 E4 G4")]
LEAD: dict[int, list[tuple[float, str, float]]] = {
    8: [(0, "A4", 1.5), (1.5, "D5", 0.5), (2, "F5", 2)],
    9: [(0, "E5", 1), (1, "D5", 1), (2, "Bb4", 2)],
    10: [(0, "C5", 1.5), (1.5, "F5", 0.5), (2, "A5", 2)],
    11: [(0, "G5", 1.5), (1.5, "E5", 0.5), (2, "C5", 2)],
    12: [(0, "F5", 1.5), (1.5, "E5", 0.5), (2, "D5", 2)],
    13: [(0, "F5", 1), (1, "G5", 1), (2, "A5", 2)],
}


def music(bars: int = 16) -> Sound:
    """Two bars of rain-dark pad, then the bass, the drums at bar 4, the lead at bar 8, and out."""
    score = Score(BPM, length=bars * 2.0 + 2.5)
    for bar in range(bars):
        root, chord = CHORDS[(bar // 1) % 4]
        at = score.beat(bar)
        ending = bar == bars - 1
        score.play(pad, chord, at, 4.0 if not ending else 7.0, 0.22, 0.35 - 0.7 * (bar % 2), 0.6)
        if bar >= 2 and not ending:
            for step in range(8):
                octave = 2 if step % 4 in (0, 3) else 1
                deep = 1 if root in ("Bb", "F") and octave == 1 else octave
                score.play(
                    saw_bass,
                    f"{root}{deep if root != 'C' else octave}",
                    score.beat(bar, step / 2),
                    0.42,
                    0.36 if step % 2 == 0 else 0.27,
                    0,
                    0.06,
                )
        if 4 <= bar < bars - 1:
            for beat in range(4):
                score.play(soft_kick, "A1", score.beat(bar, beat), 0, 0.85, 0, 0.03)
                if beat % 2:
                    score.play(snare, "A1", score.beat(bar, beat), 0, 0.34, 0, 0.55)
            for step in range(8):
                score.play(shaker, "A1", score.beat(bar, step / 2), 0, (0.22, 0.36)[step % 2], 0.35, 0.1)
        if bar >= 3:
            notes = [*chord.split(), chord.split()[1]]
            for step in range(16 if not ending else 4):
                note = notes[step % 4]
                up = note[:-1] + str(int(note[-1]) + 1)
                score.play(
                    saw_lead,
                    up,
                    score.beat(bar, step / 4),
                    0.14,
                    0.045 * (1.0 if step % 4 == 0 else 0.7),
                    0.6 * np.sin(step * 0.8),
                    0.4,
                )
        for beat, note, beats in LEAD.get(bar, []):
            score.play(saw_lead, note, score.beat(bar, beat), beats * 0.95, 0.17, 0.05, 0.6)
    return score.mix(hall_seconds=2.2, dark=4200, hall_gain=0.38, fade_out=2.2, peak_db=-2.0)


def rain(length: float = 12.0) -> Sound:
    """Rain on a tin roof: a hiss and some thousand small knocks."""
    random = np.random.Generator(np.random.PCG64(4))
    sides = []
    for side in range(2):
        roof = (
            band(noise(length, 30 + side), 900, 7500, 1.0) * 0.20 + band(noise(length, 32 + side), 120, 900, 1.0) * 0.12
        )
        drops = np.zeros_like(roof)
        at = random.integers(0, len(drops) - 10, 2600)
        drops[at] = random.pareto(2.2, len(at)).clip(0, 5)
        roof += 1.6 * band(drops, 700, 2600, 2.0) + 0.9 * band(drops, 2600, 6000, 2.0)
        sides.append(roof)
    return finish(np.stack(sides, axis=1), 0.8, 1.2, -10.0)


def clatter() -> Sound:
    """A steel rod falls over, far back in the hall."""
    score = Score(60, 2.6)
    for at, gain in ((0.02, 0.9), (0.16, 0.6), (0.25, 0.45), (0.31, 0.3), (0.35, 0.2)):
        t = seconds(0.7)
        ring = sum(
            np.sin(2 * np.pi * f * t) * np.exp(-d * t) * a
            for f, d, a in ((412, 9, 0.6), (1130, 12, 1), (2210, 16, 0.7), (3644, 22, 0.5))
        )
        score.put(
            (np.asarray(ring) + band(noise(0.7, 50), 900, 6000) * np.exp(-70 * t)) * envelope(0.7, 0.001, 0.3),
            at,
            gain,
            0.4,
            0.9,
        )
    return finish(0.5 * score.dry + 0.6 * hall(score.send, 1.8, 3000, 77), 0.003, 0.6, -6.0)


def key(width: int = 1600, height: int = 900) -> Image.Image:
    """A brass key on a wet steel table, a red sign somewhere behind the camera, a cyan one to the left."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    random = np.random.Generator(np.random.PCG64(3))
    brushed = Image.fromarray(random.standard_normal((height, 40)).astype(np.float32)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    fine = Image.fromarray(random.standard_normal((height, 400)).astype(np.float32)).resize(
        (width, height), Image.Resampling.BICUBIC
    )
    steel = 0.030 + 0.005 * np.asarray(brushed) + 0.004 * np.asarray(fine)
    red = np.exp(-(((x - 0.90 * width) / (0.40 * width)) ** 2) - ((y - 0.22 * height) / (0.50 * height)) ** 2)
    cyan = np.exp(-(((x - 0.06 * width) / (0.36 * width)) ** 2) - ((y - 0.35 * height) / (0.75 * height)) ** 2)
    streak = np.exp(-(((x - 0.78 * width) / (0.035 * width)) ** 2)) * np.exp(
        -(((y - 0.30 * height) / (0.55 * height)) ** 2)
    )
    picture = steel[..., None] * (
        0.4 + 4.2 * red[..., None] * [1.0, 0.13, 0.22] + 4.4 * cyan[..., None] * [0.06, 0.62, 1.0]
    )
    picture += 0.10 * (streak * (1 + 6 * np.asarray(brushed) * 0.05))[..., None] * np.array([1.0, 0.2, 0.3])

    def mask(draw_on: bool) -> Image.Image:
        scale = 2
        shape = Image.new("L", (width * scale, height * scale), 0)
        if draw_on:
            draw = ImageDraw.Draw(shape)

            def at(px: float, py: float) -> tuple[float, float]:
                return px * scale, py * scale

            cx, cy, bow, hole = 560.0, 470.0, 132.0, 74.0
            draw.ellipse((*at(cx - bow, cy - bow), *at(cx + bow, cy + bow)), fill=255)
            draw.ellipse((*at(cx - hole, cy - hole), *at(cx + hole, cy + hole)), fill=0)
            draw.rounded_rectangle((*at(cx + bow - 12, cy - 21), *at(cx + 560, cy + 21)), radius=20 * scale, fill=255)
            draw.rounded_rectangle(
                (*at(cx + bow + 8, cy - 36), *at(cx + bow + 38, cy + 36)), radius=8 * scale, fill=255
            )
            for left, wide, deep in ((400, 40, 84), (452, 26, 58), (490, 44, 100)):
                draw.rectangle((*at(cx + left, cy), *at(cx + left + wide, cy + deep)), fill=255)
            shape = shape.rotate(11, Image.Resampling.BICUBIC, center=at(width / 2, height / 2))
        return shape.resize((width, height), Image.Resampling.LANCZOS)

    form = mask(True)
    shape = np.asarray(form) / 255.0
    shadow = np.asarray(form.filter(ImageFilter.GaussianBlur(16))) / 255.0
    shadow = np.roll(shadow, (16, -14), (0, 1))
    picture *= (1 - 0.85 * np.clip(shadow, 0, 1))[..., None]
    # The key is as thick as a soft cushion of its own outline; light falls on that cushion from both signs.
    body = sum(np.asarray(form.filter(ImageFilter.GaussianBlur(r))) / 255.0 for r in (3, 7, 13)) / 3
    gy, gx = np.gradient(body * 34)
    norm = np.sqrt(1 + gx * gx + gy * gy)
    normal = np.stack([-gx / norm, -gy / norm, 1 / norm], -1)

    def lit(direction: tuple[float, float, float], power: float) -> np.ndarray:
        d = np.array(direction) / np.linalg.norm(direction)
        half = d + np.array([0.0, 0.0, 1.0])
        half /= np.linalg.norm(half)
        return 0.30 * np.clip((normal * d).sum(-1), 0, 1) + 1.6 * np.clip((normal * half).sum(-1), 0, 1) ** power

    scratches = 1 + 0.10 * np.asarray(fine)
    brass = np.array([0.86, 0.60, 0.26])
    metal = brass * (
        0.05
        + 0.62 * lit((0.75, -0.45, 0.5), 18)[..., None] * [1.0, 0.34, 0.30]
        + 0.55 * lit((-0.8, -0.35, 0.42), 22)[..., None] * [0.22, 0.75, 1.25]
    )
    metal = metal * scratches[..., None] + 0.10 * brass * lit((0.1, -0.8, 0.6), 40)[..., None]
    picture = picture * (1 - shape[..., None]) + metal * shape[..., None]
    # Drops of rain: each a small lens, dark on one side and bright on the other.
    for _ in range(230):
        px, py, r = random.uniform(0, width), random.uniform(0, height), 2.0 + random.pareto(2.4) * 3.4
        r = min(r, 17.0)
        x0, x1, y0, y1 = (
            int(max(0, px - r - 2)),
            int(min(width, px + r + 3)),
            int(max(0, py - r - 2)),
            int(min(height, py + r + 3)),
        )
        dx, dy = (x[y0:y1, x0:x1] - px) / r, (y[y0:y1, x0:x1] - py) / r
        inside = np.clip((1 - np.sqrt(dx * dx + dy * dy)) * r + 0.5, 0, 1)[..., None]
        lens = (0.55 + 0.9 * np.clip(-0.6 * dx + 0.8 * dy, -0.6, 1))[..., None]
        spark = (
            np.exp(-(((dx - 0.35) ** 2 + (dy + 0.4) ** 2) / 0.03))[..., None]
            * np.array([0.9, 0.35, 0.4])
            * (px / width)
        )
        spark += (
            np.exp(-(((dx + 0.4) ** 2 + (dy + 0.35) ** 2) / 0.03))[..., None]
            * np.array([0.25, 0.7, 0.9])
            * (1 - px / width)
        )
        patch = picture[y0:y1, x0:x1]
        picture[y0:y1, x0:x1] = patch * (1 - inside) + (patch * lens * 1.15 + 0.006 + 0.8 * spark) * inside
    away = ((x / width - 0.5) ** 2 + (y / height - 0.5) ** 2) / 0.5
    picture *= (1.5 * (1 - 0.75 * away))[..., None]
    code = np.clip(picture / (1 + 0.35 * picture), 0, 1) ** (1 / 2.4)
    code += 0.008 * random.standard_normal((height, width, 1))
    return Image.fromarray((np.clip(code, 0, 1) * 255 + 0.5).astype(np.uint8))


def main() -> None:
    write(HERE / "audio" / "neon.ogg", music(), quality=0.45)
    write(HERE / "audio" / "rain.ogg", rain(), quality=0.2)
    write(HERE / "audio" / "clatter.ogg", clatter(), quality=0.3)
    stills = HERE / "stills"
    stills.mkdir(exist_ok=True)
    key().save(stills / "key.jpg", quality=88)
    print(f"key.jpg: {(stills / 'key.jpg').stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
