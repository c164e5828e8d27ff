"""What is known of a sound file before it is mixed, and how it is opened: libsndfile where it can, FFmpeg's demuxers else."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
import soundfile as sf

CONTAINERS: Final = ",".join(
    (
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf,mxf",
        "ogg,wav,w64,aiff,caf,mp3,flac,aac,ac3,eac3,au,wv",
    )
)
"""Containers that may be opened. Playlists and other formats that name further files or addresses are not among them."""

OPEN_OPTIONS: Final = {"protocol_whitelist": "file", "format_whitelist": CONTAINERS}


class SoundError(Exception):
    """A sound that cannot be used. `reason` completes the sentence "the sound file …"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SoundInfo:
    """`rate` in samples a second; `seconds` is exact where the container knows, else what it claims."""

    rate: int
    channels: int
    seconds: Fraction


def probe(path: Path) -> SoundInfo:
    """What the first sound in `path` is. SoundError if there is none to be had."""
    check(path)
    try:
        info = sf.info(str(path))
        if info.frames <= 0:
            raise SoundError("holds no sound")
        return SoundInfo(int(info.samplerate), int(info.channels), Fraction(int(info.frames), int(info.samplerate)))
    except sf.LibsndfileError:
        return _probe_container(path)


def check(path: Path) -> None:
    """SoundError unless `path` is a file with something in it."""
    try:
        if not path.is_file():
            raise SoundError("does not exist" if not path.exists() else "is not a file")
        if path.stat().st_size == 0:
            raise SoundError("is empty")
    except OSError as problem:
        raise SoundError(f"cannot be read ({problem.strerror or problem})") from None


def _probe_container(path: Path) -> SoundInfo:
    try:
        with av.open(f"file:{path}", options=OPEN_OPTIONS) as container:
            if not container.streams.audio:
                raise SoundError("has no sound in it")
            stream = container.streams.audio[0]
            if stream.duration is not None and stream.time_base is not None:
                seconds = Fraction(stream.duration) * stream.time_base
            else:
                seconds = Fraction(container.duration or 0, av.time_base)
            if seconds <= 0:
                raise SoundError("holds no sound")
            return SoundInfo(int(stream.rate), int(stream.channels), seconds)
    except (av.FFmpegError, ValueError):
        raise SoundError("is broken, or not a sound that can be read") from None
    except OSError as problem:
        raise SoundError(f"cannot be read ({problem.strerror or problem})") from None
