"""Kernels compile with or without a place to keep the code."""

from __future__ import annotations

from typing import Any

import numba
import pytest

from apexlang import jit


def test_without_a_writable_cache_a_kernel_still_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(**options: Any) -> Any:
        if options.pop("cache", False):
            raise RuntimeError("cannot cache function: no locator available")
        return numba.njit(**options)

    monkeypatch.setattr(jit, "njit", refusing)

    def successor(x: int) -> int:
        return x + 1

    assert jit.kernel(successor)(41) == 42
