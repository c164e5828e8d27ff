"""Footage that is passed through: where a segment would show the very frames of a file that is encoded as the film is, their packets
are copied. Nothing is drawn or encoded, and no frame changes.

All that this relies on is read from the file. Its parameter sets are, byte for byte, those that the film's own encoder writes: one
set serves all segments when they are joined, and it says size, pixel aspect, depth, colours and rate too. The frames asked for begin
at an IDR picture and end before the next, or with the file, so that none needs another. They are decoded once, quickly, to know
that they are whole. Wherever something is otherwise the answer is no, and the footage is drawn and encoded as all else is.
"""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av

from apexlang.plan.model import ClipFile, Encoding, Format, Segment, Slice
from apexlang.plan.passing import untouched
from apexlang.render import arguments
from apexlang.render.filtergraph import graph
from apexlang.render.work import Work

_SAMPLE_FRAMES: Final = 8
"""Enough for the encoder to show by how many frames its decoding runs ahead."""
_SLICE, _IDR, _SEI = 1, 5, 6
_UNREGISTERED: Final = 5
"""The SEI message in which an encoder leaves its name. Any other may change how frames are shown."""
_OPEN: Final = {"protocol_whitelist": "file", "format_whitelist": arguments.CONTAINERS}

_samples: dict[tuple[str, str, Format, Encoding], Sample] = {}
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Sample:
    """A few frames by the film's own encoder. `parameters`: its parameter sets, as MP4 has them (avcC). `ahead`: frames by which
    decoding runs ahead of showing. `clock`: the file's, in seconds; a frame lasts `step` of it."""

    file: bytes
    parameters: bytes
    ahead: int
    clock: Fraction
    step: int


def passed(work: Work, segment: Segment, out: Path, progress: Callable[[int], None]) -> bool:
    """Writes a segment to `out` by copying footage, if that is the very same. False if it is not; then what is at `out` means
    nothing. `progress`: called with the frames that are done."""
    if not untouched(segment, work.plan.shots):
        return False
    assert segment.a.shot is not None
    shot = work.plan.shots[segment.a.shot]
    assert isinstance(shot.picture, ClipFile)
    first, count = shot.picture.start - shot.head + segment.a.first, segment.frames
    try:
        with av.open(arguments.url(work.folder / shot.picture.path), options=_OPEN) as clip:
            if not _may_be_alike(clip, work.plan.format):
                return False
            sample = _sample(work)
            stream: Any = clip.streams.video[0]
            step = 1 / work.plan.format.rate.fps / stream.time_base
            if bytes(stream.codec_context.extradata) != sample.parameters or step.denominator != 1:
                return False
            pictures = _taken(clip, first, count, int(step), _sets(sample.parameters))
            digest = _copy(pictures, _Decoder(stream, work.plan.format), sample, out, work.plan.encoding, progress)
        with av.open(arguments.url(out)) as made:
            return _is_right(made, digest, sample, count)
    except (_Otherwise, av.FFmpegError, OSError, ValueError):
        return False  # what is wrong with a clip, or with the disk, is told by those who draw and encode


@dataclass(frozen=True, slots=True)
class _Taken:
    """A picture of the clip: its `place` in the order of showing, from 0; what is copied of it; the packet that it was."""

    place: int
    data: bytes
    is_idr: bool
    packet: Any


class _Otherwise(Exception):
    """The clip is not as it would have to be."""


def _may_be_alike(clip: Any, form: Format) -> bool:
    """What can be seen at a glance, so that most footage costs no sample."""
    if not clip.streams.video:
        return False
    codec = clip.streams.video[0].codec_context
    return codec.name == "h264" and bool(codec.extradata) and (codec.width, codec.height) == (form.width, form.height)


def _sample(work: Work) -> Sample:
    """The sample of this work's encoding, made once in this process."""
    plan, ffmpeg = work.plan, work.crew.ffmpeg
    key = (ffmpeg.exe, ffmpeg.version, plan.format, plan.encoding)
    with _guard:
        known = _samples.get(key)
        if known is None:
            known = _samples[key] = _encode_sample(work)
        return known


def _encode_sample(work: Work) -> Sample:
    black = Segment(index=0, start=0, frames=_SAMPLE_FRAMES, a=Slice(shot=None, first=0, count=_SAMPLE_FRAMES))
    g = graph(work.plan, [black])
    with work.store.scratch(".mp4") as path:
        with work.crew.start(arguments.encode(g, [], work.plan.encoding, path), takes=True) as process:
            frame = memoryview(bytes(g.drawn.width * g.drawn.height * 3 // 2))
            for _ in range(_SAMPLE_FRAMES):
                process.write(frame)
            process.finish()
        file = path.read_bytes()
    container: Any
    with av.open(io.BytesIO(file)) as container:
        stream = container.streams.video[0]
        first = next(container.demux(stream))
        step = stream.duration // _SAMPLE_FRAMES
        parameters = bytes(stream.codec_context.extradata or b"")
        return Sample(file, parameters, -first.dts // step, stream.time_base, step)


def _taken(clip: Any, first: int, count: int, step: int, sets: frozenset[bytes]) -> Iterator[_Taken]:
    """The pictures of `count` frames from frame `first` of a clip, in the order of decoding. A frame lasts `step` ticks of the
    clip's clock. _Otherwise if these frames cannot be taken by themselves."""
    stream = clip.streams.video[0]
    begin = (stream.start_time or 0) + first * step
    clip.seek(begin, stream=stream)
    places: set[int] = set()
    for packet in clip.demux(stream):
        if packet.size == 0:  # the end
            break
        if packet.pts is None or packet.is_corrupt or packet.is_discard:
            raise _Otherwise
        if not places and packet.pts != begin:
            if packet.is_keyframe and packet.pts > begin:
                break
            continue
        data, is_idr = _picture(bytes(packet), sets)
        if len(places) == count:
            if not is_idr:
                raise _Otherwise  # a frame before the cut may need it, or be shown after it
            return
        place, rest = divmod(packet.pts - begin, step)
        if rest or place in places or not 0 <= place < count or not (is_idr or places):
            raise _Otherwise
        places.add(place)
        yield _Taken(place, data, is_idr, packet)
    if len(places) != count:
        raise _Otherwise


def _picture(data: bytes, sets: frozenset[bytes]) -> tuple[bytes, bool]:
    """One picture without the parameter sets that are said again in it, and whether it is an IDR picture. _Otherwise if it has
    other NAL units than slices, an encoder's name and the parameter sets `sets`, or is not whole."""
    kept, kinds = [], set()
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        unit = data[at + 4 : at + 4 + size]
        if size < 2 or len(unit) != size:
            raise _Otherwise
        kind = unit[0] & 31
        if kind in (_SLICE, _IDR) or (kind == _SEI and _is_a_name(unit[1:])):
            kept.append(data[at : at + 4 + size])
            kinds.add(kind)
        elif unit not in sets:
            raise _Otherwise
        at += 4 + size
    if len(kinds & {_SLICE, _IDR}) != 1:
        raise _Otherwise
    return b"".join(kept), _IDR in kinds


def _sets(parameters: bytes) -> frozenset[bytes]:
    """The parameter sets in an avcC record (ISO/IEC 14496-15, 5.3.3.1)."""
    found = []
    at = 5
    for mask in (31, 255):  # sequence, then picture
        number = parameters[at] & mask
        at += 1
        for _ in range(number):
            size = int.from_bytes(parameters[at : at + 2], "big")
            found.append(parameters[at + 2 : at + 2 + size])
            at += 2 + size
    return frozenset(found)


def _is_a_name(messages: bytes) -> bool:
    """Whether an SEI unit holds one message, and that is one of the unregistered kind."""
    plain = messages.replace(b"\0\0\3", b"\0\0")
    at = 1
    while at < len(plain) and plain[at] == 255:
        at += 1
    size = 255 * (at - 1) + plain[at] if at < len(plain) else 0
    return plain[0] == _UNREGISTERED and plain[at + 1 + size :] == b"\x80"


class _Decoder:
    """Decodes what is copied, as far as is needed to know that it can be: no one else will before the film is shown."""

    def __init__(self, stream: Any, form: Format) -> None:
        self._codec = stream.codec_context
        self._codec.options = {"err_detect": "explode", "skip_loop_filter": "all"}
        self._size = form.width, form.height
        self.frames = 0

    def take(self, packet: Any) -> None:
        """The next packet; None after the last."""
        for frame in self._codec.decode(packet):
            others = {d.type.name for d in frame.side_data} - {"SEI_UNREGISTERED"}  # one may turn the picture, say
            if frame.is_corrupt or others or (frame.width, frame.height) != self._size:
                raise _Otherwise
            self.frames += 1


def _copy(
    pictures: Iterator[_Taken],
    decoder: _Decoder,
    sample: Sample,
    out: Path,
    encoding: Encoding,
    progress: Callable[[int], None],
) -> bytes:
    """Writes the pictures as the film's own encoder would have; the digest of them all."""
    digest, done = hashlib.sha256(), 0
    options = {"video_track_timescale": str(sample.clock.denominator), "fflags": "+bitexact"}
    if encoding.streamed:
        options["movflags"] = arguments.STREAMED
    with (
        av.open(io.BytesIO(sample.file)) as like,
        av.open(arguments.url(out), "w", format="mp4", options=options) as film,
    ):
        stream = film.add_stream_from_template(like.streams.video[0])
        stream.time_base = sample.clock
        for picture in pictures:
            if picture.place < done - sample.ahead:
                raise _Otherwise
            digest.update(_said(picture.place, picture.data))
            copy = av.Packet(picture.data)
            copy.stream, copy.time_base, copy.duration = stream, sample.clock, sample.step
            copy.pts, copy.dts = picture.place * sample.step, (done - sample.ahead) * sample.step
            copy.is_keyframe = picture.is_idr
            film.mux(copy)
            decoder.take(picture.packet)
            done += 1
            progress(done)
        decoder.take(None)
    if decoder.frames != done:
        raise _Otherwise
    return digest.digest()


def _said(place: int, data: bytes) -> bytes:
    return b"%d %d " % (place, len(data)) + data


def _is_right(made: Any, digest: bytes, sample: Sample, count: int) -> bool:
    """Whether a segment that was written has what was copied, at the right times, and nothing else."""
    stream = made.streams.video[0]
    found, seen = hashlib.sha256(), 0
    for packet in made.demux(stream):
        if packet.size == 0:
            break
        place, rest = divmod(packet.pts, sample.step)
        if rest or packet.dts != (seen - sample.ahead) * sample.step:
            return False
        found.update(_said(place, bytes(packet)))
        seen += 1
    return (
        found.digest() == digest
        and seen == count
        and stream.duration == count * sample.step
        and stream.time_base == sample.clock
        and bytes(stream.codec_context.extradata) == sample.parameters
    )
