"""Content keys: what a job is made from, and nothing else. No position, path, time or machine enters one.

key = sha256 of the canonical JSON of [KEY_VERSION, kind, parameters, keys of the inputs in order, versions of the tools].
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from apexlang.nodes import Frozen
from apexlang.plan.model import (
    Audio,
    Caption,
    ClipFile,
    Encoding,
    Format,
    Generated,
    PictureRequest,
    Plain,
    Segment,
    Shot,
    Slice,
)
from apexlang.plan.passing import untouched

KEY_VERSION = 1

PASSED = "1"
"""Enters the keys of segments that may be footage passed through undecoded; changes whenever what is passed would."""

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
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def key(kind: str, parameters: Any, inputs: Sequence[str] = (), tools: Sequence[str] = ()) -> str:
    """64 hex digits."""
    return _key(kind, canonical(parameters), inputs, tools)


def _key(kind: str, parameters: str, inputs: Sequence[str], tools: Sequence[str]) -> str:
    """The same, of parameters that are canonical already."""
    text = (
        f'[{KEY_VERSION},"{kind}",{parameters},{canonical(list(inputs)) if inputs else "[]"},{_versions(tuple(tools))}]'
    )
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@lru_cache(maxsize=64)
def _versions(tools: tuple[str, ...]) -> str:
    return canonical(tools)


def picture_key(request: PictureRequest, generator: str, version: str) -> str:
    return key("picture", request, (), (generator, version))


class SegmentKeys:
    """The keys of one plan's segments. Ten thousand shots have few grades and moves: the canonical text of each is made once."""

    def __init__(self, shots: Sequence[Shot], form: Format, encoding: Encoding) -> None:
        self._shots = shots
        self._said: dict[int, tuple[Frozen, str]] = {}
        self._shared = {"format": canonical(form), "encoding": canonical(encoding)}

    def key(self, segment: Segment, tools: Tools) -> str:
        return _key("segment", self.content(segment), (), segment_tools(segment, tools))

    def content(self, segment: Segment) -> str:
        """All that the segment's frames and their encoding depend on, besides the tools: canonical JSON."""
        parameters = {**self._shared, "a": self._slice(segment.a), "titles": "[]"}
        if segment.titles:
            titles = [
                [t.text, t.start - segment.start, t.frames, t.fade, *(["card"] if t.card else [])]
                for t in segment.titles
            ]
            parameters["titles"] = canonical(titles)
        if segment.b is not None:
            parameters["b"] = self._slice(segment.b)
            parameters["curve"] = self._of(segment.curve)
        if untouched(segment, self._shots):
            parameters["passed"] = PASSED
        return _object(parameters)

    def _slice(self, part: Slice) -> str:
        """What a slice shows, free of where it stands in the film and where its file lies."""
        if part.shot is None:
            return _object({"black": "true", "count": str(part.count)})
        shot = self._shots[part.shot]
        return _object(
            {
                "source": self._source(shot),
                "grade": self._of(shot.grade, exclude={"lut"}),
                "move": self._of(shot.move),
                "own_frames": str(shot.own_frames),
                "seed": str(shot.seed if shot.grade.grain or shot.move.unrest else 0),
                "first": str(part.first),
                "count": str(part.count),
            }
        )

    @staticmethod
    def _source(shot: Shot) -> str:
        picture = shot.picture
        kind = f'"{picture.kind}"'
        match picture:
            case Generated():
                return _object({"kind": kind, "key": f'"{picture.key}"'})
            case Plain():
                return _object({"kind": kind, "hex": canonical(picture.hex)})
            case ClipFile():
                start = picture.start - shot.head
                return _object({"kind": kind, "digest": f'"{picture.digest}"', "start": str(start)})
            case _:
                return _object({"kind": kind, "digest": f'"{picture.digest}"'})

    def _of(self, part: Frozen, exclude: set[str] | None = None) -> str:
        """Shots share these objects; each is held, so that its identity stays its own."""
        known = self._said.get(id(part))
        if known is None:
            self._said[id(part)] = known = part, canonical(part.model_dump(mode="json", exclude=exclude))
        return known[1]


def _object(parts: Mapping[str, str]) -> str:
    """An object of canonical texts as canonical text."""
    return "{" + ",".join(f'"{name}":{parts[name]}' for name in sorted(parts)) + "}"


def segment_content(segment: Segment, shots: Sequence[Shot], form: Format, encoding: Encoding) -> dict[str, Any]:
    """All that a segment's frames and their encoding depend on, besides the tools, as plain JSON."""
    content: dict[str, Any] = json.loads(SegmentKeys(shots, form, encoding).content(segment))
    return content


def segment_tools(segment: Segment, tools: Tools) -> list[str]:
    return [tools.engine, tools.ffmpeg, *([tools.titles] if segment.titles else [])]


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
