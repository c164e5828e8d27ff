"""Easings: how far a change has come when the share `t` of its time has passed."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from apexlang.plan.model import Curve

_GRAIN: Final = 2.0**32  # results are rounded to it: `cos` and `pow` may differ in their last bit between machines


def _linear(t: float) -> float:
    return t


def _ease_in(t: float) -> float:
    return t * t


def _ease_out(t: float) -> float:
    return t * (2 - t)


def _ease_in_out(t: float) -> float:
    return t * t * (3 - 2 * t)


def _sine(t: float) -> float:
    return (1 - math.cos(math.pi * t)) / 2


_PLAIN: Final[dict[str, Callable[[float], float]]] = {
    "linear": _linear,
    "ease-in": _ease_in,
    "ease-out": _ease_out,
    "ease-in-out": _ease_in_out,
    "sine": _sine,
}


def ease(curve: Curve, t: float) -> float:
    """Progress at `t`, which is kept in 0..1; 0 at 0 and 1 at 1. A `cubic-bezier` may leave 0..1 in between.

    Curves: linear, ease-in, ease-out, ease-in-out, sine, `gamma` (exponent > 0), `cubic-bezier` (x1, y1, x2, y2 with x1
    and x2 in 0..1, as in CSS). ValueError for any other.
    """
    t = min(max(t, 0.0), 1.0)
    if t in (0.0, 1.0):
        _check(curve)
        return t
    return round(_value(curve, t) * _GRAIN) / _GRAIN


def _check(curve: Curve) -> None:
    _value(curve, 0.5)


def _value(curve: Curve, t: float) -> float:
    plain = _PLAIN.get(curve.name)
    if plain is not None:
        return plain(t)
    if curve.name == "gamma" and len(curve.args) == 1 and curve.args[0] > 0:
        return float(t ** curve.args[0])
    if curve.name == "cubic-bezier" and len(curve.args) == 4:
        x1, y1, x2, y2 = curve.args
        if 0 <= x1 <= 1 and 0 <= x2 <= 1:
            return _bezier(y1, y2, _solve(x1, x2, t))
    raise ValueError(f"unknown curve {curve.name!r} {curve.args}")


def _bezier(p1: float, p2: float, s: float) -> float:
    """One coordinate of the Bezier curve 0, p1, p2, 1 at parameter `s`."""
    r = 1 - s
    return 3 * r * r * s * p1 + 3 * r * s * s * p2 + s * s * s


def _solve(x1: float, x2: float, x: float) -> float:
    """The parameter at which the curve's x is `x`; x is monotone, so halving finds it, in a fixed number of steps."""
    low, high = 0.0, 1.0
    for _ in range(52):
        middle = (low + high) / 2
        if _bezier(x1, x2, middle) < x:
            low = middle
        else:
            high = middle
    return (low + high) / 2
