"""A small orchestra for the example films: notes in, stereo sound out.

Every instrument is a function `(frequency in Hz, length in seconds, velocity 0..1) -> (samples,) float64` at `RATE`;
`Score` places notes by bar and beat, pans them and sends some of them to a hall. Nothing here is random except by seed,
so a script gives the same sound every time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

RATE = 48_000
Sound = npt.NDArray[np.float64]
Instrument = Callable[[float, float, float], Sound]

_SEMITONES = {"C": -9, "D": -7, "E": -5, "F": -4, "G": -2, "A": 0, "B": 2}


def hertz(note: str) -> float:
    """The equal-tempered pitch of `A4`, `C#5`, `Bb3`; A4 is 440 Hz."""
    match = re.fullmatch(r"([A-G])([#b]?)(-?\d)", note)
    if match is None:
        raise ValueError(f"not a note: {note!r}")
    letter, accidental, octave = match.groups()
    steps = _SEMITONES[letter] + {"": 0, "#": 1, "b": -1}[accidental] + 12 * (int(octave) - 4)
    return float(440.0 * 2.0 ** (steps / 12))


def seconds(length: float) -> Sound:
    """The times of the samples of `length` seconds."""
    return np.arange(round(length * RATE)) / RATE


def envelope(length: float, attack: float, release: float) -> Sound:
    """A raised-cosine swell and fall: no corner anywhere, so no click."""
    t = seconds(length)
    rise = 0.5 - 0.5 * np.cos(np.pi * np.clip(t / max(attack, 1e-4), 0, 1))
    fall = 0.5 - 0.5 * np.cos(np.pi * np.clip((length - t) / max(release, 1e-4), 0, 1))
    return rise * fall


def noise(length: float, seed: int) -> Sound:
    return np.random.Generator(np.random.PCG64(seed)).standard_normal(round(length * RATE))


def band(sound: Sound, low: float, high: float, slope: float = 2.0) -> Sound:
    """A band-pass with soft shoulders (`slope` is the order of both), by multiplying the spectrum; no phase shift."""
    padded = np.concatenate([sound, np.zeros(RATE // 4)])
    spectrum = np.fft.rfft(padded)
    f = np.maximum(np.fft.rfftfreq(len(padded), 1 / RATE), 1e-3)
    gain = 1 / np.sqrt(1 + (f / high) ** (2 * slope)) / np.sqrt(1 + (low / f) ** (2 * slope))
    return np.fft.irfft(spectrum * gain, len(padded))[: len(sound)]


# --- instruments ---


def felt_piano(frequency: float, length: float, velocity: float) -> Sound:
    """Struck strings under felt: stiff partials (f_n = n f sqrt(1 + B n^2)), two strings a hair apart, the high ones gone first."""
    ring = length + 1.6
    t = seconds(ring)
    stiffness = 3.5e-4 * (frequency / 262.0) ** 1.1
    total = np.zeros_like(t)
    for n in range(1, 15):
        partial = n * frequency * np.sqrt(1 + stiffness * n * n)
        if partial > 7000:
            break
        colour = n**-1.35 * np.exp(-partial / (1500.0 + 2800.0 * velocity)) * abs(np.sin(np.pi * n * 0.118)) / 0.36
        decay = (0.55 + 0.16 * n) * (frequency / 262.0) ** 0.55
        for cents, share in ((-0.7, 0.55), (0.8, 0.45)):
            phase = 2 * np.pi * partial * 2 ** (cents / 1200) * t
            total += (
                colour * share * np.sin(phase) * (0.75 * np.exp(-decay * 1.8 * t) + 0.25 * np.exp(-decay * 0.55 * t))
            )
    hammer = band(noise(0.06, 7), 90, 520) * np.exp(-seconds(0.06) * 70) * 0.05
    total[: len(hammer)] += hammer * velocity
    return total * envelope(ring, 0.006, 1.4) * velocity


def harp(frequency: float, length: float, velocity: float) -> Sound:
    """A plucked string near its quarter point: bright for an instant, then round."""
    ring = length + 0.9
    t = seconds(ring)
    total = np.zeros_like(t)
    for n in range(1, 12):
        partial = n * frequency
        if partial > 9000:
            break
        total += np.sin(2 * np.pi * partial * t) * abs(np.sin(np.pi * n * 0.27)) / n**1.5 * np.exp(-(1.9 + 1.3 * n) * t)
    return total * envelope(ring, 0.003, 0.5) * velocity


def pad(frequency: float, length: float, velocity: float) -> Sound:
    """A slow string section: three detuned players, dark, opening and closing as a breath does."""
    ring = length + 1.2
    t = seconds(ring)
    total = np.zeros_like(t)
    opening = 500 + 900 * velocity * (0.5 - 0.5 * np.cos(2 * np.pi * np.clip(t / ring, 0, 1)))
    for player, cents in enumerate((-6.0, 0.5, 7.0)):
        wander = 2.2e-4 * np.sin(2 * np.pi * (0.31 + 0.13 * player) * t + player)
        phase = 2 * np.pi * frequency * 2 ** (cents / 1200) * (t + wander) + 2.1 * player
        for n in range(1, 13):
            if n * frequency > 5000:
                break
            total += np.sin(n * phase) / n / (1 + (n * frequency / opening) ** 2) / 3
    return total * envelope(ring, min(0.9, length / 2), 1.3) * velocity


def sub_bass(frequency: float, length: float, velocity: float) -> Sound:
    t = seconds(length + 0.25)
    tone = (
        np.sin(2 * np.pi * frequency * t)
        + 0.22 * np.sin(4 * np.pi * frequency * t)
        + 0.05 * np.sin(6 * np.pi * frequency * t)
    )
    return tone * np.exp(-0.35 * t) * envelope(length + 0.25, 0.03, 0.3) * velocity


def bell(frequency: float, length: float, velocity: float) -> Sound:
    """A celesta: bars whose overtones are no harmonics."""
    ring = length + 1.5
    t = seconds(ring)
    tone = sum(
        a * np.sin(2 * np.pi * frequency * r * t) * np.exp(-d * t)
        for r, a, d in ((1, 1, 1.5), (2.76, 0.3, 4), (5.4, 0.1, 9))
    )
    return np.asarray(tone) * envelope(ring, 0.004, 0.6) * velocity


def soft_kick(_frequency: float, _length: float, velocity: float) -> Sound:
    """A heartbeat: a falling sine, no click."""
    t = seconds(0.34)
    phase = 2 * np.pi * (46 * t + (62 / 28) * (1 - np.exp(-28 * t)))
    return np.sin(phase) * np.exp(-9 * t) * envelope(0.34, 0.004, 0.12) * velocity


def shaker(_frequency: float, _length: float, velocity: float) -> Sound:
    t = seconds(0.11)
    return band(noise(0.11, 11), 5200, 11000) * np.exp(-38 * t) * envelope(0.11, 0.018, 0.04) * velocity * 0.35


def snare(_frequency: float, _length: float, velocity: float) -> Sound:
    """A gated studio snare: a short body and a wide, abruptly ending hiss."""
    t = seconds(0.26)
    body = np.sin(2 * np.pi * (182 * t + 2.2 * (1 - np.exp(-40 * t)))) * np.exp(-22 * t)
    hiss = band(noise(0.26, 23), 900, 8200) * np.exp(-9 * t)
    return (0.8 * body + 0.45 * hiss) * envelope(0.26, 0.002, 0.05) * velocity


def saw_bass(frequency: float, length: float, velocity: float) -> Sound:
    """An analogue bass: two saws and a filter that snaps shut."""
    ring = length + 0.05
    t = seconds(ring)
    cutoff = 180 + (1500 * velocity) * np.exp(-11 * t)
    total = np.zeros_like(t)
    for cents in (-5.0, 5.0):
        for n in range(1, 24):
            if n * frequency > 6000:
                break
            total += (
                np.sin(2 * np.pi * n * frequency * 2 ** (cents / 1200) * t + 0.3 * n)
                / n
                / (1 + (n * frequency / cutoff) ** 4) ** 0.5
            )
    return total * 0.5 * envelope(ring, 0.004, 0.06) * velocity


def saw_lead(frequency: float, length: float, velocity: float) -> Sound:
    """A singing lead with late vibrato."""
    ring = length + 0.35
    t = seconds(ring)
    depth = 0.0035 * np.clip((t - 0.25) / 0.4, 0, 1)
    phase = 2 * np.pi * frequency * np.cumsum(1 + depth * np.sin(2 * np.pi * 5.3 * t)) / RATE
    total = np.zeros_like(t)
    for n in range(1, 18):
        if n * frequency > 9000:
            break
        total += (np.sin(n * phase) + np.sin(n * phase * 1.004 + 1.0)) / n / (1 + (n * frequency / 2100) ** 2)
    return total * 0.4 * envelope(ring, 0.03, 0.3) * velocity


# --- the score ---


def hall(dry: Sound, length: float, dark: float, seed: int) -> Sound:
    """`dry` (samples, 2) in a hall whose sound takes `length` s to fall by 60 dB; above `dark` Hz it falls sooner."""
    t = seconds(length)
    wet = []
    for side in range(2):
        body = band(noise(length, seed + side), 160, dark) * np.exp(-6.9 * t / length)
        air = band(noise(length, seed + 5 + side), dark, 9000) * np.exp(-18 * t / length) * 0.5
        answer = (body + air) * np.clip(t / 0.018, 0, 1)
        answer /= np.sqrt(np.sum(answer**2))
        size = 1 << int(np.ceil(np.log2(len(dry) + len(answer))))
        wet.append(np.fft.irfft(np.fft.rfft(dry[:, side], size) * np.fft.rfft(answer, size), size)[: len(dry)])
    return np.stack(wet, axis=1)


@dataclass
class Score:
    """Notes on a stereo tape of `length` seconds. Bars and beats count from 0; `swell` scales a whole track by time."""

    bpm: float
    length: float
    dry: Sound = field(init=False)
    send: Sound = field(init=False)

    def __post_init__(self) -> None:
        self.dry = np.zeros((round(self.length * RATE), 2))
        self.send = np.zeros_like(self.dry)

    def beat(self, bar: float, beat: float = 0.0) -> float:
        return (4 * bar + beat) * 60 / self.bpm

    def put(self, sound: Sound, at: float, gain: float = 1.0, pan: float = 0.0, wet: float = 0.3) -> None:
        """Lay `sound` at `at` seconds. `pan` -1 left .. 1 right, equal power; `wet` is its share sent to the hall."""
        first = round(at * RATE)
        room = len(self.dry) - first
        if room <= 0:
            return
        angle = (pan + 1) * np.pi / 4
        stereo = sound[:room, None] * gain * np.array([np.cos(angle), np.sin(angle)]) * np.sqrt(2)
        if len(sound) > room:
            stereo *= np.clip((room - np.arange(room)) / (0.02 * RATE), 0, 1)[:, None]
        self.dry[first : first + len(stereo)] += stereo
        self.send[first : first + len(stereo)] += wet * stereo

    def play(
        self,
        player: Instrument,
        notes: str,
        at: float,
        beats: float,
        gain: float,
        pan: float = 0.0,
        wet: float = 0.3,
        roll: float = 0.0,
    ) -> None:
        """Play `"D4 F#4 A4"` together at `at` seconds for `beats` beats; `roll` seconds between the notes of a chord."""
        for index, note in enumerate(notes.split()):
            velocity = min(1.0, gain)
            self.put(player(hertz(note), beats * 60 / self.bpm, velocity), at + index * roll, gain / velocity, pan, wet)

    def mix(self, hall_seconds: float, dark: float, hall_gain: float, fade_out: float, peak_db: float = -2.0) -> Sound:
        """The finished (samples, 2) sound: hall added, softly limited, faded at its end, its peak at `peak_db` dBFS."""
        total = self.dry + hall_gain * hall(self.send, hall_seconds, dark, seed=101)
        total /= np.percentile(np.abs(total), 99.9)
        total = np.tanh(0.8 * total)
        return finish(total, fade_in=0.005, fade_out=fade_out, peak_db=peak_db)


def finish(sound: Sound, fade_in: float, fade_out: float, peak_db: float) -> Sound:
    """Fades at both ends and the peak set; also stands a mono sound between the loudspeakers."""
    stereo = sound if sound.ndim == 2 else np.stack([sound, sound], axis=1)
    stereo = stereo * envelope(len(stereo) / RATE, fade_in, fade_out)[: len(stereo), None]
    return stereo * (10 ** (peak_db / 20) / np.max(np.abs(stereo)))


def write(path: Path, sound: Sound, quality: float = 0.55) -> None:
    """Write Ogg Vorbis in short blocks (libsndfile's encoder overruns its stack on long ones)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with soundfile.SoundFile(
        path, "w", RATE, sound.shape[1], "VORBIS", format="OGG", compression_level=1 - quality
    ) as file:
        for first in range(0, len(sound), 4096):
            file.write(sound[first : first + 4096])
    print(f"{path.name}: {len(sound) / RATE:.2f} s, {path.stat().st_size / 1024:.0f} KB")
