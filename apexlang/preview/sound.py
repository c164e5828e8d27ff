"""The film's one mix as the page plays it: chunks of two seconds by content, and peaks to draw. A changed mix has new chunks only
where it sounds otherwise.

FLAC in fragmented MP4: what comes out is what went in, to the sample, so chunks join without a click, a lead or a tail.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
import numpy as np
import numpy.typing as npt
import soundfile as sf

from apexlang.plan.keys import SOUND_RATE

CHUNK: Final = 2 * SOUND_RATE
"""Samples of a chunk; the last may be shorter."""

PEAKS_HZ: Final = 100
_STEP: Final = SOUND_RATE // PEAKS_HZ
_KEPT: Final = 16 << 20
_VERSION: Final = b"apex sound chunk 1\0"

Pcm = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Track:
    """A mix that lies in `path` as WAV. `peaks`: (lowest, highest) as int8, 100 pairs a second."""

    mix: str
    path: Path
    chunks: tuple[str, ...]
    peaks: bytes


def track(mix: str, path: Path, stopped: Callable[[], bool] = lambda: False) -> Track | None:
    """Reads a mix through once, in flat memory. None if it was stopped. OSError where the file cannot be read."""
    chunks: list[str] = []
    peaks: list[bytes] = []
    try:
        with sf.SoundFile(str(path)) as file:
            while len(part := _read(file)):
                if stopped():
                    return None
                chunks.append(hashlib.sha256(_VERSION + part.tobytes()).hexdigest())
                peaks.append(_peaks(part))
    except sf.LibsndfileError as problem:
        raise OSError(problem.error_string) from None
    return Track(mix, path, tuple(chunks), b"".join(peaks))


class Chunks:
    """Encoded chunks of the track that is open, made when they are asked for. For any number of threads."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._track: Track | None = None
        self._places: dict[str, int] = {}
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def open(self, track: Track) -> None:
        with self._guard:
            self._track = track
            self._places = {key: n for n, key in reversed(list(enumerate(track.chunks)))}

    def get(self, key: str) -> bytes | None:
        """The chunk as MP4; None if the open track has no such chunk, or its file has gone."""
        with self._guard:
            track, place = self._track, self._places.get(key)
            if track is None or place is None:
                return None
            known = self._kept.get(key)
            if known is not None:
                self._kept.move_to_end(key)
                return known
        try:
            with sf.SoundFile(str(track.path)) as file:
                file.seek(place * CHUNK)
                made = encode(_read(file))
        except (sf.LibsndfileError, OSError):
            return None
        with self._guard:
            self._kept[key] = made
            while sum(map(len, self._kept.values())) > _KEPT and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return made


def encode(part: Pcm) -> bytes:
    """(n, 2) samples as FLAC in fragmented MP4 that begins at zero."""
    out = io.BytesIO()
    options = {"movflags": "+frag_keyframe+empty_moov+default_base_moof", "frag_duration": "500000"}
    with av.open(out, "w", format="mp4", options=options) as container:
        stream = container.add_stream("flac", rate=SOUND_RATE, layout="stereo", format="s16")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part).reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate = SOUND_RATE
        frame.pts = 0
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return out.getvalue()


def _read(file: sf.SoundFile) -> Pcm:
    """The next chunk as (n, 2) 16-bit samples."""
    wide = file.read(CHUNK, dtype="int32", always_2d=True)
    pcm: Pcm = np.clip((wide.astype(np.int64) + (1 << 15)) >> 16, -32768, 32767).astype(np.int16)
    return pcm


def _peaks(part: Pcm) -> bytes:
    whole = -(-len(part) // _STEP) * _STEP
    padded = np.concatenate((part, np.repeat(part[-1:], whole - len(part), axis=0)))
    steps = padded.reshape(-1, _STEP * 2).astype(np.int32)
    pairs = np.stack((steps.min(axis=1), steps.max(axis=1)), axis=1)
    return bytes(np.clip((pairs + 128) >> 8, -127, 127).astype(np.int8))
