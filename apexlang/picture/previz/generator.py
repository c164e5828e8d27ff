"""The embedded generator: a small lit set with puppets, photographed by the shot's own words. No GPU, no weights, no key."""

from __future__ import annotations

import os

from apexlang.picture.model import Availability, Failed, Outcome, Picture, Progress, Refused
from apexlang.picture.previz.stage import Stage
from apexlang.plan.model import PictureRequest

VERSION = "3"
"""Changes with every change of the pictures."""

LARGEST = 8192
SMALLEST = 16


class Previz:
    """Makes any request's picture, with true depth. Deterministic: equal requests give equal bits, on any number of threads."""

    name = "previz"

    def __init__(self, threads: int | None = None) -> None:
        self._stage = Stage(threads or os.cpu_count() or 1)

    @property
    def version(self) -> str:
        return VERSION

    def available(self) -> Availability:
        return Availability(True, "built in: needs no model, no key and no graphics card")

    def make(self, request: PictureRequest, progress: Progress | None = None) -> Outcome:
        """A `Picture` with depth and notes of what was not staged; `Refused` for a size beyond 16..8192 pixels a side."""
        if not (SMALLEST <= request.width <= LARGEST and SMALLEST <= request.height <= LARGEST):
            return Refused(
                f"a picture of {request.width}x{request.height} is outside {SMALLEST}..{LARGEST} pixels a side"
            )
        try:
            shown = self._stage.shoot(request, (lambda f: progress(0.05 + 0.85 * f)) if progress else None)
            plate = self._stage.plate(shown)
            rgb = self._stage.develop(plate)
        except MemoryError:
            return Failed("not enough memory for a picture of this size", retry=True)
        if progress:
            progress(1.0)
        return Picture(
            rgb=rgb, depth=plate.depth, notes=shown.reading.notes, subject=plate.subject,
            plate=None if request.quality == "draft" else plate,
        )  # fmt: skip
