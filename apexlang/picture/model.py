"""What a generator is: a request goes in, one of three outcomes comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from apexlang.plan.model import PictureRequest

Progress = Callable[[float], None]
"""Called with the fraction done, 0..1, from any thread."""


@dataclass(frozen=True)
class Plate:
    """The sharp photograph behind a picture, before lens and print. `linear`: (height, width, 3) float16 scene light, Rec.709
    primaries; `depth`: as of the picture; `subject`: (height, width) bool, where people are; `ground`: where level ground is;
    `owners`: (height, width, 4) uint8, which of the nine pixels around each quarter of a pixel belongs to. `focus_m` metres along the
    axis, `sensor_mm` its width. `printing`: plain numbers for whoever made it."""

    linear: npt.NDArray[np.float16]
    depth: npt.NDArray[np.float32]
    subject: npt.NDArray[np.bool_]
    ground: npt.NDArray[np.bool_]
    owners: npt.NDArray[np.uint8]
    focus_m: float
    lens_mm: float
    f_number: float
    sensor_mm: float
    printing: Mapping[str, Any]


@dataclass(frozen=True)
class Picture:
    """`rgb`: (height, width, 3) uint16, Rec.709 code values (decoded by 2.4), full range. `depth`: (height, width) float32,
    metres along the camera's axis, inf for the sky; None where the generator knows none. `notes`: what was not staged.
    `subject`: (height, width) bool, where people are; `plate`: what it was developed from, both where they are known."""

    rgb: npt.NDArray[np.uint16]
    depth: npt.NDArray[np.float32] | None = None
    notes: tuple[str, ...] = ()
    subject: npt.NDArray[np.bool_] | None = None
    plate: Plate | None = None


@dataclass(frozen=True)
class Refused:
    """The generator will not make this picture; asking again changes nothing."""

    reason: str


@dataclass(frozen=True)
class Failed:
    reason: str
    retry: bool = False


Outcome = Picture | Refused | Failed


@dataclass(frozen=True)
class Availability:
    """`usable`, and why or why not, in a sentence for a person (with the command that would help). Never a secret."""

    usable: bool
    why: str
    details: dict[str, Any] = field(default_factory=dict)


class Generator(Protocol):
    """`version` names all that shapes the picture besides the request; it enters the key."""

    name: str

    @property
    def version(self) -> str: ...

    def available(self) -> Availability: ...

    def make(self, request: PictureRequest, progress: Progress | None = None) -> Outcome: ...
