"""The kits by name."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from apexlang.picture.previz.kits import corridor, forest, open_land, room, street, warehouse
from apexlang.picture.previz.kits.design import Brief, Design

KITS: Final[MappingProxyType[str, Callable[[Brief], Design]]] = MappingProxyType({
    "street": street.build,
    "forest": forest.build,
    "room": room.build,
    "warehouse": warehouse.build,
    "corridor": corridor.build,
    "sea": open_land.sea,
    "desert": open_land.desert,
    "field": open_land.field,
})  # fmt: skip
