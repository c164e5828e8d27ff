"""A sound file as stereo float blocks at the mix's rate, from any sample on, in flat memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
import numpy.typing as npt
import soundfile as sf
import soxr

from apexlang.sound.probe import OPEN_OPTIONS, SoundError, check

Samples = npt.NDArray[np.float32]

BLOCK: Final = 1 << 16
_CENTRE: Final = np.float32(0.5**0.5)
_FIRST_OF_51, _CHANNELS_OF_51 = 2, 6


def blocks(path: Path, rate: int) -> Iterator[Samples]:
    """The whole sound as (n, 2) float32 blocks at `rate` samples a second, full scale +-1. SoundError if it is broken."""
    check(path)
    try:
        with sf.SoundFile(str(path)) as file:
            source: int = file.samplerate
            parts = (stereo(part) for part in file.blocks(blocksize=BLOCK, dtype="float32", always_2d=True))
            yield from _resampled(parts, source, rate)
    except sf.LibsndfileError:
        yield from _from_container(path, rate)


def stereo(part: Samples) -> Samples:
    """(n, channels) -> (n, 2). One channel plays on both sides; of six (5.1) the centre goes to both at -3 dB, the surrounds
    to their sides at -3 dB, the low-frequency channel is left out (ITU-R BS.775); of others the first two are kept."""
    channels = part.shape[1]
    if channels == 1:
        return np.repeat(part, 2, axis=1)
    if channels == _CHANNELS_OF_51:
        left = part[:, 0] + _CENTRE * (part[:, 2] + part[:, 4])
        right = part[:, 1] + _CENTRE * (part[:, 2] + part[:, 5])
        return np.stack((left, right), axis=1).astype(np.float32)
    return np.ascontiguousarray(part[:, :2])


def _resampled(parts: Iterator[Samples], source: int, rate: int) -> Iterator[Samples]:
    if source == rate:
        yield from parts
        return
    stream = soxr.ResampleStream(source, rate, 2, dtype="float32", quality="HQ")
    for part in parts:
        out = stream.resample_chunk(np.ascontiguousarray(part))
        if len(out):
            yield out
    tail = stream.resample_chunk(np.zeros((0, 2), np.float32), last=True)
    if len(tail):
        yield tail


def _from_container(path: Path, rate: int) -> Iterator[Samples]:
    try:
        with av.open(f"file:{path}", options=OPEN_OPTIONS) as container:
            if not container.streams.audio:
                raise SoundError("has no sound in it")
            stream = container.streams.audio[0]
            source = int(stream.rate)
            yield from _resampled(_frames(container, stream), source, rate)
    except (av.FFmpegError, ValueError):
        raise SoundError("is broken, or not a sound that can be read") from None
    except OSError as problem:
        raise SoundError(f"cannot be read ({problem.strerror or problem})") from None


def _frames(container: av.container.InputContainer, stream: av.AudioStream) -> Iterator[Samples]:
    """Decoded blocks; what an encoder put before the first sample (negative times) is left out."""
    planar = av.AudioResampler(format="fltp")
    for frame in container.decode(stream):
        start = frame.pts
        before = (
            0
            if start is None or frame.time_base is None
            else max(0, round(-start * frame.time_base * frame.sample_rate))
        )
        for plain in planar.resample(frame):
            part = plain.to_ndarray().astype(np.float32, copy=False).T
            if before < len(part):
                yield stereo(np.ascontiguousarray(part[before:]))
