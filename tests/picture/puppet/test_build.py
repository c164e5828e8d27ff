"""Figures as meshes: finite, standing on the ground, the same each time."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from apexlang.picture.previz.model import MATERIAL_COLUMNS, Figure
from apexlang.picture.previz.puppet import EMOTIONS, POSES, Spec, build, describe
from apexlang.picture.previz.puppet.paint import relief, surface

LENA = describe("LENA", "woman, late 20s, dark bob, yellow raincoat")
OTTO = describe("OTTO", "old man, 70s, white beard, round glasses", ("green wool sweater", "flat cap"))

OUTFITS = (
    "grey suit, tie",
    "camel coat, scarf",
    "hoodie, jeans",
    "dress",
    "plaid shirt, apron, moustache, cap",
    "t-shirt, shorts, 8 years old boy",
    "uniform, peaked cap, braids",
    "waistcoat, bowler",
    "tactical jacket, helmet",
    "orange jumpsuit, buzzcut, goatee",
    "jacket, skirt, ponytail",
    "raincoat, hood",
    "jacket, afro, sunglasses",
    "leather jacket, long hair, beanie",
    "shirt, bald, grey hair, 66 years old",
    "tuxedo, top hat",
)


def digest(figure: Figure) -> str:
    h = hashlib.sha256(figure.parameters.tobytes())
    for p in figure.parts:
        for a in (p.vertices, p.faces, p.normals, p.coords):
            h.update(np.ascontiguousarray(a).tobytes())
        h.update(np.array(p.material).tobytes())
    return h.hexdigest()


def sound(figure: Figure, spec: Spec, lying: bool = False) -> None:
    assert figure.parameters.shape == (64,)
    assert np.isfinite(figure.parameters).all()
    for p in figure.parts:
        n = len(p.vertices)
        assert p.normals.shape == p.coords.shape == (n, 3)
        assert len(p.material) == MATERIAL_COLUMNS
        for a in (p.vertices, p.normals, p.coords):
            assert np.isfinite(a).all()
        assert p.faces.min() >= 0 and p.faces.max() < n
        assert np.allclose((p.normals**2).sum(1), 1, atol=2e-3)
        assert (p.tangent is not None) == (p.material[6] == 22)
    low = min(float(p.vertices[:, 1].min()) for p in figure.parts)
    assert abs(low) < 1e-5
    assert (0.15 if lying else 0.55) * spec.height < figure.height < 1.02 * spec.height
    assert 0.14 * spec.height < figure.head < 0.26 * spec.height
    assert abs(figure.head_centre[1] - figure.height) < figure.head


def shared_edges(faces: np.ndarray) -> float:
    """Share of a mesh's edges that two faces share: 1 for a closed one."""
    e = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), 1)
    _, count = np.unique(e, axis=0, return_counts=True)
    return float((count == 2).mean())


def test_same_person_same_bits_other_person_other_bits() -> None:
    a, b = (
        build(LENA, detail="ews"),
        build(describe("LENA", "woman, late 20s, dark bob, yellow raincoat"), detail="ews"),
    )
    assert digest(a) == digest(b)
    other = describe("MARIE", "woman, late 20s, dark bob, yellow raincoat")
    assert digest(build(other, detail="ews")) != digest(a)


@pytest.mark.parametrize("pose", POSES)
@pytest.mark.parametrize("spec", [LENA, OTTO], ids=lambda s: s.name)
def test_every_pose(spec: Spec, pose: str) -> None:
    figure = build(spec, pose, detail="ews")
    sound(figure, spec, lying=pose == "lie")
    largest = sorted(figure.parts, key=lambda p: -len(p.faces))[:3]
    for p in largest:
        assert shared_edges(p.faces) > 0.95
    assert (figure.lantern is not None) == (pose == "lantern")


@pytest.mark.parametrize("text", OUTFITS)
def test_every_outfit(text: str) -> None:
    spec = describe("KIM", text)
    for pose in ("stand", "sit"):
        sound(build(spec, pose, detail="ews"), spec)


@pytest.mark.parametrize("emotion", list(EMOTIONS))
def test_every_emotion_changes_the_face(emotion: str) -> None:
    figure = build(OTTO, "stand", emotion, "ews", head_turn=0.4, gaze=(0.2, -0.1))
    sound(figure, OTTO)
    if emotion != "neutral":
        assert digest(figure) != digest(build(OTTO, "stand", "neutral", "ews", head_turn=0.4, gaze=(0.2, -0.1)))


def test_close_up_within_its_budget() -> None:
    for spec in (LENA, OTTO):
        assert sum(len(p.faces) for p in build(spec, detail="cu").parts) < 85_000


def test_the_head_turns_and_the_body_does_not() -> None:
    ahead, aside = build(LENA, detail="ews"), build(LENA, detail="ews", head_turn=0.6)
    assert aside.eyes[0] < ahead.eyes[0] - 0.03
    assert aside.height == pytest.approx(ahead.height, abs=0.02)
    cloth = [p for p in ahead.parts if p.material[6] == 23]
    assert any(np.array_equal(cloth[-1].vertices, p.vertices) for p in aside.parts)


def test_an_unknown_pose_and_emotion_stand_neutral() -> None:
    assert digest(build(LENA, "levitate", "hungry", "ews")) == digest(build(LENA, detail="ews"))


def test_paint_answers_for_every_kind() -> None:
    figure = build(OTTO, detail="ews")
    out = np.zeros(9)
    for p in figure.parts:
        m = np.array(p.material)
        for c in p.coords[:: max(1, len(p.coords) // 50)]:
            surface(int(m[6]), c[0], c[1], c[2], 0.001, m, figure.parameters, out)
            assert np.isfinite(out).all() and (out[:3] >= 0).all() and (out[:3] < 3).all()
            assert abs(relief(int(m[6]), c[0], c[1], c[2], 0.001, m, figure.parameters)) < 0.02


def test_the_mouth_is_darker_than_the_skin() -> None:
    figure = build(LENA, detail="ews")
    f = figure.parameters
    skin = np.array(next(p.material for p in figure.parts if p.material[6] == 20))
    out = np.zeros(9)
    surface(20, 0.02, float(f[11]), -0.38, 0.0003, skin, f, out)
    line = out[:3].copy()
    surface(20, 0.02, float(f[11]) - 0.12, -0.38, 0.0003, skin, f, out)
    assert line.sum() < 0.5 * out[:3].sum()
