"""What a render tells while it works: enough for a progress display with the time left, or for plain lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["generate", "segment", "film", "mix", "mux"]


@dataclass(frozen=True, slots=True)
class RunStarted:
    """What is to be made: how many pictures are missing, how many segments, and how many frames they have together."""

    pictures: int
    segments: int
    frames: int
    reused: int


@dataclass(frozen=True, slots=True)
class JobStarted:
    """`total`: frames of a segment or of the film, 100 of anything else."""

    kind: Kind
    key: str
    label: str
    total: int


@dataclass(frozen=True, slots=True)
class JobProgress:
    kind: Kind
    key: str
    label: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class JobDone:
    """`cached`: the store had it."""

    kind: Kind
    key: str
    label: str
    cached: bool
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another run is making this: its result will be taken. JobDone or JobStarted follows."""

    kind: Kind
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a person should know and that stops nothing."""

    text: str
    label: str | None = None


Event = RunStarted | JobStarted | JobProgress | JobDone | Waiting | Note
