"""The difference between two versions of a film, as a filmmaker says it: by shot, by who said what, and what is made again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal

from pydantic import BaseModel

from apexlang.ir import model as ir
from apexlang.ir.resolve import ancestry
from apexlang.plan.model import ClipFile, Plan, StillFile
from apexlang.reading import changes
from apexlang.reading.changes import Change
from apexlang.reading.matching import Matches, match
from apexlang.reading.remaking import NOTHING, Remake, Work, work
from apexlang.reading.shots import Seen, handle
from apexlang.reading.sides import Side
from apexlang.reading.values import Value, by_name, values
from apexlang.reading.words import fields, heading, plural, worded
from apexlang.source import Span

Kind = Literal["changed", "added", "removed", "muted", "unmuted"]
State = Literal["changed", "added", "removed"]


@dataclass(frozen=True)
class ShotDifference:
    """A shot that differs. `title`: `close-up #stop`. `name`: in the new film, of a removed shot in the old. `scene`: its heading.
    `shift`: what becomes of the shots after it. `place`: its line in the new film, of a removed shot in the old."""

    kind: Kind
    title: str
    name: str
    scene: str
    changes: tuple[Change, ...]
    shift: str = ""
    remake: Remake = NOTHING
    place: Span | None = None


@dataclass(frozen=True)
class Definition:
    """Something besides shots that differs. `kind`: film, look, grade, light, move, delivery, character, scene. `touches`: shots
    that it reaches."""

    kind: str
    name: str
    state: State
    changes: tuple[Change, ...]
    touches: tuple[str, ...] = ()
    remake: Remake = NOTHING
    place: Span | None = None


@dataclass(frozen=True)
class Difference:
    """`work` None: one of the films has errors of time, so nothing can be planned. `shots`: in the order of the new film, what was
    removed where it stood."""

    old: Side
    new: Side
    definitions: tuple[Definition, ...]
    shots: tuple[ShotDifference, ...]
    work: Work | None

    @property
    def different(self) -> bool:
        made = self.work is not None and bool(self.work.whole or self.work.sound or self.work.film)
        return bool(self.definitions or self.shots or made)


@dataclass
class _Compared:
    """Two versions with their shots matched and, where it may matter, their values side by side."""

    old: Side
    new: Side
    matches: Matches
    work: Work | None
    _values: dict[int, tuple[dict[str, Value], dict[str, Value]] | None] = field(default_factory=dict)
    _said: dict[int, Hashable] = field(default_factory=dict)

    def values(self, pair: tuple[Seen, Seen]) -> tuple[dict[str, Value], dict[str, Value]] | None:
        """The values of a pair of shots, None where all that is said of both is the same."""
        key = id(pair[1])
        if key not in self._values:
            before, after = pair
            alike = self._signature(self.old, before) == self._signature(self.new, after)
            self._values[key] = (
                None if alike else (by_name(values(self.old.film, before)), by_name(values(self.new.film, after)))
            )
        return self._values[key]

    def differing(self, pair: tuple[Seen, Seen]) -> Iterator[tuple[Value, Value]]:
        """Values of a pair that are not equal."""
        both = self.values(pair)
        if both is None:
            return
        a, b = both
        for name in dict.fromkeys((*a, *b)):
            one, other = a.get(name), b.get(name)
            if one is not None and other is not None and one.value != other.value:
                yield one, other

    def remake(self, shots: Sequence[Seen]) -> Remake:
        if self.work is None:
            return NOTHING
        return self.work.of(s.placed.index for s in shots if s.placed is not None)

    def _signature(self, side: Side, seen: Seen) -> Hashable:
        """All that a shot's values can come from."""
        levels = tuple((level.name, self._words(level.settings)) for level in seen.effective.levels)
        names = dict.fromkeys(self._words(d) for d in ancestry(side.film.grades, _name(seen.effective.grade)))
        form = side.film.format
        source = worded(seen.shot.source) if seen.shot.source else None
        return (
            (form.width, form.height, form.rate, form.colour), seen.shot.size, seen.shot.subjects, source,
            bool(seen.shot.prose), bool(seen.scene.prose), levels, tuple(names),
        )  # fmt: skip

    def _words(self, node: BaseModel) -> Hashable:
        """What a node says. Many shots share one: it is said once."""
        known = self._said.get(id(node))
        if known is None:
            known = tuple((name, worded(part, name)) for name, part in fields(node) if part is not None)
            self._said[id(node)] = known
        return known


def _name(definition: ir.Grade | None) -> str | None:
    return definition.name if definition is not None else None


def compare(old: Side, new: Side) -> Difference:
    """All that differs. What is muted in both versions is not looked at."""
    matches = match(old.film, old.reel, new.film, new.reel)
    made = work(old.plan, new.plan) if old.plan is not None and new.plan is not None else None
    compared = _Compared(old, new, matches, made)
    definitions = (*_film(compared), *_named(compared), *_characters(compared), *_scenes(compared))
    return Difference(old, new, tuple(definitions), tuple(_said_once(list(_shots(compared)))), made)


def _said_once(shots: list[ShotDifference]) -> Iterator[ShotDifference]:
    """Of several differences side by side that move the same shots, the last says so."""
    for shot, following in zip_longest(shots, shots[1:]):
        again = following is not None and shot.shift and following.shift == shot.shift
        yield replace(shot, shift="") if again else shot


def _touched(compared: _Compared, kind: str, name: str = "") -> list[Seen]:
    """The shots in which a value differs that a level says, in one version or the other."""
    level = f"{kind} {name}".rstrip()
    return [
        pair[1]
        for pair in compared.matches.pairs
        if any(level in (a.level, b.level) for a, b in compared.differing(pair))
    ]


def _reach(compared: _Compared, shots: Sequence[Seen]) -> tuple[tuple[str, ...], Remake]:
    return tuple(s.name for s in shots), compared.remake(shots)


def _film(compared: _Compared) -> Iterator[Definition]:
    old, new = compared.old.film, compared.new.film
    found = [*changes.of_film(old, new), *_other_music(compared)]
    if not found:
        return
    if any(change.name.startswith("format.") for change in found):
        shots: Sequence[Seen] = compared.new.reel.live
    else:
        shots = _touched(compared, "film")
    touches, remake = _reach(compared, shots)
    yield Definition("film", new.title, "changed", tuple(found), touches, remake)


def _other_music(compared: _Compared) -> Iterator[Change]:
    """Music under the same name with other contents."""
    if compared.old.plan is None or compared.new.plan is None:
        return
    known = {a.path: a.digest for a in compared.old.plan.audio if a.track == "music"}
    for audio in compared.new.plan.audio:
        if audio.track == "music" and known.get(audio.path, audio.digest) != audio.digest:
            yield Change("music", None, None, f"the file {audio.path} has other contents")


def _named(compared: _Compared) -> Iterator[Definition]:
    """Looks, grades, lights, moves and formats of delivery. What the library defines does not differ."""
    for attribute, kind in changes.DEFINED.items():
        one = {d.name: d for d in getattr(compared.old.film, attribute, ())}
        other = {d.name: d for d in getattr(compared.new.film, attribute, ())}
        for name in dict.fromkeys((*other, *one)):
            a, b = one.get(name), other.get(name)
            touched = _touched(compared, kind, name)
            if a is not None and b is not None:
                found = [*changes.of_definition(a, b), *(_other_lut(compared, b) if isinstance(b, ir.Grade) else ())]
                if found:
                    touches, remake = _reach(compared, touched or _users(compared, kind, name))
                    if not any(_is_seen_by_a_generator(kind, change) for change in found):
                        remake = Remake({}, remake.segments)
                    yield Definition(kind, name, "changed", tuple(found), touches, remake, b.span)
            elif not name.startswith("std."):
                state: State = "added" if a is None else "removed"
                place = getattr(b or a, "span", None)
                yield Definition(kind, name, state, (), *_reach(compared, touched), place)


def _is_seen_by_a_generator(kind: str, change: Change) -> bool:
    """Whether a picture is made from what changed. Grades, moves and lengths come after it."""
    return kind in ("look", "light") and change.name not in ("grade", "move", "hold")


def _users(compared: _Compared, kind: str, name: str) -> list[Seen]:
    """The shots that a definition reaches under its own name and that have to be made again."""

    def uses(seen: Seen) -> bool:
        e = seen.effective
        match kind:
            case "look":
                return e.look is not None and e.look.name == name
            case "grade":
                return e.grade is not None and e.grade.name == name
            case "light":
                return e.light is not None and name in (e.light.rig or ())
            case "move":
                return e.move is not None and getattr(e.move, "base", None) == name
        return False

    return [s for s in compared.new.reel.live if uses(s) and compared.remake([s])]


def _other_lut(compared: _Compared, grade: ir.Grade) -> Iterator[Change]:
    if compared.old.plan is None or compared.new.plan is None or grade.lut in (None, "none"):
        return
    known = {s.grade.lut: s.grade.lut_digest for s in compared.old.plan.shots}
    for shot in compared.new.plan.shots:
        if shot.grade.lut == grade.lut and known.get(grade.lut, shot.grade.lut_digest) != shot.grade.lut_digest:
            yield Change("lut", None, None, f"the file {grade.lut} has other contents")
            return


def _characters(compared: _Compared) -> Iterator[Definition]:
    one = {c.name: c for c in compared.old.film.characters}
    other = {c.name: c for c in compared.new.film.characters}
    for name in dict.fromkeys((*other, *one)):
        a, b = one.get(name), other.get(name)
        shots = [s for s in compared.new.reel.live if name in s.shot.subjects]
        if a is not None and b is not None:
            found = tuple(changes.of_character(a, b))
            if found:
                yield Definition("character", name, "changed", found, *_reach(compared, shots), place=b.span)
        elif b is not None:
            yield Definition("character", name, "added", (), *_reach(compared, shots), place=b.span)
        elif a is not None:
            yield Definition("character", name, "removed", (), place=a.span)


def _scenes(compared: _Compared) -> Iterator[Definition]:
    old, new = compared.old.film, compared.new.film
    inside: dict[int, list[Seen]] = defaultdict(list)
    for seen in compared.new.reel.live:
        inside[seen.scene_index].append(seen)
    for index, scene in enumerate(new.scenes):
        shots = inside[index]
        home = compared.matches.scenes.get(index)
        if home is None:
            yield Definition("scene", _scene_name(scene), "added", (), *_reach(compared, shots), place=scene.span)
            continue
        found = tuple(_scene(old.scenes[home], scene))
        if found:
            yield Definition(
                "scene", _scene_name(old.scenes[home]), "changed", found, *_reach(compared, shots), place=scene.span
            )
    kept = set(compared.matches.scenes.values())
    for index, scene in enumerate(old.scenes):
        if index not in kept:
            yield Definition("scene", _scene_name(scene), "removed", (), place=scene.span)


def _scene_name(scene: ir.Scene) -> str:
    return f"{heading(scene)} #{scene.number}#" if scene.number else heading(scene)


def _scene(old: ir.Scene, new: ir.Scene) -> Iterator[Change]:
    if heading(old) != heading(new):
        yield Change("heading", heading(old), heading(new), f"is now {heading(new)}")
    if old.number != new.number:
        yield Change("number", old.number, new.number, f"number {old.number or 'none'} -> {new.number or 'none'}")
    if old.muted != new.muted:
        yield Change("muted", worded(old.muted), worded(new.muted), "muted" if new.muted else "no longer muted")
    yield from changes.of_settings(old.settings, new.settings)
    yield from changes.of_texts("synopsis", old.synopsis, new.synopsis, changes.SUMMED_UP)
    yield from changes.of_texts("prose", old.prose, new.prose, changes.TOLD)
    known = frozenset({"setting", "place", "time", "number", "synopsis", "prose", "settings", "items", "muted"})
    yield from changes.of_fields(old, new, known)


# Shots


def _shots(compared: _Compared) -> Iterator[ShotDifference]:
    """In the order of the new film; what is gone stands where it stood, after the shot that was before it."""
    shifts = _Shifts(compared)
    gone: dict[int, list[ShotDifference]] = defaultdict(list)
    for seen, other in [(s, None) for s in compared.matches.removed] + list(compared.matches.muted):
        kind: Kind = "removed" if other is None else "muted"
        place = seen.shot.span if other is None else other.shot.span
        gone[shifts.stood_after(seen)].append(
            ShotDifference(
                kind, seen.title, seen.name, _scene_name(seen.scene), (), shifts.after_gone(seen), place=place
            )
        )
    yield from gone.get(-1, ())
    pairs = {id(new): (old, new) for old, new in compared.matches.pairs}
    unmuted = {id(new) for _, new in compared.matches.unmuted}
    for seen in compared.new.reel.live:
        if id(seen) in pairs:
            found = tuple(_shot(compared, pairs[id(seen)]))
            remake = compared.remake([seen])
            if found:
                shift = shifts.after(seen) if any(c.name in ("length", "moved") for c in found) else ""
                title = pairs[id(seen)][0].title
                yield ShotDifference(
                    "changed", title, seen.name, _scene_name(seen.scene), found, shift, remake, seen.shot.span
                )
        else:
            kind = "unmuted" if id(seen) in unmuted else "added"
            assert seen.placed is not None
            length = Change("length", None, f"{seen.placed.frames}f", f"{seen.placed.frames}f long")
            yield ShotDifference(
                kind, seen.title, seen.name, _scene_name(seen.scene), (length,), shifts.after(seen),
                compared.remake([seen]), seen.shot.span,
            )  # fmt: skip
        assert seen.placed is not None
        yield from gone.get(seen.placed.index, ())
    after = _into(compared.old.reel.after), _into(compared.new.reel.after)
    if after[0] != after[1] and compared.new.reel.live:
        last = compared.new.reel.live[-1]
        change = Change(
            "transition", after[0], after[1], f"at the end {after[0] or 'nothing'} -> {after[1] or 'nothing'}"
        )
        yield ShotDifference("changed", last.title, last.name, _scene_name(last.scene), (change,), "",
                             compared.remake([last]), last.shot.span)  # fmt: skip


def _into(transitions: Sequence[ir.Transition]) -> str:
    return ", ".join(worded(t) for t in transitions if t.kind != "cut" or t.length)


_OWN = frozenset({"size", "of", "sound", "super", "transition into it", "hold", "picture"})
"""Values that a shot's own comparison says in better words."""


def _shot(compared: _Compared, pair: tuple[Seen, Seen]) -> Iterator[Change]:
    old, new = pair
    a, b = old.shot, new.shot
    if id(new) in compared.matches.moved:
        yield _moved(compared, old, new)
    if old.name != new.name and (a.label or b.label):
        yield Change("label", old.name, new.name, f"is called {handle(new.name)} now")
    if a.size != b.size:
        yield Change("size", a.size, b.size, f"now {b.size}" if a.label else f"size {a.size} -> {b.size}")
    if a.subjects != b.subjects:
        yield Change("of", ", ".join(a.subjects), ", ".join(b.subjects))
    yield from _picture(compared, old, new)
    yield from _settings(compared, pair)
    yield from _length(compared, pair)
    yield from changes.of_texts("prose", a.prose, b.prose, changes.TOLD)
    yield from changes.of_dialogue(a, b)
    yield from changes.of_list("super", a.supers, b.supers)
    yield from changes.of_list("sound", a.sounds, b.sounds)
    before, after = _into(old.into), _into(new.into)
    if before != after:
        yield Change("transition", before or None, after or None, f"into it {before or 'a cut'} -> {after or 'a cut'}")


def _moved(compared: _Compared, old: Seen, new: Seen) -> Change:
    assert new.placed is not None and old.placed is not None
    live = compared.new.reel.live
    before = live[new.placed.index - 1] if new.placed.index else None
    where = f"after {handle(before.name)}" if before else "to the beginning"
    if compared.matches.scenes.get(new.scene_index) != old.scene_index:
        where = f"to {_scene_name(new.scene)}, {where}" if before else f"to {_scene_name(new.scene)}"
    return Change("moved", str(old.placed.index + 1), str(new.placed.index + 1), f"moved {where}")


def _picture(compared: _Compared, old: Seen, new: Seen) -> Iterator[Change]:
    a, b = old.shot.source, new.shot.source
    words = [worded(s) if s is not None else "generated" for s in (a, b)]
    if words[0] != words[1]:
        yield Change("picture", words[0], words[1])
        return
    plans: tuple[Plan | None, Plan | None] = (compared.old.plan, compared.new.plan)
    if plans[0] is None or plans[1] is None or old.placed is None or new.placed is None:
        return
    one, other = plans[0].shots[old.placed.index].picture, plans[1].shots[new.placed.index].picture
    both = isinstance(one, StillFile | ClipFile) and isinstance(other, StillFile | ClipFile)
    if both and one.digest != other.digest:  # type: ignore[union-attr]
        yield Change("picture", None, None, f"the file {other.path} has other contents")  # type: ignore[union-attr]


def _settings(compared: _Compared, pair: tuple[Seen, Seen]) -> Iterator[Change]:
    """Values that the shot itself says, in one version or the other; in another scene, what the scenes say too."""
    old, new = pair
    elsewhere = compared.matches.scenes.get(new.scene_index) != old.scene_index
    resized = old.shot.size != new.shot.size
    for a, b in compared.differing(pair):
        if a.name in _OWN or a.name.startswith(("grade.", "format.")):
            continue
        own = "shot" in (a.level, b.level) or (elsewhere and "scene" in (a.level, b.level))
        if own or (resized and a.is_default and b.is_default):
            yield Change(a.name, a.value, b.value)


def _length(compared: _Compared, pair: tuple[Seen, Seen]) -> Iterator[Change]:
    old, new = pair
    assert old.placed is not None and new.placed is not None
    both = compared.values(pair)
    if both is None:
        return
    a, b = both[0]["hold"], both[1]["hold"]
    elsewhere = compared.matches.scenes.get(new.scene_index) != old.scene_index
    if "shot" not in (a.level, b.level) and not elsewhere:
        return
    if compared.old.film.format.rate != compared.new.film.format.rate:
        if a.value != b.value:
            yield Change("hold", a.value, b.value)
        return
    longer = new.placed.frames - old.placed.frames
    if longer:
        says = f"{abs(longer)}f {'longer' if longer > 0 else 'shorter'}"
        yield Change("length", f"{old.placed.frames}f", f"{new.placed.frames}f", says)


class _Shifts:
    """By how many frames what stays in order moves, said once at each place where that changes."""

    def __init__(self, compared: _Compared) -> None:
        pairs = [p for p in compared.matches.pairs if id(p[1]) not in compared.matches.moved]
        self._pairs = pairs
        self._old = [old.placed.index for old, _ in pairs if old.placed]
        self._new = [new.placed.index for _, new in pairs if new.placed]
        self._by = [new.placed.start - old.placed.start for old, new in pairs if old.placed and new.placed]
        self._comparable = compared.old.film.format.rate == compared.new.film.format.rate
        self._ends = list(range(len(self._by)))
        for i in range(len(self._by) - 2, -1, -1):
            if self._by[i] == self._by[i + 1]:
                self._ends[i] = self._ends[i + 1]

    def after(self, seen: Seen) -> str:
        """What becomes of the shots after one of the new film."""
        assert seen.placed is not None
        return self._from(bisect_right(self._new, seen.placed.index))

    def after_gone(self, seen: Seen) -> str:
        """What becomes of the shots after one that is gone."""
        assert seen.placed is not None
        return self._from(bisect_right(self._old, seen.placed.index))

    def stood_after(self, seen: Seen) -> int:
        """The new index of the steady shot before one that is gone; -1 at the beginning."""
        assert seen.placed is not None
        at = bisect_left(self._old, seen.placed.index)
        return self._new[at - 1] if at else -1

    def _from(self, first: int) -> str:
        """What becomes of the steady shots from one on: said where it is not what became of the one before."""
        if first >= len(self._by) or not self._comparable:
            return ""
        by, last = self._by[first], self._ends[first]
        if by == (self._by[first - 1] if first else 0):
            return ""
        moves = f"moves by {by}f" if by else "stays where it was"
        if last + 1 == len(self._by):
            return f"everything after {moves}"
        if last == first:
            return f"{handle(self._pairs[first][1].name)} after it {moves}"
        return f"what follows, to {handle(self._pairs[last][1].name)}, {moves}"


def summary(found: Difference) -> str:
    """What is made again in all: `re-renders 1 picture, 2 of 14 segments and the sound`."""
    if found.work is None:
        return "what has to be made again cannot be told while there are errors of time"
    whole = found.work.whole
    parts = [plural(len(whole.pictures), "picture")] if whole.pictures else []
    if whole.segments:
        parts.append(f"{len(whole.segments)} of {plural(found.work.segments_in_all, 'segment')}")
    parts += ["the sound"] if found.work.sound else []
    if not parts:
        return "re-renders nothing; the film is joined anew" if found.work.film else "re-renders nothing"
    return "re-renders " + (" and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0])
