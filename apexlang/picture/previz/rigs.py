"""Light rigs and moods by name: where the key stands, its colour, and how much fill, rim and lamps of the set go with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Triple = tuple[float, float, float]


@dataclass(frozen=True)
class Rig:
    """`key`: metres from the head to the lamp, the first toward the key's own side; None for the usual place. `kelvin` and `tint`
    of the key; `level`: of the key; `fill`, `rim`, `practicals`: factors of the usual; `radius` of the lamp in metres."""

    key: Triple | None = None
    kelvin: float | None = None
    tint: Triple = (1.0, 1.0, 1.0)
    level: float = 1.0
    fill: float = 1.0
    rim: float = 1.0
    practicals: float = 1.0
    radius: float | None = None


RIGS: Final = MappingProxyType({
    "three_point": Rig(fill=1.1, rim=1.25),
    "chiaroscuro": Rig(key=(2.1, 0.9, -0.7), level=1.15, fill=0.35, rim=0.5, radius=0.05),
    "golden hour": Rig(kelvin=3300.0, fill=0.9, rim=1.6),
    "magic hour": Rig(kelvin=3600.0, fill=1.0, rim=1.4),
    "blue hour": Rig(kelvin=9000.0, level=0.6, fill=1.2, rim=0.6),
    "moonlight": Rig(key=(1.6, 2.0, 0.2), kelvin=8500.0, level=0.75, fill=0.6, rim=1.3, practicals=0.6),
    "daylight": Rig(kelvin=5600.0),
    "overcast": Rig(kelvin=6500.0, level=0.7, fill=1.6, rim=0.3, radius=0.6),
    "candlelight": Rig(key=(0.9, -0.15, -1.0), kelvin=1900.0, fill=0.35, rim=0.35, practicals=1.2, radius=0.12),
    "firelight": Rig(key=(1.0, -0.75, -1.25), kelvin=2000.0, fill=0.35, rim=0.6, practicals=1.3, radius=0.3),
    "neon": Rig(kelvin=7500.0, fill=0.7, rim=1.4, practicals=1.4),
    "practical": Rig(level=0.55, fill=0.8, rim=0.7, practicals=2.0),
    "rembrandt": Rig(key=(1.55, 1.35, -1.55), fill=0.45, rim=0.7, radius=0.12),
    "butterfly": Rig(key=(0.0, 1.25, -1.9), fill=1.0, rim=1.0, radius=0.35),
    "clamshell": Rig(key=(0.0, 1.0, -1.9), fill=1.7, rim=1.0, radius=0.5),
    "loop": Rig(key=(1.0, 1.0, -1.9), fill=0.8),
    "split": Rig(key=(2.4, 0.15, -0.05), fill=0.3, rim=0.3, radius=0.08),
    "natural": Rig(level=0.8, fill=1.25, rim=0.35, radius=0.6),
    "available": Rig(level=0.65, fill=1.1, rim=0.25, practicals=1.4, radius=0.5),
    "motivated": Rig(level=0.85, fill=0.8, rim=0.6, practicals=1.6),
    "bounce": Rig(level=0.7, fill=1.7, rim=0.5, radius=0.8),
    "tungsten": Rig(kelvin=3200.0),
    "fluorescent": Rig(key=(0.25, 1.9, -0.5), kelvin=4600.0, tint=(0.92, 1.06, 0.96), fill=1.35, rim=0.2, radius=0.6),
    "sodium": Rig(kelvin=2050.0, tint=(1.05, 0.94, 0.72), fill=0.6, rim=0.8),
    "mercury": Rig(kelvin=6200.0, tint=(0.82, 1.06, 1.02), fill=0.7, rim=0.8),
    "strobe": Rig(key=(0.5, 0.4, -1.9), kelvin=6000.0, level=1.5, fill=0.2, rim=0.2, radius=0.03),
    "silhouette": Rig(level=0.0, fill=0.16, rim=1.4),
    "contre-jour": Rig(level=0.6, fill=0.7, rim=1.8),
})  # fmt: skip
"""Rigs by the names of the language's moods; `low key`, `high key` and `volumetric` are read as moods of the whole."""


def rig_of(names: Iterable[str]) -> Rig:
    """All rigs that are named, one over the other: factors multiply, the last place and colour count."""
    whole = Rig()
    for name in sorted(set(names) & set(RIGS)):
        r = RIGS[name]
        whole = Rig(
            key=r.key or whole.key, kelvin=r.kelvin or whole.kelvin,
            tint=(whole.tint[0] * r.tint[0], whole.tint[1] * r.tint[1], whole.tint[2] * r.tint[2]),
            level=whole.level * r.level, fill=whole.fill * r.fill, rim=whole.rim * r.rim,
            practicals=whole.practicals * r.practicals, radius=r.radius if r.radius is not None else whole.radius,
        )  # fmt: skip
    return whole
