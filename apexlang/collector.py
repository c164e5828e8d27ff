"""Python's garbage collector, set aside while many lasting things are made at once.

A film's nodes all live until the film itself goes, and none of them is in a circle: looking for garbage among them while
they are made costs as much as making them.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No collection within; afterwards all is as it was. May be nested."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            # What was made is old at once: else the next object made would have all of it looked through. Freezing takes
            # everything out of the collector's sight; unfreezing puts it among the oldest.
            gc.freeze()
            gc.unfreeze()
        gc.enable()
