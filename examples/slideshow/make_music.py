"""Makes the music of the slideshow into `audio/`: slow chords in F, 60 beats a minute exactly, so a bar is four seconds."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from instruments import Score, Sound, band, bell, envelope, felt_piano, harp, noise, pad, seconds, sub_bass, write

AUDIO = Path(__file__).resolve().parent / "audio"

# One picture a bar: bass, pad, piano as (beat, notes), bell.
BARS: list[tuple[str, str, list[tuple[float, str]], str]] = [
    ("F2", "C4 E4 A4", [(0, "F3 C4 A4"), (2, "E5"), (3, "C5")], "G5"),
    ("C2", "C4 E4 G4", [(0, "E3 C4 G4"), (1.5, "D5"), (3, "E5")], "B5"),
    ("D2", "C4 F4 A4", [(0, "D3 A3 F4"), (2, "E5"), (2.5, "F5"), (3, "A5")], "E6"),
    ("A1", "C4 E4 G4", [(0, "A2 G3 E4"), (1, "C5"), (2, "B4"), (3, "G4")], "D6"),
    ("Bb1", "D4 F4 A4 C5", [(0, "Bb2 F3 D4"), (1.5, "F5"), (2, "G5"), (3, "A5")], "C6"),
    ("A1", "C4 F4 A4", [(0, "A2 F3 C4"), (2, "G5"), (3, "F5")], "E6"),
    ("G1", "Bb3 D4 F4 A4", [(0, "G2 F3 Bb3"), (1.5, "D5"), (2, "C5"), (3, "A4")], "D6"),
    ("F1", "A3 C4 G4 A4", [(0, "F2 C3 A3 E4"), (1, "G4"), (2, "A4"), (3, "C5")], "G5"),
]


def music() -> Sound:
    score = Score(60.0, length=35.0)
    for bar, (bass, chord, piano, high) in enumerate(BARS):
        last = bar == len(BARS) - 1
        full = 0.6 + 0.4 * np.sin(np.pi * (bar + 1) / len(BARS))
        score.play(
            pad,
            chord,
            max(0.0, score.beat(bar) - 0.3),
            4.6 if not last else 6.0,
            0.17 * full,
            0.3 - 0.6 * (bar % 2),
            0.6,
        )
        score.play(sub_bass, bass[:-1] + str(max(1, int(bass[-1]))), score.beat(bar), 3.8, 0.26 * full, 0, 0.05)
        for beat, notes in piano:
            score.play(
                felt_piano,
                notes,
                score.beat(bar, beat) + 0.01,
                3.4 if beat == 0 else 1.6,
                0.34 * full * (1 if beat else 0.8),
                -0.1,
                0.6,
                roll=0.09,
            )
        score.play(bell, high, score.beat(bar, 0), 3, 0.05 * full, 0.5 - bar % 2, 0.9)
        if 2 <= bar < 7:
            for step, note in enumerate((*chord.split()[:3], chord.split()[1]) * 2):
                up = note[:-1] + str(int(note[-1]) + 1)
                score.play(harp, up, score.beat(bar, step / 2), 0.6, 0.075 * full, 0.6 * np.sin(1.3 * step), 0.7)
    length = score.length
    air = (
        band(noise(length, 5), 300, 2200, 1.0)
        * (0.5 + 0.5 * np.sin(2 * np.pi * seconds(length) / 8.0 - 1.2))
        * envelope(length, 2, 3)
    )
    score.put(air, 0, 0.006, 0, 0.5)
    return score.mix(hall_seconds=4.2, dark=3600, hall_gain=0.6, fade_out=3.0, peak_db=-3.0)


if __name__ == "__main__":
    write(AUDIO / "one_day.ogg", music(), quality=0.45)
