"""Running a kernel over bands of rows on several threads. Pixels are independent, so any number of threads gives the same bits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_ROWS = 16


class Bands:
    """`threads` workers; kernels are compiled without the interpreter's lock."""

    def __init__(self, threads: int) -> None:
        self._threads = max(1, threads)

    def run(self, height: int, kernel: Callable[[int, int], None], done: Callable[[float], None] | None = None) -> None:
        """Calls kernel(first, last) for all bands of 0..height, and `done` with the fraction finished."""
        bands = [(y, min(height, y + _ROWS)) for y in range(0, height, _ROWS)]
        if self._threads == 1 or len(bands) == 1:
            for n, (first, last) in enumerate(bands, 1):
                kernel(first, last)
                if done:
                    done(n / len(bands))
            return
        with ThreadPoolExecutor(self._threads) as pool:
            for n, _ in enumerate(pool.map(lambda band: kernel(*band), bands), 1):
                if done:
                    done(n / len(bands))
