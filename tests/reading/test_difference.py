"""The difference as a filmmaker says it, and the jobs that it makes, against the two plans."""

from __future__ import annotations

import json

import pytest

from apexlang.reading.difference import compare
from apexlang.reading.matching import longest_rising
from apexlang.reading.report import data, text
from apexlang.reading.rewording import marked, reworded

from .conftest import FILM


def lines(found):
    return [line.strip() for line in text(found).split("\n")]


def only_shot(found):
    assert len(found.shots) == 1, lines(found)
    return found.shots[0]


def test_nothing_differs(changed, sided):
    found = changed()
    assert not found.different and "No difference in anything that is seen or heard." in lines(found)
    full = FILM.replace(
        "    camera: 85mm\n", "    camera: 85mm\n    move: push in 1.0 -> 1.2, ease-out\n    SUPER: Now\n"
    )
    full = full.replace("  look: noir", '  look: noir\n  generate: previz, 2 takes\n  music: "m.wav"\n  move: static')
    commented = full.replace("FILM", "// a note\nFILM").replace("hold: 1s", "hold:   24f").replace("  look", "\n  look")
    assert not compare(sided(full), sided(commented + "\n")).different, "layout, comments, a length said otherwise"


def test_the_sentence_of_a_changed_shot(changed):
    found = changed(("camera: 85mm\n    hold: 2s", "camera: 50mm\n    hold: 2s 12f"))
    assert (
        "close-up #stop: lens 85mm -> 50mm, 12f longer; everything after moves by 12f; re-renders 1 picture, 1 segment"
        in lines(found)
    )
    assert lines(found)[-1] == (
        "In all: 12f longer, 00:00:07:00 -> 00:00:07:12; re-renders 1 picture, 1 of 5 segments and the sound"
    )
    assert not found.definitions


def test_a_dissolve_makes_two_segments_of_one_shot(changed):
    film = FILM.replace("  SHOT medium of VICTOR", "  DISSOLVE 12f\n\n  SHOT medium of VICTOR")
    found = changed(("camera: 85mm\n    hold: 2s", "camera: 50mm\n    hold: 2s 12f"), film=film)
    assert "re-renders 1 picture, 2 segments" in text(found)
    assert {name for name, _ in found.work.segments.values()} == {"#stop", "#stop to #victor"}


def test_jobs_are_those_that_the_old_plan_lacks(changed):
    found = changed(("grain 10%", "grain 20%"), ("camera: 85mm", "camera: 50mm"))
    for kind, made in (("generate", found.work.pictures), ("segment", found.work.segments)):
        had = {j.key for j in found.old.plan.jobs if j.kind == kind}
        assert {j.key for j in found.new.plan.jobs if j.kind == kind} - had == set(made)
    assert not found.work.sound and found.work.film


def test_shots_added_removed_and_moved(changed, sided):
    added = FILM.replace(
        "  SHOT medium of VICTOR", "  SHOT full #door\n    A door.\n    hold: 1s\n\n  SHOT medium of VICTOR"
    )
    shot = only_shot(compare(sided(FILM), sided(added)))
    assert (shot.kind, shot.name, shot.shift) == ("added", "door", "everything after moves by 24f")
    shot = only_shot(compare(sided(added), sided(FILM)))
    assert (shot.kind, shot.name, shot.shift) == ("removed", "door", "everything after moves by -24f")

    head, rest = FILM.split("  SHOT wide #crates")
    crates, rest = rest.split("  SHOT close-up of SARAH")
    stop, rest = rest.split("  SHOT medium of VICTOR")
    moved = f"{head}  SHOT close-up of SARAH{stop}  SHOT wide #crates{crates}  SHOT medium of VICTOR{rest}"
    found = compare(sided(FILM), sided(moved))
    shot = only_shot(found)
    assert shot.changes[0].name == "moved" and not shot.remake, "a moved shot costs nothing"
    assert text(found).endswith("as long as before, 00:00:07:00; re-renders nothing; the film is joined anew")


def test_a_shot_that_moves_to_another_scene(changed, sided):
    victor = FILM[FILM.index("  SHOT medium of VICTOR") : FILM.index("INT. OFFICE")]
    moved = FILM.replace(victor, "").replace("INT. OFFICE - DAY #13#\n", f"INT. OFFICE - DAY #13#\n{victor}")
    shot = only_shot(compare(sided(FILM), sided(moved)))
    said = [c.sentence for c in shot.changes]
    assert said[0] == "moved to INT. OFFICE - DAY #13#, after #stop"
    assert "light rig three_point -> low key" in said


def test_muting_is_not_removing(changed):
    shot = only_shot(changed(("  SHOT medium of VICTOR", "  /- SHOT medium of VICTOR")))
    assert (shot.kind, shot.shift) == ("muted", "everything after moves by -24f")
    back = changed(("  /- SHOT medium", "  SHOT medium"), film=FILM.replace("  SHOT medium", "  /- SHOT medium"))
    assert only_shot(back).kind == "unmuted"


def test_words(changed):
    found = changed(
        ("Something moved in the dark.", "Somebody moved in the dark, slowly."), ("Who's there?", "Who is it?")
    )
    said = lines(found)
    assert any(line.startswith("close-up #stop: prose changed, SARAH’s line; re-renders 1 picture") for line in said)
    assert "She stops. [-Something-] {+Somebody+} moved in the [-dark.-] {+dark, slowly.+}" in said
    assert "[-Who's there?-] {+Who is it?+}" in said


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("SARAH (whispering)", "VICTOR (whispering)", "“Who's there?” is now said by VICTOR, not SARAH"),
        ("SARAH (whispering)", "SARAH (shouting)", "SARAH says it (shouting), not (whispering)"),
        ("    SARAH (whispering): Who's there?\n", "", "SARAH no longer says “Who's there?”"),
        ("Who's there?\n", "Who's there?\n    SARAH: Hello?\n", "SARAH now says “Hello?”"),
    ],
)
def test_dialogue(changed, old, new, sentence):
    assert sentence in [c.sentence for c in only_shot(changed((old, new))).changes]


def test_a_new_size_brings_its_own_lens(changed):
    shot = only_shot(changed(("SHOT medium of VICTOR", "SHOT close-up of VICTOR")))
    assert [c.sentence for c in shot.changes] == ["now close-up", "lens 40mm -> 85mm"]
    assert shot.title == "medium #victor"


def test_a_look_names_the_shots_that_it_touches(changed):
    found = changed(("palette: #102030 #405060", "palette: #302010"))
    (look,) = found.definitions
    assert (look.kind, look.name) == ("look", "noir")
    assert look.touches == ("crates", "stop", "victor", "2.1", "2.2")
    assert [c.sentence for c in look.changes] == ["palette #102030 #405060 -> #302010"]
    assert len(look.remake.pictures) == 5 and not found.shots
    overruled = changed(("light: low key", "light: high key"))
    assert overruled.definitions[0].touches == ("2.1", "2.2"), "scene 12 has its own light"


def test_a_grade_makes_no_picture(changed):
    found = changed(("contrast +15%", "contrast +20%"), ("camera: 85mm", "camera: 50mm"))
    (grade,) = found.definitions
    assert [c.sentence for c in grade.changes] == ["contrast +15% -> +20%"]
    assert not grade.remake.pictures and len(grade.remake.segments) == 5
    parent = changed(("contrast +10%, exposure +0.1st", "contrast +12%, exposure +0.2st")).definitions[0]
    assert parent.name == "day" and len(parent.touches) == 5, "through its child, which says the contrast itself"


def test_the_film(changed):
    found = changed(("64x36, 24fps", "128x72, 24fps"), ('FILM "Test"', 'FILM "Proof"'))
    (film,) = found.definitions
    assert [c.sentence for c in film.changes] == ["title “Test” -> “Proof”", "format size 64x36 -> 128x72"]
    assert len(film.touches) == 5 and len(film.remake.segments) == 5
    rate = changed(("24fps", "25fps"))
    assert not rate.shots, "a new rate is said once, not of every shot"


def test_a_scene_renamed(changed):
    found = changed(("INT. WAREHOUSE - NIGHT", "INT. HANGAR - DAWN"))
    (scene,) = found.definitions
    assert [c.sentence for c in scene.changes] == ["is now INT. HANGAR - DAWN"]
    assert scene.touches == ("crates", "stop", "victor") and len(scene.remake.pictures) == 3
    unnumbered = FILM.replace(" #12#", "").replace(" #13#", "")
    assert changed(("INT. WAREHOUSE", "EXT. HARBOUR"), film=unnumbered).definitions[0].changes[0].name == "heading"


def test_scene_light_and_synopsis(changed):
    (scene,) = changed(("3200K", "4000K"), ("= The letter is gone.", "= The key is gone.")).definitions
    assert [c.sentence for c in scene.changes] == ["light key kelvin 3200K -> 4000K", "synopsis changed"]


def test_a_character(changed):
    found = changed(("short brown hair", "long red hair"))
    (who,) = found.definitions
    assert (who.kind, who.name, who.touches) == ("character", "SARAH", ("stop",))
    assert len(who.remake.pictures) == 1
    assert "A commander, [-short brown-] {+long red+} hair." in lines(found)


def test_a_label_given_and_changed(changed):
    shot = only_shot(changed(("  SHOT insert\n    A letter", "  SHOT insert #letter\n    A letter")))
    assert [c.sentence for c in shot.changes] == ["is called #letter now"]
    assert len(shot.remake.pictures) == 1, "a shot's seed follows its identity"
    shot = only_shot(changed(("#stop", "#halt")))
    assert (shot.title, [c.sentence for c in shot.changes]) == ("close-up #stop", ["is called #halt now"])


def test_an_unlabelled_shot_is_known_by_likeness(changed):
    shot = only_shot(changed(("A key beside it.", "A small key beside it.")))
    assert (shot.kind, shot.name) == ("changed", "2.2")


def test_transitions(changed):
    shot = only_shot(changed(("  SHOT medium of VICTOR", "  DISSOLVE 12f\n\n  SHOT medium of VICTOR")))
    assert shot.changes[0].sentence == "into it a cut -> dissolve 12f"
    end = only_shot(changed(("beside it.\n    hold: 1s\n", "beside it.\n    hold: 1s\n\n  FADE OUT 12f\n")))
    assert end.changes[0].sentence == "at the end nothing -> fade out 12f"


def test_where_only_some_shots_move(changed):
    found = changed(("dark.\n    SARAH (whispering): Who's there?\n    camera: 85mm\n    hold: 2s",
                     "dark.\n    SARAH (whispering): Who's there?\n    camera: 85mm\n    hold: 1s"),
                    ("A letter on the table.\n    hold: 1s", "A letter on the table.\n    hold: 2s"))  # fmt: skip
    assert [s.shift for s in found.shots] == [
        "what follows, to 2.1, moves by -24f",
        "everything after stays where it was",
    ]


def test_errors_in_a_version_leave_the_rest_comparable(changed):
    found = changed(("camera: 85mm", "camera: 85kg"))
    assert found.new.has_errors and not found.old.has_errors
    assert found.work is not None
    timeless = changed(("camera: 85mm\n    hold: 2s", "camera: 50mm\n    hold: 0f"))
    assert timeless.work is None and "cannot be told" in lines(timeless)[-1]


def test_json_is_the_same_every_time(changed):
    def answer():
        return json.dumps(data(changed(("85mm", "50mm"), ("grain 10%", "grain 20%"), ("Something", "Somebody"))))

    first = answer()
    assert first == answer()
    shot = json.loads(first)["shots"][0]
    assert shot["shot"] == "stop" and shot["changes"][0] == {
        "name": "camera.lens_mm", "old": "85mm", "new": "50mm", "says": "lens 85mm -> 50mm", "words": None,
    }  # fmt: skip


def test_rewording():
    assert reworded(["a b"], ["a  b"]) == ()
    assert marked(reworded(["one two three four five six"], ["one two three four 5 six"])) == (
        "… two three four [-five-] {+5+} six"
    )
    assert marked(reworded([], ["new"])) == "{+new+}"
    assert marked(reworded(["雨が降っている"], ["雪が降っている"])) == "[-雨-] {+雪+} が降っ …"
    assert marked(reworded(["a b"], ["a", "b"])) == "a {+¶+} b"


@pytest.mark.parametrize("numbers", [[], [0], [1, 0], [2, 0, 1], [0, 3, 1, 2, 4], [4, 3, 2, 1, 0]])
def test_longest_rising(numbers):
    chain = longest_rising(numbers)
    said = [numbers[i] for i in chain]
    assert said == sorted(said)
    best = max((sum(1 for _ in c) for c in _rising(numbers)), default=0)
    assert len(chain) == best


def _rising(numbers):
    for mask in range(1 << len(numbers)):
        chosen = [n for i, n in enumerate(numbers) if mask >> i & 1]
        if chosen == sorted(chosen):
            yield chosen
