"""Why jobs have to be made: what differs between a film and what it was when it was last made, job by job.

Parameters decide, words tell: a job's old and new parameters are compared one by one, and each that differs is said as the value
that a filmmaker knows it by, with the line that says it now. Nothing is named that did not matter, and nothing that did is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from apexlang.ir import model as ir
from apexlang.plan.keys import Tools
from apexlang.plan.model import ClipFile, Generated, Job, Picture, PictureRequest, Plain, Plan, Segment, Shot, StillFile
from apexlang.plan.reasons import Reason
from apexlang.reading import wording
from apexlang.reading.matching import Matches, match
from apexlang.reading.shots import Seen, handle
from apexlang.reading.sides import Side
from apexlang.reading.values import Value, by_name, values
from apexlang.source import Span

FIRST = Reason("first", "not made before")
LOST = Reason("lost", "the store has lost it")
DAMAGED = Reason("lost", "it was damaged in the store")
WHOLE = Reason("first", "the film was rendered in one piece before")
ELSE = Reason("other", "it is planned in another way now")


@dataclass(frozen=True)
class Before:
    """What is known of the film as it was: the side, the keys that were made, the tools, and the versions of generators by name."""

    side: Side
    keys: frozenset[str]
    tools: Tools
    versions: Mapping[str, str]


@dataclass
class Causes:
    """Answers for one pair of versions. `new.plan` is the plan whose jobs are asked for."""

    before: Before
    new: Side
    tools: Tools
    versions: Mapping[str, str]
    damaged: frozenset[str] = frozenset()
    _pictures: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    _values: dict[int, tuple[dict[str, Value], dict[str, Value]]] = field(default_factory=dict)

    def of(self, job: Job) -> tuple[Reason, ...]:
        """The reasons for which `job` is made; never none."""
        if job.key in self.damaged:
            return (DAMAGED,)
        if job.key in self.before.keys:
            return (LOST,)
        match job.kind:
            case "generate":
                found = self._of_picture(job.key)
            case "segment":
                found = tuple(self._of_segment(self._segments[job.key]))
            case "mix":
                found = tuple(self._of_sound())
            case _:
                found = tuple(self._of_film())
        said = dict.fromkeys(found)
        return tuple(r for r in said if not any(o.says.endswith(f" because {r.says}") for o in said)) or (ELSE,)

    # --- what is compared ---
    @cached_property
    def _plans(self) -> tuple[Plan, Plan]:
        assert self.before.side.plan is not None and self.new.plan is not None
        return self.before.side.plan, self.new.plan

    @cached_property
    def _matches(self) -> Matches:
        old, new = self.before.side, self.new
        return match(old.film, old.reel, new.film, new.reel)

    @cached_property
    def _partners(self) -> dict[int, tuple[Seen, Seen]]:
        """(old, new) by the new shot's index in the plan."""
        return {new.placed.index: (old, new) for old, new in self._matches.pairs if new.placed is not None}

    @cached_property
    def _segments(self) -> dict[str, Segment]:
        return {s.key: s for s in reversed(self._plans[1].segments)}

    @cached_property
    def _shown(self) -> dict[str, Shot]:
        """The first shot of each generated picture."""
        return {s.picture.key: s for s in reversed(self._plans[1].shots) if isinstance(s.picture, Generated)}

    @cached_property
    def _pieces(self) -> dict[tuple[int | None, int | None], list[Segment]]:
        """The old segments by the shots that they show."""
        found: dict[tuple[int | None, int | None], list[Segment]] = {}
        for s in self._plans[0].segments:
            found.setdefault((s.a.shot, s.b.shot if s.b is not None else -1), []).append(s)
        return found

    def _both(self, index: int) -> tuple[dict[str, Value], dict[str, Value]]:
        if index not in self._values:
            old, new = self._partners[index]
            self._values[index] = (
                by_name(values(self.before.side.film, old)),
                by_name(values(self.new.film, new)),
            )
        return self._values[index]

    def _value(self, index: int, names: Iterable[str], otherwise: str) -> Iterator[Reason]:
        """The values of a shot, of those `names`, that differ; where none does, only that something did."""
        old, new = self._both(index)
        shot = self._partners[index][1].shot
        found = False
        for name in names:
            a, b = old.get(name), new.get(name)
            if (a and a.value) != (b and b.value):
                found = True
                place = (b.place if b is not None else None) or shot.span
                yield _at("value", wording.value(name, a, b), place)
        if not found:
            yield _at("value", f"{otherwise} changed", shot.span)

    # --- pictures ---
    def _of_picture(self, key: str) -> tuple[Reason, ...]:
        if key not in self._pictures:
            self._pictures[key] = tuple(self._picture(self._shown[key]))
        return self._pictures[key]

    def _picture(self, shot: Shot) -> Iterator[Reason]:
        assert isinstance(shot.picture, Generated)
        if shot.index not in self._partners:
            yield self._new(shot)
            return
        old_seen, seen = self._partners[shot.index]
        assert old_seen.placed is not None
        old = self._plans[0].shots[old_seen.placed.index].picture
        if not isinstance(old, Generated):
            yield _at("picture", f"picture {wording.source(old)} -> generated", seen.shot.span)
            return
        yield from self._request(shot, old.request, shot.picture.request)
        yield from self._generator(old.generator, shot.picture.generator)

    def _request(self, shot: Shot, old: PictureRequest, new: PictureRequest) -> Iterator[Reason]:
        before, seen = self._partners[shot.index]
        differing = [n for n in PictureRequest.model_fields if getattr(old, n) != getattr(new, n)]
        said: set[str] = set()
        for name in differing:
            if name == "seed" and (before.identity != seen.identity) and len(differing) > 1 and not seen.shot.label:
                continue  # a shot without a label is who it is by what it says: that is told
            if name in wording.BY_WORDS:
                yield from (
                    _at(code, says, place) for code, says, place in wording.words(name, before, seen, self._films)
                )
                continue
            names = wording.VALUES.get(name, (name,))
            if names[0] not in said:
                said.add(names[0])
                yield from self._value(shot.index, names, name.replace("_", " "))

    @property
    def _films(self) -> tuple[ir.Film, ir.Film]:
        return self.before.side.film, self.new.film

    def _generator(self, old: str, new: str) -> Iterator[Reason]:
        if old != new:
            yield Reason("tool", f"generator {old} -> {new}")
        else:
            a, b = self.before.versions.get(old), self.versions.get(new)
            if a is not None and b is not None and a != b:
                yield Reason("tool", wording.tool(new, a, b))

    # --- segments ---
    def _of_segment(self, segment: Segment) -> Iterator[Reason]:
        shots = self._plans[1].shots
        parts = [p for p in (segment.a, segment.b) if p is not None and p.shot is not None]
        fresh = [shots[p.shot] for p in parts if p.shot is not None and p.shot not in self._partners]
        if fresh:
            yield from (self._new(shot) for shot in fresh)
            return
        old = self._counterpart(segment)
        if old is None:
            last = parts[-1].shot
            assert last is not None
            yield from self._transition(last, segment)
            return
        named = len(parts) > 1
        for part in parts:
            assert part.shot is not None
            yield from self._shot(shots[part.shot], named)
        yield from self._slices(old, segment)
        yield from self._titles(old, segment, parts[-1].shot)
        yield from self._format(parts[-1].shot)
        yield from self._tools(segment)

    def _counterpart(self, segment: Segment) -> Segment | None:
        def was(index: int | None) -> int | None:
            if index is None:
                return None
            placed = self._partners[index][0].placed
            return placed.index if placed is not None else None

        key = was(segment.a.shot), was(segment.b.shot) if segment.b is not None else -1
        found = self._pieces.get(key, [])
        return min(found, key=lambda s: (s.a.count != segment.a.count, abs(s.a.first - segment.a.first)), default=None)

    def _shot(self, shot: Shot, named: bool) -> Iterator[Reason]:
        """What differs in what a shot shows, wherever in it."""
        before, seen = self._partners[shot.index]
        assert before.placed is not None
        old = self._plans[0].shots[before.placed.index]
        yield from self._source(old.picture, shot, named)
        for name in type(shot.grade).model_fields:
            if getattr(old.grade, name) == getattr(shot.grade, name) or name == "lut":
                continue
            if name == "lut_digest" and old.grade.lut == shot.grade.lut:
                yield Reason("file", f"the file {shot.grade.lut} has other contents")
            else:
                yield from self._value(shot.index, ("grade.lut" if name == "lut_digest" else f"grade.{name}",), "grade")
        if old.move != shot.move:
            yield from self._value(shot.index, ("move",), "move")
        if shot.grade.grain and old.seed != shot.seed:
            if before.name != seen.name:
                yield _at("other", f"it is called {handle(seen.name)} now: its grain follows", seen.shot.span)
            elif not isinstance(shot.picture, Generated):
                yield _at("other", "its grain follows what it says", seen.shot.span)

    def _source(self, old: Picture, shot: Shot, named: bool) -> Iterator[Reason]:
        new = shot.picture
        seen = self._partners[shot.index][1]
        if isinstance(old, Generated) and isinstance(new, Generated):
            if old.key != new.key:
                whose = f"the picture of #{shot.label}" if named else "its picture"
                yield from (_because(whose, reason) for reason in self._of_picture(new.key))
        elif isinstance(old, StillFile | ClipFile) and isinstance(new, type(old)) and old.path == new.path:
            if old.digest != new.digest:
                yield _at("file", f"the file {new.path} has other contents", seen.shot.span)
            if isinstance(old, ClipFile) and isinstance(new, ClipFile) and old.start != new.start:
                yield from self._value(shot.index, ("picture",), "where the clip begins")
        elif isinstance(old, Plain) and isinstance(new, Plain):
            if old.hex != new.hex:
                yield from self._value(shot.index, ("picture",), "colour")
        else:
            same = isinstance(old, StillFile | ClipFile) and isinstance(new, type(old)) and old.digest == new.digest
            if not same:  # under another name it is the same file
                yield from self._value(shot.index, ("picture",), "picture")

    def _slices(self, old: Segment, new: Segment) -> Iterator[Reason]:
        """Lengths and transitions: how much of each shot is shown, and of how much."""
        for a, b in ((old.a, new.a), (old.b, new.b)):
            if a is None or b is None or a.shot is None or b.shot is None:
                continue
            one, other = self._plans[0].shots[a.shot], self._plans[1].shots[b.shot]
            if one.frames != other.frames:
                longer = other.frames - one.frames
                place = self._both(b.shot)[1]["hold"].place or self._partners[b.shot][1].shot.span
                yield _at("length", wording.length(f"#{other.label}" if new.b is not None else "", longer), place)
            if (one.head, one.tail) != (other.head, other.tail) or (
                one.frames == other.frames and (a.first, a.count) != (b.first, b.count)
            ):
                yield from self._transition(b.shot, new)
        if (old.curve, old.a.count if old.b else 0) != (new.curve, new.a.count if new.b else 0):
            last = new.b.shot if new.b is not None and new.b.shot is not None else new.a.shot
            if last is not None:
                yield from self._transition(last, new)

    def _transition(self, index: int, segment: Segment) -> Iterator[Reason]:
        """What is said into and after a shot, where it differs; of a mix, what is said between its shots."""
        before, seen = self._partners[index]
        into = "into it", before.into, seen.into
        after = "after it", self._after(self.before.side, before), self._after(self.new, seen)
        sides = [into, after]
        if segment.b is not None:
            sides = [into] if segment.b.shot == index else [after]
        found = False
        for whose, a, b in sides:
            was, now = wording.transitions(a), wording.transitions(b)
            if was != now:
                found = True
                place = next((t.span for t in b if t.span), seen.shot.span)
                yield _at("transition", f"{was} -> {now}" if segment.b else f"{whose} {was} -> {now}", place)
        if not found:
            yield _at("transition", "the shot beside it is another", seen.shot.span)

    @staticmethod
    def _after(side: Side, seen: Seen) -> Sequence[ir.Transition]:
        assert seen.placed is not None
        live = side.reel.live
        at = seen.placed.index + 1
        return live[at].into if at < len(live) else side.reel.after

    def _titles(self, old: Segment, new: Segment, index: int | None) -> Iterator[Reason]:
        def relative(s: Segment) -> list[tuple[object, ...]]:
            return [(t.text, t.start - s.start, t.frames, t.fade, t.card) for t in s.titles]

        if relative(old) != relative(new):
            a, b = [t.text for t in old.titles], [t.text for t in new.titles]
            place = self._partners[index][1].shot.span if index is not None else None
            yield _at("title", wording.titles(a, b), place)

    def _format(self, index: int | None) -> Iterator[Reason]:
        old, new = self._plans
        if index is not None and old.format != new.format:
            yield from self._value(index, ("format.size", "format.rate"), "format")
        if old.encoding != new.encoding:
            yield Reason("tool", "the encoder's settings changed")

    def _tools(self, segment: Segment | None) -> Iterator[Reason]:
        old, new = self.before.tools, self.tools
        names = ("engine", "ffmpeg", *(("titles",) if segment is not None and segment.titles else ()))
        for name in names if segment is not None else ("mixer",):
            a, b = getattr(old, name), getattr(new, name)
            if a != b:
                yield Reason("tool", wording.tool(name, a, b))

    # --- the sound, the film ---
    def _of_sound(self) -> Iterator[Reason]:
        old, new = self._plans
        yield from (_at(code, says, place) for code, says, place in wording.sound(old, new, self._films))
        yield from self._tools(None)

    def _of_film(self) -> Iterator[Reason]:
        old, new = self._plans
        if old.title != new.title:
            yield Reason("text", f"title “{old.title}” -> “{new.title}”")
        if old.captions != new.captions:
            yield Reason("text", "its subtitles changed")
        keys, had = [s.key for s in new.segments], {s.key for s in old.segments}
        made = len({k for k in keys if k not in had})
        if made:
            yield Reason("parts", f"{wording.plural(made, 'segment')} of {len(keys)} changed")
        elif keys != [s.key for s in old.segments]:
            yield Reason(
                "parts", "its parts stand in another order" if len(keys) == len(old.segments) else "it has fewer parts"
            )
        if old.mix_key != new.mix_key:
            yield Reason("parts", "its sound changed")
        if self.before.tools.ffmpeg != self.tools.ffmpeg:
            yield Reason("tool", wording.tool("ffmpeg", self.before.tools.ffmpeg, self.tools.ffmpeg))

    def _new(self, shot: Shot) -> Reason:
        seen = self.new.reel.live[shot.index]
        return _at("new", f"#{shot.label} is new", seen.shot.span)


def shots_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The labels of the shots in each job, by its key."""
    found: dict[str, dict[str, None]] = {}
    for shot in plan.shots:
        if isinstance(shot.picture, Generated):
            found.setdefault(shot.picture.key, {})[shot.label] = None
    for s in plan.segments:
        for part in (s.a, s.b):
            if part is not None and part.shot is not None:
                found.setdefault(s.key, {})[plan.shots[part.shot].label] = None
    return {key: tuple(labels) for key, labels in found.items()}


def _at(code: str, says: str, place: Span | None) -> Reason:
    return Reason(code, says, place.path if place else None, place.line if place else None)


def _because(whose: str, reason: Reason) -> Reason:
    return Reason(reason.code, f"{whose} changed because {reason.says}", reason.path, reason.line)
