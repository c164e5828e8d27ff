"""Films for the stage: what the server would say of them."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from tests.preview.stage.barcode import CHUNK_S

RATES = {
    "23.976": Fraction(24000, 1001),
    "24": Fraction(24),
    "29.97": Fraction(30000, 1001),
    "60": Fraction(60),
}


@dataclass(frozen=True)
class Shot:
    """One piece. `piece` is the number in its frames, `version` counts its pictures."""

    label: str
    frames: int
    piece: int
    version: int = 0
    ready: bool = True
    making: bool = False
    failed: str | None = None
    kind: str = "shot"
    source: tuple[tuple[int, str], ...] = ()
    values: tuple[tuple[str, str, str], ...] = ()
    line: int = 1


@dataclass(frozen=True)
class Reel:
    """A film of the stage."""

    shots: tuple[Shot, ...]
    rate: Fraction = Fraction(24)
    size: tuple[int, int] = (320, 180)
    title: str = "Barcode"
    beats: tuple[int, ...] = ()
    mix: int | None = 0
    scenes: tuple[str, ...] = field(default=("INT. STAGE - DAY",))

    @property
    def frames(self) -> int:
        return sum(shot.frames for shot in self.shots)

    @property
    def seconds(self) -> float:
        return float(self.frames / self.rate)

    def shot(self, label: str) -> Shot:
        return next(shot for shot in self.shots if shot.label == label)

    def start(self, label: str) -> int:
        before = 0
        for shot in self.shots:
            if shot.label == label:
                return before
            before += shot.frames
        raise KeyError(label)

    def having(self, label: str, **changes: Any) -> Reel:
        """The same film with one shot changed."""
        return replace(self, shots=tuple(replace(s, **changes) if s.label == label else s for s in self.shots))

    def without(self, label: str) -> Reel:
        return replace(self, shots=tuple(s for s in self.shots if s.label != label))

    def inserting(self, before: str, shot: Shot) -> Reel:
        at = [s.label for s in self.shots].index(before)
        return replace(self, shots=(*self.shots[:at], shot, *self.shots[at:]))

    def key(self, shot: Shot) -> str:
        told = (shot.piece, shot.version, shot.frames, str(self.rate), self.size)
        return hashlib.sha256(repr(told).encode()).hexdigest()

    def chunk_key(self, number: int) -> str:
        return hashlib.sha256(repr(("sound", number, self.mix, self.chunk_samples(number))).encode()).hexdigest()

    def chunk_samples(self, number: int) -> int:
        return int(min(CHUNK_S, self.seconds - number * CHUNK_S) * 48_000)

    @property
    def chunks(self) -> int:
        return math.ceil(self.seconds / CHUNK_S)

    def entries(self) -> list[dict[str, Any]]:
        out, start = [], 0
        for n, shot in enumerate(self.shots):
            out.append(
                {
                    "id": shot.label,
                    "key": self.key(shot),
                    "start": start,
                    "frames": shot.frames,
                    "label": shot.label,
                    "size": "wide" if shot.kind == "shot" else "",
                    "scene": self.scenes[n * len(self.scenes) // len(self.shots)],
                    "line": shot.line,
                    "kind": shot.kind,
                    "ready": shot.ready,
                    "making": shot.making,
                    "failed": shot.failed,
                    "ms": 240 if shot.ready else None,
                    "source": [list(row) for row in shot.source] or [[shot.line, f"  SHOT wide #{shot.label}"]],
                    "values": [list(row) for row in shot.values]
                    or [["hold", f"{shot.frames}f", "shot, barcode.apex:1"]],
                }
            )
            start += shot.frames
        return out

    def message(self, rev: int, saved: int | None = None) -> dict[str, Any]:
        """The message `film`."""
        drop = self.rate.denominator == 1001 and round(self.rate) % 30 == 0
        return {
            "t": "film",
            "rev": rev,
            "title": self.title,
            "file": "barcode.apex",
            "fps": [self.rate.numerator, self.rate.denominator],
            "size": f"{self.size[0]}x{self.size[1]}",
            "codec": "avc1.42c028",
            "frames": self.frames,
            "drop": drop,
            "beats": list(self.beats),
            "mix": None if self.mix is None else hashlib.sha256(f"mix {self.mix}".encode()).hexdigest(),
            "chunks": [] if self.mix is None else [self.chunk_key(n) for n in range(self.chunks)],
            "shots": self.entries(),
            "variant": None,
            "saved": saved,
            "ms": None if saved is None else 4,
        }


LENGTHS = (48, 37, 53, 12, 90, 61, 24, 77, 40, 58)
"""Ten pieces of unequal length, 500 frames: no join falls onto a group of pictures of another."""


def ten(rate: str = "24", **changes: Any) -> Reel:
    """The film of ten shots, `a` to `j`, 500 frames."""
    shots = tuple(Shot("abcdefghij"[n], frames, n + 1) for n, frames in enumerate(LENGTHS))
    return Reel(shots, RATES[rate], beats=tuple(range(0, 500, 12)), **changes)


def long(count: int = 1000) -> Reel:
    """A film of very many short shots, in many scenes."""
    shots = tuple(
        Shot(f"s{n:04}", 24 + n * 7 % 60, n % 4000, ready=n % 5 != 4, making=n % 50 == 4) for n in range(count)
    )
    scenes = tuple(f"INT. ROOM {n + 1} - {('DAY', 'NIGHT')[n % 2]}" for n in range(40))
    film = Reel(shots, title="A Film of Many Shots", scenes=scenes)
    return replace(film, beats=tuple(range(0, film.frames, 12)))
