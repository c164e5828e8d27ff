"""What has to be made again: the jobs of one plan whose keys the other does not have. No store is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from apexlang.plan.build import segment_label
from apexlang.plan.model import Generated, Plan
from apexlang.reading.words import plural


@dataclass(frozen=True)
class Remake:
    """Keys of pictures and segments, with what people call them."""

    pictures: dict[str, str]
    segments: dict[str, str]

    def __bool__(self) -> bool:
        return bool(self.pictures or self.segments)

    @property
    def words(self) -> str:
        """`1 picture, 2 segments`; nothing where nothing is made again."""
        counts = ((len(self.pictures), "picture"), (len(self.segments), "segment"))
        return ", ".join(plural(count, noun) for count, noun in counts if count)


NOTHING = Remake({}, {})


@dataclass(frozen=True)
class Work:
    """All there is to make again, and how it falls to the shots (by their index in the new plan)."""

    pictures: dict[str, tuple[str, frozenset[int]]]
    segments: dict[str, tuple[str, frozenset[int]]]
    sound: bool
    film: bool
    segments_in_all: int

    def of(self, shots: Iterable[int]) -> Remake:
        """What falls to some shots; a transition falls to both of its shots."""
        wanted = frozenset(shots)
        return Remake(
            {key: name for key, (name, whose) in self.pictures.items() if whose & wanted},
            {key: name for key, (name, whose) in self.segments.items() if whose & wanted},
        )

    @property
    def whole(self) -> Remake:
        return Remake({k: n for k, (n, _) in self.pictures.items()}, {k: n for k, (n, _) in self.segments.items()})


def work(old: Plan, new: Plan) -> Work:
    """What the new plan makes that the old one did not."""
    pictures: dict[str, tuple[str, frozenset[int]]] = {}
    had = {shot.picture.key for shot in old.shots if isinstance(shot.picture, Generated)}
    for shot in new.shots:
        if isinstance(shot.picture, Generated) and shot.picture.key not in had:
            name, whose = pictures.get(shot.picture.key, (shot.label, frozenset()))
            pictures[shot.picture.key] = (name, whose | {shot.index})
    segments: dict[str, tuple[str, frozenset[int]]] = {}
    encoded = {segment.key for segment in old.segments}
    for segment in new.segments:
        if segment.key not in encoded:
            shown = frozenset(p.shot for p in (segment.a, segment.b) if p is not None and p.shot is not None)
            name, whose = segments.get(segment.key, (segment_label(segment, new.shots), frozenset()))
            segments[segment.key] = (name, whose | shown)
    return Work(
        pictures, segments, old.mix_key != new.mix_key, old.film_key != new.film_key, len({s.key for s in new.segments})
    )
