"""What drawing has made and may need again: pictures as decoded, cubes, shots ready to be drawn. By content, so that it outlives
a plan: after an edit only what the edit changed is made anew."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

T = TypeVar("T")

ROOM: Final = 768 << 20
"""Bytes that a shelf for working at a film holds."""


class Shelf:
    """Holds what was made, the least recently used first to go when it is more than `room` bytes or `most` things of a kind.
    For any number of threads; a thing that two want at once is made once."""

    def __init__(self, room: int | None = None, most: int | None = None) -> None:
        self._room = room
        self._most = most
        self._guard = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._kept: dict[str, OrderedDict[Hashable, tuple[Any, int]]] = {}

    def get(self, kind: str, key: Hashable, make: Callable[[], T], size: Callable[[T], int] = lambda made: 0) -> T:
        """The thing of this kind and key, made if it is not there. What `make` raises is the caller's; nothing is kept then."""
        known = self._find(kind, key)
        if known is not None:
            found: T = known[0]
            return found
        with self._guard:
            making = self._making.setdefault((kind, key), threading.Lock())
        try:
            with making:
                known = self._find(kind, key)
                if known is not None:
                    found = known[0]
                    return found
                made = make()
                self._keep(kind, key, made, size(made))
                return made
        finally:
            with self._guard:
                if not making.locked():
                    self._making.pop((kind, key), None)

    def put(self, kind: str, key: Hashable, made: Any, size: int = 0) -> None:
        """Keeps a thing that was made elsewhere."""
        self._keep(kind, key, made, size)

    def _find(self, kind: str, key: Hashable) -> tuple[Any, int] | None:
        with self._guard:
            kept = self._kept.get(kind)
            if kept is None or key not in kept:
                return None
            kept.move_to_end(key)
            return kept[key]

    def _keep(self, kind: str, key: Hashable, made: Any, size: int) -> None:
        with self._guard:
            kept = self._kept.setdefault(kind, OrderedDict())
            kept[key] = (made, size)
            total = sum(one for _, one in kept.values())
            while len(kept) > 1 and (
                (self._most is not None and len(kept) > self._most) or (self._room is not None and total > self._room)
            ):
                _, (_, freed) = kept.popitem(last=False)
                total -= freed
