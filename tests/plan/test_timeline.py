"""Where shots stand, what transitions take, and what does not fit."""

from __future__ import annotations

from fractions import Fraction

import pytest

from apexlang.ir import model as ir
from apexlang.plan.model import Plan
from apexlang.units import Rate, Time
from tests.plan.films import dissolve, fade, film, plan_of, planned, shot


def covers_every_frame_once(plan: Plan) -> bool:
    return [f for s in plan.segments for f in range(s.start, s.start + s.frames)] == list(range(plan.frames))


def test_cuts_are_bodies_end_to_end() -> None:
    plan = plan_of(shot("a", 10), shot("b", 20), shot("c", 30))
    assert [(s.start, s.frames) for s in plan.segments] == [(0, 10), (10, 20), (30, 30)]
    assert plan.frames == 60


@pytest.mark.parametrize("length", [2, 11, 12, 13])
def test_a_dissolve_is_centred_and_never_moves_the_cut(length: int) -> None:
    plan = plan_of(shot("a", 48), dissolve(length), shot("b", 48))
    assert plan.frames == 96
    assert plan.shots[1].start == 48
    mixed = plan.segments[1]
    assert (mixed.start, mixed.frames) == (48 - length // 2, length)
    assert mixed.b is not None
    assert (mixed.a.first, mixed.b.first) == (48 - length // 2, 0)
    assert plan.shots[0].tail == length - length // 2
    assert plan.shots[1].head == length // 2
    assert plan.segments[2].a.first == length
    assert mixed.a.first + mixed.a.count == plan.shots[0].own_frames
    assert covers_every_frame_once(plan)


def test_fades_lie_inside_their_shot() -> None:
    plan = plan_of(fade("fade in", 10), shot("a", 48), fade("fade out", 12), fade("fade in", 6), shot("b", 48))
    pieces = [(s.a.shot, s.b.shot if s.b else "body", s.frames) for s in plan.segments]
    assert pieces == [(None, 0, 10), (0, "body", 26), (0, None, 12), (None, 1, 6), (1, "body", 42)]
    assert plan.frames == 96
    assert covers_every_frame_once(plan)


def test_a_shot_may_be_all_transition() -> None:
    plan = plan_of(shot("a", 48), dissolve(12), shot("b", 12), dissolve(12), shot("c", 48))
    assert covers_every_frame_once(plan)
    assert plan.shots[1].own_frames == 24


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ((shot("a", 5), dissolve(12), shot("b", 48)), "E0406"),
        ((shot("a", 48), dissolve(12), shot("b", 11), dissolve(12), shot("c", 48)), "E0406"),
        ((fade("fade in", 30), shot("a", 48), fade("fade out", 30)), "E0406"),
        ((dissolve(12), shot("a")), "E0405"),
        ((shot("a"), dissolve(12)), "E0405"),
        ((shot("a"), dissolve(12), dissolve(8), shot("b")), "E0404"),
        ((shot("a"), dissolve(12), fade("fade in", 8), shot("b")), "E0404"),
        ((shot("a"), dissolve(0), shot("b")), "E0402"),
        ((shot("a", 0),), "E0402"),
        ((shot("a", source=ir.Clip(path="clip.mp4"), frames=101),), "E0407"),
        ((shot("a"), dissolve(12), shot("b", source=ir.Clip(path="clip.mp4"))), "E0407"),
    ],
)
def test_what_does_not_fit_is_said(items: tuple[ir.Shot | ir.Transition, ...], code: str) -> None:
    made = planned(film(*items))
    assert made.plan is None
    assert code in [d.code for d in made.diagnostics]


def test_footage_with_handles_is_enough() -> None:
    clip = ir.Clip(path="clip.mp4", start=Time(frames=6))
    plan = plan_of(shot("a"), dissolve(12), shot("b", 94, source=clip))
    assert plan.shots[1].head == 6


def test_muted_is_not_there() -> None:
    plan = plan_of(shot("a", 10), shot("b", 20, muted=True), shot("c", 30))
    assert [s.label for s in plan.shots] == ["a", "c"]


@pytest.mark.parametrize("fps", ["23.976", "24", "25", "29.97", "30", "50", "59.94", "60"])
def test_seconds_become_frames_once(fps: str) -> None:
    rate = Rate.of(fps)
    plan = plan_of(shot("a", settings=ir.Settings(hold=Time(seconds=Fraction(2)))), rate=rate)
    assert plan.frames == round(2 * rate.fps)


def test_titles_and_captions_stand_where_they_are_said() -> None:
    line = ir.Dialogue(who="SARAH", text="Who's there?")
    plan = plan_of(
        shot("a", 48), shot("b", 96, dialogue=(line, line), supers=(ir.Super(text="Berlin", length=Time(frames=24)),))
    )
    first, second = plan.captions
    assert first.start == 48
    assert first.start + first.frames <= second.start
    (title,) = plan.segments[1].titles
    assert (title.start, title.frames, title.fade) == (48, 24, 8)
    assert plan.segments[0].titles == ()
