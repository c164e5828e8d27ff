"""Cubes: a grade baked to a 3D table, and `.cube` files read and written.

A cube is indexed by the picture's own code values: a display code is already perceptual, a shaper would only move the
error about. Its size follows a probe of 4,096 fixed points.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from apexlang.colour import spaces
from apexlang.colour.grade import lattice, operator
from apexlang.colour.lut import Lut, tetrahedral
from apexlang.colour.spaces import Array
from apexlang.colour.tetrahedral import Codes, look_up
from apexlang.plan.model import Grade

USUAL_SIZE: Final = 33
FINE_SIZE: Final = 65
FINE_ABOVE: Final = 0.20
COARSE_ABOVE: Final = 1.0
"""A probe above this after the fine size deserves a word in the report: the grade is too hard for a cube."""
_TOP: Final = 65535
_LARGEST_3D, _LARGEST_1D = 129, 65536


@dataclass(frozen=True, eq=False)
class Cube:
    """A baked grade. `codes` is (n, n, n, 3) uint16, indexed [blue, green, red], 65535 = 1.0.

    `probe` is the 99th percentile, over fixed points, of the distance in 100 x OKLab to the grade's own mathematics.
    """

    codes: NDArray[np.uint16]
    probe: float = 0.0

    @property
    def size(self) -> int:
        return int(self.codes.shape[0])

    @cached_property
    def digest(self) -> str:
        """64 hex digits of its content: equal cubes, equal digests, on every machine."""
        head = f"cube {self.size} ".encode()
        return hashlib.sha256(head + self.codes.astype("<u2").tobytes()).hexdigest()

    @cached_property
    def table(self) -> NDArray[np.float32]:
        """Flat, for the compiled lookup: four floats a point, so that a point is one load."""
        points = np.zeros((*self.codes.shape[:3], 4), np.float32)
        points[..., :3] = self.codes.astype(np.float32) / np.float32(_TOP)
        return points.reshape(-1)


class CubeError(ValueError):
    """A `.cube` file that cannot be used. `line` counts from 1; 0 means the file as a whole."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def bake(grade: Grade, lut: Lut | None = None) -> Cube:
    """The pointwise part of `grade` as a cube of 33³, or 65³ where 33³ would show. `lut` is what `grade.lut` names."""
    function = operator(grade, lut)
    points = _probe_points()
    truth = function(points)
    cube = None
    for size in (USUAL_SIZE, FINE_SIZE):
        codes = _to_codes(function(lattice(size)).reshape(size, size, size, 3))
        found = tetrahedral(codes / _TOP, points)
        probe = float(np.percentile(spaces.difference(found, truth), 99))
        cube = Cube(codes, probe)
        if probe <= FINE_ABOVE:
            break
    assert cube is not None
    return cube


def apply(picture: Codes, cube: Cube) -> NDArray[np.float32]:
    """A picture (h, w, 3) of 8- or 16-bit Rec.709 codes through the cube -> codes 0..1 (h, w, 3)."""
    out = np.empty(picture.shape, np.float32)
    flat: Codes = np.ascontiguousarray(picture).reshape(-1, 3)  # type: ignore[assignment]
    look_up(flat, widening(flat), cube.table, cube.size, out.reshape(-1, 3))
    return out


def widening(picture: Codes) -> int:
    """What the codes are multiplied by to be 16-bit ones."""
    return 257 if picture.dtype == np.uint8 else 1


def write_cube(cube: Cube, title: str = "Apex grade") -> str:
    """The text of a `.cube` file (Adobe's Cube LUT 1.0). Quotation marks and line ends in `title` are dropped."""
    clean = "".join(c for c in title if c.isprintable() and c != '"')
    head = f'TITLE "{clean}"\nLUT_3D_SIZE {cube.size}\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n'
    rows = (cube.codes.reshape(-1, 3) / _TOP).tolist()
    return head + "".join(f"{r:.7f} {g:.7f} {b:.7f}\n" for r, g, b in rows)


def read_cube(text: str) -> Lut:
    """A `.cube` file's text, 3D or 1D, as a function. It is a stranger's file: sizes are bounded, NaN is refused.

    Raises CubeError with the line.
    """
    return _Reader().read(text)


class _Reader:
    """The state of one reading: what the header said and the rows so far."""

    def __init__(self) -> None:
        self.dimensions = 0
        self.size = 0
        self.title = ""
        self.low = [0.0, 0.0, 0.0]
        self.high = [1.0, 1.0, 1.0]
        self.rows: list[list[float]] = []

    def read(self, text: str) -> Lut:
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
            words = line.split("#", 1)[0].split()
            if words:
                self._line(words, line, number)
        if not self.size:
            raise CubeError("no LUT_3D_SIZE or LUT_1D_SIZE")
        expected = self._expected()
        if len(self.rows) != expected:
            raise CubeError(f"{len(self.rows)} rows of numbers where {expected} are needed")
        if any(high <= low for low, high in zip(self.low, self.high, strict=True)):
            raise CubeError("DOMAIN_MAX must be above DOMAIN_MIN")
        table = np.array(self.rows, np.float64)
        if self.dimensions == 3:
            table = table.reshape(self.size, self.size, self.size, 3)
        low, high = self.low, self.high
        return Lut(table, (low[0], low[1], low[2]), (high[0], high[1], high[2]), self.title)

    def _expected(self) -> int:
        return int(self.size**3) if self.dimensions == 3 else self.size

    def _line(self, words: list[str], line: str, number: int) -> None:
        key = words[0].upper()
        if key == "TITLE":
            self.title = line.split(None, 1)[1].strip().strip('"') if len(words) > 1 else ""
        elif key in ("LUT_3D_SIZE", "LUT_1D_SIZE"):
            self._size(3 if key == "LUT_3D_SIZE" else 1, words, number)
        elif key in ("DOMAIN_MIN", "DOMAIN_MAX"):
            values = _numbers(words[1:], 3, number)
            if key == "DOMAIN_MIN":
                self.low = values
            else:
                self.high = values
        elif key in ("LUT_3D_INPUT_RANGE", "LUT_1D_INPUT_RANGE"):
            low, high = _numbers(words[1:], 2, number)
            self.low, self.high = [low] * 3, [high] * 3
        elif key[0].isalpha() and key not in ("NAN", "INF", "INFINITY"):
            raise CubeError(f"unknown keyword {words[0][:40]!r}", number)
        else:
            self._row(words, number)

    def _size(self, dimensions: int, words: list[str], number: int) -> None:
        if self.size:
            raise CubeError("a second size; files that hold a 1D and a 3D table are not read", number)
        largest = _LARGEST_3D if dimensions == 3 else _LARGEST_1D
        text = words[1] if len(words) == 2 else ""
        if not (text.isascii() and text.isdigit() and len(text) < 9 and 2 <= int(text) <= largest):
            raise CubeError(f"the size must be a whole number from 2 to {largest}", number)
        self.dimensions, self.size = dimensions, int(text)

    def _row(self, words: list[str], number: int) -> None:
        if not self.size:
            raise CubeError("numbers before LUT_3D_SIZE or LUT_1D_SIZE", number)
        if len(self.rows) == self._expected():
            raise CubeError(f"more than the {self._expected()} rows that the size calls for", number)
        self.rows.append(_numbers(words, 3, number))


def _numbers(words: list[str], count: int, line: int) -> list[float]:
    try:
        values = [float(word) for word in words]
    except ValueError:
        raise CubeError("a row holds something that is not a number", line) from None
    if len(values) != count:
        raise CubeError(f"{len(values)} numbers where {count} are needed", line)
    if not all(abs(v) < 1e6 for v in values):  # false for NaN too
        raise CubeError("a number is not finite or absurdly large", line)
    return values


def _to_codes(values: Array) -> NDArray[np.uint16]:
    return np.floor(np.clip(values, 0, 1) * _TOP + 0.5).astype(np.uint16)


def _probe_points() -> Array:
    """4,096 fixed points: the R3 sequence (Roberts 2018), even over the cube for any count."""
    g = 1.2207440846057596  # the real root of x^4 = x + 1
    steps = np.array([1 / g, 1 / g**2, 1 / g**3])
    points: Array = np.mod(0.5 + np.arange(1, 4097)[:, None] * steps, 1.0)
    return points
