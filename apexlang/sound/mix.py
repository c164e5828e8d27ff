"""The film's sound: every sound placed to the sample, faded, summed in float at 48 kHz, and kept from clipping."""

from __future__ import annotations

import errno
import math
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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

_ROOM: Final = 1 << 20

MIXER_VERSION: Final = "1"
"""Enters keys; changes whenever any sample of any mix would."""

Progress = Callable[[float], None]


class MixError(Exception):
    """The sound at `path` (as the film wrote it) cannot be used, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Mix:
    """A film's sound, made block by block whenever it is asked for, in flat memory. `gain_db`: by how much the whole mix is
    turned down so that it does not clip; 0 or less."""

    audio: tuple[Audio, ...]
    folder: Path
    length: int
    gain_db: float = 0.0

    def blocks(self) -> Iterator[Samples]:
        """(n, 2) float32 blocks, `length` samples in all. MixError names the sound that cannot be used."""
        gain = np.float32(10 ** (self.gain_db / 20))
        for block in _summed(self.audio, self.length, self.folder):
            yield block * gain if self.gain_db else block


def length(frames: int, rate: Rate) -> int:
    """Samples that `frames` frames last, to the nearest."""
    exact = rate.seconds(frames) * SOUND_RATE
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def mix(audio: Sequence[Audio], frames: int, form: Format, folder: Path, progress: Progress | None = None) -> Mix:
    """The mix of `audio` for a film of `frames` frames; paths are relative to `folder`. No sounds: silence of that length.
    Every sound is read once here, to find the peak; MixError names the one that cannot be used."""
    found = Mix(tuple(audio), folder, length(frames, form.rate))
    peak, done = 0.0, 0
    for block in found.blocks():
        peak = max(peak, float(np.abs(block).max(initial=0.0)))
        done += len(block)
        if progress is not None:
            progress(done / found.length)
    if peak <= 10 ** (CEILING_DB / 20):
        return found
    return replace(found, gain_db=CEILING_DB - 20 * math.log10(peak))


def write_wav(path: Path, blocks: Iterable[Samples]) -> None:
    """24-bit PCM, the same bytes for the same samples. OSError where the disk does not take it."""
    try:
        with sf.SoundFile(str(path), "w", SOUND_RATE, 2, subtype="PCM_24", format="WAV") as file:
            for block in blocks:
                file.write(block)
    except sf.LibsndfileError as problem:
        # libsndfile keeps the system's reason to itself; the one that people meet can be asked for.
        full = path.parent.is_dir() and shutil.disk_usage(path.parent).free < _ROOM
        raise OSError(errno.ENOSPC if full else errno.EIO, problem.error_string, str(path)) from None


def fade(count: int) -> Samples:
    """A rising equal-power fade over `count` samples: sin(pi/2 (i + 1/2) / count), as (count, 1)."""
    steps = (np.arange(count, dtype=np.float64) + 0.5) / max(count, 1)
    return np.sin(steps * (math.pi / 2)).astype(np.float32)[:, None]


def _summed(audio: Sequence[Audio], total: int, folder: Path) -> Iterator[Samples]:
    """The sum of all sounds. Each is opened when its time comes and read as far as the film has come."""
    waiting = sorted(audio, key=lambda sound: sound.start)
    playing: list[_Playing] = []
    for first in range(0, total, BLOCK):
        block = np.zeros((min(BLOCK, total - first), 2), np.float32)
        while waiting and waiting[0].start < first + len(block):
            playing.append(_Playing(waiting.pop(0), folder, total))
        for sound in playing:
            sound.add(block, first)
        playing = [sound for sound in playing if not sound.ended]
        yield block


class _Playing:
    """One sound on its way into the mix."""

    def __init__(self, sound: Audio, folder: Path, total: int) -> None:
        self._sound = sound
        self._parts = _played(sound, folder / sound.path, total - sound.start)
        self._rest = np.zeros((0, 2), np.float32)
        self.ended = False

    def add(self, block: Samples, first: int) -> None:
        """Adds what plays during `block`, which begins at the film's sample `first`."""
        at = max(self._sound.start - first, 0)
        while at < len(block):
            if not len(self._rest):
                try:
                    self._rest = next(self._parts)
                except StopIteration:
                    self.ended = True
                    return
                except SoundError as problem:
                    raise MixError(self._sound.path, problem.reason) from None
            now = self._rest[: len(block) - at]
            block[at : at + len(now)] += now
            self._rest = self._rest[len(now) :]
            at += len(now)


def _played(sound: Audio, path: Path, room: int) -> Iterator[Samples]:
    """A sound from its `skip` on, at its level and with its fades, for `room` samples at most. It ends where its file, its
    length or the film does, and fades out to that end: so as much as the fade is long is held back until the end is known."""
    want = room if sound.length is None else min(sound.length, room)
    gain = np.float32(10 ** (sound.gain_db / 20))
    rise = fade(min(sound.fade_in, max(want, 0)))
    held = np.zeros((0, 2), np.float32)
    taken, heard = 0, False
    to_skip = sound.skip
    for part in blocks(path, SOUND_RATE):
        heard = True
        dropped = min(to_skip, len(part))
        to_skip -= dropped
        part = part[dropped:][: want - taken] * gain
        if not len(part):
            if taken >= want:
                break
            continue
        if taken < len(rise):
            now = rise[taken : taken + len(part)]
            part[: len(now)] *= now
        taken += len(part)
        held = np.concatenate((held, part))
        ready = len(held) - sound.fade_out
        if ready > 0:
            yield held[:ready]
            held = held[ready:]
        if taken >= want:
            break
    if not heard:
        raise SoundError("holds no sound")
    if len(held):
        held *= fade(len(held))[::-1]
        yield held
