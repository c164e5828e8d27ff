"""All generators by name, and the choice among them. Making the table starts nothing: each loads what it needs when it is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apexlang.picture.model import Availability, Failed, Generator, Outcome, Progress
from apexlang.picture.options import PictureOptions
from apexlang.picture.previz.generator import Previz
from apexlang.picture.sdxl import Sdxl
from apexlang.plan.model import PictureRequest

_LATER = "arrives in a later version of Apex; name `previz` or `sdxl` in `generate:` until then"
_NOT_YET: Mapping[str, str] = MappingProxyType(
    {
        "nano_banana": f"Google's Nano Banana {_LATER}",
        "imagen": "Google shut Imagen down in August 2026; name `nano_banana` in its place",
        "minimax": f"MiniMax image-01 {_LATER}",
        "comfyui": f"ComfyUI {_LATER}",
    }
)

NAMES = ("sdxl", "nano_banana", "minimax", "comfyui", "imagen", "previz")
"""Every name that `generate:` may use."""


class Unavailable:
    """A generator that is known by name and cannot be used; `why` says what would help."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self._why = why

    @property
    def version(self) -> str:
        return "none"

    def available(self) -> Availability:
        return Availability(usable=False, why=self._why)

    def make(self, request: PictureRequest, progress: Progress | None = None) -> Outcome:
        return Failed(self._why)


@dataclass(frozen=True)
class Chosen:
    """`name` None: none of the order is usable. `reason`: why it serves, in a sentence. `passed_over`: (name, why not) of those
    before it."""

    name: str | None
    reason: str
    passed_over: tuple[tuple[str, str], ...] = ()


def generators(options: PictureOptions | None = None) -> Mapping[str, Generator]:
    """Every generator by its name in `generate:`, in the order of `NAMES`."""
    settled = options or PictureOptions()
    makers: dict[str, Callable[[], Generator]] = {"sdxl": lambda: Sdxl(settled), "previz": Previz}
    return MappingProxyType(
        {name: makers[name]() if name in makers else Unavailable(name, _NOT_YET[name]) for name in NAMES}
    )


def choose(order: tuple[str, ...], known: Mapping[str, Generator]) -> Chosen:
    """The first of `order` that is usable here, with why the ones before it are not."""
    passed: list[tuple[str, str]] = []
    for name in order:
        generator = known.get(name)
        if generator is None:
            passed.append((name, "there is no generator of this name"))
            continue
        state = generator.available()
        if state.usable:
            return Chosen(name, state.why, tuple(passed))
        passed.append((name, state.why))
    reasons = "; ".join(f"{name}: {why}" for name, why in passed) or "no generator was named"
    return Chosen(None, reasons, tuple(passed))
