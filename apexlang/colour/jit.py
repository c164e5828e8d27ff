"""The one decorator for compiled kernels: same options everywhere, and a machine without a writable cache still works.

Numba keeps compiled code in NUMBA_CACHE_DIR if that is set, else beside the source, else (package installed read-only)
in the user's own cache folder. If none of these can be written it refuses; then code is compiled anew in each process,
which is slow but right. Never `fastmath` and never parallel sums: the same bits on every machine.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """`function` compiled on its first call without the interpreter lock; cached on disk where that is possible."""
    try:
        compiled: Any = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        compiled = njit(nogil=True, error_model="numpy")(function)
    return cast(Function, compiled)
