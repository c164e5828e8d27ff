"""Makes the sound of First Light: one piece of music and five effects, into `audio/`.

The music is in D, 90 beats a minute exactly: at 24 frames a second a beat is 16 frames and a bar 64, so cuts can stand on beats.
It begins alone at the piano, lifts at bar 5 (10.667 s) and comes to rest at bar 12 (29.333 s).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from instruments import (
    RATE,
    Score,
    Sound,
    band,
    bell,
    envelope,
    felt_piano,
    finish,
    hall,
    harp,
    noise,
    pad,
    seconds,
    shaker,
    soft_kick,
    sub_bass,
    write,
)

AUDIO = Path(__file__).resolve().parent / "audio"
BPM = 90.0

# One bar a line: bass, chord under the right hand, arpeggio (eight notes), melody as (beat, note, beats).
BARS: list[tuple[str, str, str, list[tuple[float, str, float]]]] = [
    ("D2", "A3 E4", "D4 A4 E4 F#4 A4 D5 E5 A4", [(0, "F#5", 2), (2, "A5", 1), (3, "E5", 1)]),
    ("G2", "B3 D4", "D4 B4 F#4 G4 B4 D5 F#5 B4", [(0, "D5", 3), (3, "B4", 1)]),
    ("B2", "A3 D4", "D4 F#4 B4 A4 D5 F#4 A4 D5", [(0, "D5", 2), (2, "F#5", 1), (3, "E5", 1)]),
    ("A2", "A3 D4 E4", "E4 A4 D5 E4 A4 C#5 E5 A4", [(0, "E5", 2), (2, "C#5", 2)]),
    ("F#2", "A3 D4 E4", "D4 A4 E5 F#4 A4 D5 A5 E5", [(0, "F#5", 1), (1, "A5", 1), (2, "B5", 0.5), (2.5, "A5", 1.5)]),
    ("G2", "B3 D4 F#4", "D4 B4 D5 G4 B4 F#5 D5 B4", [(0, "D6", 2), (2, "C#6", 1), (3, "B5", 1)]),
    ("E2", "B3 D4 G4", "E4 B4 D5 G4 B4 F#5 D5 B4", [(0, "B5", 1.5), (1.5, "A5", 0.5), (2, "F#5", 2)]),
    ("A2", "A3 C#4 E4", "E4 A4 C#5 E5 A4 B4 C#5 E5", [(0, "A5", 2), (2, "E5", 1), (3, "F#5", 1)]),
    ("B2", "B3 D4 F#4", "D4 F#4 B4 D5 F#5 D5 B4 F#4", [(0, "F#5", 1), (1, "B5", 1), (2, "C#6", 1), (3, "D6", 1)]),
    ("G2", "B3 D4 A4", "D4 G4 B4 D5 A5 D5 B4 G4", [(0, "D6", 2), (2, "B5", 1), (3, "A5", 1)]),
    ("A2", "A3 D4 F#4", "D4 A4 D5 F#5 E4 A4 C#5 E5", [(0, "A5", 2), (2, "F#5", 1), (3, "E5", 1)]),
    ("D2", "A3 D4 F#4 A4 E5", "D4 A4 D5 E5 A5 -- -- --", [(0, "D5", 4)]),
]
LIFT = 4
REST = 11


def music() -> Sound:
    score = Score(BPM, length=35.2)
    for bar, (bass, chord, arpeggio, melody) in enumerate(BARS):
        lifted = bar >= LIFT
        last = bar == REST
        at = score.beat(bar)
        length = 7.0 if last else 4.0
        louder = 0.75 + 0.03 * min(bar, 9) if lifted else 0.45 + 0.05 * bar
        # The left hand: an open chord, rolled; the pad breathes under it, faint at first.
        score.play(
            felt_piano,
            f"{bass[:-1]}{int(bass[-1]) + 1} {chord}",
            at + 0.012,
            length,
            0.36 * louder,
            -0.18,
            0.4,
            roll=0.028 if not last else 0.07,
        )
        score.play(pad, chord, at, length, (0.16 if lifted else 0.045 + 0.015 * bar), 0.25 - 0.5 * (bar % 2), 0.5)
        if bar >= 2:
            score.play(sub_bass, bass, at, length - 0.3, 0.42 if lifted else 0.2, 0.0, 0.05)
        for beat, note, beats in melody:
            human = 0.006 * ((bar * 5 + int(beat * 3)) % 3 - 1)
            score.play(
                felt_piano,
                note,
                score.beat(bar, beat) + 0.015 + human,
                beats + 0.6,
                0.62 * louder * (1.0 if beat == 0 else 0.86),
                0.12,
                0.45,
            )
            if lifted and not last:
                score.play(
                    felt_piano,
                    note[:-1] + str(int(note[-1]) - 1),
                    score.beat(bar, beat) + 0.02 + human,
                    beats,
                    0.22 * louder,
                    0.0,
                    0.4,
                )
            if bar >= 8 and beat in (0, 2):
                score.play(bell, note[:-1] + str(int(note[-1]) + 1), score.beat(bar, beat), 1.5, 0.055, 0.45, 0.8)
        if lifted or bar == LIFT - 1:
            for step, note in enumerate(arpeggio.split()):
                if note == "--" or (bar == LIFT - 1 and step < 4):
                    continue
                accent = (1.0, 0.6, 0.8, 0.65, 0.9, 0.6, 0.75, 0.7)[step]
                score.play(
                    harp, note, score.beat(bar, step / 2), 0.5, 0.24 * accent, 0.55 * np.sin(0.9 * step + bar), 0.45
                )
        if lifted and not last:
            for beat in (0.0, 2.0):
                score.play(soft_kick, "A1", score.beat(bar, beat), 0, 0.42 if beat == 0 else 0.3, 0, 0.04)
            for step in range(8):
                score.play(shaker, "A1", score.beat(bar, step / 2), 0, (0.10, 0.16)[step % 2], 0.3, 0.15)
    # A breath of air lifts into bar 5 and into the last bar.
    for bar in (LIFT, REST):
        swell = band(noise(2.0, 40 + bar), 700, 5200) * (seconds(2.0) / 2.0) ** 3 * envelope(2.0, 0.4, 0.12)
        score.put(swell, score.beat(bar) - 2.0, 0.030, 0.0, 0.8)
    return score.mix(hall_seconds=2.6, dark=3200, hall_gain=0.42, fade_out=2.8, peak_db=-2.5)


def harbour(length: float = 20.0) -> Sound:
    """Small waves against stone, wide and slow, and two gulls some way off."""
    t = seconds(length)
    sides = []
    for side in range(2):
        wash = np.zeros_like(t)
        for wave, (period, phase) in enumerate(((5.3, 0.2), (7.1, 2.4), (3.7, 4.0))):
            swell = np.clip(np.sin(2 * np.pi * t / period + phase + 0.35 * side), 0, 1) ** 2.2
            wash += (
                band(noise(length, 300 + 2 * wave + side), 150 * (wave + 1), 800 + 700 * wave, 1.4)
                * swell
                * (0.8, 0.6, 0.35)[wave]
            )
        sides.append(wash + 0.16 * band(noise(length, 320 + side), 60, 420, 1.0))
    water = np.stack(sides, axis=1)
    score = Score(60, length)
    for at, pan, pitch in (
        (3.1, -0.6, 1.0),
        (3.75, -0.5, 0.94),
        (4.35, -0.45, 0.9),
        (11.6, 0.55, 1.08),
        (12.15, 0.6, 1.0),
    ):
        score.put(gull(pitch), at, 0.07, pan, 1.0)
    birds = 0.6 * score.dry + 1.6 * hall(score.send, 2.2, 3800, 50)
    return finish(water + birds, 1.5, 2.0, -8.0)


def gull(pitch: float) -> Sound:
    """One cry: a reedy tone that leaps up and slides down."""
    t = seconds(0.46)
    glide = 980 * pitch * (1 + 0.32 * np.exp(-(((t - 0.09) / 0.07) ** 2)) - 0.42 * t)
    phase = 2 * np.pi * np.cumsum(glide) / RATE
    tone = sum(a * np.sin(n * phase) for n, a in ((1, 0.5), (2, 1.0), (3, 0.7), (4, 0.3), (5, 0.12)))
    return np.asarray(tone) * envelope(0.46, 0.04, 0.22)


def foghorn() -> Sound:
    """A lighthouse horn a mile off: two low reeds a fifth apart, and the bay answering."""
    t = seconds(3.2)
    phase = 2 * np.pi * 73.42 * (t - 0.012 * np.exp(-t / 0.25))
    tone = sum(np.sin(n * phase) / n**1.25 + 0.55 * np.sin(1.5 * n * phase) / n**1.4 for n in range(1, 8))
    dry = np.asarray(tone) * envelope(3.2, 0.35, 0.7)
    score = Score(60, 7.5)
    score.put(band(dry, 50, 420, 2.0), 0.05, 0.6, -0.1, 1.0)
    return finish(0.5 * score.dry + 0.9 * hall(score.send, 4.5, 900, 60), 0.05, 2.0, -6.0)


def door() -> Sound:
    """An old door: the latch lifts, the hinge complains, wood meets frame."""
    score = Score(60, 3.0)
    for at, pitch, gain in ((0.10, 1.0, 0.5), (0.19, 0.82, 0.8)):
        t = seconds(0.09)
        click = sum(
            np.sin(2 * np.pi * f * pitch * t) * np.exp(-d * t) for f, d in ((1840, 90), (2730, 120), (4150, 160))
        )
        score.put(
            np.asarray(click) * envelope(0.09, 0.001, 0.03)
            + 0.8 * band(noise(0.09, 70), 700, 5000) * np.exp(-seconds(0.09) * 90),
            at,
            gain * 0.5,
            -0.1,
            0.5,
        )
    # A hinge sticks and slips: pulses at a wandering rate through the door's own resonances.
    length = 1.1
    t = seconds(length)
    slips = 62 + 34 * np.sin(2 * np.pi * 0.8 * t + 0.5) + 9 * np.sin(2 * np.pi * 3.1 * t)
    phase = np.cumsum(slips) / RATE
    pulses = np.maximum(0.0, np.diff(np.floor(phase), prepend=0.0))
    creak = 6 * band(pulses, 500, 1150, 3.0) + 3 * band(pulses, 1500, 2600, 3.0)
    score.put(creak * envelope(length, 0.25, 0.4), 0.42, 0.9, 0.0, 0.5)
    t = seconds(0.35)
    thud = np.sin(2 * np.pi * 88 * t) * np.exp(-16 * t) + 0.5 * band(noise(0.35, 72), 80, 700) * np.exp(-28 * t)
    score.put(thud * envelope(0.35, 0.002, 0.1), 1.72, 0.6, 0.05, 0.5)
    return finish(score.dry + 0.35 * hall(score.send, 0.9, 2500, 65), 0.005, 0.4, -5.0)


def footsteps(count: int = 6) -> Sound:
    """Boots on planks, in time with the music: one step a beat."""
    beat = 60 / BPM
    score = Score(BPM, count * beat + 0.8)
    for step in range(count):
        t = seconds(0.3)
        heel = np.sin(2 * np.pi * (96 + 9 * (step % 2)) * t) * np.exp(-30 * t) + 0.5 * band(
            noise(0.3, 80 + step), 120, 1300
        ) * np.exp(-55 * t)
        sole = band(noise(0.3, 90 + step), 500, 3600) * np.exp(-48 * t) * 0.14
        at = 0.04 + step * beat
        score.put(heel * envelope(0.3, 0.002, 0.1), at, 0.6 + 0.08 * (step % 3), -0.15 + 0.3 * (step % 2), 0.35)
        score.put(sole * envelope(0.3, 0.004, 0.1), at + 0.085, 0.7, -0.15 + 0.3 * (step % 2), 0.35)
    return finish(score.dry + 0.3 * hall(score.send, 0.7, 2600, 66), 0.004, 0.4, -6.0)


def match_strike() -> Sound:
    """A match: the scrape, the flare, the small flame."""
    t = seconds(1.8)
    scrape = band(noise(1.8, 95), 1800, 9000) * np.exp(-(((t - 0.14) / 0.07) ** 2))
    flare = (
        band(noise(1.8, 96), 500, 6500, 1.0) * np.clip((t - 0.2) / 0.03, 0, 1) * np.exp(-5.0 * np.clip(t - 0.23, 0, 9))
    )
    flame = band(noise(1.8, 97), 120, 900, 1.0) * np.clip((t - 0.3) / 0.3, 0, 1) * 0.13
    return finish(scrape * 0.8 + flare + flame, 0.01, 0.7, -9.0)


def main() -> None:
    write(AUDIO / "first_light.ogg", music())
    write(AUDIO / "harbour.ogg", harbour(), quality=0.3)
    write(AUDIO / "foghorn.ogg", foghorn(), quality=0.3)
    write(AUDIO / "door.ogg", door(), quality=0.4)
    write(AUDIO / "footsteps.ogg", footsteps(), quality=0.4)
    write(AUDIO / "match.ogg", match_strike(), quality=0.4)


if __name__ == "__main__":
    main()
