"""What a lens, a lamp and a picture can be: values beyond it are brought back, and that is said."""

from __future__ import annotations

import math

from apexlang.picture.previz.camera import LONGEST_MM, SHORTEST_MM
from apexlang.plan.model import PictureRequest

LENS = (SHORTEST_MM, LONGEST_MM)
APERTURE = (0.7, 32.0)
KELVIN = (1000.0, 25000.0)
ISO = (25.0, 409600.0)

_FIELDS = (
    ("lens_mm", LENS, "a lens of {} mm", "mm"),
    ("aperture", APERTURE, "an aperture of f/{}", "f/"),
    ("iso", ISO, "ISO {}", "ISO "),
    ("key_kelvin", KELVIN, "a light of {} K", "K"),
)


def clamped(request: PictureRequest) -> tuple[PictureRequest, tuple[str, ...]]:
    """The request with every value where the stage can follow, and a sentence for each that was brought back."""
    notes: list[str] = []
    changed: dict[str, float | None] = {}
    for name, (low, high), said, unit in _FIELDS:
        value = getattr(request, name)
        if value is None:
            continue
        taken = low if not math.isfinite(value) else min(high, max(low, value))
        if taken != value:
            changed[name] = taken
            shown = f"{unit}{taken:g}" if unit[-1] in "/ " else f"{taken:g} {unit}"
            notes.append(f"{said.format(f'{value:g}')} is beyond the stage: taken as {shown}")
    if not changed:
        return request, ()
    return request.model_copy(update=changed), tuple(notes)
