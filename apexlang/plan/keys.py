"""Content keys: what a job is made from, and nothing else. No position, path, time or machine enters one.

key = sha256 of the canonical JSON of [KEY_VERSION, kind, parameters, keys of the inputs in order, versions of the tools].
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apexlang.plan.model import Audio, Caption, Encoding, Format, Frozen, PictureRequest, Segment, Shot, Slice

KEY_VERSION = 1

SOUND_RATE = 48_000
"""Samples a second of every mix."""


@dataclass(frozen=True, slots=True)
class Tools:
    """Versions of what shapes the output besides the film: our engine, the titles' setting, the mixer, FFmpeg."""

    engine: str
    titles: str
    mixer: str
    ffmpeg: str


def canonical(value: Any) -> str:
    """JSON with one spelling: sorted keys, no spaces, no NaN. Models are dumped by pydantic first."""
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Frozen):
        return value.model_dump(mode="json")
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def key(kind: str, parameters: Any, inputs: Sequence[str] = (), tools: Sequence[str] = ()) -> str:
    """64 hex digits."""
    text = canonical([KEY_VERSION, kind, parameters, list(inputs), list(tools)])
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def picture_key(request: PictureRequest, generator: str, version: str) -> str:
    return key("picture", request, (), (generator, version))


def slice_content(part: Slice, shots: Sequence[Shot]) -> Any:
    """What a slice shows, free of where it stands in the film and where its file lies."""
    if part.shot is None:
        return {"black": True, "count": part.count}
    shot = shots[part.shot]
    picture = shot.picture
    source: dict[str, Any] = {"kind": picture.kind}
    if picture.kind == "generated":
        source["key"] = picture.key
    elif picture.kind == "colour":
        source["hex"] = picture.hex
    else:
        source["digest"] = picture.digest
        if picture.kind == "clip":
            source["start"] = picture.start - shot.head
    return {
        "source": source,
        "grade": shot.grade.model_dump(mode="json", exclude={"lut"}),
        "move": shot.move,
        "own_frames": shot.own_frames,
        "seed": shot.seed if shot.grade.grain else 0,
        "first": part.first,
        "count": part.count,
    }


def segment_content(segment: Segment, shots: Sequence[Shot], form: Format, encoding: Encoding) -> dict[str, Any]:
    """All that a segment's frames and their encoding depend on, besides the tools."""
    titles = [
        [t.text, t.start - segment.start, t.frames, t.fade, *(["card"] if t.card else [])] for t in segment.titles
    ]
    parameters: dict[str, Any] = {
        "format": form,
        "encoding": encoding,
        "a": slice_content(segment.a, shots),
        "titles": titles,
    }
    if segment.b is not None:
        parameters["b"] = slice_content(segment.b, shots)
        parameters["curve"] = segment.curve
    return parameters


def segment_tools(segment: Segment, tools: Tools) -> list[str]:
    return [tools.engine, tools.ffmpeg, *([tools.titles] if segment.titles else [])]


def segment_key(segment: Segment, shots: Sequence[Shot], form: Format, encoding: Encoding, tools: Tools) -> str:
    return key("segment", segment_content(segment, shots, form, encoding), (), segment_tools(segment, tools))


def samples(frames: int, form: Format) -> int:
    """The samples that `frames` frames last, to the nearest."""
    return int((form.rate.seconds(frames) * SOUND_RATE * 2 + 1) // 2)


def mix_content(audio: Sequence[Audio], frames: int, form: Format) -> dict[str, Any]:
    parts = [a.model_dump(mode="json", exclude={"path"}) for a in audio]
    return {"audio": parts, "samples": samples(frames, form)}


def mix_key(audio: Sequence[Audio], frames: int, form: Format, tools: Tools) -> str:
    return key("mix", mix_content(audio, frames, form), (), (tools.mixer,))


def film_key(
    title: str, segments: Sequence[Segment], mix: str, captions: Sequence[Caption], form: Format, tools: Tools
) -> str:
    parameters = {"title": title, "captions": list(captions), "format": form}
    return key("film", parameters, [*(s.key for s in segments), mix], (tools.ffmpeg,))


def seed(identity: str, take: int = 1) -> int:
    """A shot's seed: 32 bits from who the shot is and which take this is; never from where it stands."""
    return int.from_bytes(hashlib.sha256(f"{identity}\n{take}".encode()).digest()[:4], "big")
