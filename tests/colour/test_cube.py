"""Cubes: baking, the compiled lookup, and `.cube` files, good and bad."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apexlang.colour.cube import COARSE_ABOVE, FINE_ABOVE, CubeError, apply, bake, read_cube, write_cube
from apexlang.colour.grade import lattice, operator
from apexlang.colour.lut import Lut
from apexlang.plan.model import Grade

LOOK = Grade(exposure_st=0.3, contrast=0.15, saturation=0.1, temperature_k=4800, tint=5)
PICTURE = np.random.default_rng(5).integers(0, 65536, (40, 50, 3)).astype(np.uint16)


def test_the_compiled_lookup_equals_the_float_one() -> None:
    cube = bake(LOOK)
    truth = Lut(cube.codes / 65535)(PICTURE / 65535)
    assert np.abs(apply(PICTURE, cube) - truth).max() < 2e-6


def test_a_neutral_cube_returns_the_picture_to_one_step_of_16_bits() -> None:
    assert np.abs(apply(PICTURE, bake(Grade())) - PICTURE / 65535).max() < 1 / 65535


def test_corners_and_equal_channels_are_looked_up_exactly() -> None:
    cube = bake(LOOK)
    corners = (lattice(2) * 65535).astype(np.uint16).reshape(2, 4, 3)
    want = cube.codes[:: cube.size - 1, :: cube.size - 1, :: cube.size - 1].reshape(2, 4, 3) / 65535
    assert np.abs(apply(corners, cube) - want).max() < 1e-6
    greys = np.arange(0, 65536, 257).astype(np.uint16)[None, :, None].repeat(3, 2)
    assert np.abs(apply(greys, cube) - Lut(cube.codes / 65535)(greys / 65535)).max() < 2e-6


def test_a_usual_look_needs_33_points_and_is_close_to_its_mathematics() -> None:
    cube = bake(LOOK)
    assert cube.size == 33
    assert cube.probe <= FINE_ABOVE
    points = np.random.default_rng(6).random((5000, 3))
    error = Lut(cube.codes / 65535)(points) - operator(LOOK)(points)
    assert np.sqrt((error**2).mean()) < 0.001


def test_a_hard_table_gets_65_points_and_is_said_to_be_coarse() -> None:
    hard = Lut(np.random.default_rng(7).integers(0, 2, (20, 20, 20, 3)).astype(float))
    cube = bake(Grade(lut="hard"), hard)
    assert cube.size == 65
    assert cube.probe > COARSE_ABOVE


def test_equal_grades_have_equal_digests_and_others_do_not() -> None:
    assert bake(LOOK).digest == bake(Grade(**LOOK.model_dump())).digest
    assert bake(LOOK).digest != bake(LOOK.model_copy(update={"tint": 6.0})).digest
    assert bake(LOOK).digest == bake(LOOK.model_copy(update={"grain": 0.5})).digest


def test_a_written_cube_reads_back() -> None:
    cube = bake(LOOK)
    lut = read_cube(write_cube(cube, 'night "teal"\nLUT_3D_SIZE 4'))
    assert lut.size == 33
    assert np.abs(lut.table - cube.codes / 65535).max() < 1e-7
    assert lut.title == "night tealLUT_3D_SIZE 4"


def test_a_domain_is_kept() -> None:
    rows = "\n".join(f"{r} {g} {b}" for r, g, b in lattice(2))
    lut = read_cube(f"LUT_3D_SIZE 2\nDOMAIN_MIN -1 -1 -1\nDOMAIN_MAX 1 3 1\n{rows}\n")
    assert np.allclose(lut(np.array([[0.0, 1.0, 1.0], [-5.0, 9.0, 0.5]])), [[0.5, 0.5, 1.0], [0.0, 1.0, 0.75]])


def test_a_one_dimensional_table_bends_each_channel() -> None:
    lut = read_cube("LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE 0 1\n0 0 0\n.25 .5 .75\n1 1 1")
    assert np.allclose(lut(np.array([[0.5, 0.5, 0.5], [0.25, 0.25, 0.75]])), [[0.25, 0.5, 0.75], [0.125, 0.25, 0.875]])


def test_comments_a_byte_order_mark_and_windows_lines_are_read() -> None:
    rows = "\r\n".join(f"{r} {g} {b}  # {i}" for i, (r, g, b) in enumerate(lattice(2)))
    assert read_cube(f'\ufeff# from a camera\r\nTITLE "a # b"\r\n\r\nLUT_3D_SIZE 2\r\n{rows}').size == 2


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("", 0, "no LUT_3D_SIZE"),
        ("LUT_3D_SIZE 1\n", 1, "2 to 129"),
        ("LUT_3D_SIZE 130\n", 1, "2 to 129"),
        ("LUT_3D_SIZE 99999999999999\n", 1, "2 to 129"),
        ("LUT_3D_SIZE two\n", 1, "2 to 129"),
        ("LUT_1D_SIZE 70000\n", 1, "2 to 65536"),
        ("LUT_3D_SIZE 2\nLUT_1D_SIZE 2\n", 2, "second size"),
        ("0 0 0\n", 1, "before"),
        ("LUT_3D_SIZE 2\n0 0 0\n", 0, "1 rows of numbers where 8"),
        ("LUT_3D_SIZE 2\n" + "0 0 0\n" * 9, 10, "more than the 8 rows"),
        ("LUT_3D_SIZE 2\n0 nan 0\n", 2, "not finite"),
        ("LUT_3D_SIZE 2\nnan 0 0\n", 2, "not finite"),
        ("LUT_3D_SIZE 2\n0 0 inf\n", 2, "not finite"),
        ("LUT_3D_SIZE 2\n0 0 1e40\n", 2, "not finite"),
        ("LUT_3D_SIZE 2\n0 x 0\n", 2, "not a number"),
        ("LUT_3D_SIZE 2\n0 0\n", 2, "2 numbers where 3"),
        ("LUT_3D_SIZE 2\nDOMAIN_MIN 0 0\n", 2, "2 numbers where 3"),
        ("LUT_3D_SIZE 2\nDOMAIN_MIN 1 1 1\n" + "0 0 0\n" * 8, 0, "DOMAIN_MAX"),
        ("LUT_3D_SIZE 2\nSHAPER on\n", 2, "unknown keyword"),
    ],
)
def test_a_bad_file_is_refused_at_its_line(text: str, line: int, part: str) -> None:
    with pytest.raises(CubeError) as caught:
        read_cube(text)
    assert caught.value.line == line
    assert part in caught.value.message


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="LUT_3D_SIZE 12-.e+nainf\n#\"'xDOMAIN", max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_cube(text)
    except CubeError as error:
        assert error.message
