"""From shots and transitions to whole frames: where each shot stands, what handles it needs, which pieces the film falls into.

Transitions are centred on their cut and never move it: a film is as long as its shots' holds. A dissolve of D frames takes
D // 2 frames before the cut and the rest after it; the shot before lends a tail handle, the shot after a head handle.
Fades lie inside their shot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from apexlang import collector
from apexlang.diagnostics import Diagnostic, error, warning
from apexlang.ir import model as ir
from apexlang.ir.resolve import Effective, Settler
from apexlang.plan.model import Curve, Segment, Slice
from apexlang.source import Span
from apexlang.units import Rate, Time

DEFAULT_HOLD = Time(seconds=Fraction(3))
DEFAULT_DISSOLVE = Time(seconds=Fraction(1, 2))
DEFAULT_FADE = Time(seconds=Fraction(1))
DEFAULT_WHIP = Time(seconds=Fraction(1, 3))
MIXES = ("dissolve", "match dissolve", "wipe", "whip pan")
"""Transitions that show both shots at once: centred on the cut, with frames of both shots' handles."""
LONGEST_HOLD_S = 4 * 3600
_LINEAR = Curve()


@dataclass(frozen=True)
class Joint:
    """The way from one shot to the next, in frames. `fade_out` of the shot before and `fade_in` of the shot after."""

    dissolve: int = 0
    fade_out: int = 0
    fade_in: int = 0
    dissolve_curve: Curve = _LINEAR
    out_curve: Curve = _LINEAR
    in_curve: Curve = _LINEAR
    mix: str = "dissolve"
    direction: str | None = None
    span: Span | None = None

    @property
    def before(self) -> int:
        """Frames of the dissolve before the cut."""
        return self.dissolve // 2

    @property
    def after(self) -> int:
        return self.dissolve - self.before


PLAIN = Joint()
"""A cut."""


@dataclass(frozen=True)
class Placed:
    """A shot on the timeline, with its scene and all that holds for it."""

    index: int
    scene_index: int
    number_in_scene: int
    scene: ir.Scene
    shot: ir.Shot
    effective: Effective
    start: int
    frames: int
    head: int
    tail: int


@dataclass(frozen=True)
class Timeline:
    shots: tuple[Placed, ...]
    joints: tuple[Joint, ...]
    """One before each shot and one after the last."""
    frames: int
    diagnostics: tuple[Diagnostic, ...]


@dataclass
class _Joining:
    """What is said between two shots, gathered while walking."""

    transitions: list[ir.Transition] = field(default_factory=list)


def lay_out(film: ir.Film, settler: Settler | None = None) -> Timeline:
    """The film's timeline. Shots of no length and transitions that do not fit come back as diagnostics.

    `settler`: one of this film that may know some shots from before.
    """
    with collector.paused():
        return _lay_out(film, settler or Settler(film))


def _lay_out(film: ir.Film, settler: Settler) -> Timeline:
    rate = film.format.rate
    found: list[Diagnostic] = []
    walked: list[tuple[int, int, ir.Scene, ir.Shot]] = []
    between: list[_Joining] = [_Joining()]
    for s, scene in enumerate(film.scenes):
        if scene.muted:
            continue
        number = 0
        for item in scene.items:
            if item.muted:
                continue
            if isinstance(item, ir.Transition):
                between[-1].transitions.append(item)
            else:
                number += 1
                walked.append((s, number, scene, item))
                between.append(_Joining())
    joints = tuple(_joint(j.transitions, i > 0, i < len(walked), rate, found) for i, j in enumerate(between))
    settled = [settler.settle(scene, shot) for _, _, scene, shot in walked]
    placed: list[Placed] = []
    start = 0
    for i, (s, number, scene, shot) in enumerate(walked):
        held = _hold(shot, settled[i], rate, found)
        frames, before, after = held or 1, joints[i], joints[i + 1]
        if held is not None:
            _fits(shot, frames, before, after, found)
        placed.append(
            Placed(i, s, number, scene, shot, settled[i], start, frames, head=before.before, tail=after.after)
        )
        start += frames
    once = dict.fromkeys((*found, *_counted(placed)))  # what FILM says, each of its shots would be told of
    return Timeline(tuple(placed), joints, start, tuple(once))


def no_such_time(where: Span | None, problem: ValueError, rate: Rate) -> Diagnostic:
    """The error for a timecode that does not exist at a film's rate."""
    last = f"{rate.nominal - 1:02}"
    said = str(problem)
    label = f"its last pair counts frames, from `00` to `{last}`"
    pairs = re.match(r"`\d\d:(\d\d):(\d\d)", said)
    if "leaves out" in said:
        label = "each minute but the tenth begins later"
    elif pairs and max(int(pairs[1]), int(pairs[2])) > 59:
        label = "minutes and seconds run from `00` to `59`"
    return error("E0401", where, said, label,
                 helps=("for a time that is no timecode, write seconds and frames: `2s 12f`",))  # fmt: skip


def _hold(shot: ir.Shot, settled: Effective, rate: Rate, found: list[Diagnostic]) -> int | None:
    hold = settled.hold or DEFAULT_HOLD
    try:
        frames = hold.to_frames(rate)
    except ValueError as problem:
        found.append(no_such_time(settled.where("hold") or shot.span, problem, rate))
        return None
    if 0 < frames * rate.den <= LONGEST_HOLD_S * rate.num:
        return frames
    where = settled.where("hold") or shot.span
    if frames <= 0:
        found.append(error("E0402", where, "a shot holds for at least one frame", label="no frames at all"))
        return None
    found.append(error("E0403", where, "a shot holds for four hours at most", label=f"{frames} frames"))
    return None


def _counted(placed: Sequence[Placed]) -> Iterator[Diagnostic]:
    """One warning for all holds that are said in beats."""
    musical = [p for p in placed if p.effective.hold is not None and p.effective.hold.is_musical]
    if not musical:
        return
    first, others = musical[0], len(musical) - 1
    more = (f"so {'is' if others == 1 else 'are'} {others} more hold{'s' if others > 1 else ''}",) if others else ()
    yield warning(
        "W0401",
        first.effective.where("hold") or first.shot.span,
        "beats are counted at 120 a minute",
        label=f"held for {first.frames} frames",
        notes=("beats heard in the music itself are not rendered yet", *more),
    )


def _curve(curve: ir.Curve) -> Curve:
    return Curve(name=curve.name, args=curve.args)


def _joint(
    transitions: Sequence[ir.Transition], has_before: bool, has_after: bool, rate: Rate, found: list[Diagnostic]
) -> Joint:
    joint = PLAIN
    if not transitions:
        return joint
    said: dict[str, ir.Transition] = {}
    for t in transitions:
        if (has_before, has_after) != (True, True) and _lacks(t, has_before, has_after, found):
            continue
        mixed = next((said[kind] for kind in MIXES if kind in said), None)
        clash = said.get(t.kind) or (mixed if t.kind.startswith("fade") else None)
        if t.kind in MIXES:
            clash = clash or mixed or said.get("fade out") or said.get("fade in") or said.get("cut")
        if clash is not None:
            found.append(
                error(
                    "E0404",
                    t.span,
                    f"this cut already has a {clash.kind}",
                    label="a second transition on one cut",
                    secondary=((clash.span, f"the {clash.kind} is here"),) if clash.span else (),
                )
            )
            continue
        said[t.kind] = t
        length = _length(t, rate, found)
        curve = _curve(t.curve)
        match t.kind:
            case "dissolve" | "match dissolve" | "wipe" | "whip pan":
                joint = Joint(dissolve=length, dissolve_curve=curve, mix=t.kind, direction=t.direction, span=t.span)
            case "fade out":
                joint = Joint(0, length, joint.fade_in, out_curve=curve, in_curve=joint.in_curve, span=t.span)
            case "fade in":
                joint = Joint(0, joint.fade_out, length, out_curve=joint.out_curve, in_curve=curve, span=t.span)
            case _:
                pass
    return joint


def _lacks(t: ir.Transition, has_before: bool, has_after: bool, found: list[Diagnostic]) -> bool:
    needs_before = t.kind in (*MIXES, "fade out")
    needs_after = t.kind in (*MIXES, "fade in")
    if needs_before and not has_before:
        found.append(error("E0405", t.span, f"a {t.kind} needs a shot before it", label="the film begins here"))
        return True
    if needs_after and not has_after:
        found.append(error("E0405", t.span, f"a {t.kind} needs a shot after it", label="the film ends here"))
        return True
    return False


def _length(t: ir.Transition, rate: Rate, found: list[Diagnostic]) -> int:
    if t.kind == "cut":
        return 0
    default = DEFAULT_WHIP if t.kind == "whip pan" else DEFAULT_DISSOLVE if t.kind in MIXES else DEFAULT_FADE
    where = t.where.get("length", t.span)
    try:
        frames = (t.length or default).to_frames(rate)
    except ValueError as problem:
        found.append(no_such_time(where, problem, rate))
        return 0
    if frames < 1:
        found.append(error("E0402", where, f"a {t.kind} lasts at least one frame", label="no frames at all"))
        return 0
    return frames


def _fits(shot: ir.Shot, frames: int, before: Joint, after: Joint, found: list[Diagnostic]) -> None:
    if before is PLAIN and after is PLAIN:
        return
    into, out = max(before.after, before.fade_in), max(after.before, after.fade_out)
    if into + out <= frames:
        return
    joint = before if into > out else after
    if any(d.code == "E0406" and d.span == joint.span for d in found):
        return  # the shot on its other side is too short as well
    name = f"#{shot.label}" if shot.label else "the shot"
    plural = "" if frames == 1 else "s"
    found.append(
        error(
            "E0406",
            joint.span,
            f"this transition is longer than its shots: {name} holds {frames} frame{plural}, its transitions need {into + out}",
            label=f"{max(into, out)} frames of {name}",
            secondary=((shot.span, f"{frames} frames long"),) if shot.span else (),
            helps=("shorten the transition, or hold the shot for longer",),
        )
    )


def cut_up(timeline: Timeline) -> tuple[Segment, ...]:
    """The pieces that are encoded by themselves: each shot's body, each dissolve, each fade. Without titles and keys."""
    pieces: list[tuple[int, Slice, Slice | None, Curve]] = []
    mixes: dict[int, Joint] = {}
    for placed, before, after in zip(timeline.shots, timeline.joints, timeline.joints[1:], strict=False):
        if before.dissolve:
            earlier = timeline.shots[placed.index - 1]
            first = earlier.head + earlier.frames - before.before
            a = Slice.made(shot=earlier.index, first=first, count=before.dissolve)
            b = Slice.made(shot=placed.index, first=placed.head - before.before, count=before.dissolve)
            mixes[len(pieces)] = before
            pieces.append((placed.start - before.before, a, b, before.dissolve_curve))
        if before.fade_in:
            black = Slice.made(shot=None, first=0, count=before.fade_in)
            b = Slice.made(shot=placed.index, first=placed.head, count=before.fade_in)
            pieces.append((placed.start, black, b, before.in_curve))
        into, out = max(before.after, before.fade_in), max(after.before, after.fade_out)
        body = placed.frames - into - out
        if body > 0:
            a = Slice.made(shot=placed.index, first=placed.head + into, count=body)
            pieces.append((placed.start + into, a, None, _LINEAR))
        if after.fade_out:
            first = placed.head + placed.frames - after.fade_out
            a = Slice.made(shot=placed.index, first=first, count=after.fade_out)
            black = Slice.made(shot=None, first=0, count=after.fade_out)
            pieces.append((placed.start + placed.frames - after.fade_out, a, black, after.out_curve))
    return tuple(
        Segment.made(
            index=i,
            start=start,
            frames=a.count,
            a=a,
            b=b,
            curve=curve,
            mix=mixes[i].mix if i in mixes else "dissolve",
            direction=mixes[i].direction if i in mixes else None,
        )
        for i, (start, a, b, curve) in enumerate(pieces)
    )
