"""Rays against geometry whose answer is known."""

import numpy as np
import pytest

from apexlang.picture.previz import bvh
from apexlang.picture.previz.mesh import Mesh, turned


def _corners(triangles: np.ndarray, order: np.ndarray) -> np.ndarray:
    c = triangles[order]
    return np.concatenate([c[:, 0], c[:, 1] - c[:, 0], c[:, 2] - c[:, 0]], axis=1).astype(np.float32)


def test_a_ray_meets_a_box_at_its_face() -> None:
    mesh = Mesh()
    mesh.box((0, 0, 5), (1, 1, 1), mesh.material((0.5, 0.5, 0.5)))
    v, _, _ = mesh.arrays()
    tree, order = bvh.build(v)
    stack = np.empty(192, np.int32)
    t, i, _, _ = bvh.trace(_corners(v, order), tree, stack, 0.1, 0.2, 0.0, 0.0, 0.0, 1.0, 0.0, 1e5, False)
    assert i >= 0
    assert t == pytest.approx(4.0, abs=1e-5)
    _, miss, _, _ = bvh.trace(_corners(v, order), tree, stack, 3.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1e5, False)
    assert miss == -1


def test_the_tree_finds_what_trying_every_triangle_finds() -> None:
    rng = np.random.default_rng(1)
    triangles = rng.normal(size=(400, 1, 3)) * 4 + rng.normal(size=(400, 3, 3)) * 0.4
    tree, order = bvh.build(triangles)
    corners = _corners(triangles, order)
    stack = np.empty(192, np.int32)
    alone = [bvh.build(triangles[i : i + 1])[0] for i in range(len(triangles))]
    hits = 0
    for _ in range(60):
        o, d = rng.normal(size=3) * 6, rng.normal(size=3)
        d /= np.linalg.norm(d)
        t, i, _, _ = bvh.trace(corners, tree, stack, *o, *d, 0.0, 1e5, False)
        best = min(
            bvh.trace(_corners(triangles[k : k + 1], np.array([0])), alone[k], stack, *o, *d, 0.0, 1e5, False)[0]
            for k in range(len(triangles))
        )
        assert t == best
        hits += i >= 0
    assert hits > 5


def test_turning_faces_the_left_of_the_picture() -> None:
    assert turned(np.array([0.0, 0.0, -1.0]), np.pi / 2) == pytest.approx([-1.0, 0.0, 0.0], abs=1e-8)


def test_mesh_drops_slivers_and_shares_materials() -> None:
    mesh = Mesh()
    a, b = mesh.material((0.1, 0.2, 0.3)), mesh.material((0.1, 0.2, 0.3))
    assert a == b
    mesh.triangles([[0, 0, 0], [1, 0, 0], [2, 0, 0]], a)
    assert len(mesh.arrays()[0]) == 0
