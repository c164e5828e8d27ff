"""The film's sound: every sound placed to the sample, faded, summed in float at 48 kHz, and kept from clipping."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile as sf

from apexlang.plan.model import Audio, Format
from apexlang.sound.decode import BLOCK, Samples, blocks
from apexlang.sound.probe import SoundError
from apexlang.units import Rate

SOUND_RATE: Final = 48_000
CEILING_DB: Final = -1.0
"""The highest peak, in dB of full scale, that leaves the mix as it is."""

MIXER_VERSION: Final = "1"
"""Enters keys; changes whenever any sample of any mix would."""

Progress = Callable[[float], None]


class MixError(Exception):
    """The sound at `path` (as the film wrote it) cannot be used, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, eq=False)
class Mix:
    """`samples`: (n, 2) float32. `gain_db`: by how much the whole mix was turned down so that it does not clip; 0 or less."""

    samples: Samples
    gain_db: float


def length(frames: int, rate: Rate) -> int:
    """Samples that `frames` frames last, to the nearest."""
    exact = rate.seconds(frames) * SOUND_RATE
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def mix(audio: Sequence[Audio], frames: int, form: Format, folder: Path, progress: Progress | None = None) -> Mix:
    """The mix of `audio` for a film of `frames` frames; paths are relative to `folder`. No sounds: silence of that length.
    MixError names the sound that cannot be used."""
    total = np.zeros((length(frames, form.rate), 2), np.float32)
    for done, sound in enumerate(audio):
        try:
            _add(total, sound, folder / sound.path)
        except SoundError as problem:
            raise MixError(sound.path, problem.reason) from None
        if progress is not None:
            progress((done + 1) / len(audio))
    peak = float(np.abs(total).max(initial=0.0))
    ceiling = 10 ** (CEILING_DB / 20)
    if peak <= ceiling:
        return Mix(total, 0.0)
    total *= np.float32(ceiling / peak)
    return Mix(total, 20 * math.log10(ceiling / peak))


def write_wav(path: Path, samples: Samples) -> None:
    """24-bit PCM, the same bytes for the same samples. OSError where the disk does not take it."""
    try:
        with sf.SoundFile(str(path), "w", SOUND_RATE, 2, subtype="PCM_24", format="WAV") as file:
            for first in range(0, len(samples), BLOCK):
                file.write(samples[first : first + BLOCK])
    except sf.LibsndfileError as problem:
        raise OSError(f"cannot write {path.name}: {problem.error_string}") from None


def fade(count: int) -> Samples:
    """A rising equal-power fade over `count` samples: sin(pi/2 (i + 1/2) / count), as (count, 1)."""
    steps = (np.arange(count, dtype=np.float64) + 0.5) / max(count, 1)
    return np.sin(steps * (math.pi / 2)).astype(np.float32)[:, None]


def _add(total: Samples, sound: Audio, path: Path) -> None:
    """Lays one sound into `total`. A sound ends where its file, its length or the film does, and fades out to that end."""
    room = len(total) - sound.start
    want = room if sound.length is None else min(sound.length, room)
    if want <= 0:
        return
    played = _read(path, sound.skip, want)
    gain = np.float32(10 ** (sound.gain_db / 20))
    played *= gain
    fade_in, fade_out = min(sound.fade_in, len(played)), min(sound.fade_out, len(played))
    if fade_in:
        played[:fade_in] *= fade(fade_in)
    if fade_out:
        played[len(played) - fade_out :] *= fade(fade_out)[::-1]
    total[sound.start : sound.start + len(played)] += played


def _read(path: Path, skip: int, want: int) -> Samples:
    """Up to `want` samples of the file from sample `skip` on."""
    out = np.empty((want, 2), np.float32)
    have = seen = 0
    heard = False
    for part in blocks(path, SOUND_RATE):
        heard = True
        first = max(skip - seen, 0)
        seen += len(part)
        if first >= len(part):
            continue
        part = part[first : first + want - have]
        out[have : have + len(part)] = part
        have += len(part)
        if have == want:
            break
    if not heard:
        raise SoundError("holds no sound")
    return out[:have]
