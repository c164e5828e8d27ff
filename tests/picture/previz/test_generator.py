"""The generator as a whole: small pictures, measured."""

import numpy as np
import pytest

from apexlang.picture.model import Picture, Refused
from apexlang.picture.previz.generator import Previz
from apexlang.plan.model import PictureRequest, Subject

SARAH = Subject(name="SARAH", description="A woman in her thirties with brown hair.", wears=("red coat",))
VICTOR = Subject(name="VICTOR", description="A man in his fifties.", wears=("dark suit",))


@pytest.fixture(scope="module")
def previz() -> Previz:
    return Previz(threads=1)


def shoot(previz: Previz, **said: object) -> Picture:
    values: dict[str, object] = {
        "width": 96,
        "height": 54,
        "quality": "draft",
        "setting": "EXT.",
        "place": "STREET",
        "time": "DAY",
    }
    made = previz.make(PictureRequest(**{**values, **said}))  # type: ignore[arg-type]
    assert isinstance(made, Picture)
    return made


def luma(picture: Picture) -> np.ndarray:
    return (picture.rgb.astype(np.float64) / 65535) @ np.array([0.2126, 0.7152, 0.0722])


def red(picture: Picture) -> np.ndarray:
    """Where the coat is: strongly red."""
    c = picture.rgb.astype(np.float64)
    return (c[..., 0] > 1.5 * c[..., 1]) & (c[..., 0] > 1.5 * c[..., 2])


def test_the_same_bits_on_any_number_of_threads(previz: Previz) -> None:
    said = {"subjects": (SARAH,), "time": "NIGHT", "prose": "Rain.", "aperture": 2.0, "lens_mm": 50.0, "size": "medium"}
    a, b = shoot(previz, **said), shoot(Previz(threads=3), **said)
    assert np.array_equal(a.rgb, b.rgb)
    assert a.depth is not None and b.depth is not None
    assert np.array_equal(a.depth, b.depth)


@pytest.mark.parametrize("place", ["STREET", "FOREST", "DESERT", "PIER", "FIELD"])
@pytest.mark.parametrize("time", ["DAY", "NIGHT"])
def test_every_place_outside_is_a_picture(previz: Previz, place: str, time: str) -> None:
    picture = shoot(previz, place=place, time=time, size="wide", width=64, height=36)
    assert 0.03 < luma(picture).mean() < 0.85
    assert luma(picture).std() > 0.02
    assert picture.depth is not None
    assert not np.isnan(picture.depth).any()
    assert (picture.depth > 0).all()
    assert np.isinf(picture.depth).any() or place == "FOREST"


@pytest.mark.parametrize(
    "place", ["ROOM", "KITCHEN", "BEDROOM", "OFFICE", "BAR", "WAREHOUSE", "CORRIDOR", "SPACESHIP", "TUNNEL"]
)
def test_every_place_inside_is_a_picture(previz: Previz, place: str) -> None:
    picture = shoot(previz, setting="INT.", place=place, size="wide", width=64, height=36)
    assert 0.03 < luma(picture).mean() < 0.85
    assert luma(picture).std() > 0.02


@pytest.mark.parametrize("size", [(64, 64), (36, 64), (160, 67), (16, 16), (17, 120)])
def test_any_shape(previz: Previz, size: tuple[int, int]) -> None:
    picture = shoot(previz, width=size[0], height=size[1], subjects=(SARAH,), size="close-up")
    assert picture.rgb.shape == (size[1], size[0], 3)
    assert picture.rgb.dtype == np.uint16
    assert luma(picture).mean() > 0.03


def test_a_size_beyond_all_bounds_is_refused(previz: Previz) -> None:
    assert isinstance(previz.make(PictureRequest(width=100_000, height=10)), Refused)


@pytest.mark.parametrize(
    "said",
    [
        {"lens_mm": 0.001}, {"lens_mm": 1e9}, {"aperture": 1e-9}, {"size": "sideways"}, {"angle": "?"}, {"time": "\x00"},
        {"place": "💥" * 500}, {"prose": "a " * 20000}, {"key_side": "inside"}, {"key_kelvin": 1.0}, {"palette": ("#zzz", "")},
        {"subjects": (Subject(name="", description="", emotion="?"),)}, {"subjects": (SARAH, SARAH), "size": "two-shot"},
    ],
)  # fmt: skip
def test_odd_requests_still_give_a_picture(previz: Previz, said: dict[str, object]) -> None:
    picture = shoot(previz, width=48, height=27, **said)
    assert luma(picture).mean() > 0.01


def test_key_side_acts(previz: Previz) -> None:
    said = {"setting": "INT.", "place": "WAREHOUSE", "time": "NIGHT", "subjects": (SARAH,), "size": "close-up", "lens_mm": 85.0,
            "aperture": 8.0, "light": ("low key",)}  # fmt: skip
    left, right = (shoot(previz, key_side=side, **said) for side in ("left", "right"))
    assert left.depth is not None
    face = left.depth < np.percentile(left.depth, 30)
    columns = np.nonzero(face)[1]
    middle = int(np.median(columns))
    lit = luma(left) - luma(right)
    x = np.arange(lit.shape[1])
    assert lit[face & (x[None, :] < middle)].mean() > lit[face & (x[None, :] > middle)].mean() + 0.02


def test_kelvin_acts(previz: Previz) -> None:
    said = {"setting": "INT.", "place": "ROOM", "time": "NIGHT", "subjects": (SARAH,), "size": "close-up"}
    warm, cold = (shoot(previz, key_kelvin=k, **said) for k in (2700.0, 9000.0))
    ratio = [p.rgb[..., 0].mean() / p.rgb[..., 2].mean() for p in (warm, cold)]
    assert ratio[0] > ratio[1] * 1.1


def test_the_subject_keeps_its_size_as_the_lens_changes_and_the_background_does_not(previz: Previz) -> None:
    said = {"subjects": (SARAH,), "size": "medium", "aperture": 16.0}
    short, long = (shoot(previz, lens_mm=mm, **said) for mm in (24.0, 85.0))
    assert red(long).sum() == pytest.approx(red(short).sum(), rel=0.35)
    assert short.depth is not None and long.depth is not None
    assert np.median(long.depth[red(long)]) > 2.5 * np.median(short.depth[red(short)])


def test_sizes_order(previz: Previz) -> None:
    shares = [
        red(shoot(previz, subjects=(SARAH,), size=size)).sum() for size in ("medium", "full", "wide", "extreme wide")
    ]
    assert shares == sorted(shares, reverse=True)


def test_low_angle_shows_more_sky_than_high(previz: Previz) -> None:
    sky = []
    for angle in ("low angle", "eye level", "high angle", "overhead"):
        depth = shoot(previz, place="DESERT", subjects=(SARAH,), size="wide", angle=angle).depth
        assert depth is not None
        sky.append(float(np.isinf(depth).mean()))
    assert sky[0] > sky[1] > sky[2] >= sky[3]


def test_depth_is_along_the_axis(previz: Previz) -> None:
    # along a row of level ground the depth is one; ray lengths would grow by a tenth toward the sides of this lens
    depth = shoot(previz, place="STREET", size="wide", lens_mm=18.0).depth
    assert depth is not None
    road = depth[-6:, 8:-8]
    assert np.ptp(road, axis=1).max() / road.mean() < 1e-3


def test_two_people_stand_apart_and_over_the_shoulder_puts_one_before_the_camera(previz: Previz) -> None:
    two = shoot(previz, subjects=(SARAH, VICTOR), size="two-shot", place="FIELD")
    columns = np.nonzero(red(two))[1]
    assert len(columns) > 20
    assert abs(columns.mean() - 48) > 8
    over = shoot(previz, subjects=(SARAH, VICTOR), size="over the shoulder", place="FIELD", aperture=8.0)
    assert over.depth is not None and two.depth is not None
    shoulder = np.median(over.depth[red(over)])
    assert shoulder < 0.75 * np.median(two.depth[red(two)])  # the first named stands with the back before the camera
    face = (over.depth > 1.3 * shoulder) & (over.depth < 4 * shoulder)
    assert 0.03 < face[:, 24:72].mean() < 0.8  # and somebody behind
    assert 0.04 < red(over).mean() < 0.6


def test_one_heading_is_one_set(previz: Previz) -> None:
    a = shoot(previz, place="MAIN STREET", size="wide", seed=1)
    b = shoot(previz, place="MAIN STREET", size="wide", seed=2)
    c = shoot(previz, place="BACK STREET", size="wide")
    assert a.depth is not None and b.depth is not None and c.depth is not None
    assert np.array_equal(a.depth, b.depth)
    assert not np.array_equal(a.depth, c.depth)


def test_progress_runs_to_the_end(previz: Previz) -> None:
    seen: list[float] = []
    previz.make(PictureRequest(width=32, height=32, quality="draft", place="DESERT"), seen.append)
    assert seen[-1] == 1.0
    assert seen == sorted(seen)
