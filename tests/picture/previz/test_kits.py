"""Every set: it stands, it is its own, it is the same each time, and the marks are free."""

import time

import numpy as np
import pytest

from apexlang.lexicon.words import standard
from apexlang.picture.previz.kits.catalogue import INTERIORS, KITS
from apexlang.picture.previz.kits.design import Brief, Design
from apexlang.picture.previz.kits.named import set_out

SEATED = ("car",)
MOST = 320_000
"""Triangles; the forest's needles are two thirds of that."""


def built(kit: str, place: str = "the place", **said: object) -> Design:
    brief = Brief(place=place, **{"time": "DAY", **said})  # type: ignore[arg-type]
    design = KITS[kit](brief)
    set_out(design, brief, kit)
    return design


def digest(design: Design) -> bytes:
    return b"".join(a.tobytes() for a in design.mesh.arrays()) + design.practicals().tobytes()


@pytest.mark.parametrize("kit", KITS)
def test_a_set_stands_and_is_the_same_each_time(kit: str) -> None:
    began = time.process_time()
    design = built(kit)
    spent = time.process_time() - began
    corners, normals, ids = design.mesh.arrays()
    assert 100 < len(corners) < MOST
    assert np.isfinite(corners).all() and np.isfinite(normals).all()
    assert ids.max() < len(design.mesh.materials)
    assert spent < 5  # a tenth of that where nothing else runs
    assert digest(design) == digest(built(kit))


@pytest.mark.parametrize("kit", KITS)
@pytest.mark.parametrize("time_", ["DAY", "NIGHT"])
def test_two_places_of_a_kind_differ(kit: str, time_: str) -> None:
    assert digest(built(kit, "one", time=time_)) != digest(built(kit, "another", time=time_))


@pytest.mark.parametrize("kit", [k for k in KITS if k not in SEATED])
def test_nothing_stands_where_people_do(kit: str) -> None:
    design = built(kit, props=frozenset(["table", "car", "crates", "bottle", "crowd", "bed", "fire"]))
    corners, _, _ = design.mesh.arrays()
    middle = corners.mean(axis=1)
    level = np.array([design.ground(float(x), float(z)) for x, _, z in middle]) if len(middle) < 4000 else None
    height = middle[:, 1] - (level if level is not None else design.ground(0.0, 0.0))
    near = (np.hypot(middle[:, 0], middle[:, 2]) < 0.42) & (height > 0.35) & (height < 1.5)
    assert not near.any()


@pytest.mark.parametrize("kit", [k for k in KITS if k not in SEATED])
def test_the_ground_is_where_the_set_says(kit: str) -> None:
    design = built(kit)
    corners, _, _ = design.mesh.arrays()
    for x, z in ((0.0, 0.0), (0.43, 0.02), (-0.43, 0.1)):
        low, high = corners[:, :, (0, 2)].min(axis=1), corners[:, :, (0, 2)].max(axis=1)
        over = (low[:, 0] <= x) & (high[:, 0] >= x) & (low[:, 1] <= z) & (high[:, 1] >= z)
        tops = [h for t in corners[over] if (h := _height(t, x, z)) is not None and h < design.ground(x, z) + 0.3]
        assert max(tops) == pytest.approx(design.ground(x, z), abs=0.09)


def _height(t: np.ndarray, x: float, z: float) -> float | None:
    """Of a triangle at a point, where it lies over it."""
    a, b, c = t
    d = (b[2] - c[2]) * (a[0] - c[0]) + (c[0] - b[0]) * (a[2] - c[2])
    if abs(d) < 1e-12:
        return None
    u = ((b[2] - c[2]) * (x - c[0]) + (c[0] - b[0]) * (z - c[2])) / d
    v = ((c[2] - a[2]) * (x - c[0]) + (a[0] - c[0]) * (z - c[2])) / d
    return float(u * a[1] + v * b[1] + (1 - u - v) * c[1]) if min(u, v, 1 - u - v) >= -1e-9 else None


@pytest.mark.parametrize("kit", ["street", "mountain", "office", "church", "rooftop", "diner"])
@pytest.mark.parametrize("prop", ["crowd", "bottle", "table", "tree"])
def test_what_the_prose_names_is_there(kit: str, prop: str) -> None:
    if prop == "table" and kit in ("office", "diner"):  # which have some anyway
        assert built(kit).mesh.count > 500
        return
    if prop == "tree" and kit in INTERIORS:  # where none grows
        assert built(kit, props=frozenset([prop])).mesh.count == built(kit).mesh.count
        return
    assert built(kit, props=frozenset([prop])).mesh.count > built(kit).mesh.count


def test_the_words_know_every_kit_and_no_other() -> None:
    assert standard().meanings("places") == set(KITS)
    assert set(KITS) > INTERIORS
    assert len(KITS) >= 14
