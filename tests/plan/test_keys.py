"""Keys are content: what changes one, and all that does not."""

from __future__ import annotations

from apexlang.ir import model as ir
from apexlang.plan.excerpt import excerpt
from apexlang.plan.model import Plan
from apexlang.units import Time
from tests.plan.films import TOOLS, dissolve, film, plan_of, planned, shot


def keys(plan: Plan) -> dict[str, str]:
    return {job.label: job.key for job in plan.jobs}


def changed(before: Plan, after: Plan) -> set[str]:
    a, b = keys(before), keys(after)
    return {label for label in a.keys() | b.keys() if a.get(label) != b.get(label)}


BASE = (shot("a", prose="Rain."), dissolve(12), shot("b", prose="Sun."), shot("c", prose="Snow."))


def test_one_word_of_prose_changes_its_picture_and_the_segments_that_show_it() -> None:
    before = plan_of(*BASE)
    after = plan_of(*BASE[:2], shot("b", prose="Sunshine."), BASE[3])
    jobs = [(j.kind, j.label) for j in after.jobs if j.key not in {k.key for k in before.jobs}]
    assert jobs == [("generate", "#b"), ("segment", "#a to #b"), ("segment", "#b"), ("mux", "film")]


def test_an_inserted_shot_changes_no_other_shot() -> None:
    before = plan_of(*BASE)
    after = plan_of(shot("new", 24), *BASE)
    assert {s.key for s in before.segments} < {s.key for s in after.segments}


def test_a_move_changes_no_picture() -> None:
    move = ir.Move(kind="push in")
    before, after = plan_of(shot("a")), plan_of(shot("a", settings=ir.Settings(move=move, hold=Time(frames=48))))
    assert before.jobs[0].key == after.jobs[0].key
    assert before.segments[0].key != after.segments[0].key


def test_the_same_file_elsewhere_is_the_same_content() -> None:
    here = plan_of(shot("a", source=ir.Still(path="stills/key.png")))
    there = plan_of(shot("a", source=ir.Still(path="pictures/key.png")))
    assert here.segments[0].key == there.segments[0].key


def test_labels_titles_and_fades_count_only_where_they_show() -> None:
    before = plan_of(shot("a"), shot("b"))
    after = plan_of(shot("a"), shot("b", supers=(ir.Super(text="Berlin"),)))
    assert changed(before, after) == {"#b", "film"}


def test_equal_segments_are_one_job() -> None:
    black = ir.Colour(hex="#000000")
    plan = plan_of(shot("a", source=black), shot("b"), shot("c", source=black))
    assert plan.segments[0].key == plan.segments[2].key
    assert len({j.key for j in plan.jobs}) == len(plan.jobs)


def test_unlabelled_shots_keep_their_identity_when_others_move() -> None:
    one, two = shot(prose="Rain."), shot(prose="Sun.")
    assert {s.identity for s in plan_of(one, two).shots} == {s.identity for s in plan_of(two, one).shots}
    twice = plan_of(one, one)
    assert twice.shots[0].identity != twice.shots[1].identity


def test_an_excerpt_keeps_its_segments_keys() -> None:
    plan = plan_of(*BASE, music=(ir.Music(path="m.wav"),))
    part = excerpt(plan, {"b"}, TOOLS)
    assert {s.key for s in part.segments} < {s.key for s in plan.segments}
    assert part.frames == 12 + 42
    assert part.segments[0].start == 0
    assert part.audio[0].skip == 42 * 2000


def test_what_the_store_has_is_said() -> None:
    made = planned(film(*BASE), has=lambda key: True).plan
    assert made is not None
    assert all(job.done for job in made.jobs)


def test_a_draft_is_half_the_size() -> None:
    made = planned(film(*BASE), draft=True).plan
    assert made is not None
    assert (made.format.width, made.format.height) == (32, 18)
