"""The camera against the formulas: heights, horizon, vanishing points, depth, the ladder of sizes, where the subject stands."""

import math
from itertools import pairwise

import numpy as np
import pytest

from apexlang.picture.previz import camera
from apexlang.picture.previz.mesh import Mesh
from apexlang.picture.previz.model import Array
from apexlang.picture.previz.scene import View
from apexlang.picture.previz.stage import Shown
from apexlang.plan.model import Subject
from tests.picture.previz.measuring import FORMATS, SIZES, focal_pixels, person, photographed, projected, seen, shot

CHILD = person("KIT", "A boy of nine with curly ginger hair.", "yellow raincoat")


def points_of(shown: Shown) -> Array:
    """All points of the figures, in metres on the set."""
    out = []
    for placed in shown.cast:
        c, s = math.cos(placed.yaw), math.sin(placed.yaw)
        for part in placed.figure.parts:
            x, y, z = part.vertices.T
            out.append(np.stack([c * x + s * z, y, c * z - s * x], -1) + np.array(placed.position))
    return np.concatenate(out)


@pytest.mark.parametrize("mm", [24.0, 35.0, 50.0, 85.0, 135.0])
def test_a_board_is_as_high_as_the_thin_lens_makes_it(mm: float) -> None:
    for width, height in FORMATS.values():
        w, h = width * 4, height * 4
        subject = camera.Measure(1.76, 0.30, (0.0, 1.61, 0.0))
        view, distance = camera.frame(shot(w, h, mm, "full"), camera.framing("full", subject))
        mesh = Mesh()
        # facing the camera at the distance that it says: 1.76 m along its own upright
        up, right, forward = (np.array(v) for v in (view.up, view.right, view.forward))
        foot = np.array(view.position) + forward * distance - up * 0.88
        mesh.quad(foot - right * 0.2, foot + right * 0.2, foot + right * 0.2 + up * 1.76, foot - right * 0.2 + up * 1.76,
                  mesh.material((1, 1, 1)))  # fmt: skip
        material, depth = seen(mesh, view)
        rows = (material >= 0).any(axis=1)
        assert rows.sum() == pytest.approx(1.76 * focal_pixels(w, h, mm) / distance, rel=0.002, abs=1.01)
        assert depth[material >= 0] == pytest.approx(distance, rel=1e-5)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("mm", [24.0, 40.0, 85.0, 135.0])
def test_a_figure_is_as_high_as_the_thin_lens_makes_it(mm: float, form: str) -> None:
    width, height = FORMATS[form]
    shown = photographed(width=width, height=height, lens_mm=mm, size="full", subjects=(person(),), place="FIELD")
    rows = np.nonzero(shown.photo.subject.any(axis=1))[0]
    seen_high = rows[-1] - rows[0] + 1
    points = points_of(shown)
    y = projected(shown.view, points, mm)[:, 1]
    assert seen_high == pytest.approx(y.max() - y.min(), rel=0.02)
    # and by the formula of any book, f H / s, where crown and soles are as far away as the head that is in focus
    tall = float(np.ptp(points[:, 1]))
    assert seen_high == pytest.approx(
        tall * focal_pixels(width, height, mm) / shown.focus, rel=0.02 if mm > 60 else 0.06
    )


def _horizon(view: View) -> tuple[float, float, float]:
    """a, b, c of the line a x + b y = c of pixels in which level directions lie, (a, b) of length one."""
    f = view.height / 2 / view.half[1]
    a, b = view.right[1], -view.up[1]
    c = a * view.width / 2 + b * view.height / 2 - view.forward[1] * f
    k = math.hypot(a, b)
    return a / k, b / k, c / k


@pytest.mark.parametrize("angle", ["eye", "low", "high", "dutch"])
@pytest.mark.parametrize("mm", [18.0, 35.0, 85.0])
def test_the_horizon_is_where_it_belongs(mm: float, angle: str) -> None:
    w, h = 1920, 1080
    subject = camera.Measure(1.76, 0.30, (0.0, 1.61, 0.0))
    view, _ = camera.frame(shot(w, h, mm, "wide", angle), camera.framing("wide", subject))
    # from the film's words alone: the pitch of the line from the camera to what it aims at, and the roll of a dutch angle
    aim = np.array(camera.framing("wide", subject).aim)
    d = aim - np.array(view.position)
    pitch = math.asin(d[1] / np.linalg.norm(d))
    roll = math.radians(9.74) if angle == "dutch" else 0.0
    a, b, c = _horizon(view)
    f = focal_pixels(w, h, mm)
    assert abs(a * w / 2 + b * h / 2 - c) == pytest.approx(abs(f * math.tan(pitch)), abs=0.2)
    assert math.degrees(math.atan2(abs(a), abs(b))) == pytest.approx(math.degrees(roll), abs=0.02)
    mesh = Mesh()
    far = 5e5
    mesh.quad((-far, 0, -20), (far, 0, -20), (far, 0, far), (-far, 0, far), mesh.material((1, 1, 1)))
    material, _ = seen(mesh, view)
    columns = np.arange(0, w, 40)
    line = [(x + 0.5, (c - a * (x + 0.5)) / b) for x in columns]
    checked = 0
    for (x, wanted), column in zip(line, columns, strict=True):
        if not 2 < wanted < h - 2:
            continue
        first = int(np.argmax(material[:, column] >= 0))
        assert first == pytest.approx(wanted, abs=1.0), x
        checked += 1
    assert checked > 20 or angle == "high" or (angle == "low" and mm > 60) or mm > 60


@pytest.mark.parametrize("angle", ["eye", "low", "high", "dutch"])
@pytest.mark.parametrize("heading", [0.0, 0.2, -0.3])
def test_parallel_edges_meet_in_their_vanishing_point(angle: str, heading: float) -> None:
    w, h, mm = 1920, 1080, 24.0
    subject = camera.Measure(1.76, 0.30, (0.0, 1.61, 0.0))
    view, _ = camera.frame(shot(w, h, mm, "wide", angle), camera.framing("wide", subject))
    along = np.array([math.sin(heading), 0.0, math.cos(heading)])
    across = np.array([math.cos(heading), 0.0, -math.sin(heading)])
    mesh = Mesh()
    for side in (-2.2, 1.4):
        a = across * side - along * 60.0
        b = across * side + along * 4000.0
        mesh.quad(a, a + across * 0.8, b + across * 0.8, b, mesh.material((1, 1, 1), scale=abs(side)))
    material, _ = seen(mesh, view)
    lines = []
    for strip in (0, 1):
        mask = material == strip
        rows = [y for y in range(h) if mask[y].sum() > 24 and not mask[y, 0] and not mask[y, -1]]
        y = np.array(rows) + 0.5
        left = np.array([np.argmax(mask[r]) for r in rows], float)
        right = np.array([w - np.argmax(mask[r, ::-1]) for r in rows], float)
        for edge in (left, right):
            lines.append(np.polyfit(y, edge, 1))
    assert len(lines) == 4
    d = np.array([along @ np.array(v) for v in (view.right, view.up, view.forward)])
    f = focal_pixels(w, h, mm)
    wanted = np.array([w / 2 + f * d[0] / d[2], h / 2 - f * d[1] / d[2]])
    # the point nearest to all four edges
    n = np.array([[1.0, -k] for k, _ in lines])
    c = np.array([m for _, m in lines])
    length = np.hypot(*n.T)
    found, *_ = np.linalg.lstsq(n / length[:, None], c / length, rcond=None)
    assert np.abs(found - wanted).max() < 1.0, (found, wanted)


@pytest.mark.parametrize("place", ["WAREHOUSE", "OFFICE"])
@pytest.mark.parametrize("angle", ["eye level", "high angle", "dutch"])
def test_depth_is_the_analytic_floor_s(place: str, angle: str) -> None:
    shown = photographed(setting="INT.", place=place, size="wide", angle=angle, lens_mm=24.0, width=192, height=108)
    view, depth = shown.view, shown.photo.depth.astype(np.float64)
    x = ((2 * (np.arange(view.width) + 0.5) / view.width - 1) * view.half[0] + view.shift[0])[None, :]
    y = ((1 - 2 * (np.arange(view.height) + 0.5) / view.height) * view.half[1])[:, None]
    fall = -(view.forward[1] + x * view.right[1] + y * view.up[1])
    with np.errstate(divide="ignore"):
        floor = np.where(fall > 1e-9, view.position[1] / fall, np.inf)
    # what is level and no further than a finger above the floor is floor
    floor_seen = shown.photo.ground & (view.position[1] - depth * fall < 0.01) & (fall > 0) & (depth > view.near * 1.05)
    assert floor_seen.sum() > 400
    assert np.abs(depth[floor_seen] / floor[floor_seen] - 1).max() < 1e-3


def test_depth_grows_toward_the_horizon_and_the_sky_has_none() -> None:
    shown = photographed(place="DESERT", size="extreme wide", lens_mm=35.0, width=192, height=108)
    depth = shown.photo.depth
    assert (depth > 0).all()
    sky = np.isinf(depth)
    assert 0.1 < sky.mean() < 0.9
    ground = np.where(sky, np.nan, depth)
    rows = np.nanmedian(ground[-40:], axis=1)
    assert (np.diff(rows) < 0).all()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("who", [person(), CHILD], ids=["adult", "child"])
def test_sizes_are_a_ladder(form: str, who: Subject) -> None:
    """The head of the figure grows strictly from extreme wide to extreme close-up, with the lenses that sizes have by default."""
    width, height = FORMATS[form]
    heads = []
    for size in SIZES:
        shown = photographed(
            width=width // 6, height=height // 6, size=size, subjects=(who,), place="FIELD", lens_mm=35.0
        )
        figure = shown.cast[0].figure
        heads.append(figure.head * focal_pixels(width, height, 35.0) / shown.focus / height)
    assert all(b > a * 1.12 for a, b in pairwise(heads)), [round(v, 4) for v in heads]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("size", "compose"),
    [(s, c) for s in ("medium", "full", "wide") for c in ("thirds", "symmetry", "centred")]
    + [("close-up", "symmetry")],
)
def test_the_subject_stands_where_composition_puts_it(form: str, size: str, compose: str) -> None:
    """The head's middle within 2 % of the picture's width of a third, or of the middle."""
    width, height = FORMATS[form]
    shown = photographed(
        width=width // 5,
        height=height // 5,
        size=size,
        compose=(compose,),
        subjects=(person(),),
        place="FIELD",
        lens_mm=35.0,
    )
    placed = shown.cast[0]
    figure = placed.figure
    c, s = math.cos(placed.yaw), math.sin(placed.yaw)
    x, y, z = (float(v) for v in figure.head_centre)
    head = np.array([c * x + s * z, y, c * z - s * x]) + np.array(placed.position)
    at = float(projected(shown.view, head[None], 35.0)[0, 0]) / shown.view.width
    wanted = (1 / 3, 2 / 3) if compose == "thirds" else (0.5,)
    assert min(abs(at - w) for w in wanted) < 0.02, at


@pytest.mark.parametrize("place", ["LIVING ROOM", "OFFICE", "BAR", "CHURCH", "CORRIDOR", "WAREHOUSE"])
@pytest.mark.parametrize(
    ("size", "angle"), [("extreme wide", "eye level"), ("wide", "high angle"), ("wide", "eye level")]
)
def test_a_room_is_seen_from_within_or_through_its_struck_wall(place: str, size: str, angle: str) -> None:
    """However wide the shot, next to nothing is seen of what is beyond the walls, the floor and the ceiling."""
    for mm in (24.0, 85.0):
        shown = photographed(setting="INT.", place=place, size=size, angle=angle, lens_mm=mm, subjects=(person(),))
        assert np.isinf(shown.photo.depth).mean() < 0.08
