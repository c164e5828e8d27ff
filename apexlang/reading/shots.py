"""Every shot of a film in its order, muted ones too, with its name, its place on the timeline and what leads into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from apexlang.ir import model as ir
from apexlang.ir.resolve import Effective, effective
from apexlang.plan.shots import identities, labels
from apexlang.plan.timeline import Placed, Timeline


@dataclass(frozen=True)
class Seen:
    """A shot. `name`: its label, or scene and number (`2.3`); a muted shot without label has none. `placed` None: muted.
    `into`: the transitions said between the shot before and this one. `identity`: what stays the same through edits."""

    name: str
    identity: str
    scene_index: int
    scene: ir.Scene
    shot: ir.Shot
    effective: Effective
    placed: Placed | None
    into: tuple[ir.Transition, ...]

    @property
    def muted(self) -> bool:
        return self.placed is None

    @property
    def title(self) -> str:
        """`close-up #stop`, `close-up 2.3`."""
        return f"{self.shot.size} {handle(self.name)}".strip()


def handle(name: str) -> str:
    """`#stop` for a label, `2.3` for a number."""
    return name if not name or name.replace(".", "").isdigit() else f"#{name}"


@dataclass(frozen=True)
class Reel:
    """A film's shots in order, and the transitions after the last one."""

    shots: tuple[Seen, ...]
    after: tuple[ir.Transition, ...]

    @cached_property
    def live(self) -> tuple[Seen, ...]:
        return tuple(s for s in self.shots if s.placed is not None)


def reel(film: ir.Film, timeline: Timeline) -> Reel:
    """The timeline's shots with the muted ones between them."""
    names, known = labels(timeline.shots), identities(timeline.shots)
    placed = iter(zip(timeline.shots, names, known, strict=True))
    found: list[Seen] = []
    waiting: list[ir.Transition] = []
    for index, scene, item in _items(film):
        if isinstance(item, ir.Transition):
            if not (scene.muted or item.muted):
                waiting.append(item)
        elif scene.muted or item.muted:
            name = item.label or ""
            found.append(Seen(name, "", index, scene, item, effective(film, scene, item), None, ()))
        else:
            where, name, identity = next(placed)
            found.append(Seen(name, identity, index, scene, item, where.effective, where, tuple(waiting)))
            waiting.clear()
    return Reel(tuple(found), tuple(waiting))


def _items(film: ir.Film) -> Iterator[tuple[int, ir.Scene, ir.Shot | ir.Transition]]:
    for index, scene in enumerate(film.scenes):
        for item in scene.items:
            yield index, scene, item
