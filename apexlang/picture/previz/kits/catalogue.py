"""The kits by name."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from apexlang.picture.previz.kits import (
    alley,
    bar,
    bedroom,
    bridge,
    church,
    corridor,
    forest,
    kitchen,
    mountain,
    office,
    open_land,
    rooftop,
    room,
    street,
    vehicle,
    warehouse,
)
from apexlang.picture.previz.kits.design import Brief, Design

KITS: Final[MappingProxyType[str, Callable[[Brief], Design]]] = MappingProxyType({
    "street": street.build,
    "alley": alley.build,
    "rooftop": rooftop.build,
    "forest": forest.build,
    "mountain": mountain.build,
    "field": open_land.field,
    "desert": open_land.desert,
    "sea": open_land.sea,
    "room": room.build,
    "office": office.build,
    "kitchen": kitchen.build,
    "bedroom": bedroom.build,
    "bar": bar.build,
    "diner": bar.diner,
    "church": church.build,
    "car": vehicle.build,
    "bridge": bridge.build,
    "warehouse": warehouse.build,
    "corridor": corridor.build,
})  # fmt: skip

INTERIORS: Final = frozenset(
    ["room", "office", "kitchen", "bedroom", "bar", "diner", "church", "car", "bridge", "warehouse", "corridor"]
)
"""The kits of places with a roof."""
