"""From the sharp plate to the picture: lens, smooth edges, rain or snow, print. A plate can be developed again, focused elsewhere or
through another aperture, without tracing a ray."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from apexlang.picture.model import Plate
from apexlang.picture.previz import edges, lens, weather
from apexlang.picture.previz.bands import Bands
from apexlang.picture.previz.finish import Look, print_light
from apexlang.picture.previz.model import Array

_WHITE = 4.0
"""Exposed light above which the edge of a lamp would be jagged again."""


@dataclass(frozen=True)
class Printing:
    """All that printing a plate needs to know besides it, as plain numbers. `gain`: of the exposure; `falling`: rain, snow or nothing,
    lit by `air`."""

    gain: float
    look: Look
    falling: str = ""
    air: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @staticmethod
    def of(plain: Mapping[str, Any]) -> Printing:
        """From `plain()`, also after a journey through JSON."""
        look: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in plain["look"].items()
        }
        return Printing(plain["gain"], Look(**look), plain["falling"], tuple(plain["air"]))


def develop(
    plate: Plate, bands: Bands, focus_m: float | None = None, f_number: float | None = None
) -> npt.NDArray[np.uint16]:
    """(h, w, 3) uint16 code values. `focus_m`, `f_number`: by default as it was photographed."""
    printing = Printing.of(plate.printing)
    focus = plate.focus_m if focus_m is None else focus_m
    stop = plate.f_number if f_number is None else f_number
    light = plate.linear.astype(np.float32)
    width = light.shape[1]
    picture: Array = lens.defocus(light, plate.depth, focus, plate.lens_mm, stop, bands, plate.sensor_mm)
    smooth = np.empty_like(picture)
    bands.run(len(picture), lambda a, b: edges.resolve(a, b, plate.owners, picture, _WHITE / printing.gain, smooth))

    def blur(at: Array) -> Array:
        return lens.circle_of_confusion(at, focus, plate.lens_mm, stop, width, plate.sensor_mm)

    if printing.falling == "snow":
        smooth = weather.snow(smooth, plate.depth, printing.air)
    elif printing.falling == "rain":
        scale = plate.lens_mm / plate.sensor_mm * width
        smooth = weather.rain(smooth, plate.depth, plate.ground, printing.air, scale, blur, bands)
    return print_light(smooth, printing.gain, printing.look, bands)
